/**
 * The wall clock of a time zone: what it shows at an instant, and when it shows a time.
 *
 * A time on the wall is a number here, too: the epoch milliseconds of the same date and time in UTC. So a day is
 * always 86,400,000 of them, `new Date(wall)` gives its fields by the `getUTC` functions, and `Date.UTC` makes one.
 * The rules of the zones are those of the runtime (`Intl`, IANA time zone database).
 */
const DAY_MS = 86_400_000;

/** Most zones that are remembered; a formatter takes some 50 KB. */
const ZONES_MAX = 100;
/** Most days of a zone that are remembered. */
const DAYS_MAX = 5000;

/** What is known of a zone. */
interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  /** Offset from UTC at the begin of days of UTC, in ms, by the number of the day. */
  readonly offsets: Map<number, number>;
}
const zones = new Map<string, Zone>();

/** Fields as the formatter writes them: month, day, year, era, then the time. */
const SHOWN = /^(\d+)\/(\d+)\/(\d+) ([AB]), (\d+):(\d+):(\d+)$/;

/**
 * Returns what the wall clock of a zone shows at an instant.
 * @param instant epoch milliseconds
 * @param zone IANA name of the zone
 * @returns the time on the wall, see above
 * @throws RangeError for what is no zone
 */
export function wallClockAt(instant: number, zone: string): number {
  return instant + offsetAt(instant, zoneOf(zone));
}

/**
 * Returns the first instant at which the wall clock of a zone shows a time or a later one. So a time that a change of
 * the clocks leaves out is the instant of that change, the first that is valid; a time that there is twice is its first.
 * @param wall time on the wall, see above
 * @param zone IANA name of the zone
 * @returns epoch milliseconds
 * @throws RangeError for what is no zone
 */
export function instantAt(wall: number, zone: string): number {
  const known = zoneOf(zone);
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((instant) => offsetAt(instant, known));
  const candidates = offsets.map((offset) => wall - offset).toSorted((a, b) => a - b);
  const found = candidates.find((instant) => instant + offsetAt(instant, known) === wall);
  if (found !== undefined) return found;
  const [before = wall, after = wall] = candidates;
  return changeBetween({ before, after, wall }, known);
}

/** Finds when the clock jumped over a time on the wall: at `before` it shows less, at `after` more. */
function changeBetween(gap: { before: number; after: number; wall: number }, zone: Zone): number {
  let { before, after } = gap;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(middle, zone) >= gap.wall) after = middle;
    else before = middle;
  }
  return after;
}

/** Returns the offset from UTC at an instant. No zone has ever changed its clock twice within two days. */
function offsetAt(instant: number, zone: Zone): number {
  const day = Math.floor(instant / DAY_MS);
  const offset = offsetOfDay(day, zone);
  return offset === offsetOfDay(day + 1, zone) ? offset : readOffset(instant, zone);
}

function offsetOfDay(day: number, zone: Zone): number {
  const known = zone.offsets.get(day);
  if (known !== undefined) return known;
  const offset = readOffset(day * DAY_MS, zone);
  if (zone.offsets.size >= DAYS_MAX) zone.offsets.clear();
  zone.offsets.set(day, offset);
  return offset;
}

function readOffset(instant: number, { formatter }: Zone): number {
  const text = formatter.format(instant);
  const [, month, day, year, era, hour, minute, second] = SHOWN.exec(text) ?? [];
  if (second === undefined) throw new RangeError(`no time on a wall: ${text}`);
  const wall = new Date(0);
  // Not Date.UTC, which takes the years below 100 for those of the last century. There is no year 0 between the eras.
  wall.setUTCFullYear(era === 'B' ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day));
  wall.setUTCHours(Number(hour), Number(minute), Number(second));
  return wall.getTime() - Math.floor(instant / 1000) * 1000;
}

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'narrow',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const zone = { formatter, offsets: new Map<number, number>() };
  if (zones.size >= ZONES_MAX) zones.clear();
  zones.set(name, zone);
  return zone;
}
