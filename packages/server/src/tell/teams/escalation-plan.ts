import type { TeamRepeat, TeamStep } from '@stratora/contract';

/** One time at which a team tells of an alert. */
export interface PlannedNotice {
  /** Epoch milliseconds. */
  readonly at: number;
  /** `triggered` is the first step, also where it comes later than the alert. */
  readonly event: 'triggered' | 'escalated' | 'repeated';
  /** Number of the step, from 0; of a repeat that of the last one. */
  readonly step: number;
  /** Number of the repeat, from 1; 0 for a step itself. */
  readonly repeat: number;
}

/**
 * Plans what a team tells of one alert that nobody acknowledges: each step once, and then the last step again until it
 * was repeated often enough.
 * @param begin when the escalation begins, in epoch milliseconds
 * @param until last instant of the plan
 * @returns notices in their order
 */
export function planEscalation({
  begin,
  steps,
  repeat,
  until,
}: {
  begin: number;
  steps: readonly TeamStep[];
  repeat: TeamRepeat | null;
  until: number;
}): PlannedNotice[] {
  const notices = steps.map(
    ({ after_seconds: seconds }, step): PlannedNotice => ({
      at: begin + seconds * 1000,
      event: step === 0 ? 'triggered' : 'escalated',
      step,
      repeat: 0,
    }),
  );
  const last = notices.at(-1);
  if (last === undefined || repeat === null) return notices.filter(({ at }) => at <= until);
  const repeats = Array.from(
    { length: repeat.times },
    (_, index): PlannedNotice => ({
      at: last.at + (index + 1) * repeat.every_seconds * 1000,
      event: 'repeated',
      step: last.step,
      repeat: index + 1,
    }),
  );
  return [...notices, ...repeats].filter(({ at }) => at <= until);
}
