import { firesAt, holdsAt, type Level, type Thresholds } from '../rules/index.ts';
import type { Observation } from './condition-machine.ts';

/** How long somebody has not been heard from, in milliseconds. */
export interface Silence {
  /** By the clock; Infinity where it was never heard. */
  readonly rawMs: number;
  /** Over time in which it could have been heard alone. */
  readonly countedMs: number;
}

/** Seen good: neither fires nor holds. */
const GOOD: Observation = { kind: 'value', fires: 0, holds: 0 };

/**
 * Judges a silence by thresholds in seconds. What is too long by the clock and too short by the time that counts, is
 * neither bad nor good: nobody can know.
 *
 * The value is the silence that counts; once that is too long it is the silence by the clock, as the text of the alert and
 * the time of its begin have it, also after a restart of this server.
 *
 * @param freshMs age up to which it counts as heard whatever the thresholds, and beyond which it does not
 */
export function observeSilence(
  { rawMs, countedMs }: Silence,
  thresholds: Thresholds,
  { level, freshMs }: { level: Level; freshMs?: number | undefined },
): { seen: Observation; value: number } {
  const value = Math.round(countedMs / 1000);
  if (freshMs !== undefined && rawMs <= freshMs) return { seen: GOOD, value };
  const fires = firesAt(thresholds, countedMs / 1000);
  if (fires > 0) {
    const seen: Observation = { kind: 'value', fires, holds: holdsAt(thresholds, countedMs / 1000, level) };
    return { seen, value: Number.isFinite(rawMs) ? Math.round(rawMs / 1000) : value };
  }
  const isHeard = freshMs === undefined && firesAt(thresholds, rawMs / 1000) === 0;
  return { seen: isHeard ? GOOD : { kind: 'blind' }, value };
}
