import { type Level } from '../rules/index.ts';
import { type ConditionState, isActive } from './condition-state.ts';

/** What a definition says of its conditions. */
export interface ConditionRule {
  readonly durationMs: number;
  readonly clearAfterMs: number;
  /** What a series that is not there means. */
  readonly noData: 'hold' | 'unknown' | 'fire';
  /** Whether it alarms only after it was once seen good. */
  readonly needsSeenGood: boolean;
  /** Lowest and highest level that it can have. */
  readonly lowest: Level;
  readonly highest: Level;
}

/** What a cycle saw of a condition. */
export type Observation =
  | {
      readonly kind: 'value';
      /** Highest level whose threshold to fire is crossed; 0 for none. */
      readonly fires: Level;
      /** Highest level whose threshold to clear is not crossed; never below `fires`. */
      readonly holds: Level;
      /** True where the value is good and yet says nothing of whether it works: a port that is shut down. */
      readonly isIdle?: boolean;
    }
  /** The source answered, and the series is not there. */
  | { readonly kind: 'absent' }
  /** Nobody can know. */
  | { readonly kind: 'blind' };

/** The evaluated clock in a cycle, in milliseconds. */
export interface CycleTime {
  readonly now: number;
  /** Reading of the cycle before; the same as `now` in the first one. */
  readonly last: number;
  /** Wall time of the cycle, epoch milliseconds. */
  readonly wall: number;
}

export type ConditionEvent =
  | { readonly kind: 'trigger' | 'severity'; readonly level: Level }
  | { readonly kind: 'resolve' | 'calm' }
  | { readonly kind: 'flapping'; readonly changes: number };

/** Number of changes within `FLAPPING_WINDOW_MS` that make an alert unstable. */
export const FLAPPING_CHANGES = 5;
/** Milliseconds of evaluated time: an unstable alert is calm after as many without a change. */
export const FLAPPING_WINDOW_MS = 15 * 60_000;
/** Milliseconds of evaluated time after which a series that is gone is forgotten. */
const FORGOTTEN_MS = 24 * 3_600_000;

/** Milliseconds of evaluated time after which the wait of a series that is gone begins anew. */
const WAIT_GONE_MS = 10 * 60_000;

const NONE: readonly ConditionEvent[] = [];

/** Whether a rule must remember series on which nothing is wrong. */
export function remembersGood({ noData, needsSeenGood }: ConditionRule): boolean {
  return needsSeenGood || noData !== 'hold';
}

/**
 * Moves a condition on by what a cycle saw of it, and tells what became of it. Only time between two sightings of the same
 * kind counts, neither time without evaluation nor time in which the series was away or nobody could know.
 */
export function stepCondition(
  state: ConditionState,
  rule: ConditionRule,
  seen: Observation,
  time: CycleTime,
): readonly ConditionEvent[] {
  const isStillAbsent = seen.kind === 'absent' && state.lastSeen === 'absent';
  state.lastSeen = seen.kind;
  if (seen.kind === 'blind') {
    freeze(state, time);
    return NONE;
  }
  if (seen.kind === 'value') {
    notePresence(state, rule, seen);
    return observe(state, rule, seen, time);
  }
  if (isStillAbsent) state.absentMs += time.now - time.last;
  if (rule.noData === 'fire' && state.isSeenGood) return observe(state, rule, absenceOf(state, rule), time);
  if (state.phase === 'pending' && state.absentMs >= WAIT_GONE_MS)
    change(state, { phase: 'quiet', since: time.now, raiseSince: null, frozenAt: null });
  freeze(state, time);
  if (rule.noData === 'unknown' && state.isSeenGood && !state.isMissing && state.absentMs >= rule.durationMs)
    change(state, { isMissing: true });
  return NONE;
}

/** Whether nothing of a condition needs to be remembered. */
export function isForgettable(state: ConditionState, rule: ConditionRule, { now }: CycleTime): boolean {
  if (state.phase !== 'quiet' || state.changes.some((at) => now - at < FLAPPING_WINDOW_MS)) return false;
  const remembers = state.isSeenGood && remembersGood(rule);
  return !remembers || state.absentMs >= FORGOTTEN_MS;
}

/** What the absence of a series means where it counts as bad: it never raises an alert that is there. */
function absenceOf(state: ConditionState, rule: ConditionRule): Observation & { kind: 'value' } {
  const level = isActive(state) ? state.level : rule.highest;
  return { kind: 'value', fires: level, holds: level };
}

function notePresence(
  state: ConditionState,
  rule: ConditionRule,
  { fires, isIdle }: Observation & { kind: 'value' },
): void {
  state.absentMs = 0;
  if (state.isMissing) change(state, { isMissing: false });
  const isProof = fires === 0 && isIdle !== true;
  if (isProof && !state.isSeenGood && remembersGood(rule)) change(state, { isSeenGood: true });
}

