const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Whether a text is the name of a time zone of the IANA database that this browser knows. */
export function isZoneName(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatter(name);
    return true;
  } catch {
    return false;
  }
}

/** The names of the time zones that this browser knows. */
export function zoneNames(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
}

/** What the clocks of a zone show at a moment, as milliseconds of a clock that shows the same in UTC. */
export function wallTime(timeMs: number, zone: string): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatter(zone).formatToParts(timeMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const DAY_MS = 86_400_000;

/**
 * The moment at which the clocks of a zone show a wall time: the first one where they show it twice; where they skip it,
 * the first moment after the gap.
 */
export function momentOf(wallMs: number, zone: string): number {
  const offsetAt = (timeMs: number) => wallTime(timeMs, zone) - Math.floor(timeMs / 1000) * 1000;
  const candidates = [offsetAt(wallMs - DAY_MS), offsetAt(wallMs + DAY_MS)]
    .map((offset) => wallMs - offset)
    .toSorted((a, b) => a - b);
  const found = candidates.find((candidate) => wallTime(candidate, zone) === wallMs);
  if (found !== undefined) return found;
  // The clocks jump over it between the two: where their offset changes is the end of the gap.
  let [before = 0, after = 0] = candidates;
  const offsetBefore = offsetAt(before);
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (offsetAt(middle) === offsetBefore) before = middle;
    else after = middle;
  }
  return after;
}

/** A moment as a field of the type `datetime-local` holds it, by the clocks of a zone: "2026-11-29T12:30". */
export function toZoneField(timeMs: number, zone: string): string {
  return new Date(wallTime(timeMs, zone)).toISOString().slice(0, 16);
}

/** The moment that such a field holds, in epoch milliseconds; undefined where it holds none. */
export function readZoneField(text: string, zone: string): number | undefined {
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) || !isZoneName(zone) ? undefined : momentOf(wall, zone);
}

/** The time zone of this browser. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
