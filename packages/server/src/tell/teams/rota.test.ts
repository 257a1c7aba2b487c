import { WEEKDAYS } from '@stratora/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERSONS, rotationOf } from './escalation-scene.test-support.ts';
import {
  nextShift,
  type RotaFacts,
  rotaFacts,
  type Shift,
  shiftAt,
  shiftsBetween,
  startDayAt,
} from './rota.ts';
import { canServe, type Rotation } from './team.ts';

const DAY_MS = 86_400_000;

function facts(change: Partial<Rotation> = {}): RotaFacts {
  return rotaFacts(rotationOf(change), canServe(PERSONS));
}
const iso = (instant: number) => new Date(instant).toISOString().replace(':00.000Z', 'Z');
const words = ({ from, to, memberId, isOverride }: Shift) =>
  `${iso(from)} ${iso(to)} ${memberId ?? 'nobody'}${isOverride ? ' stands in' : ''}`;
const whoAt = (rota: RotaFacts, at: string) => shiftAt(rota, Date.parse(at)).memberId;
const nextAt = (rota: RotaFacts, at: string) => nextShift(rota, Date.parse(at))?.memberId ?? null;
const between = (rota: RotaFacts, from: string, to: string) =>
  shiftsBetween(rota, Date.parse(from), Date.parse(to)).map((shift) => words(shift));

/** Handoffs around a change of the clocks: zone, time, the two turns' three edges. */
const HANDOFFS: readonly (readonly [string, string, string, string, string])[] = [
  ['Europe/Berlin', '02:30', '2027-03-21T01:30Z', '2027-03-28T01:00Z', '2027-04-04T00:30Z'],
  ['Europe/Berlin', '02:30', '2027-10-24T00:30Z', '2027-10-31T00:30Z', '2027-11-07T01:30Z'],
  ['America/New_York', '02:15', '2027-03-07T07:15Z', '2027-03-14T07:00Z', '2027-03-21T06:15Z'],
  ['America/New_York', '01:15', '2027-10-31T05:15Z', '2027-11-07T05:15Z', '2027-11-14T06:15Z'],
  ['Australia/Lord_Howe', '02:10', '2026-09-26T15:40Z', '2026-10-03T15:30Z', '2026-10-10T15:10Z'],
  ['Australia/Lord_Howe', '01:45', '2027-03-27T14:45Z', '2027-04-03T14:45Z', '2027-04-10T15:15Z'],
  ['America/Santiago', '00:00', '2026-08-30T04:00Z', '2026-09-06T04:00Z', '2026-09-13T03:00Z'],
  ['America/Santiago', '23:30', '2027-03-29T02:30Z', '2027-04-05T03:30Z', '2027-04-12T03:30Z'],
];

