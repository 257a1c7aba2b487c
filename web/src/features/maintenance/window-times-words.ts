import type { MaintenanceWindow } from '@stratora/contract';
import { formatMoment, type ZoneChoice } from '../../ui/format/time.ts';

/** A moment to the minute. */
function minuteText(time: string, zone: ZoneChoice): string {
  return formatMoment(Date.parse(time), zone).replace(/:\d\d$/, '');
}

/** "30 Nov 2026, 02:00 to 03:00": the day is told again only where it is another. */
function spanText(from: string, to: string, zone: ZoneChoice): string {
  const [begin, end] = [minuteText(from, zone), minuteText(to, zone)];
  const [day, time = ''] = end.split(', ');
  return begin.startsWith(`${day}, `) ? `${begin} to ${time}` : `${begin} to ${end}`;
}

/** When a window is, in one line: what runs, what comes next, or what was. */
export function windowTimesWords(window: MaintenanceWindow, zone: ZoneChoice): string {
  const { active, current_ends_at: end, next_starts_at: next, next_ends_at: nextEnd } = window;
  if (active && end !== null) return `until ${minuteText(end, zone)}`;
  if (next !== null) return nextEnd === null ? minuteText(next, zone) : spanText(next, nextEnd, zone);
  return `was ${spanText(window.starts_at, window.ends_at, zone)}`;
}
