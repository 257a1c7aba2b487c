import { DISCOVERY_DAYS, type DiscoveryHours } from '@stratora/contract';
import { instantAt, wallClockAt } from '../../platform/zoned-time/index.ts';

const DAY_MS = 86_400_000;
/** Days that are looked at: the day before, whose hours may last until today, to the same day of the next week. */
const DAYS_AHEAD = 8;

/** When packets may be sent next, in epoch milliseconds: `from` is not after now where they may be sent now. */
export interface OpenHours {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the hours that are open now, or the next ones. On the wall clock of their zone: a time that a change of the clocks leaves
 * out is the first one after it. Hours of which the clocks leave nothing are passed over.
 */
export function openHours({ timezone, days, from, to }: DiscoveryHours, now: number): OpenHours {
  const today = Math.floor(wallClockAt(now, timezone) / DAY_MS) * DAY_MS;
  for (let day = -1; day <= DAYS_AHEAD; day += 1) {
    const wall = today + day * DAY_MS;
    // The epoch began on a Thursday.
    const name = DISCOVERY_DAYS[(Math.floor(wall / DAY_MS) + 3) % 7];
    if (name === undefined || !days.includes(name)) continue;
    const begin = instantAt(wall + minutesOf(from) * 60_000, timezone);
    const isNextDay = minutesOf(to) <= minutesOf(from);
    const end = instantAt(wall + (isNextDay ? DAY_MS : 0) + minutesOf(to) * 60_000, timezone);
    if (end > now && end > begin) return { from: begin, to: end };
  }
  throw new Error('hours without a day');
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
