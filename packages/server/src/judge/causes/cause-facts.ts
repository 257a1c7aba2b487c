/**
 * What one cycle knows of the nodes. All times are milliseconds of one clock, the evaluated one. A node that stands
 * nowhere here is one of which nothing special is known: it conducts.
 */
export interface CauseFacts {
  readonly nowMs: number;
  /**
   * Milliseconds of one detection interval: the longest time that passes between two nodes being noticed that the same
   * fault took down.
   */
  readonly waitMs: number;
  /** Nodes whose outage was noticed, with the time at which it was; also while nobody can judge them any more. */
  readonly down: ReadonlyMap<string, number>;
  /** Nodes that are silent, and not yet for long enough to be down. */
  readonly suspected: ReadonlySet<string>;
  /** Nodes that cannot be judged, since what watches them is away. */
  readonly unknown: ReadonlySet<string>;
  /** Nodes that were down or suspected and answer again; older than `waitMs` they mean nothing. */
  readonly returned: ReadonlyMap<string, NodeReturn>;
  /** Nodes that have answered without a break for `waitMs`, which proves that a way leads to them. */
  readonly steady: ReadonlySet<string>;
  readonly inMaintenance: ReadonlySet<string>;
}

export interface NodeReturn {
  readonly atMs: number;
  /** Time at which its outage had been noticed; undefined where it was suspected only. */
  readonly downSinceMs: number | undefined;
}

/** What the graph says of the outages of one cycle. All are ids of nodes. */
export interface Causes {
  /** Facts that it was found from. */
  readonly facts: CauseFacts;
  /** Down nodes that nothing but themselves explains; those in maintenance too. */
  readonly causes: ReadonlySet<string>;
  /** Nodes that no way leads to, each with its cause: down ones, and others whose outage is not noticed yet. */
  readonly behind: ReadonlyMap<string, string>;
  /** Nodes that no way leads to but through nodes in maintenance, each with the nearest of these. */
  readonly covered: ReadonlyMap<string, string>;
  /** Nodes that no way leads to but through one that is suspected, unknown or has just returned, with the nearest. */
  readonly doubted: ReadonlyMap<string, string>;
  /** The same without the unknown ones, of which waiting for longer would tell no more. */
  readonly doubtedLonger: ReadonlyMap<string, string>;
}
