import type { AlertScope } from '@stratora/contract';
import { type PlacedSubject, scopeOf } from '../rules/index.ts';
import type { OpenPeriod, PeriodChanges, WindowInForce } from './period.ts';
import { occurrencesAt, type WindowRow } from './window-row.ts';
import { freshRow } from './window-times.ts';

/** Tells the windows that are in force at a time, and the rows that have moved on to another occurrence by it. */
export function inForceAt(
  rows: readonly WindowRow[],
  now: number,
): { windows: WindowInForce[]; moved: WindowRow[] } {
  const windows: WindowInForce[] = [];
  const moved: WindowRow[] = [];
  for (const row of rows) {
    const fresh = freshRow(row, now);
    if (fresh !== row) moved.push(fresh);
    const { current } = occurrencesAt(fresh, now);
    if (current === undefined) continue;
    windows.push({
      windowId: row.id,
      name: row.name,
      scope: scopeOf(row),
      reason: row.reason,
      startsAt: current.from,
      endsAt: current.to,
    });
  }
  return { windows, moved };
}

/** Tells by which window each subject is covered, if by any: of several by the one that ends last. */
export function coverOf(
  windows: readonly WindowInForce[],
  subjects: Iterable<PlacedSubject>,
): Map<string, WindowInForce> {
  const cover = new Map<string, WindowInForce>();
  if (windows.length === 0) return cover;
  const places = new Map<string, WindowInForce>();
  for (const window of windows) {
    const place = placeOf(window.scope);
    places.set(place, longer(places.get(place), window));
  }
  for (const { id, siteId, groupIds } of subjects) {
    let own: WindowInForce | undefined;
    for (const place of [
      'global ',
      `site ${siteId}`,
      `node ${id}`,
      ...groupIds.map((group) => `group ${group}`),
    ]) {
      const window = places.get(place);
      if (window !== undefined) own = longer(own, window);
    }
    if (own !== undefined) cover.set(id, own);
  }
  return cover;
}

function placeOf({ type, id }: AlertScope): string {
  return `${type} ${id ?? ''}`;
}

function longer(a: WindowInForce | undefined, b: WindowInForce): WindowInForce {
  if (a === undefined) return b;
  const difference = b.endsAt.getTime() - a.endsAt.getTime();
  return difference > 0 || (difference === 0 && b.windowId < a.windowId) ? b : a;
}

/** Compares the windows in force with the periods that are kept as open: what begins, what ends, what has changed. */
export function periodChanges(windows: readonly WindowInForce[], open: readonly OpenPeriod[]): PeriodChanges {
  const known = new Map(open.map((period) => [period.window_id, period]));
  const changes = {
    begun: [] as WindowInForce[],
    ended: [] as OpenPeriod[],
    changed: [] as { id: string; window: WindowInForce }[],
  };
  for (const window of windows) {
    const period = known.get(window.windowId);
    known.delete(window.windowId);
    if (period === undefined) changes.begun.push(window);
    else if (!isSameOccurrence(period, window)) {
      changes.ended.push(period);
      changes.begun.push(window);
    } else if (isChanged(period, window)) changes.changed.push({ id: period.id, window });
  }
  changes.ended.push(...known.values());
  return changes;
}

function isSameOccurrence(period: OpenPeriod, { scope, startsAt }: WindowInForce): boolean {
  return (
    period.starts_at.getTime() === startsAt.getTime() &&
    period.scope_type === scope.type &&
    period.scope_id === scope.id
  );
}

function isChanged(period: OpenPeriod, { name, reason, endsAt }: WindowInForce): boolean {
  return (
    period.window_name !== name || period.reason !== reason || period.ends_at.getTime() !== endsAt.getTime()
  );
}
