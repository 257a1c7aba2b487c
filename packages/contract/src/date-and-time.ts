/** Octets of a DateAndTime in hex: 8, and 11 with the offset from UTC. */
const HEX = /^(?:[0-9a-f]{16}|[0-9a-f]{22})$/i;
const QUARTER_SECONDS = 900;
/** Time zones lie between UTC-12 and UTC+14, on quarters of an hour (IANA time zone database). */
const WESTMOST_SECONDS = -12 * 3600;
const EASTMOST_SECONDS = 14 * 3600;

/**
 * Computes how far a device's clock is ahead of a time, from its DateAndTime (RFC 2579, section 2; hrSystemDate of
 * HOST-RESOURCES-MIB): year in two octets, month, day, hour, minutes, seconds (60 for a leap second), deci-seconds, and
 * where the device knows it `+` or `-`, hours and minutes from UTC.
 *
 * Without the offset the octets are local time in a zone that is not given. The device then counts as being in the zone
 * in which its clock is best: the result is right while the clock is less than 7.5 minutes off, and is at least how far
 * it is off otherwise.
 *
 * @param hex the octets, as both engines give them with `conversion = "hex"`
 * @param nowMs the time to compare with, in ms since the epoch
 * @returns seconds; undefined for what is no date
 */
export function clockSkewSeconds(hex: string, nowMs: number): number | undefined {
  if (!HEX.test(hex)) return undefined;
  const octets = Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
  const [high = 0, low = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, tenths = 0] = octets;
  const year = high * 256 + low;
  const inRange =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 60 &&
    tenths <= 9;
  if (!inRange || year < 1) return undefined;
  const date = new Date(0);
  // Not Date.UTC, which takes the years below 100 for those of the last century.
  date.setUTCFullYear(year, month - 1, day);
  // The 31st of a short month is no date.
  if (date.getUTCMonth() !== month - 1) return undefined;
  date.setUTCHours(hour, minute, second, tenths * 100);
  const aheadSeconds = (date.getTime() - nowMs) / 1000;
  if (octets.length === 8) return aheadSeconds - nearestZone(aheadSeconds);
  const [sign = 0, zoneHours = 0, zoneMinutes = 0] = octets.slice(8);
  if ((sign !== 0x2b && sign !== 0x2d) || zoneHours > 14 || zoneMinutes > 59) return undefined;
  const offset = zoneHours * 3600 + zoneMinutes * 60;
  return aheadSeconds - (sign === 0x2b ? offset : -offset);
}

function nearestZone(aheadSeconds: number): number {
  const nearest = Math.round(aheadSeconds / QUARTER_SECONDS) * QUARTER_SECONDS;
  return Math.min(EASTMOST_SECONDS, Math.max(WESTMOST_SECONDS, nearest));
}
