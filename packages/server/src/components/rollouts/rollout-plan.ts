import type { ROLLOUT_STAGES } from '@stratora/contract';

export type RolloutStage = (typeof ROLLOUT_STAGES)[number];

/** A component of a rollout with the facts that decide on its turn. Times are epoch milliseconds of one clock. */
export interface RolloutMember {
  componentId: string;
  name: string;
  stage: RolloutStage;
  state: 'held' | 'released' | 'applied' | 'failed';
  /** Whether it is held at a config of an older generation, so that it will not be given this one. */
  isPinned: boolean;
  isApproved: boolean;
  /** Whether it was heard from within the last minute. */
  isOnline: boolean;
  /** Whether it runs the config that it was given, by its last report. */
  isHealthy: boolean;
  /** Whether it was healthy when it was released. */
  wasHealthy: boolean;
  isLocal: boolean;
  nodeCount: number;
  lastSeenAt: number | undefined;
  releasedAt: number | undefined;
  appliedAt: number | undefined;
  /** The last outcome that it reported of a config with the new versions since it was released. */
  outcome: { status: string; message: string | null; generation: number } | undefined;
}

export interface RolloutProgress {
  stage: RolloutStage;
  stageSince: number;
  soakMs: number;
  isForced: boolean;
}

export interface RolloutStep {
  /** Members that run the new config now, with the generation. */
  applied: { componentId: string; generation: number }[];
  failed: { componentId: string; message: string }[];
  /** The reason for which the rollout must stop. */
  stop?: string;
  /** Members to be given the new config. */
  release: string[];
  /** The stage that begins now. */
  stage?: RolloutStage;
  isDone?: boolean;
}

const FAILURES: ReadonlySet<string> = new Set(['validation_error', 'rolled_back', 'engine_down']);
/** Silence after which a component is away, and nobody waits for it. */
export const AWAY_MS = 60_000;
/** Time after which a component that is there and reports neither success nor failure is stuck. */
export const STUCK_MS = 600_000;
/** Time for a rollback, which comes within 45 s of a config. */
const SETTLE_MS = 60_000;

/** Orders members by their fitness to go first: online, healthy and not pinned, on another machine than the server's, small. */
export function compareMembers(a: RolloutMember, b: RolloutMember): number {
  const rank = (member: RolloutMember) => [
    Number(!member.isApproved),
    Number(member.isPinned),
    Number(!member.isOnline),
    Number(!member.isHealthy),
    Number(member.isLocal),
    member.nodeCount,
  ];
  const [left, right] = [rank(a), rank(b)];
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.componentId < b.componentId ? -1 : 1;
}

/** Plans the stages of members in the order of their fitness: one, then a tenth of all, then the rest. */
export function planStages(members: readonly RolloutMember[]): Map<string, RolloutStage> {
  const ordered = members.toSorted(compareMembers);
  const tenth = Math.ceil(ordered.length / 10);
  return new Map(
    ordered.map(({ componentId }, index) => [
      componentId,
      index === 0 ? 'first' : index <= tenth ? 'tenth' : 'rest',
    ]),
  );
}

/** Whether to wait for a member's report: it is there, may be given the config, and was healthy before. */
function isAwaited(member: RolloutMember, { now, since }: { now: number; since: number }): boolean {
  if (member.isPinned || !member.isApproved || !member.wasHealthy) return false;
  const heard = Math.max(member.lastSeenAt ?? 0, member.releasedAt ?? 0, since);
  return member.isOnline || now - heard < AWAY_MS;
}