describe('the rota', () => {
  it('gives each member a week, from handoff to handoff', () => {
    expect(between(facts(), '2026-10-05T07:00Z', '2026-11-02T08:00Z')).toEqual([
      '2026-10-05T07:00Z 2026-10-12T07:00Z anna',
      '2026-10-12T07:00Z 2026-10-19T07:00Z ben',
      '2026-10-19T07:00Z 2026-10-26T08:00Z cem',
      '2026-10-26T08:00Z 2026-11-02T08:00Z anna',
    ]);
    expect(whoAt(facts(), '2026-10-12T06:59:59.999Z')).toBe('anna');
    expect(whoAt(facts(), '2026-10-12T07:00Z')).toBe('ben');
  });

  it.each(HANDOFFS)(
    'hands off once around the change of the clocks in %s at %s',
    (...[timezone, time, begin, middle, end]) => {
      const rota = facts({ timezone, handoff: { day: 'su', time }, starts_on: '2026-01-04' });
      const found = shiftsBetween(rota, Date.parse(begin) + 1, Date.parse(end) - 1);
      expect(found.map(({ to }) => iso(to)).slice(0, 1)).toEqual([iso(Date.parse(middle))]);
      expect(iso(shiftAt(rota, Date.parse(begin)).from)).toBe(iso(Date.parse(begin)));
      expect(iso(shiftAt(rota, Date.parse(middle)).to)).toBe(iso(Date.parse(end)));
      expect(found.length).toBe(2);
    },
  );

  it('counts turns from the day it starts on, and before it too', () => {
    expect(whoAt(facts({ starts_on: '2026-10-07' }), '2026-10-06T00:00Z')).toBe('anna');
    expect(whoAt(facts({ starts_on: '2026-10-12' }), '2026-10-12T08:00Z')).toBe('anna');
    expect(whoAt(facts({ starts_on: '2026-10-12' }), '2026-10-06T00:00Z')).toBe('cem');
    expect(whoAt(facts({ starts_on: '1970-01-01' }), '2026-10-06T00:00Z')).toMatch(/anna|ben|cem/);
  });

  it('made within a turn begins with that turn', () => {
    const start = (at: string) => startDayAt(rotationOf(), Date.parse(at));
    expect(start('2026-10-07T12:00Z')).toBe('2026-10-05');
    expect(start('2026-10-12T06:59Z')).toBe('2026-10-05');
    expect(start('2026-10-12T07:00Z')).toBe('2026-10-12');
    const late = {
      ...rotationOf(),
      timezone: 'Pacific/Auckland',
      handoff: { day: 'mo', time: '00:00' },
    } as const;
    expect(startDayAt(late, Date.parse('2026-10-11T11:30Z'))).toBe('2026-10-12');
  });

  it('puts who overrides in the place of whoever has the turn, the later in the list first', () => {
    const rota = facts({
      overrides: [
        { member_id: 'max', from: '2026-10-10T00:00Z', to: '2026-10-14T00:00Z' },
        { member_id: 'cem', from: '2026-10-11T00:00Z', to: '2026-10-12T00:00Z' },
      ],
    });
    expect(between(rota, '2026-10-05T07:00Z', '2026-10-19T07:00Z')).toEqual([
      '2026-10-05T07:00Z 2026-10-10T00:00Z anna',
      '2026-10-10T00:00Z 2026-10-11T00:00Z max stands in',
      '2026-10-11T00:00Z 2026-10-12T00:00Z cem stands in',
      '2026-10-12T00:00Z 2026-10-12T07:00Z max stands in',
      '2026-10-12T07:00Z 2026-10-14T00:00Z max stands in',
      '2026-10-14T00:00Z 2026-10-19T07:00Z ben',
    ]);
  });

  it('passes over leavers: the next member stands in, and an override of one does not count', () => {
    const rota = facts({
      member_ids: ['lea', 'anna', 'gone', 'ben'],
      overrides: [{ member_id: 'lea', from: '2026-10-13T00:00Z', to: '2026-10-14T00:00Z' }],
    });
    expect(['05', '12', '19', '26'].map((day) => whoAt(rota, `2026-10-${day}T09:00Z`))).toEqual([
      'anna',
      'anna',
      'ben',
      'ben',
    ]);
    expect(shiftAt(rota, Date.parse('2026-10-06T00:00Z')).passedOver).toEqual(['lea']);
    expect(shiftAt(rota, Date.parse('2026-10-13T12:00Z'))).toMatchObject({
      memberId: 'anna',
      isOverride: false,
      passedOver: ['lea'],
    });
  });

  it('has a hole where all have left, but for who overrides', () => {
    const rota = facts({
      member_ids: ['lea', 'gone'],
      overrides: [{ member_id: 'ben', from: '2026-10-06T00:00Z', to: '2026-10-07T00:00Z' }],
    });
    expect(between(rota, '2026-10-05T07:00Z', '2026-10-08T00:00Z')).toEqual([
      '2026-10-05T07:00Z 2026-10-06T00:00Z nobody',
      '2026-10-06T00:00Z 2026-10-07T00:00Z ben stands in',
      '2026-10-07T00:00Z 2026-10-08T00:00Z nobody',
    ]);
    expect(nextAt(rota, '2026-10-05T08:00Z')).toBe('ben');
    expect(nextAt(rota, '2026-10-08T08:00Z')).toBeNull();
  });

  it('knows who is next: the first who is somebody else', () => {
    expect(nextAt(facts(), '2026-10-06T00:00Z')).toBe('ben');
    expect(nextAt(facts({ member_ids: ['anna'] }), '2026-10-06T00:00Z')).toBeNull();
    expect(nextAt(facts({ member_ids: ['anna', 'lea', 'ben'] }), '2026-10-06T00:00Z')).toBe('ben');
    expect(nextAt(facts({ member_ids: ['anna', 'anna', 'ben'] }), '2026-10-06T00:00Z')).toBe('ben');
    const covered = facts({
      overrides: [{ member_id: 'cem', from: '2026-10-08T00:00Z', to: '2026-10-09T00:00Z' }],
    });
    expect(nextAt(covered, '2026-10-06T00:00Z')).toBe('cem');
    expect(nextAt(covered, '2026-10-08T12:00Z')).toBe('anna');
    const far = facts({
      member_ids: ['anna'],
      overrides: [{ member_id: 'cem', from: '2026-12-20T00:00Z', to: '2026-12-21T00:00Z' }],
    });
    expect(nextAt(far, '2026-10-06T00:00Z')).toBe('cem');
  });
});