function observe(
  state: ConditionState,
  rule: ConditionRule,
  seen: Observation & { kind: 'value' },
  time: CycleTime,
): readonly ConditionEvent[] {
  thaw(state, time);
  if (state.phase === 'quiet' || state.phase === 'pending') return observeInactive(state, rule, seen, time);
  if (seen.holds === 0) return observeGood(state, rule, time);
  return observeBad(state, rule, seen, time);
}

function observeInactive(
  state: ConditionState,
  rule: ConditionRule,
  { fires }: Observation & { kind: 'value' },
  time: CycleTime,
): readonly ConditionEvent[] {
  const { now, wall } = time;
  if (fires === 0) {
    if (state.phase === 'pending') change(state, { phase: 'quiet', since: now, raiseSince: null });
    return NONE;
  }
  if (state.phase === 'quiet') {
    if (rule.needsSeenGood && !state.isSeenGood) return NONE;
    change(state, { phase: 'pending', since: now, startedAt: wall });
  }
  trackRaise(state, fires > rule.lowest, now);
  if (now - state.since < rule.durationMs) return NONE;
  const isRaised = state.raiseSince !== null && now - state.raiseSince >= rule.durationMs;
  const level = isRaised ? fires : rule.lowest;
  change(state, { phase: 'firing', level, since: now, firedAt: now });
  if (isRaised) state.raiseSince = null;
  return [{ kind: 'trigger', level }, ...noteChange(state, time)];
}

function observeGood(state: ConditionState, rule: ConditionRule, time: CycleTime): readonly ConditionEvent[] {
  const { now } = time;
  if (state.phase === 'firing')
    change(state, { phase: 'resolving', since: now, raiseSince: null, lowerSince: null });
  if (now - state.since < rule.clearAfterMs) return NONE;
  const events: ConditionEvent[] = [];
  if (!state.isClear) {
    events.push(...noteChange(state, time));
    if (state.isUnstable) change(state, { isClear: true });
  }
  events.push(...calmDown(state, time));
  if (state.isUnstable) return events;
  change(state, { phase: 'quiet', level: 0, since: now, isClear: false });
  return [...events, { kind: 'resolve' }];
}

function observeBad(
  state: ConditionState,
  rule: ConditionRule,
  { fires, holds }: Observation & { kind: 'value' },
  time: CycleTime,
): readonly ConditionEvent[] {
  const { now } = time;
  const events: ConditionEvent[] = [];
  if (state.phase === 'resolving') {
    const wasClear = state.isClear;
    change(state, { phase: 'firing', since: now, isClear: false });
    if (wasClear) events.push(...noteChange(state, time));
  }
  events.push(...calmDown(state, time));
  trackRaise(state, fires > state.level, now);
  if (state.raiseSince !== null && now - state.raiseSince >= rule.durationMs)
    return [...events, moveTo(state, fires)];
  const isLower = holds < state.level;
  if (!isLower && state.lowerSince !== null) change(state, { lowerSince: null });
  if (isLower && state.lowerSince === null) change(state, { lowerSince: now });
  if (state.lowerSince !== null && now - state.lowerSince >= rule.clearAfterMs)
    return [...events, moveTo(state, holds)];
  return events;
}

function moveTo(state: ConditionState, level: Level): ConditionEvent {
  change(state, { level, raiseSince: null, lowerSince: null });
  return { kind: 'severity', level };
}

function trackRaise(state: ConditionState, isAbove: boolean, now: number): void {
  if (!isAbove && state.raiseSince !== null) change(state, { raiseSince: null });
  if (isAbove && state.raiseSince === null) change(state, { raiseSince: now });
}

/** Notes that it fired or resolved. One that did so too often stays active until it is calm. */
function noteChange(state: ConditionState, { now }: CycleTime): readonly ConditionEvent[] {
  const recent = state.changes.filter((at) => now - at < FLAPPING_WINDOW_MS);
  change(state, { changes: [...recent, now] });
  if (state.changes.length < FLAPPING_CHANGES) return NONE;
  change(state, { isUnstable: true });
  return [{ kind: 'flapping', changes: state.changes.length }];
}

function calmDown(state: ConditionState, { now }: CycleTime): readonly ConditionEvent[] {
  if (!state.isUnstable || now - (state.changes.at(-1) ?? 0) < FLAPPING_WINDOW_MS) return NONE;
  change(state, { isUnstable: false, changes: [] });
  return [{ kind: 'calm' }];
}

function freeze(state: ConditionState, { last }: CycleTime): void {
  if (state.frozenAt === null && state.phase !== 'quiet') change(state, { frozenAt: last });
}

/** Moves all times on by the time that does not count: from the last sighting to this one. */
function thaw(state: ConditionState, { now }: CycleTime): void {
  if (state.frozenAt === null) return;
  const pauseMs = now - state.frozenAt;
  change(state, {
    frozenAt: null,
    since: state.since + pauseMs,
    raiseSince: state.raiseSince === null ? null : state.raiseSince + pauseMs,
    lowerSince: state.lowerSince === null ? null : state.lowerSince + pauseMs,
    changes: state.changes.map((at) => at + pauseMs),
  });
}

function change(state: ConditionState, to: Partial<ConditionState>): void {
  Object.assign(state, to, { isChanged: true });
}
