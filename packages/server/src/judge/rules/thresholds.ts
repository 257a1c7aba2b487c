import type { Level } from './severity-level.ts';

/** Thresholds of a definition; null where it has none of that severity. A clear threshold of null is that to fire. */
export interface Thresholds {
  readonly comparison: '>' | '<';
  readonly warning: number | null;
  readonly warningClear: number | null;
  readonly critical: number | null;
  readonly criticalClear: number | null;
}

const WARNING: Level = 2;
const CRITICAL: Level = 3;

/** Returns the threshold to fire of a level. */
export function thresholdOf({ warning, critical }: Thresholds, level: Level): number | undefined {
  return (level === CRITICAL ? critical : warning) ?? undefined;
}

/** Returns the lowest and the highest level that thresholds can give. */
export function levelRange({ warning, critical }: Thresholds): { lowest: Level; highest: Level } {
  return { lowest: warning === null ? CRITICAL : WARNING, highest: critical === null ? WARNING : CRITICAL };
}

/** Returns the highest level whose threshold to fire a value crosses. */
export function firesAt(
  { comparison, warning, critical }: Pick<Thresholds, 'comparison' | 'warning' | 'critical'>,
  value: number,
): Level {
  if (crosses(comparison, value, critical)) return CRITICAL;
  return crosses(comparison, value, warning) ? WARNING : 0;
}

/** Returns the level at which an alert of `level` stays with a value: that of a threshold to clear which it is not beyond. */
export function holdsAt(thresholds: Thresholds, value: number, level: Level): Level {
  const { comparison, warning, warningClear, critical, criticalClear } = thresholds;
  const fires = firesAt(thresholds, value);
  if (fires >= level) return fires;
  if (level === CRITICAL && critical !== null && crosses(comparison, value, criticalClear ?? critical))
    return CRITICAL;
  return warning !== null && crosses(comparison, value, warningClear ?? warning) ? WARNING : fires;
}

/** Says whether a value is beyond a threshold, or worse than another value. */
export function crosses(comparison: '>' | '<', value: number, threshold: number | null): boolean {
  if (threshold === null) return false;
  return comparison === '>' ? value > threshold : value < threshold;
}

/**
 * Says whether a value is one of something that is switched off on purpose: below 0 where values above a threshold of 0 or
 * more are bad. It is good, and no proof that the thing works.
 */
export function isIdle({ comparison, warning, critical }: Thresholds, value: number): boolean {
  return comparison === '>' && value < 0 && (warning ?? critical ?? -1) >= 0;
}
