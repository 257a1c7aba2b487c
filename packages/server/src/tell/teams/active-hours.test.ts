import { type HoursWindow, type TeamActive, WEEKDAYS } from '@stratora/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isActiveAt, nextActiveAt } from './active-hours.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const EVERY_DAY = [...WEEKDAYS];

function hours(timezone: string, ...windows: HoursWindow[]): TeamActive {
  return { type: 'hours', timezone, windows };
}

/** Each with the window of every day, and the instants between which it holds around a change of the clocks. */
const EDGES: readonly (readonly [string, string, string, string, string, string])[] = [
  [
    'ends at the gap that swallows its end',
    'Europe/Berlin',
    '22:00',
    '02:30',
    '2027-03-27T21:00Z',
    '2027-03-28T01:00Z',
  ],
  [
    'begins at the gap that swallows its begin',
    'Europe/Berlin',
    '02:30',
    '06:00',
    '2027-03-28T01:00Z',
    '2027-03-28T04:00Z',
  ],
  ['ends at the first of two', 'Europe/Berlin', '22:00', '02:30', '2027-10-30T20:00Z', '2027-10-31T00:30Z'],
  ['begins at the first of two', 'Europe/Berlin', '02:30', '06:00', '2027-10-31T00:30Z', '2027-10-31T05:00Z'],
  ['has an hour less', 'America/New_York', '22:00', '06:00', '2027-03-14T03:00Z', '2027-03-14T10:00Z'],
  ['has an hour more', 'America/New_York', '22:00', '06:00', '2027-11-07T02:00Z', '2027-11-07T11:00Z'],
  [
    'has half an hour less',
    'Australia/Lord_Howe',
    '22:00',
    '06:00',
    '2026-10-03T11:30Z',
    '2026-10-03T19:00Z',
  ],
  [
    'has half an hour more',
    'Australia/Lord_Howe',
    '22:00',
    '06:00',
    '2027-04-03T11:00Z',
    '2027-04-03T19:30Z',
  ],
  [
    'begins after the midnight that is left out',
    'America/Santiago',
    '00:00',
    '06:00',
    '2026-09-06T04:00Z',
    '2026-09-06T09:00Z',
  ],
  [
    'ends at the midnight that is left out',
    'America/Santiago',
    '20:00',
    '24:00',
    '2026-09-06T00:00Z',
    '2026-09-06T04:00Z',
  ],
  [
    'has the last hour of the day twice',
    'America/Santiago',
    '20:00',
    '24:00',
    '2027-04-03T23:00Z',
    '2027-04-04T04:00Z',
  ],
  ['of 24 hours is a day of 25', 'Europe/Berlin', '09:00', '09:00', '2027-10-30T07:00Z', '2027-10-31T08:00Z'],
];

/** Changes of the clocks: zone, instant. */
const CHANGES: readonly (readonly [string, string])[] = [
  ['Europe/Berlin', '2027-03-28T01:00Z'],
  ['Europe/Berlin', '2027-10-31T01:00Z'],
  ['America/New_York', '2027-03-14T07:00Z'],
  ['America/New_York', '2027-11-07T06:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Australia/Lord_Howe', '2027-04-03T15:00Z'],
  ['America/Santiago', '2026-09-06T04:00Z'],
  ['America/Santiago', '2027-04-04T03:00Z'],
];

