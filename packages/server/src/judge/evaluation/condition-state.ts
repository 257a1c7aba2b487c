import type { Level } from '../rules/index.ts';

export type Phase = 'quiet' | 'pending' | 'firing' | 'resolving';

/** Times of a condition are readings of the evaluated clock in milliseconds, never of a wall clock. */
export interface ConditionState {
  phase: Phase;
  /** Level of the active alert; 0 where there is none. */
  level: Level;
  /** Begin of the phase, moved on by the time in which nothing was confirmed. */
  since: number;
  /** Begin of the time without a break in which a higher level held; null outside of it. */
  raiseSince: number | null;
  /** Begin of the time without a break in which only a lower level held; null outside of it. */
  lowerSince: number | null;
  /** Last confirmed reading of a condition whose time stands still; null while it runs. */
  frozenAt: number | null;
  isSeenGood: boolean;
  /** Whether the series has been gone for the whole duration. */
  isMissing: boolean;
  /** Readings at which it fired or resolved of late. */
  changes: number[];
  isUnstable: boolean;
  /** Whether an unstable one would be resolved by now. */
  isClear: boolean;
  /** Wall time in epoch milliseconds at which the condition became true. */
  startedAt: number;
  labels: Readonly<Record<string, string>>;
  /** Reading at which its alert fired. */
  firedAt: number;

  /** What the cycle before saw; kept in memory alone, as all below. */
  lastSeen: 'value' | 'absent' | 'blind';
  /** Confirmed time for which the series has been gone, in milliseconds. */
  absentMs: number;
  /** Number of the cycle that last saw it. */
  cycle: number;
  /** Whether the row of this condition is out of date. */
  isChanged: boolean;
}

export function quietState(now: number, labels: Readonly<Record<string, string>> = {}): ConditionState {
  return {
    phase: 'quiet',
    level: 0,
    since: now,
    raiseSince: null,
    lowerSince: null,
    frozenAt: null,
    isSeenGood: false,
    isMissing: false,
    changes: [],
    isUnstable: false,
    isClear: false,
    startedAt: 0,
    labels,
    firedAt: 0,
    lastSeen: 'blind',
    absentMs: 0,
    cycle: -1,
    isChanged: false,
  };
}

/** Whether a condition has an active alert. */
export function isActive({ phase }: ConditionState): boolean {
  return phase === 'firing' || phase === 'resolving';
}
