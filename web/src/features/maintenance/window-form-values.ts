import type { MaintenanceWindow, ScopeType, WrittenWindow } from '@stratora/contract';
import type { WindowTimes } from '../../api/maintenance-windows.ts';
import { ONCE, type Recurrence, readRule, writeRule } from '../../domain/recurrence.ts';
import { browserZone, readZoneField, toZoneField } from '../../ui/format/zone-time.ts';

/** The fields of the form. Times are as the clocks of `timezone` show them. */
export interface WindowFormValues {
  readonly name: string;
  readonly scope: { readonly type: ScopeType; readonly id: string };
  readonly starts_at: string;
  readonly ends_at: string;
  readonly timezone: string;
  readonly rrule: Recurrence;
  /** Days that are left out, one a line or with commas between. */
  readonly exdates: string;
  readonly reason: string;
}

/** Where a new window begins with a place that is known. */
export interface WindowPlace {
  readonly type: Exclude<ScopeType, 'global'>;
  readonly id: string;
  /** The name to begin with. */
  readonly name?: string;
  /** Of a node: others that go dark with it, each of which gets a window of its own. */
  readonly also?: readonly string[];
}

const HOUR_MS = 3_600_000;

/** The start of the form: a window as it is, or a new one of two hours from the next full hour on. */
export function toWindowForm(
  window: MaintenanceWindow | undefined,
  place: WindowPlace | undefined,
  nowMs: number,
): WindowFormValues {
  if (window === undefined) {
    const zone = browserZone();
    const begin = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
    return {
      name: place?.name ?? '',
      scope: place === undefined ? { type: 'site', id: '' } : { type: place.type, id: place.id },
      starts_at: toZoneField(begin, zone),
      ends_at: toZoneField(begin + 2 * HOUR_MS, zone),
      timezone: zone,
      rrule: ONCE,
      exdates: '',
      reason: '',
    };
  }
  const { name, scope, starts_at: begin, ends_at: end, timezone, rrule, exdates, reason } = window;
  return {
    name,
    scope: { type: scope.type, id: scope.id ?? '' },
    starts_at: toZoneField(Date.parse(begin), timezone),
    ends_at: toZoneField(Date.parse(end), timezone),
    timezone,
    rrule: readRule(rrule),
    exdates: exdates.join('\n'),
    reason: reason ?? '',
  };
}

/** A field as a time of the API; what was not touched stays to the second. */
function toTime(text: string, zone: string, before: string | undefined): string | undefined {
  if (before !== undefined && toZoneField(Date.parse(before), zone) === text) return before;
  const time = readZoneField(text, zone);
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** When the window of the form is; undefined where a time or the zone is none. */
export function toWindowTimes(
  { starts_at, ends_at, timezone, rrule, exdates }: WindowFormValues,
  before?: MaintenanceWindow,
): WindowTimes | undefined {
  const zone = timezone.trim();
  const isSameZone = before?.timezone === zone;
  const begin = toTime(starts_at, zone, isSameZone ? before.starts_at : undefined);
  const end = toTime(ends_at, zone, isSameZone ? before.ends_at : undefined);
  if (begin === undefined || end === undefined) return undefined;
  const rule = writeRule(rrule);
  return {
    starts_at: begin,
    ends_at: end,
    timezone: zone,
    rrule: rule,
    exdates: rule === null ? [] : exdates.split(/[\s,;]+/).filter((text) => text !== ''),
  };
}

export function toWindowBody(values: WindowFormValues, times: WindowTimes): WrittenWindow {
  const { name, scope, reason } = values;
  return {
    name: name.trim(),
    scope: { type: scope.type, id: scope.type === 'global' ? null : scope.id },
    ...times,
    reason: reason.trim() === '' ? null : reason.trim(),
  };
}
