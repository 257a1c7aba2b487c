import type { NodeRow, TargetRow } from './fact-queries.ts';
import { type Hearing, type HearingLimits, hear, leftOutText } from './hearing.ts';
import type { JudgedRule } from './judged-rule.ts';

/** A node as a cycle sees it. */
export interface NodeView {
  readonly row: NodeRow;
  /** Newest proof of life, epoch milliseconds. */
  readonly lastSeenAt: number | undefined;
  readonly hearing: Hearing;
  readonly targets: readonly TargetRow[];
  /** Messages of the inputs that fail. */
  readonly failures: readonly string[];
  /** Seconds for which a sample of it counts as present. */
  readonly lookBackSeconds: number;
  /** Milliseconds for which it has settled; undefined once that is over. */
  readonly settledMs: number | undefined;
}

export interface ViewSurroundings {
  limits: HearingLimits;
  evidence: ReadonlyMap<string, number>;
  targets: ReadonlyMap<string, readonly TargetRow[]>;
  /** Reasons why configs leave nodes out. */
  leftOut: ReadonlyMap<string, string>;
  /** Why no sample can be judged; undefined while they can. */
  clockFault: string | undefined;
  /** Time since which a component is heard without a break. */
  heardSince: (componentId: string) => number | undefined;
  isAgentTemplate: (slug: string) => boolean;
  /** Whether anything is read by a plugin by a template. */
  reads: (slug: string, plugin: 'snmp' | 'vsphere') => boolean;
  lookBackSecondsOf: (slug: string) => number;
  settledMs: number | undefined;
}

const NO_TARGETS: readonly TargetRow[] = [];

/** Puts together what a cycle knows of a node. */
export function viewOf(row: NodeRow, surroundings: ViewSurroundings): NodeView {
  const { limits, evidence, clockFault } = surroundings;
  const source = sourceOf(row, surroundings);
  const since = Math.max(source?.listeningSince ?? 0, limits.storeUpSince ?? 0);
  const lastSeenAt = newestOf([evidence.get(row.id), row.last_seen_at?.getTime()], limits.now, since);
  const targets = surroundings.targets.get(row.id) ?? NO_TARGETS;
  const node = {
    status: row.status,
    statusSince: row.status_since.getTime(),
    lastSeenAt,
    source,
    isReported: surroundings.isAgentTemplate(row.template),
    leftOut: surroundings.leftOut.get(row.id),
  };
  return {
    row,
    lastSeenAt,
    hearing: clockFault === undefined ? hear(node, limits) : { kind: 'open' },
    targets,
    failures: [...failuresOf(targets, node.leftOut), ...lacksOf(row, surroundings)],
    lookBackSeconds: surroundings.lookBackSecondsOf(row.template),
    settledMs: surroundings.settledMs,
  };
}

/** Milliseconds by which a time may lie ahead: the clocks of servers that wrote and read it differ a little. */
const AHEAD_MS = 5000;

/**
 * Returns the newest of the times at which a node was seen. One that is still to come is of a clock that was wrong and
 * proves nothing: where there is no other, the node counts as seen when it could first be heard.
 */
function newestOf(
  times: readonly (number | undefined)[],
  now: number,
  listeningSince: number,
): number | undefined {
  const known = times.filter((time) => time !== undefined);
  const past = known.filter((time) => time <= now + AHEAD_MS);
  if (past.length > 0) return Math.max(...past);
  return known.length > 0 ? Math.min(now, listeningSince) : undefined;
}

/** What keeps a node from being read in full, what keeps it from being read at all first. */
function failuresOf(targets: readonly TargetRow[], leftOut: string | undefined): string[] {
  const failures = targets
    .filter(({ status }) => status !== 'ok')
    .map(({ message, input }) => message || `${input} fails`);
  return leftOut === undefined ? failures : [leftOutText(leftOut), ...failures];
}

/** What nobody asks a node, since there is nothing to log in with. */
function lacksOf(row: NodeRow, { reads }: ViewSurroundings): string[] {
  if (row.source_type !== 'collector') return [];
  return LOGINS.filter(
    ({ plugin, credential }) => row[credential] !== true && reads(row.template, plugin),
  ).map(
    ({ name, credential }) =>
      `Nothing is read by ${name}: ${row[credential] === null ? NO_CREDENTIAL : CREDENTIAL_OFF}`,
  );
}

/** Plugins that ask nothing without a login. */
const LOGINS = [
  { plugin: 'snmp', name: 'SNMP', credential: 'snmp_credential' },
  { plugin: 'vsphere', name: 'vSphere', credential: 'vsphere_credential' },
] as const;

const NO_CREDENTIAL = 'no credential is chosen for it.';
const CREDENTIAL_OFF = 'its credential is switched off.';

function sourceOf(row: NodeRow, { heardSince, limits }: ViewSurroundings) {
  if (row.source_id === null || row.source_type === null || row.source_approval === null) return undefined;
  return {
    kind: row.source_type,
    name: row.source_name ?? '',
    approval: row.source_approval,
    lastSeenAt: row.source_seen_at?.getTime(),
    listeningSince: heardSince(row.source_id) ?? limits.now,
    clockBehindMs: -(row.source_skew_seconds ?? 0) * 1000,
  };
}

/** Whether nobody can know what the series of a node say: it cannot be heard, or is settling. */
export function isBlind({ hearing, settledMs }: NodeView, { settleMs }: JudgedRule): boolean {
  return hearing.kind !== 'known' || (settledMs !== undefined && settledMs < settleMs);
}
