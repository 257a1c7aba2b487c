import { RRuleTemporal } from 'rrule-temporal';
import { wallClockAt } from '../zoned-time/index.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';
import { type Resolved, resolveWallTime } from './zone-time.ts';

/** When a window is, in epoch milliseconds of whole seconds. */
export interface WindowTimes {
  /** The first window. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** Undefined for a single window. */
  readonly rule: RecurrenceRule | undefined;
  /** Local dates, or times in UTC. */
  readonly exdates: readonly string[];
  readonly timezone: string;
  /** Time at which an occurrence was ended before its time. */
  readonly endedEarlyAt?: number | undefined;
}

/** What the clocks of the zone do to an occurrence. */
export type OccurrenceNote =
  | 'start_skipped'
  | 'start_repeated'
  | 'end_skipped'
  | 'end_repeated'
  /** It ends before its time on the clock, since the clocks went back in it. */
  | 'shortened'
  /** Nothing is left of it: the clocks leave out all of it. */
  | 'left_out';

/** One time at which a window is; of one that is left out, begin and end are the same. */
export interface Occurrence {
  readonly startsAt: number;
  /** The first moment after it. */
  readonly endsAt: number;
  readonly notes: readonly OccurrenceNote[];
}

/** Instants between which occurrences are looked for. */
interface Stretch {
  readonly from: number;
  readonly to?: number | undefined;
}

/** Which occurrences are looked for. */
export interface OccurrenceSearch extends Stretch {
  readonly limit: number;
  /** Whether those count of which the clocks leave nothing. */
  readonly withLeftOut?: boolean;
}

const DAY_MS = 86_400_000;
/** Years for which the next occurrence is searched: what does not come within them counts as never. */
const SEARCH_MS = 12 * 366 * DAY_MS;
/** Days of the first stretch that is searched; each next one is four times as long. */
const FIRST_STRETCH_MS = 8 * DAY_MS;
/** By how much an instant and its wall-clock time may differ at most, with the day that a zone once left out. */
const ZONE_MS = 2 * DAY_MS;

/**
 * Finds the occurrences that end after a time, oldest first. Each has its own edges: the rule is followed on the wall clock of the
 * zone, and both edges are looked up for the day. A begin or end that the clocks leave out is the first instant after the gap; one
 * that comes twice is its first; and no occurrence lasts longer than the first window does on the clock. The first window counts as an
 * occurrence whatever the rule says. An occurrence that was ended early ends there.
 *
 * The work is bounded: at most `limit` are found, within twelve years, and such as begin before `to` where that is given.
 */
export function findOccurrences(
  times: WindowTimes,
  { from, to, limit, withLeftOut = false }: OccurrenceSearch,
): Occurrence[] {
  const found: Occurrence[] = [];
  for (const occurrence of occurrencesOf(times, { from, to })) {
    const { startsAt, endsAt } = occurrence;
    if (to !== undefined && startsAt >= to) break;
    if (startsAt === endsAt && !withLeftOut) continue;
    if (endsAt > from) found.push(occurrence);
    if (found.length >= limit) break;
  }
  return found;
}

/**
 * Finds the shortest time from one begin to the next on the clock, among the first few hundred; undefined where there is one begin
 * alone.
 */
export function shortestDistance(times: WindowTimes): number | undefined {
  let shortest: number | undefined;
  let before: number | undefined;
  let left = 400;
  for (const start of wallStarts(times, { from: Number.NEGATIVE_INFINITY })) {
    if (before !== undefined) shortest = Math.min(shortest ?? Number.POSITIVE_INFINITY, start - before);
    before = start;
    left -= 1;
    if (left === 0) break;
  }
  return shortest;
}

/** Returns how long the first window lasts on the clock of its zone; a single window, by any clock. */
export function nominalMs({ startsAt, endsAt, rule, timezone }: WindowTimes): number {
  return rule === undefined
    ? endsAt - startsAt
    : wallClockAt(endsAt, timezone) - wallClockAt(startsAt, timezone);
}

