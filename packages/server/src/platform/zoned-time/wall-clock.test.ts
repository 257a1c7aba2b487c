import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantAt, wallClockAt } from './wall-clock.ts';

const MINUTE_MS = 60_000;
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
  'UTC',
];

/** Each with a time on the wall and the instant that is meant by it. */
const CASES: readonly (readonly [string, string, string, string])[] = [
  ['a time in winter', 'Europe/Berlin', '2027-01-15T08:00', '2027-01-15T07:00:00.000Z'],
  ['a time in summer', 'Europe/Berlin', '2027-07-15T08:00', '2027-07-15T06:00:00.000Z'],
  ['the minute before the gap', 'Europe/Berlin', '2027-03-28T01:59', '2027-03-28T00:59:00.000Z'],
  ['the begin of the gap', 'Europe/Berlin', '2027-03-28T02:00', '2027-03-28T01:00:00.000Z'],
  ['a time in the gap', 'Europe/Berlin', '2027-03-28T02:30', '2027-03-28T01:00:00.000Z'],
  ['the end of the gap', 'Europe/Berlin', '2027-03-28T03:00', '2027-03-28T01:00:00.000Z'],
  ['a time that there is twice', 'Europe/Berlin', '2027-10-31T02:30', '2027-10-31T00:30:00.000Z'],
  ['the first minute that there is twice', 'Europe/Berlin', '2027-10-31T02:00', '2027-10-31T00:00:00.000Z'],
  ['the end of what there is twice', 'Europe/Berlin', '2027-10-31T03:00', '2027-10-31T02:00:00.000Z'],
  ['a time in the gap', 'America/New_York', '2027-03-14T02:15', '2027-03-14T07:00:00.000Z'],
  ['a time that there is twice', 'America/New_York', '2027-11-07T01:15', '2027-11-07T05:15:00.000Z'],
  ['a gap of half an hour', 'Australia/Lord_Howe', '2026-10-04T02:10', '2026-10-03T15:30:00.000Z'],
  ['half an hour that there is twice', 'Australia/Lord_Howe', '2027-04-04T01:45', '2027-04-03T14:45:00.000Z'],
  ['a midnight that is left out', 'America/Santiago', '2026-09-06T00:00', '2026-09-06T04:00:00.000Z'],
  ['a last hour that there is twice', 'America/Santiago', '2027-04-03T23:30', '2027-04-04T02:30:00.000Z'],
  ['a day that is left out', 'Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00:00.000Z'],
  ['an offset of seconds', 'Africa/Monrovia', '1971-06-01T12:00', '1971-06-01T12:44:30.000Z'],
  ['a year before the common era', 'Europe/Berlin', '0000-06-01T12:00', '0000-06-01T11:06:32.000Z'],
];

describe('the wall clock', () => {
  it.each(CASES)('%s in %s: %s', (_, zone, wall, instant) => {
    expect(new Date(instantAt(Date.parse(`${wall}Z`), zone)).toISOString()).toBe(instant);
  });

  it('shows a time of its zone', () => {
    const shown = (instant: string, zone: string) =>
      new Date(wallClockAt(Date.parse(instant), zone)).toISOString().slice(0, -1);
    expect(shown('2027-03-28T00:59:59.999Z', 'Europe/Berlin')).toBe('2027-03-28T01:59:59.999');
    expect(shown('2027-03-28T01:00:00.000Z', 'Europe/Berlin')).toBe('2027-03-28T03:00:00.000');
    expect(shown('1969-12-31T23:59:59.500Z', 'Asia/Kathmandu')).toBe('1970-01-01T05:29:59.500');
  });

  it('knows no zone that is none', () => {
    expect(() => wallClockAt(0, 'Europe/Nowhere')).toThrow(RangeError);
  });

  it('gives for a time the first instant at which it shows that or more', () => {
    const minutes = fc.integer({
      min: Date.parse('1990-01-01T00:00Z') / MINUTE_MS,
      max: Date.parse('2037-12-31T00:00Z') / MINUTE_MS,
    });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), minutes, (zone, minute) => {
        const wall = minute * MINUTE_MS;
        const instant = instantAt(wall, zone);
        expect(wallClockAt(instant, zone)).toBeGreaterThanOrEqual(wall);
        // A day and a half before it, every quarter of an hour, and the millisecond before.
        for (const before of [
          1,
          ...Array.from({ length: 144 }, (_, index) => (index + 1) * 15 * MINUTE_MS),
        ]) {
          expect(wallClockAt(instant - before, zone)).toBeLessThan(wall);
        }
      }),
    );
  });

  it('shows what the runtime says, field by field', () => {
    const instants = fc.date({
      min: new Date('1980-01-01'),
      max: new Date('2037-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, instant) => {
        const parts = new Intl.DateTimeFormat('sv-SE', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'medium',
        });
        const shown = new Date(wallClockAt(instant.getTime(), zone)).toISOString();
        expect(shown.slice(0, 19)).toBe(parts.format(instant).replace(' ', 'T'));
      }),
      { numRuns: 500 },
    );
  });
});
