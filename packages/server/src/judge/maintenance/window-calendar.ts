import {
  MAINTENANCE_CALENDAR_MAX,
  type MaintenanceCalendar,
  type MaintenanceCalendarQuery,
  type MaintenanceOccurrence,
} from '@stratora/contract';
import type { Database } from '../../platform/db/index.ts';
import { scopeOf } from '../rules/index.ts';
import { listWindowsWithin } from './calendar-queries.ts';
import { occurrencesOfRow } from './window-times.ts';

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
    const limit = MAINTENANCE_CALENDAR_MAX - items.length + 1;
    for (const { startsAt, endsAt } of occurrencesOfRow(row, { from, to, limit })) {
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
