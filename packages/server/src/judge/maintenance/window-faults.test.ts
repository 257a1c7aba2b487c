import { describe, expect, it } from 'vitest';
import { timeFaults } from './window-faults.ts';
import type { TimeFields } from './window-times.ts';

const FINE: TimeFields = {
  starts_at: '2027-01-01T22:00:00.000Z',
  ends_at: '2027-01-01T23:00:00.000Z',
  rrule: null,
  exdates: [],
  timezone: 'UTC',
};

function faultsOf(change: Partial<TimeFields>): string[] {
  return timeFaults({ ...FINE, ...change }).map(({ path, message }) => `${path} ${message}`);
}

describe('when a window is', () => {
  it('may be once, or by a rule whose windows do not meet', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ rrule: 'FREQ=DAILY' })).toEqual([]);
    expect(faultsOf({ ends_at: '2027-01-31T22:00:00.000Z' })).toEqual([]);
    expect(faultsOf({ rrule: 'FREQ=DAILY', exdates: ['2027-01-01', '2027-01-05T22:00:00.000Z'] })).toEqual(
      [],
    );
    expect(faultsOf({ rrule: 'FREQ=DAILY;COUNT=1', ends_at: '2027-01-20T22:00:00.000Z' })).toEqual([]);
  });

  it('ends after it begins, and within 30 days', () => {
    expect(faultsOf({ ends_at: FINE.starts_at })).toEqual(['ends_at must be after starts_at']);
    expect(faultsOf({ ends_at: '2027-01-01T21:00:00.000Z' })).toEqual(['ends_at must be after starts_at']);
    expect(faultsOf({ ends_at: '2027-01-31T22:00:01.000Z' })).toEqual([
      'ends_at must be 30 days after starts_at at most',
    ]);
  });

  it('ends after it begins on the clock of its zone too, where a rule keeps that', () => {
    // 02:50 in summer time, and 02:10 after it: the first window lasts for 20 minutes.
    const times = { starts_at: '2027-10-31T00:50:00.000Z', ends_at: '2027-10-31T01:10:00.000Z' };
    expect(faultsOf({ ...times, timezone: 'Europe/Berlin' })).toEqual([]);
    expect(faultsOf({ ...times, timezone: 'Europe/Berlin', rrule: 'FREQ=DAILY' })).toEqual([
      'ends_at must be after starts_at on the clocks of Europe/Berlin too',
    ]);
  });

  it('has a rule that can be followed', () => {
    expect(faultsOf({ rrule: 'FREQ=HOURLY' })).toEqual([
      'rrule FREQ=HOURLY is not supported; it must be DAILY, WEEKLY, MONTHLY or YEARLY',
    ]);
    expect(faultsOf({ rrule: 'FREQ=DAILY;UNTIL=20261231' })).toEqual([
      'rrule UNTIL is before the first window',
    ]);
    expect(faultsOf({ rrule: 'FREQ=DAILY;COUNT=2', exdates: ['2027-01-01', '2027-01-02'] })).toEqual([
      'exdates leave no window at all',
    ]);
    expect(faultsOf({ exdates: ['2027-01-01'] })).toEqual([
      'exdates need a rule of which they are exceptions',
    ]);
  });

  it('has no windows that meet or overlap', () => {
    const day = '2027-01-02T22:00:00.000Z';
    expect(faultsOf({ rrule: 'FREQ=DAILY', ends_at: day })).toEqual([
      'rrule makes windows that overlap: each lasts 1 d, and the next may begin 1 d after it began',
    ]);
    expect(
      faultsOf({ rrule: 'FREQ=MONTHLY;BYMONTHDAY=1,31', ends_at: '2027-01-03T22:00:00.000Z' }),
    ).toHaveLength(1);
    expect(faultsOf({ rrule: 'FREQ=WEEKLY', ends_at: '2027-01-08T21:59:59.000Z' })).toEqual([]);
  });
});