function* occurrencesOf(times: WindowTimes, { from, to }: Stretch): Generator<Occurrence> {
  const { startsAt, endsAt, rule, timezone } = times;
  if (rule === undefined) {
    yield endedEarly({ startsAt, endsAt, notes: [] }, times);
    return;
  }
  const lasts = nominalMs(times);
  const stretch = {
    from: wallClockAt(from, timezone) - lasts - ZONE_MS,
    to: to === undefined ? undefined : wallClockAt(to, timezone) + ZONE_MS,
  };
  for (const wall of wallStarts(times, stretch)) {
    yield endedEarly(occurrenceAt(wall, lasts, timezone), times);
  }
}

function occurrenceAt(wall: number, lasts: number, zone: string): Occurrence {
  const start = resolveWallTime(wall, zone);
  const end = resolveWallTime(wall + lasts, zone);
  const endsAt = Math.max(start.instantMs, Math.min(end.instantMs, start.instantMs + lasts));
  return { startsAt: start.instantMs, endsAt, notes: notesOf(start, end, endsAt) };
}

function notesOf(start: Resolved, end: Resolved, endsAt: number): OccurrenceNote[] {
  if (endsAt === start.instantMs) return ['left_out'];
  const notes: OccurrenceNote[] = [];
  if (start.kind !== 'plain') notes.push(`start_${start.kind}`);
  if (endsAt !== end.instantMs) notes.push('shortened');
  else if (end.kind !== 'plain') notes.push(`end_${end.kind}`);
  return notes;
}

function endedEarly(occurrence: Occurrence, { endedEarlyAt }: WindowTimes): Occurrence {
  const { startsAt, endsAt } = occurrence;
  const isEnded = endedEarlyAt !== undefined && startsAt <= endedEarlyAt && endedEarlyAt < endsAt;
  return isEnded ? { ...occurrence, endsAt: endedEarlyAt } : occurrence;
}

/** Yields the begins on the wall clock from one time on it to another, oldest first, without the exceptions. */
function* wallStarts(times: WindowTimes, { from, to }: Stretch): Generator<number> {
  const { startsAt, rule, timezone } = times;
  const first = wallClockAt(startsAt, timezone);
  if (rule === undefined) {
    yield first;
    return;
  }
  const exceptions = exceptionsOf(times);
  for (const start of ruleStarts(rule, first, { from: Math.max(first, from), to })) {
    if (isAfter(rule, start, timezone)) return;
    if (!exceptions.has(start) && !exceptions.has(dayOf(start))) yield start;
  }
}

/** Follows a rule on a calendar without zones. The library is asked in UTC, so that it knows of no gaps. */
function* ruleStarts(rule: RecurrenceRule, first: number, { from, to }: Stretch): Generator<number> {
  const dtstart = new Date(first).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const last = Math.min(from + SEARCH_MS, to ?? Number.POSITIVE_INFINITY);
  // Nobody reads on than to what was asked for; where nothing was, most read no further than to the next begin or two.
  let length = to === undefined ? FIRST_STRETCH_MS : SEARCH_MS;
  try {
    const follower = new RRuleTemporal({
      rruleString: `DTSTART:${dtstart}\nRRULE:${rule.text}`,
      includeDtstart: true,
      cache: false,
    });
    for (let begin = from; begin < last; begin += length, length *= 4) {
      const end = Math.min(begin + length, last) - 1;
      for (const time of follower.between(new Date(begin), new Date(end), true)) yield time.epochMilliseconds;
    }
  } catch (error) {
    // It gives up after ten thousand steps, and at the end of the calendar: nothing is found that far away.
    if (!(error instanceof Error)) throw error;
  }
}

function isAfter({ until }: RecurrenceRule, start: number, zone: string): boolean {
  if (until === undefined) return false;
  return (until.kind === 'wall' ? start : resolveWallTime(start, zone).instantMs) > until.ms;
}

/** Makes a set of the begins and of the days that are left out. */
function exceptionsOf({ exdates, timezone }: WindowTimes): Set<number | string> {
  return new Set(
    exdates.map((text) => (text.includes('T') ? wallClockAt(Date.parse(text), timezone) : text)),
  );
}

function dayOf(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}
