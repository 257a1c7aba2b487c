import type { Rota } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { holeSeconds, rotaPeople, rotaWeeks } from './rota-weeks.ts';

function shift(from: string, to: string, name: string | null): Rota['shifts'][number] {
  const person = { member_id: name ?? '', name: name ?? '', email: null, from, to, is_override: false };
  return { from, to, person: name === null ? null : person };
}

const SHIFTS = [
  // A Wednesday, in the middle of a week.
  shift('2026-10-21T10:00:00Z', '2026-10-26T07:00:00Z', 'anna'),
  shift('2026-10-26T07:00:00Z', '2026-11-02T07:00:00Z', null),
  shift('2026-11-02T07:00:00Z', '2026-11-02T19:00:00Z', 'ben'),
];

describe('the weeks of a rota', () => {
  const weeks = rotaWeeks({ shifts: SHIFTS, timezone: 'Europe/Berlin' });

  it('begin on Monday by the clocks of the zone, and hold their parts of the shifts', () => {
    expect(weeks.map(({ days }) => new Date(days[0] ?? 0).toISOString().slice(0, 10))).toEqual([
      '2026-10-19',
      '2026-10-26',
      '2026-11-02',
    ]);
    const [first, second, third] = weeks.map(({ pieces }) =>
      pieces.map(({ shift: { person }, from, to, isFirst }) => [person?.name, from, to, isFirst]),
    );
    expect(first).toEqual([['anna', 2.5, 7, true]]);
    // The handoff is at 08:00 before and after the clocks were set back.
    expect(second).toEqual([
      ['anna', 0, 1 / 3, false],
      [undefined, 1 / 3, 7, true],
    ]);
    expect(third).toEqual([
      [undefined, 0, 1 / 3, false],
      ['ben', 1 / 3, 5 / 6, true],
    ]);
  });

  it('are none where there are no shifts', () => {
    expect(rotaWeeks({ shifts: [], timezone: 'UTC' })).toEqual([]);
  });

  it('know who comes when, and for how long nobody does', () => {
    expect(rotaPeople({ shifts: SHIFTS }).map(({ name }) => name)).toEqual(['anna', 'ben']);
    expect(holeSeconds({ shifts: SHIFTS })).toBe(7 * 86_400);
  });
});
