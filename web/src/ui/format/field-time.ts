import type { ZoneChoice } from './time.ts';

/** A moment as a field of the type `datetime-local` holds it, in the zone that is shown. */
export function toFieldTime(timeMs: number, zone: ZoneChoice): string {
  const offsetMs = zone === 'utc' ? 0 : new Date(timeMs).getTimezoneOffset() * 60_000;
  return new Date(timeMs - offsetMs).toISOString().slice(0, 16);
}

/** The moment that such a field holds, in epoch milliseconds; undefined where it holds none. */
export function readFieldTime(text: string, zone: ZoneChoice): number | undefined {
  const time = Date.parse(zone === 'utc' ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}
