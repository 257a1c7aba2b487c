import type { Causes } from './cause-facts.ts';

export interface JudgedAlert {
  readonly nodeId: string;
  /** Whether it says that the node itself is away: nodes that are unreachable, heartbeats that are lost. */
  readonly isOutage: boolean;
  /** Time at which it fired, by the clock of the facts. */
  readonly firedAtMs: number;
  /** Milliseconds for which its condition had lasted by then, at least: the duration of its rule. */
  readonly durationMs: number;
  /** Time since which it has been in doubt without a break, held or no longer; undefined where that begins now. */
  readonly doubtedSinceMs?: number | undefined;
}

/** Why nobody is told of an alert now, as `held` of an alert has it. */
export interface Hold {
  readonly by: 'unreachable' | 'upstream' | 'maintenance';
  /** The node that is down, in doubt or in maintenance: the alert's own, or one before it. */
  readonly nodeId: string;
  /** Time at which a hold on mere doubt ends, unless something else is learned before. */
  readonly untilMs?: number;
}

/**
 * Decides whether an active alert of a node is held back, and by what; undefined: people are told. It is asked anew in
 * each cycle, so that a hold ends with its reason.
 */
export function findHold(causes: Causes, alert: JudgedAlert): Hold | undefined {
  const { facts } = causes;
  if (facts.inMaintenance.has(alert.nodeId)) return { by: 'maintenance', nodeId: alert.nodeId };
  return ownOutage(causes, alert) ?? causeBefore(causes, alert) ?? doubtBefore(causes, alert);
}

/**
 * Holds what a node says of itself while it is away, and what it said before that until it was measured again. What it
 * says since, and so soon after its return that the outage counts into it, as into the mean of the last minute, is held
 * until it was measured for as long as its rule wants.
 */
function ownOutage(
  { facts }: Causes,
  { nodeId, isOutage, firedAtMs, durationMs }: JudgedAlert,
): Hold | undefined {
  if (isOutage) return undefined;
  if (facts.down.has(nodeId)) return { by: 'unreachable', nodeId };
  const returned = facts.returned.get(nodeId);
  if (returned?.downSinceMs === undefined || firedAtMs - durationMs > returned.atMs) return undefined;
  const measuredMs = firedAtMs < returned.downSinceMs ? 0 : durationMs;
  const untilMs = returned.atMs + facts.waitMs + measuredMs;
  return facts.nowMs < untilMs ? { by: 'unreachable', nodeId, untilMs } : undefined;
}

function causeBefore(
  { facts, behind, covered }: Causes,
  { nodeId, isOutage }: JudgedAlert,
): Hold | undefined {
  const cause = behind.get(nodeId);
  if (cause === undefined) {
    // What still answers may complain; that it is away says nothing while somebody works on the way to it.
    const cover = isOutage ? covered.get(nodeId) : undefined;
    return cover === undefined ? undefined : { by: 'maintenance', nodeId: cover };
  }
  if (facts.inMaintenance.has(cause)) return { by: 'maintenance', nodeId: cause };
  const cover = covered.get(cause);
  return cover === undefined ? { by: 'upstream', nodeId: cause } : { by: 'maintenance', nodeId: cover };
}

/**
 * Holds an alert for one detection interval while another node may turn out to be its cause, and for a second one while
 * that is silent, or came back so late that what is behind it had no time yet. No doubt holds for longer, so that a node
 * before it that comes and goes takes no page away.
 */
function doubtBefore(causes: Causes, { nodeId, doubtedSinceMs }: JudgedAlert): Hold | undefined {
  const { nowMs, waitMs } = causes.facts;
  const sinceMs = doubtedSinceMs ?? nowMs;
  const suspect = causes.doubted.get(nodeId);
  const longer = causes.doubtedLonger.get(nodeId);
  if (longer !== undefined && nowMs < sinceMs + 2 * waitMs) {
    return { by: 'upstream', nodeId: longer, untilMs: sinceMs + 2 * waitMs };
  }
  if (suspect === undefined || nowMs >= sinceMs + waitMs) return undefined;
  return { by: 'upstream', nodeId: suspect, untilMs: sinceMs + waitMs };
}