/** Finds the member that could go first now, if none has had its turn. Undefined while there is no fit one. */
export function firstCandidate(
  members: readonly RolloutMember[],
  clock: { now: number; since: number },
): RolloutMember | undefined {
  const first = members.filter(({ stage, state }) => stage === 'first' && state !== 'held');
  const isTurnTaken = first.some((member) => member.state === 'applied' || isAwaited(member, clock));
  if (isTurnTaken) return undefined;
  const held = members.filter(({ state }) => state === 'held').toSorted(compareMembers);
  const [best] = held;
  // Nobody else learns from an only one, so there is no reason to wait for it either.
  if (members.length === 1) return best;
  return best?.isOnline && !best.isPinned && best.isApproved ? best : undefined;
}

/**
 * Decides what a running rollout does next.
 *
 * @param clock `since`: when the caller began to listen; nobody counts as away before a minute of that
 */
export function nextStep(
  progress: RolloutProgress,
  members: readonly RolloutMember[],
  clock: { now: number; since: number },
): RolloutStep {
  const step: RolloutStep = { applied: [], failed: [], release: [] };
  for (const member of members) judge(member, progress, { step, now: clock.now });
  if (step.stop !== undefined) return step;
  const settled = members.map((member) => ({
    ...member,
    ...(step.applied.some(({ componentId }) => componentId === member.componentId)
      ? { state: 'applied' as const, appliedAt: clock.now }
      : {}),
    ...(step.failed.some(({ componentId }) => componentId === member.componentId)
      ? { state: 'failed' as const }
      : {}),
  }));
  advance(progress, settled, { step, clock });
  return step;
}

function judge(
  member: RolloutMember,
  progress: RolloutProgress,
  { step, now }: { step: RolloutStep; now: number },
): void {
  const { componentId, state, outcome, name } = member;
  if (state !== 'released' && state !== 'applied') return;
  if (outcome && FAILURES.has(outcome.status)) {
    const message = `${name}: ${outcome.message ?? outcome.status.replaceAll('_', ' ')}`;
    step.failed.push({ componentId, message });
    if (member.wasHealthy && !progress.isForced) step.stop ??= message;
    return;
  }
  if (state !== 'released') return;
  if (outcome?.status === 'applied') {
    step.applied.push({ componentId, generation: outcome.generation });
    return;
  }
  const isStuck = now - (member.releasedAt ?? now) > STUCK_MS && member.isOnline;
  if (isStuck && member.wasHealthy && !member.isPinned && member.isApproved && !progress.isForced) {
    step.stop ??= `${name}: has said neither that it applied the config nor that it could not, for ${STUCK_MS / 60_000} minutes`;
    step.failed.push({ componentId, message: step.stop });
  }
}

function advance(
  progress: RolloutProgress,
  members: readonly RolloutMember[],
  { step, clock }: { step: RolloutStep; clock: { now: number; since: number } },
): void {
  const { stage } = progress;
  const inTurn = members.filter((member) => member.stage === stage);
  // Who has joined later, or was put back by a stop, has its turn with the stage; the first is chosen one by one.
  if (stage !== 'first') {
    step.release = members
      .filter((member) => member.state === 'held' && (stage === 'rest' || member.stage !== 'rest'))
      .map(({ componentId }) => componentId);
    if (step.release.length > 0) return;
  }
  const isWaiting = inTurn.some(
    (member) => member.state === 'held' || (member.state === 'released' && isAwaited(member, clock)),
  );
  const applied = inTurn.filter(({ state }) => state === 'applied');
  const isLast = !members.some(({ state }) => state === 'held');
  // The others learn from one that runs it.
  if (isWaiting || (stage === 'first' && applied.length === 0 && !isLast)) return;
  const lastAppliedAt = Math.max(
    ...applied.map(({ appliedAt }) => appliedAt ?? clock.now),
    Number.NEGATIVE_INFINITY,
  );
  const settleMs = progress.isForced ? 0 : Math.min(progress.soakMs, SETTLE_MS);
  const neededMs = isLast ? settleMs : progress.soakMs;
  if (clock.now - lastAppliedAt < neededMs) return;
  if (isLast) step.isDone = true;
  else step.stage = stage === 'first' ? 'tenth' : 'rest';
}
