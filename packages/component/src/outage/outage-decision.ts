import type { OutageEvent } from '@stratora/contract';
import type { Outage } from './outage-record.ts';

/** What is known at a look. */
export interface OutageFacts {
  /** Whether the server answered since the look before. */
  isHeard: boolean;
  /** Milliseconds since the look before, by the monotonic clock. */
  elapsedMs: number;
  /** Wall clock, epoch milliseconds. */
  now: number;
  /** Why the server is not reached, in words; empty where it is not known. */
  lastError: string;
  /** When to tell; null: nobody is to be told. */
  timing: { afterMs: number; repeatMs: number } | null;
}

/** What follows of a look. */
export interface OutageDecision {
  /** The outage that goes on; null: there is none. */
  current: Outage | null;
  /** The outage that is over now, of which somebody was to be told. */
  ended: Outage | null;
  /** What people are to be told. */
  event: OutageEvent | null;
}

/**
 * Most of the time between two looks that counts. More of it passed only where this process stood still, or its host
 * slept: nobody listened then, so that silence says nothing.
 */
const COUNTED_MS = 15_000;

/**
 * Decides what an outage is, and when people are told of it: once when the server was not heard for so long, then at
 * intervals, and once when it is back.
 *
 * @param newId makes the id of a new outage
 */
export function decideOutage(before: Outage | null, facts: OutageFacts, newId: () => string): OutageDecision {
  if (facts.isHeard) return afterWord(before, facts);
  const { timing, now, lastError } = facts;
  if (timing === null && (before === null || before.told_ms === null)) return NOTHING;
  const silentMs = (before?.silent_ms ?? 0) + Math.min(facts.elapsedMs, COUNTED_MS);
  const outage: Outage = {
    id: before?.id ?? newId(),
    since: before?.since ?? new Date(now - silentMs).toISOString(),
    silent_ms: silentMs,
    told_ms: before?.told_ms ?? null,
    rounds: before?.rounds ?? 0,
    ended_at: null,
    last_error: lastError === '' ? (before?.last_error ?? '') : lastError,
    tellings: before?.tellings ?? [],
  };
  const event = dueEvent(outage, timing);
  return { current: event === null ? outage : { ...outage, told_ms: silentMs }, ended: null, event };
}

const NOTHING: OutageDecision = { current: null, ended: null, event: null };

function dueEvent(
  { silent_ms: silentMs, told_ms: toldMs }: Outage,
  timing: OutageFacts['timing'],
): OutageEvent | null {
  if (timing === null) return null;
  if (toldMs === null) return silentMs >= timing.afterMs ? 'away' : null;
  return silentMs - toldMs >= timing.repeatMs ? 'still_away' : null;
}

/** Decides what follows when the server was heard: a silence that nobody was told of leaves no trace. */
function afterWord(before: Outage | null, { now }: OutageFacts): OutageDecision {
  if (before === null || before.told_ms === null) return NOTHING;
  return {
    current: null,
    ended: { ...before, ended_at: new Date(now).toISOString() },
    event: 'back',
  };
}
