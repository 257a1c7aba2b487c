import {
  MAINTENANCE_CALENDAR_MAX,
  type MaintenanceCalendar,
  type MaintenanceCalendarQuery,
  type MaintenanceOccurrence,
} from '@stratora/contract';
import type { Database } from '../../platform/db/index.ts';
import { scopeOf } from '../rules/index.ts';
import { listWindowsWithin } from './calendar-queries.ts';
import { findOccurrences, type Occurrence, type WindowTimes } from './occurrences.ts';
import type { WindowRow } from './window-row.ts';
import { timesOf } from './window-times.ts';

/** Occurrences that are worked out at once. */
const STRETCH = 50;

/** Shows what takes place between two times, of all windows, the earliest first. */
export async function readCalendar(
  db: Database,
  query: MaintenanceCalendarQuery,
  now: number,
): Promise<MaintenanceCalendar> {
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
  const span = { from: new Date(from), to: new Date(to) };
  const items: MaintenanceOccurrence[] = [];
  for (const row of await listWindowsWithin(db, span, new Date(now))) {
    for (const { startsAt, endsAt } of occurrencesWithin(timesOfRow(row), from, to)) {
      if (items.length === MAINTENANCE_CALENDAR_MAX) return { items: inOrder(items), complete: false };
      items.push({
        window_id: row.id,
        name: row.name,
        scope: scopeOf(row),
        scope_name: row.scope_name,
        starts_at: new Date(startsAt).toISOString(),
        ends_at: new Date(endsAt).toISOString(),
      });
    }
  }
  return { items: inOrder(items), complete: true };
}

function inOrder(items: readonly MaintenanceOccurrence[]): MaintenanceOccurrence[] {
  return items.toSorted((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
}

function timesOfRow(row: WindowRow): WindowTimes {
  const edges = { starts_at: row.starts_at.toISOString(), ends_at: row.ends_at.toISOString() };
  return timesOf({ ...row, ...edges }, row.ended_early_at);
}

function* occurrencesWithin(times: WindowTimes, from: number, to: number): Generator<Occurrence> {
  let begin = from;
  for (;;) {
    const found = foundFrom(times, begin);
    for (const occurrence of found) {
      if (occurrence.startsAt >= to) return;
      yield occurrence;
    }
    const last = found.at(-1);
    if (last === undefined || found.length < STRETCH) return;
    begin = last.endsAt;
  }
}

/** Finds the next occurrences; of a zone that this system has forgotten since, nothing is known. */
function foundFrom(times: WindowTimes, from: number): Occurrence[] {
  try {
    return findOccurrences(times, { from, limit: STRETCH });
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
