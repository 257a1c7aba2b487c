import { describe, expect, it } from 'vitest';
import { isMonth, monthAfter, monthDays, monthOf, plannedOn } from './month-weeks.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('the calendar of a month', () => {
  it('shows whole weeks from Monday on', () => {
    const days = monthDays('2026-11').map((time) => new Date(time).toISOString().slice(0, 10));
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
    // February of 2027 is four weeks exactly.
    expect(monthDays('2027-02')).toHaveLength(28);
  });

  it('goes over the end of a year both ways', () => {
    expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
    expect([isMonth('2026-13'), isMonth(null), isMonth('2026-02')]).toEqual([false, false, true]);
    expect(monthOf(Date.parse('2026-11-30T23:30:00Z'), 'Europe/Berlin')).toBe('2026-12');
  });

  it('has on each day what takes place by the clocks of the zone', () => {
    const late = { starts_at: '2026-12-01T22:30:00Z', ends_at: '2026-12-02T01:00:00Z' };
    const early = { starts_at: '2026-12-02T05:00:00Z', ends_at: '2026-12-02T06:00:00Z' };
    const on = (text: string, zone: string) => plannedOn([early, late], day(text), zone);
    expect(on('2026-12-01', 'UTC')).toEqual([late]);
    expect(on('2026-12-02', 'UTC')).toEqual([late, early]);
    expect(on('2026-12-01', 'Asia/Tokyo')).toEqual([]);
    // What ends at midnight takes no part of the next day.
    const even = { starts_at: '2026-12-03T20:00:00Z', ends_at: '2026-12-04T00:00:00Z' };
    expect(plannedOn([even], day('2026-12-04'), 'UTC')).toEqual([]);
  });
});
