import type { WrittenWindow } from '@stratora/contract';
import { findOccurrences, type WindowTimes } from './occurrences.ts';
import { readRecurrenceRule } from './recurrence-rule.ts';
import type { OccurrenceColumns, WindowRow } from './window-row.ts';

/** The fields of a window that say when it is. */
export type TimeFields = Pick<WrittenWindow, 'starts_at' | 'ends_at' | 'rrule' | 'exdates' | 'timezone'>;

/** Names of those fields. */
export const TIME_FIELDS = ['starts_at', 'ends_at', 'rrule', 'exdates', 'timezone'] as const;

/** Reads when a window is. A rule that cannot be followed counts as none; `timeFaults` tells of it first. */
export function timesOf(fields: TimeFields, endedEarlyAt?: Date | null): WindowTimes {
  const read = fields.rrule === null ? undefined : readRecurrenceRule(fields.rrule);
  return {
    startsAt: Date.parse(fields.starts_at),
    endsAt: Date.parse(fields.ends_at),
    rule: read?.ok === true ? read.rule : undefined,
    exdates: fields.exdates,
    timezone: fields.timezone,
    endedEarlyAt: endedEarlyAt?.getTime(),
  };
}

/** The columns that follow from when a window is, at a moment. */
export function occurrenceColumns(times: WindowTimes, now: number): OccurrenceColumns {
  const [occurrence, following] = findOccurrences(times, { from: now, limit: 2 });
  return {
    occurrence_starts_at: dateOf(occurrence?.startsAt),
    occurrence_ends_at: dateOf(occurrence?.endsAt),
    following_starts_at: dateOf(following?.startsAt),
    following_ends_at: dateOf(following?.endsAt),
  };
}

/**
 * Returns a row whose occurrences are those of a moment, also where it was not moved on to them yet. Of a zone that this system has
 * forgotten since, nothing is known: such a window counts as over.
 */
export function freshRow<
  R extends OccurrenceColumns &
    Pick<WindowRow, 'starts_at' | 'ends_at' | 'rrule' | 'exdates' | 'timezone' | 'ended_early_at'>,
>(row: R, now: number): R {
  const { occurrence_ends_at: endsAt } = row;
  if (endsAt === null || endsAt.getTime() > now) return row;
  const fields = { ...row, starts_at: row.starts_at.toISOString(), ends_at: row.ends_at.toISOString() };
  try {
    return { ...row, ...occurrenceColumns(timesOf(fields, row.ended_early_at), now) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ...row, ...NO_OCCURRENCES };
  }
}

const NO_OCCURRENCES: OccurrenceColumns = {
  occurrence_starts_at: null,
  occurrence_ends_at: null,
  following_starts_at: null,
  following_ends_at: null,
};

function dateOf(ms: number | undefined): Date | null {
  return ms === undefined ? null : new Date(ms);
}
