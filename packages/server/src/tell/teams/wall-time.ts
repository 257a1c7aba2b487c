import { WEEKDAYS, type Weekday } from '@stratora/contract';

export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;

/** Returns the time of day of `HH:MM` in milliseconds; `24:00` is the begin of the next day. */
export function clockTimeMs(text: string): number {
  return (Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) * 60_000;
}

/** Returns the day of the week of a time on the wall, 0 for Monday. */
export function weekdayIndex(wall: number): number {
  // The first of January 1970 was a Thursday.
  return (((Math.floor(wall / DAY_MS) + 3) % 7) + 7) % 7;
}

export function weekdayOf(wall: number): Weekday {
  return WEEKDAYS[weekdayIndex(wall)] ?? 'mo';
}
