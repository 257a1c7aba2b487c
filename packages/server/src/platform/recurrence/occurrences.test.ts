import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { wallClockAt } from '../zoned-time/index.ts';
import { findOccurrences, nominalMs, shortestDistance, type WindowTimes } from './occurrences.ts';
import { readRecurrenceRule } from './recurrence-rule.ts';
import { localText, resolveWallTime } from './zone-time.ts';

/** A case of the table: wall-clock times of a zone, and the instants that `testcases/reference.py` found. */
interface Case {
  name: string;
  zone: string;
  start: string;
  end: string;
  rrule: string;
  exdates: string[];
  from: string;
  limit: number;
  expected: [string, string][];
}

const CASES = readFileSync(new URL('testcases/cases.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

function ruleOf(text: string) {
  const read = readRecurrenceRule(text);
  if (!read.ok) throw new Error(read.fault);
  return read.rule;
}

function instantOf(wall: string, zone: string): number {
  return resolveWallTime(Date.parse(`${wall}Z`), zone).instantMs;
}

function timesOf(
  { zone, start, end, exdates = [] }: Pick<Case, 'zone' | 'start' | 'end'> & { exdates?: string[] },
  rrule: string,
): WindowTimes {
  return {
    startsAt: instantOf(start, zone),
    endsAt: instantOf(end, zone),
    rule: ruleOf(rrule),
    exdates,
    timezone: zone,
  };
}

function shown(ms: number): string {
  return new Date(ms).toISOString().replace('.000', '');
}

describe('occurrences', () => {
  it('are checked by a table of sixty cases at least', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(60);
  });

  it.each(CASES)('$name', ({ zone, start, end, rrule, exdates, from, limit, expected }) => {
    const times = timesOf({ zone, start, end, exdates }, rrule);
    const fromMs = instantOf(from, zone);
    const found = findOccurrences(times, { from: fromMs - 1, limit: limit + 50, withLeftOut: true })
      .filter(({ startsAt }) => startsAt >= fromMs)
      .slice(0, limit)
      .map(({ startsAt, endsAt }) => [shown(startsAt), shown(endsAt)]);
    // What comes later than is searched counts as never.
    const horizon = Math.max(fromMs, times.startsAt) + 12 * 365 * 86_400_000;
    expect(found).toEqual(expected.filter(([at]) => Date.parse(at) < horizon));
  });

  it.each(CASES)('up to a time are those that begin before it: $name', (known) => {
    const { zone, rrule, from } = known;
    const times = timesOf(known, rrule);
    const search = { from: instantOf(from, zone), limit: 100, withLeftOut: true };
    const all = findOccurrences(times, search);
    for (const { startsAt } of [...all.slice(0, 3), ...all.slice(-1)]) {
      for (const to of [startsAt, startsAt + 1]) {
        const before = all.filter((occurrence) => occurrence.startsAt < to);
        expect(findOccurrences(times, { ...search, to })).toEqual(before);
      }
    }
  });
});

test('what the clocks do to an occurrence is noted', () => {
  const notesOf = (start: string, end: string) =>
    findOccurrences(timesOf({ zone: 'Europe/Berlin', start, end }, 'FREQ=DAILY'), {
      from: instantOf(start, 'Europe/Berlin'),
      limit: 2,
      withLeftOut: true,
    }).map(({ notes }) => notes.join());
  expect(notesOf('2027-03-27T02:30:00', '2027-03-27T05:00:00')).toEqual(['', 'start_skipped']);
  expect(notesOf('2027-03-27T01:00:00', '2027-03-27T02:30:00')).toEqual(['', 'end_skipped']);
  expect(notesOf('2027-03-27T02:10:00', '2027-03-27T02:50:00')).toEqual(['', 'left_out']);
  expect(notesOf('2027-10-30T02:30:00', '2027-10-30T03:30:00')).toEqual(['', 'start_repeated,shortened']);
  expect(notesOf('2027-10-30T01:00:00', '2027-10-30T02:30:00')).toEqual(['', 'end_repeated']);
  expect(notesOf('2027-10-30T00:00:00', '2027-10-30T06:00:00')).toEqual(['', 'shortened']);
});

test('a single window is exactly what was given, also on the day of a change', () => {
  const times = {
    startsAt: Date.parse('2027-10-31T00:30:00Z'),
    endsAt: Date.parse('2027-10-31T06:00:00Z'),
    rule: undefined,
    exdates: [],
    timezone: 'Europe/Berlin',
  };
  const { startsAt, endsAt } = times;
  expect(findOccurrences(times, { from: startsAt, limit: 3 })).toEqual([{ startsAt, endsAt, notes: [] }]);
  expect(findOccurrences(times, { from: endsAt, limit: 3 })).toEqual([]);
});

test('an occurrence that was ended early ends there, and the next one is whole', () => {
  const times = timesOf(
    { zone: 'UTC', start: '2027-01-01T22:00:00', end: '2027-01-01T23:00:00' },
    'FREQ=DAILY',
  );
  const endedEarlyAt = Date.parse('2027-01-02T22:10:00Z');
  const found = findOccurrences({ ...times, endedEarlyAt }, { from: times.startsAt, limit: 3 });
  expect(found.map(({ endsAt }) => shown(endsAt))).toEqual([
    '2027-01-01T23:00:00Z',
    '2027-01-02T22:10:00Z',
    '2027-01-03T23:00:00Z',
  ]);
});

test.each([
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=MONTHLY;BYMONTH=2,4,6,9,11;BYMONTHDAY=31',
  'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5',
  'FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000',
  'FREQ=YEARLY;INTERVAL=1000',
])('%s matches nothing after the first window, and the search ends', (rrule) => {
  const times = timesOf({ zone: 'UTC', start: '2027-01-01T22:00:00', end: '2027-01-01T23:00:00' }, rrule);
  expect(findOccurrences(times, { from: times.startsAt, limit: 10 })).toHaveLength(1);
  expect(findOccurrences(times, { from: Date.parse('2030-01-01T00:00:00Z'), limit: 10 })).toEqual([]);
});

test('the shortest distance of a rule is found among all of its days', () => {
  const distance = (rrule: string) =>
    (shortestDistance(
      timesOf({ zone: 'UTC', start: '2027-01-01T22:00:00', end: '2027-01-01T23:00:00' }, rrule),
    ) ?? 0) / 3_600_000;
  expect(distance('FREQ=DAILY')).toBe(24);
  expect(distance('FREQ=WEEKLY;BYDAY=FR,SU')).toBe(48);
  expect(distance('FREQ=MONTHLY;BYMONTHDAY=1,31')).toBe(24);
  // From the first window at 22:00 to the first one that the rule makes.
  expect(distance('FREQ=DAILY;BYHOUR=1,5')).toBe(3);
  expect(distance('FREQ=DAILY;COUNT=1')).toBe(0);
});

describe('on any day, in any zone', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Africa/Cairo',
  ];
  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });

  it('an occurrence never lasts longer than the first window on the clock, and begins when it says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 365 * 6 }),
        minutes,
        fc.integer({ min: 1, max: 23 * 60 }),
        (zone, day, startMinute, lastMinutes) => {
          const wall = Date.UTC(2026, 0, 1 + day, 0, startMinute);
          const start = new Date(wall).toISOString().slice(0, 19);
          const end = new Date(wall + lastMinutes * 60_000).toISOString().slice(0, 19);
          const times = timesOf({ zone, start, end }, 'FREQ=DAILY');
          const lasts = nominalMs(times);
          fc.pre(lasts > 0);
          const minuteOfDay = wallClockAt(times.startsAt, zone) % 86_400_000;
          for (const occurrence of findOccurrences(times, {
            from: times.startsAt,
            limit: 260,
            withLeftOut: true,
          })) {
            const { startsAt, endsAt, notes } = occurrence;
            expect(endsAt - startsAt).toBeLessThanOrEqual(lasts);
            expect(endsAt).toBeGreaterThanOrEqual(startsAt);
            const isGap = notes.includes('start_skipped') || notes.includes('left_out');
            const own = wallClockAt(startsAt, zone) % 86_400_000;
            if (isGap) expect(own).not.toBe(minuteOfDay);
            else expect(own).toBe(minuteOfDay);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('occurrences follow each other without an overlap', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, startMinute) => {
        const wall = Date.UTC(2027, 0, 1, 0, startMinute);
        const start = new Date(wall).toISOString().slice(0, 19);
        const end = new Date(wall + 86_340_000).toISOString().slice(0, 19);
        let before = Number.NEGATIVE_INFINITY;
        for (const { startsAt, endsAt } of findOccurrences(timesOf({ zone, start, end }, 'FREQ=DAILY'), {
          from: 0,
          limit: 400,
        })) {
          expect(startsAt).toBeGreaterThanOrEqual(before);
          before = endsAt;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('a time that the clocks leave out is the first one after the gap', () => {
    expect(localText(instantOf('2027-03-28T02:30:00', 'Europe/Berlin'), 'Europe/Berlin')).toBe(
      '2027-03-28T03:00:00+02:00',
    );
    expect(localText(instantOf('2027-10-03T02:15:00', 'Australia/Lord_Howe'), 'Australia/Lord_Howe')).toBe(
      '2027-10-03T02:30:00+11:00',
    );
    expect(localText(instantOf('2027-09-05T00:00:00', 'America/Santiago'), 'America/Santiago')).toBe(
      '2027-09-05T01:00:00-03:00',
    );
  });
});
