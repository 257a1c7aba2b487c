/**
 * The hours in which a team is active. Windows are kept in local time, and both edges of each are computed from it: what
 * a change of the clocks leaves out begins or ends at the change, what there is twice at its first.
 */
import type { HoursWindow, TeamActive } from '@stratora/contract';
import { instantAt, wallClockAt } from '../../platform/zoned-time/index.ts';
import { clockTimeMs, DAY_MS, weekdayOf } from './wall-time.ts';

/** Days within which a window that comes every week comes again, also where a change of the clocks swallows one. */
const SEARCH_DAYS = 22;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether a team is active. @param instant epoch milliseconds */
export function isActiveAt(active: TeamActive, instant: number): boolean {
  if (active.type === 'always') return true;
  const today = dayOf(instant, active.timezone);
  // A window of yesterday may go on past midnight; one of tomorrow has begun where the clock was put back over midnight.
  return [today - DAY_MS, today, today + DAY_MS]
    .flatMap((day) => spansOf(active, day))
    .some(({ from, to }) => from <= instant && instant < to);
}

/**
 * Returns the first instant from the given one on at which a team is active: that one itself where it is.
 * @returns undefined where it never is
 */
export function nextActiveAt(active: TeamActive, instant: number): number | undefined {
  if (active.type === 'always' || isActiveAt(active, instant)) return instant;
  const today = dayOf(instant, active.timezone);
  for (let day = today - DAY_MS; day <= today + SEARCH_DAYS * DAY_MS; day += DAY_MS) {
    const begins = spansOf(active, day)
      .filter(({ from, to }) => from > instant && from < to)
      .map(({ from }) => from);
    if (begins.length > 0) return Math.min(...begins);
  }
  return undefined;
}

/** Returns the windows that begin on a day, which is given by its midnight on the wall. */
function spansOf(active: Extract<TeamActive, { type: 'hours' }>, day: number): Span[] {
  const weekday = weekdayOf(day);
  return active.windows
    .filter(({ days }) => days.includes(weekday))
    .map((window) => ({
      from: instantAt(day + clockTimeMs(window.from), active.timezone),
      to: instantAt(day + endOf(window), active.timezone),
    }));
}

/** Returns the end of a window, in milliseconds from the midnight on which its day begins. */
function endOf({ from, to }: HoursWindow): number {
  const end = clockTimeMs(to);
  return end > clockTimeMs(from) ? end : end + DAY_MS;
}

function dayOf(instant: number, zone: string): number {
  return Math.floor(wallClockAt(instant, zone) / DAY_MS) * DAY_MS;
}
