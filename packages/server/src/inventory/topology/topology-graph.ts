/** The port of nodes that are reported by their own agents: these call the server itself. */
export const SERVER_PORT = 'server';

export interface TopologyNode {
  readonly id: string;
  /**
   * From where the node is watched: the id of the collector that polls it, or `SERVER_PORT` where its own agent reports
   * it; undefined where nobody watches it.
   */
  readonly port: string | undefined;
}

/** What is known of how nodes hang together, as the search for causes reads it in each cycle. */
export interface TopologyGraph {
  readonly nodes: readonly TopologyNode[];
  /** Ids of devices that are no nodes and that links lead over: nobody watches them, and they pass on what there is. */
  readonly devices: readonly string[];
  /** Pairs of linked nodes and devices, without direction: links that people drew, and those that devices tell of. */
  readonly links: readonly (readonly [string, string])[];
  /** Parents that were set by hand: the node and the one that it hangs behind. */
  readonly parents: readonly (readonly [node: string, parent: string])[];
  /** Nodes that are the hosts of what watches: the port and its node. */
  readonly hosts: readonly (readonly [port: string, node: string])[];
  /** Nodes and devices that what watches is plugged into: the port and what it is plugged into. */
  readonly entries: readonly (readonly [port: string, id: string])[];
}
