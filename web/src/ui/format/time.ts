import { formatDuration } from './units.ts';

/** The time since a moment in one step: "now", "8 s ago", "4 min ago", "3 h ago", "12 d ago"; "in 5 min" before it. */
export function formatAgo(thenMs: number, nowMs: number): string {
  const seconds = Math.round((nowMs - thenMs) / 1000);
  if (Math.abs(seconds) < 3) return 'now';
  const text = singleStep(Math.abs(seconds));
  return seconds < 0 ? `in ${text}` : `${text} ago`;
}

/** A length of time in one step, where there is room for no more: "31 min". */
export function formatAge(thenMs: number, nowMs: number): string {
  return singleStep(Math.max(0, Math.round((nowMs - thenMs) / 1000)));
}

function singleStep(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** The time that something has lasted, in its two largest steps. */
export function formatSince(thenMs: number, nowMs: number): string {
  return formatDuration(Math.max(0, Math.round((nowMs - thenMs) / 1000)));
}

export type ZoneChoice = 'local' | 'utc';

export function zoneName(choice: ZoneChoice): string {
  return choice === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatter(choice: ZoneChoice, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${choice} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    const zone = choice === 'utc' ? { timeZone: 'UTC' } : {};
    format = new Intl.DateTimeFormat('en-GB', { hourCycle: 'h23', ...options, ...zone });
    formats.set(key, format);
  }
  return format;
}

/** The exact moment: "23 Nov 2026, 20:44:32". */
export function formatMoment(timeMs: number, choice: ZoneChoice): string {
  return formatter(choice, { dateStyle: 'medium', timeStyle: 'medium' }).format(timeMs);
}

/** A moment on an axis or in a legend: as short as the shown range allows. */
export function formatAxisTime(timeMs: number, rangeSeconds: number, choice: ZoneChoice): string {
  if (rangeSeconds > 3 * 86_400) return formatter(choice, { day: '2-digit', month: 'short' }).format(timeMs);
  if (rangeSeconds > 20 * 3_600) {
    return formatter(choice, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(timeMs);
  }
  const seconds = rangeSeconds <= 600 ? { second: '2-digit' as const } : {};
  return formatter(choice, { hour: '2-digit', minute: '2-digit', ...seconds }).format(timeMs);
}

/** The moment under the crosshair. */
export function formatCursorTime(timeMs: number, rangeSeconds: number, choice: ZoneChoice): string {
  return rangeSeconds > 20 * 3_600
    ? formatter(choice, { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' }).format(timeMs)
    : formatter(choice, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(timeMs);
}

const RFC_3339 = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A sentence of the server with its moments written as people here write them, in the zone that is shown. */
export function localizeMoments(sentence: string, choice: ZoneChoice): string {
  return sentence.replaceAll(RFC_3339, (text) => formatMoment(Date.parse(text), choice));
}
