import { DISCOVERY_DAYS, type DiscoveryHours } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { openHours } from './scan-hours.ts';
import { nextScheduled, scheduleFault } from './scan-schedule.ts';

const NIGHT: DiscoveryHours = {
  timezone: 'Europe/Berlin',
  days: [...DISCOVERY_DAYS],
  from: '22:00',
  to: '05:00',
};
const open = (hours: DiscoveryHours, now: string) => {
  const { from, to } = openHours(hours, Date.parse(now));
  return [new Date(from).toISOString(), new Date(to).toISOString()];
};

describe('the hours of a scan', () => {
  it.each([
    ['before them', '2027-01-15T12:00:00Z', '2027-01-15T21:00:00.000Z', '2027-01-16T04:00:00.000Z'],
    ['in them', '2027-01-15T22:30:00Z', '2027-01-15T21:00:00.000Z', '2027-01-16T04:00:00.000Z'],
    [
      'in them, after midnight',
      '2027-01-16T03:59:59Z',
      '2027-01-15T21:00:00.000Z',
      '2027-01-16T04:00:00.000Z',
    ],
    ['at their end', '2027-01-16T04:00:00Z', '2027-01-16T21:00:00.000Z', '2027-01-17T04:00:00.000Z'],
    ['over the spring day', '2027-03-27T22:00:00Z', '2027-03-27T21:00:00.000Z', '2027-03-28T03:00:00.000Z'],
  ])('%s', (_, now, from, to) => {
    expect(open(NIGHT, now)).toEqual([from, to]);
  });

  it('are those of the days that are named', () => {
    const hours = { ...NIGHT, days: ['sa' as const], from: '08:00', to: '12:00', timezone: 'UTC' };
    expect(open(hours, '2027-01-15T12:00:00Z')[0]).toBe('2027-01-16T08:00:00.000Z');
    expect(open(hours, '2027-01-16T12:00:00Z')[0]).toBe('2027-01-23T08:00:00.000Z');
  });

  it('are a whole day where they end when they begin', () => {
    const hours = { ...NIGHT, from: '06:00', to: '06:00', timezone: 'UTC' };
    expect(open(hours, '2027-01-15T05:59:00Z')).toEqual([
      '2027-01-14T06:00:00.000Z',
      '2027-01-15T06:00:00.000Z',
    ]);
  });
});

describe('the schedule of a job', () => {
  const since = Date.parse('2027-01-15T02:00:00.700Z');
  const next = (rrule: string, after: string, timezone = 'UTC', starts_at?: string) => {
    const at = nextScheduled(
      { rrule, timezone, ...(starts_at ? { starts_at } : {}) },
      since,
      Date.parse(after),
    );
    return at === undefined ? undefined : new Date(at).toISOString();
  };

  it('gives the first time after a moment, never that moment', () => {
    expect(next('FREQ=DAILY', '2027-01-15T02:00:01Z')).toBe('2027-01-16T02:00:00.000Z');
    expect(next('FREQ=DAILY', '2027-01-16T02:00:00Z')).toBe('2027-01-17T02:00:00.000Z');
    expect(next('FREQ=DAILY', '2027-01-01T00:00:00Z', 'UTC', '2027-01-02T08:00:00Z')).toBe(
      '2027-01-02T08:00:00.000Z',
    );
    expect(next('FREQ=DAILY;UNTIL=20270116', '2027-01-17T00:00:00Z')).toBeUndefined();
  });

  it('keeps the time on the wall over a change of the clocks, and loses no day to the hour that is left out', () => {
    const from = '2027-03-26T01:30:00Z';
    expect(next('FREQ=DAILY', '2027-03-27T12:00:00Z', 'Europe/Berlin', from)).toBe(
      '2027-03-28T01:00:00.000Z',
    );
    expect(next('FREQ=DAILY', '2027-03-28T12:00:00Z', 'Europe/Berlin', from)).toBe(
      '2027-03-29T00:30:00.000Z',
    );
  });

  it('says what is wrong with a rule', () => {
    expect(scheduleFault({ rrule: 'FREQ=HOURLY', timezone: 'UTC' })).toContain('not supported');
    expect(scheduleFault({ rrule: 'FREQ=WEEKLY', timezone: 'UTC' })).toBeUndefined();
  });
});