describe('any rota', () => {
  const ids = ['anna', 'ben', 'cem', 'lea', 'gone'];
  const at = fc.integer({ min: Date.parse('2026-08-01'), max: Date.parse('2027-12-01') });
  const override = fc.record({
    member_id: fc.constantFrom(...ids),
    from: at.map((instant) => new Date(instant).toISOString()),
    days: fc.integer({ min: 1, max: 40 }),
  });
  const rotation = fc.record({
    timezone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago'),
    handoff: fc.record({
      day: fc.constantFrom(...WEEKDAYS),
      time: fc.constantFrom('00:00', '01:30', '01:45', '02:00', '02:30', '09:00', '23:30'),
    }),
    member_ids: fc.array(fc.constantFrom(...ids), { minLength: 1, maxLength: 6 }),
    starts_on: fc.constantFrom('2026-01-01', '2027-06-15'),
    overrides: fc.array(
      override.map(({ days, ...one }) => ({
        ...one,
        to: new Date(Date.parse(one.from) + days * DAY_MS).toISOString(),
      })),
      { maxLength: 6 },
    ),
  });
  const days = fc.integer({ min: 1, max: 90 });

  it('covers its range without a gap or an overlap', () => {
    fc.assert(
      fc.property(rotation, at, days, (made, from, length) => {
        const to = from + length * DAY_MS;
        const shifts = shiftsBetween(rotaFacts(made, canServe(PERSONS)), from, to);
        expect(shifts[0]?.from).toBe(from);
        expect(shifts.at(-1)?.to).toBe(to);
        for (const [index, shift] of shifts.entries()) {
          expect(shift.to).toBeGreaterThan(shift.from);
          if (index > 0) expect(shift.from).toBe(shifts[index - 1]?.to);
        }
      }),
    );
  });

  it('has on call at an instant whose shift holds it', () => {
    fc.assert(
      fc.property(rotation, at, fc.integer({ min: 0, max: 90 * DAY_MS - 1 }), (made, from, after) => {
        const rota = rotaFacts(made, canServe(PERSONS));
        const instant = from + after;
        const held = shiftsBetween(rota, from, from + 90 * DAY_MS).find(
          (shift) => shift.from <= instant && instant < shift.to,
        );
        const { from: begin, to: end, ...duty } = shiftAt(rota, instant);
        expect(held).toMatchObject(duty);
        expect(begin).toBeLessThanOrEqual(instant);
        expect(end).toBeGreaterThan(instant);
      }),
    );
  });

  it('leaves nobody on call only where no member can be, and never a leaver', () => {
    fc.assert(
      fc.property(rotation, at, (made, instant) => {
        const can = canServe(PERSONS);
        const { memberId } = shiftAt(rotaFacts(made, can), instant);
        if (memberId === null) expect(made.member_ids.some((id) => can(id))).toBe(false);
        else expect(can(memberId)).toBe(true);
      }),
    );
  });
});
