import type { DiscoverySchedule } from '@stratora/contract';
import { findOccurrences, readRecurrenceRule, type WindowTimes } from '../../platform/recurrence/index.ts';

/** Least distance of two times of a schedule that is of use; a rule begins 24 times a day at most. */
const SECOND_MS = 1000;

/** Says what is wrong with the rule of a schedule; undefined where nothing is. */
export function scheduleFault({ rrule }: DiscoverySchedule): string | undefined {
  const read = readRecurrenceRule(rrule);
  return read.ok ? undefined : read.fault;
}

/**
 * Finds the first time of a schedule after a moment, in epoch milliseconds; undefined where there is none within twelve years.
 *
 * @param since when the schedule began, where it does not say so itself
 */
export function nextScheduled(schedule: DiscoverySchedule, since: number, after: number): number | undefined {
  const read = readRecurrenceRule(schedule.rrule);
  if (!read.ok) return undefined;
  const begin = schedule.starts_at === undefined ? since : Date.parse(schedule.starts_at);
  const startsAt = Math.floor(begin / SECOND_MS) * SECOND_MS;
  const times: WindowTimes = {
    startsAt,
    endsAt: startsAt + SECOND_MS,
    rule: read.rule,
    exdates: [],
    timezone: schedule.timezone,
  };
  // One that has just begun ends after now, too.
  const found = findOccurrences(times, { from: after, limit: 3, withLeftOut: true });
  return found.map((occurrence) => occurrence.startsAt).find((at) => at > after);
}
