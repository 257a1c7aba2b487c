import type { DeliveryReason } from '@stratora/contract';
import { createBackoff } from '@stratora/runtime';

/** Reasons that are the whole channel's: until one message gets through, one is tried at a time. */
export const CHANNEL_REASONS: readonly DeliveryReason[] = [
  'timeout',
  'connection_failed',
  'name_not_found',
  'tls_failed',
  'address_refused',
  'login_failed',
  'rate_limited',
  'server_busy',
  'no_mail_server',
];

/** Most messages of a lane that are on their way at once, over all servers. */
export const MESSAGES_AT_ONCE = 4;
const WINDOW_SECONDS = 60;
const BACKOFF = { minMs: 1000, maxMs: 30_000 };
/** Longest time for which the other end may ask to be left alone. */
const RETRY_AFTER_MAX_MS = 3_600_000;

/** How a lane does: the way of messages to a channel, or to people who are on call. */
export interface LaneState {
  /** Since when no message has got through; null: the last one did. */
  readonly failingSince: Date | null;
  readonly failures: number;
  /** Before then nothing is tried. */
  readonly retryAt: Date | null;
  /** Number of messages in that second of the epoch, and in each one before it, newest first. */
  readonly countedSecond: number;
  readonly counts: readonly number[];
}

/** What a lane lets through at a moment. */
export interface LaneFreedom {
  /** Messages that may be begun now. */
  readonly most: number;
  /** When it may be more; undefined where that depends on what is on its way. */
  readonly moreAt: Date | undefined;
}

/**
 * Says how many messages a lane may begin now. One that fails is tried by one message at a time. The limit per minute holds
 * for each 60 seconds, whole seconds of them: never more go out in a minute, however it is cut.
 */
export function freedomOf(
  lane: LaneState,
  { inFlight, maxPerMinute, at }: { inFlight: number; maxPerMinute: number; at: Date },
): LaneFreedom {
  if (lane.retryAt !== null && lane.retryAt > at) return { most: 0, moreAt: lane.retryAt };
  const free = lane.failingSince === null ? MESSAGES_AT_ONCE - inFlight : 1 - inFlight;
  const { counts } = countsAt(lane, at);
  const left = maxPerMinute - counts.reduce((sum, count) => sum + count, 0);
  if (left > 0) return { most: Math.max(0, Math.min(free, left)), moreAt: undefined };
  const oldest = counts.findLastIndex((count) => count > 0);
  return { most: 0, moreAt: new Date((secondOf(at) - oldest + counts.length) * 1000) };
}

/** Counts messages that begin now. */
export function begun(lane: LaneState, messages: number, at: Date): LaneState {
  const { counts } = countsAt(lane, at);
  const [now = 0, ...before] = counts;
  return { ...lane, countedSecond: secondOf(at), counts: [now + messages, ...before] };
}

/** Notes that nothing gets through: the next try is later each time, and not before the other end wants it. */
export function failed(
  lane: LaneState,
  { at, retryAfterMs = 0, random }: { at: Date; retryAfterMs?: number | undefined; random?: () => number },
): LaneState {
  const waitMs = Math.max(backoffMs(lane.failures, random), Math.min(retryAfterMs, RETRY_AFTER_MAX_MS));
  return {
    ...lane,
    failingSince: lane.failingSince ?? at,
    failures: lane.failures + 1,
    retryAt: new Date(at.getTime() + waitMs),
  };
}

/** Milliseconds from a try to the next, by how many failed before it: 1 s at first, 30 s at most, a fifth of it by chance. */
export function backoffMs(failures: number, random?: () => number): number {
  const delay = Math.min(BACKOFF.maxMs, BACKOFF.minMs * 2 ** Math.min(failures, 10));
  return createBackoff({ minMs: delay, maxMs: delay, ...(random ? { random } : {}) }).next();
}

/** One second more than the window: the oldest may be a part of one. */
function countsAt({ countedSecond, counts }: LaneState, at: Date): { counts: number[] } {
  const passed = Math.max(0, secondOf(at) - countedSecond);
  const kept = Math.max(0, WINDOW_SECONDS + 1 - passed);
  const all = [
    ...Array.from({ length: Math.min(passed, WINDOW_SECONDS + 1) }, () => 0),
    ...counts.slice(0, kept),
  ];
  while (all.length < WINDOW_SECONDS + 1) all.push(0);
  return { counts: all };
}

function secondOf(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
