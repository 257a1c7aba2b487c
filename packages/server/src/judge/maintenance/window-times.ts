import type { WrittenWindow } from '@stratora/contract';
import {
  findOccurrences,
  type Occurrence,
  type OccurrenceSearch,
  readRecurrenceRule,
  type WindowTimes,
} from '../../platform/recurrence/index.ts';
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
  return columnsOf(findOccurrences(times, { from: now, limit: 2 }));
}

function columnsOf([occurrence, following]: readonly Occurrence[]): OccurrenceColumns {
  return {
    occurrence_starts_at: dateOf(occurrence?.startsAt),
    occurrence_ends_at: dateOf(occurrence?.endsAt),
    following_starts_at: dateOf(following?.startsAt),
    following_ends_at: dateOf(following?.endsAt),
  };
}

/**
 * Finds occurrences of a row. Of a zone that this system has forgotten since, nothing is known: such a window has none any
 * more.
 */
export function occurrencesOfRow(row: WindowRow, search: OccurrenceSearch): Occurrence[] {
  const fields = { ...row, starts_at: row.starts_at.toISOString(), ends_at: row.ends_at.toISOString() };
  try {
    return findOccurrences(timesOf(fields, row.ended_early_at), search);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** Returns a row whose occurrences are those of a moment, also where it was not moved on to them yet. */
export function freshRow(row: WindowRow, now: number): WindowRow {
  const { occurrence_ends_at: endsAt } = row;
  if (endsAt === null || endsAt.getTime() > now) return row;
  return { ...row, ...columnsOf(occurrencesOfRow(row, { from: now, limit: 2 })) };
}

function dateOf(ms: number | undefined): Date | null {
  return ms === undefined ? null : new Date(ms);
}