describe('the hours of a team', () => {
  it('may be always', () => {
    expect(isActiveAt({ type: 'always' }, 0)).toBe(true);
    expect(nextActiveAt({ type: 'always' }, 5)).toBe(5);
  });

  it.each(EDGES)(
    'on the day of a change: a window %s, in %s %s to %s',
    (...[, zone, from, to, begin, end]) => {
      const weekday = (instant: string) =>
        new Intl.DateTimeFormat('en', { timeZone: zone, weekday: 'short' })
          .format(new Date(instant))
          .slice(0, 2)
          .toLowerCase();
      const day = WEEKDAYS.find((one) => one === weekday(begin)) ?? 'mo';
      const active = hours(zone, { days: [day], from, to });
      const [first, last] = [Date.parse(begin), Date.parse(end)];
      expect([first - 1, first, last - 1, last].map((instant) => isActiveAt(active, instant))).toEqual([
        false,
        true,
        true,
        false,
      ]);
      expect(nextActiveAt(active, first - 3 * 3_600_000)).toBe(first);
      expect(nextActiveAt(active, last)).toBeGreaterThanOrEqual(last + 6 * DAY_MS);
    },
  );

  it('go over midnight into a day that has none of its own', () => {
    const active = hours('Europe/Berlin', { days: ['fr'], from: '22:00', to: '06:00' });
    const at = (text: string) => isActiveAt(active, Date.parse(text));
    expect(at('2026-12-04T20:59Z')).toBe(false);
    expect(at('2026-12-04T21:00Z')).toBe(true);
    expect(at('2026-12-05T04:59Z')).toBe(true);
    expect(at('2026-12-05T05:00Z')).toBe(false);
    expect(at('2026-12-05T21:30Z')).toBe(false);
  });

  it('are none where a change of the clocks leaves the whole window out', () => {
    const active = hours('Europe/Berlin', { days: ['su'], from: '02:00', to: '02:30' });
    const change = Date.parse('2027-03-28T01:00Z');
    expect(isActiveAt(active, change)).toBe(false);
    expect(nextActiveAt(active, change - DAY_MS)).toBe(Date.parse('2027-04-04T00:00Z'));
  });

  it.each(CHANGES)('have no hole where one window ends as the next begins: in %s at %s', (zone, change) => {
    const active = hours(
      zone,
      { days: EVERY_DAY, from: '00:00', to: '02:30' },
      { days: EVERY_DAY, from: '02:30', to: '24:00' },
    );
    const quarters = Array.from(
      { length: 288 },
      (_, index) => Date.parse(change) + (index - 144) * 15 * MINUTE_MS,
    );
    expect(quarters.filter((instant) => !isActiveAt(active, instant))).toEqual([]);
  });

  it('are those that a look at the clock each minute finds', () => {
    const time = fc.integer({ min: 0, max: 95 }).map((quarter) => clock(quarter * 15));
    const window = fc.record({
      days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
      from: time,
      to: fc.oneof(time, fc.constant('24:00')),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...CHANGES),
        fc.array(window, { minLength: 1, maxLength: 4 }),
        ([zone, change], windows) => {
          const active = hours(zone, ...windows);
          const from = Date.parse(change) - DAY_MS;
          const scanned = scan(zone, windows, from);
          const wrong = scanned.filter(({ instant, isActive }) => isActiveAt(active, instant) !== isActive);
          expect(wrong.map(({ instant }) => new Date(instant).toISOString())).toEqual([]);
          const first = scanned.find(({ isActive }) => isActive)?.instant;
          if (first !== undefined) expect(nextActiveAt(active, from)).toBe(first);
        },
      ),
      { numRuns: 20 },
    );
  });
});

interface Minute {
  readonly instant: number;
  readonly shown: string;
}
const looks = new Map<string, readonly Minute[]>();

/** Looks at the clock of a zone each minute of the five days from `begin` on. */
function lookAtClock(zone: string, begin: number): readonly Minute[] {
  const known = looks.get(`${zone} ${begin}`);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const minutes = Array.from({ length: 5 * 1440 }, (_, index) => {
    const instant = begin + index * MINUTE_MS;
    return { instant, shown: format.format(instant) };
  });
  looks.set(`${zone} ${begin}`, minutes);
  return minutes;
}

/**
 * Says of each minute of two days whether it is in a window, by a look at the clock. An edge is the first minute at which
 * the clock shows its time or a later one.
 */
function scan(zone: string, windows: readonly HoursWindow[], from: number) {
  const minutes = lookAtClock(zone, from - 2 * DAY_MS);
  const edge = (shown: string) => minutes.find((minute) => minute.shown >= shown)?.instant ?? Infinity;
  const spans: { from: number; to: number }[] = [];
  const firstDay = Date.parse(`${minutes[0]?.shown.slice(0, 10)}T00:00Z`);
  for (let day = firstDay + DAY_MS; day < firstDay + 5 * DAY_MS; day += DAY_MS) {
    const date = (offset: number) => new Date(day + offset).toISOString().slice(0, 10);
    const weekday = WEEKDAYS[(new Date(day).getUTCDay() + 6) % 7];
    for (const window of windows.filter(({ days }) => days.some((one) => one === weekday))) {
      const end = window.to > window.from ? date(0) : date(DAY_MS);
      const to = window.to === '24:00' ? `${date(DAY_MS)} 00:00` : `${end} ${window.to}`;
      spans.push({ from: edge(`${date(0)} ${window.from}`), to: edge(to) });
    }
  }
  return minutes.slice(2 * 1440, 4 * 1440).map(({ instant }) => ({
    instant,
    isActive: spans.some((span) => span.from <= instant && instant < span.to),
  }));
}

function clock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
