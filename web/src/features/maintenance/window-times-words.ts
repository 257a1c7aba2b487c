import type { MaintenanceWindow } from '@stratora/contract';
import { formatMoment, type ZoneChoice } from '../../ui/format/time.ts';

/** When a window is, in one line: what runs, what comes next, or what was. */
export function windowTimesWords(window: MaintenanceWindow, zone: ZoneChoice): string {
  const at = (time: string) => formatMoment(Date.parse(time), zone).replace(/:\d\d$/, '');
  if (window.active && window.current_ends_at !== null) return `until ${at(window.current_ends_at)}`;
  if (window.next_starts_at !== null) {
    return `${at(window.next_starts_at)}${window.next_ends_at === null ? '' : ` to ${at(window.next_ends_at)}`}`;
  }
  return `was ${at(window.starts_at)} to ${at(window.ends_at)}`;
}
