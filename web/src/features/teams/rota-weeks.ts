import type { OnCallPerson, Rota } from '@stratora/contract';
import { wallTime } from '../../ui/format/zone-time.ts';

const DAY_MS = 86_400_000;

/** Somebody who comes in a rota. */
export type RotaPerson = Pick<OnCallPerson, 'member_id' | 'name'>;

/** A part of a shift within one week of the calendar. */
export interface RotaPiece {
  readonly shift: Rota['shifts'][number];
  /** Days from the begin of the week, 0 to 7, by the clocks of the zone. */
  readonly from: number;
  readonly to: number;
  /** Whether the shift begins here, and not in a week before. */
  readonly isFirst: boolean;
}

export interface RotaWeek {
  /** Days of the week, Monday first, each as milliseconds of a clock that shows the zone's date in UTC. */
  readonly days: readonly number[];
  readonly pieces: readonly RotaPiece[];
}

/** The shifts of a rota cut into weeks that begin on Monday, by the clocks of the rota's zone. */
export function rotaWeeks({ shifts, timezone }: Pick<Rota, 'shifts' | 'timezone'>): readonly RotaWeek[] {
  const walls = shifts.map((shift) => ({
    shift,
    from: wallTime(Date.parse(shift.from), timezone),
    to: wallTime(Date.parse(shift.to), timezone),
  }));
  const first = walls[0];
  const last = walls.at(-1);
  if (first === undefined || last === undefined) return [];
  const weeks: RotaWeek[] = [];
  for (let monday = mondayOf(first.from); monday < last.to; monday += 7 * DAY_MS) {
    const sunday = monday + 7 * DAY_MS;
    weeks.push({
      days: Array.from({ length: 7 }, (_, index) => monday + index * DAY_MS),
      pieces: walls
        .filter(({ from, to }) => from < sunday && to > monday)
        .map(({ shift, from, to }) => ({
          shift,
          from: Math.max(0, (from - monday) / DAY_MS),
          to: Math.min(7, (to - monday) / DAY_MS),
          isFirst: from >= monday,
        })),
    });
  }
  return weeks;
}

function mondayOf(wallMs: number): number {
  const day = Math.floor(wallMs / DAY_MS);
  // The first day of the epoch was a Thursday.
  return (day - ((day + 3) % 7)) * DAY_MS;
}

/** The people of a rota in the order in which they come, so that each has a colour of their own. */
export function rotaPeople({ shifts }: Pick<Rota, 'shifts'>): readonly RotaPerson[] {
  const people = new Map<string, RotaPerson>();
  for (const { person } of shifts) {
    if (person !== null && !people.has(person.member_id)) people.set(person.member_id, person);
  }
  return [...people.values()];
}

/** How much of the time nobody is on call, in seconds. */
export function holeSeconds({ shifts }: Pick<Rota, 'shifts'>): number {
  return shifts
    .filter(({ person }) => person === null)
    .reduce((sum, { from, to }) => sum + (Date.parse(to) - Date.parse(from)) / 1000, 0);
}
