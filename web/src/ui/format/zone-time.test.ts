import { describe, expect, it } from 'vitest';
import { isZoneName, momentOf, readZoneField, toZoneField, wallTime } from './zone-time.ts';

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

describe('times by the clocks of a zone', () => {
  it('are there and back the same moment', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata']) {
      for (const time of ['2026-01-15T12:34:00Z', '2026-07-15T23:59:00Z', '2028-02-29T00:00:00Z']) {
        const ms = Date.parse(time);
        expect(momentOf(wallTime(ms, zone), zone)).toBe(ms);
        expect(readZoneField(toZoneField(ms, zone), zone)).toBe(ms);
      }
    }
    expect(toZoneField(Date.parse('2026-07-15T23:59:00Z'), 'Europe/Berlin')).toBe('2026-07-16T01:59');
  });

  it('that the clocks skip begin at the end of the gap', () => {
    expect(iso(readZoneField('2027-03-28T02:30', 'Europe/Berlin'))).toBe('2027-03-28T01:00:00.000Z');
    expect(iso(readZoneField('2027-03-14T02:00', 'America/New_York'))).toBe('2027-03-14T07:00:00.000Z');
    // Half an hour alone.
    expect(iso(readZoneField('2027-10-03T02:10', 'Australia/Lord_Howe'))).toBe('2027-10-02T15:30:00.000Z');
  });

  it('that come twice are the first one', () => {
    expect(iso(readZoneField('2026-10-25T02:30', 'Europe/Berlin'))).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(readZoneField('2026-11-01T01:30', 'America/New_York'))).toBe('2026-11-01T05:30:00.000Z');
  });

  it('are none where the field or the zone says nothing', () => {
    expect(readZoneField('', 'UTC')).toBeUndefined();
    expect(readZoneField('2026-01-01T00:00', 'Europe/Nowhere')).toBeUndefined();
    expect(['Europe/Berlin', 'UTC', '+02:00', ''].map(isZoneName)).toEqual([true, true, false, false]);
  });
});
