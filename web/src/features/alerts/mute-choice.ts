import { readFieldTime } from '../../ui/format/field-time.ts';
import type { ZoneChoice } from '../../ui/format/time.ts';

export const MUTE_CHOICES = ['1h', '4h', 'tomorrow', 'resolved', 'at'] as const;
export type MuteChoice = (typeof MUTE_CHOICES)[number];

export const MUTE_LABELS: Readonly<Record<MuteChoice, string>> = {
  '1h': 'For an hour',
  '4h': 'For 4 hours',
  tomorrow: 'Until tomorrow, 08:00',
  resolved: 'Until it resolves',
  at: 'Until a time of your own',
};

const HOUR_MS = 3_600_000;
/** The hour at which people are back. */
const MORNING = 8;

/**
 * The end of a mute, RFC 3339; null: until the alert resolves; undefined where the time of one's own is none.
 *
 * @param at what a field of the type `datetime-local` holds, in the zone that is shown
 */
export function muteUntil(
  choice: MuteChoice,
  at: string,
  nowMs: number,
  zone: ZoneChoice,
): string | null | undefined {
  switch (choice) {
    case '1h':
      return new Date(nowMs + HOUR_MS).toISOString();
    case '4h':
      return new Date(nowMs + 4 * HOUR_MS).toISOString();
    case 'tomorrow':
      return tomorrow(nowMs, zone).toISOString();
    case 'resolved':
      return null;
    case 'at': {
      const time = readFieldTime(at, zone);
      return time === undefined ? undefined : new Date(time).toISOString();
    }
  }
}

function tomorrow(nowMs: number, zone: ZoneChoice): Date {
  const time = new Date(nowMs);
  if (zone === 'utc') {
    time.setUTCDate(time.getUTCDate() + 1);
    time.setUTCHours(MORNING, 0, 0, 0);
  } else {
    time.setDate(time.getDate() + 1);
    time.setHours(MORNING, 0, 0, 0);
  }
  return time;
}
