/**
 * The rota: who is on call when. Members take turns of a week, from one handoff to the next; handoffs come at the same
 * time on the wall. An override puts somebody in the place of whoever's turn it is; of two that overlap the later one in
 * the list counts. Leavers are passed over: an override of one does not count, and on the turn of one the next member
 * stands in.
 */
import { WEEKDAYS } from '@stratora/contract';
import { instantAt, wallClockAt } from '../../platform/zoned-time/index.ts';
import type { Rotation } from './team.ts';
import { clockTimeMs, DAY_MS, WEEK_MS, weekdayIndex } from './wall-time.ts';

/** Fewest weeks that are searched for who comes next: overrides within 90 days are found also where members are few. */
const NEXT_WEEKS_MIN = 13;

/** What a rota is worked out from. */
export interface RotaFacts {
  readonly rotation: Rotation;
  /** Its overrides, with epoch milliseconds. */
  readonly overrides: readonly TimedOverride[];
  /** Whether a user can be on call. */
  readonly canServe: (memberId: string) => boolean;
}

interface TimedOverride {
  readonly memberId: string;
  readonly from: number;
  readonly to: number;
}

/** Reads a rotation. @param canServe whether a user can be on call */
export function rotaFacts(rotation: Rotation, canServe: RotaFacts['canServe']): RotaFacts {
  const overrides = rotation.overrides.map(({ member_id: memberId, from, to }) => ({
    memberId,
    from: Date.parse(from),
    to: Date.parse(to),
  }));
  return { rotation, overrides, canServe };
}

/** A time in which one is on call, at most from one handoff to the next. */
export interface Shift {
  /** Epoch milliseconds. */
  readonly from: number;
  /** Epoch milliseconds; the next shift begins with it. */
  readonly to: number;
  /** Null: a hole, nobody can be on call. */
  readonly memberId: string | null;
  readonly isOverride: boolean;
  /** Leavers who would be on call, those whose turn it is first. */
  readonly passedOver: readonly string[];
}

/** Returns the shift of an instant, whole. */
export function shiftAt(facts: RotaFacts, instant: number): Shift {
  const shift = shiftsOfWeek(facts, weekAt(facts.rotation, instant)).find(
    ({ from, to }) => from <= instant && instant < to,
  );
  if (shift === undefined) throw new Error('the shifts of a week have a gap');
  return shift;
}

/**
 * Finds the first shift after an instant's own of somebody else who can be on call.
 * @returns undefined where there is nobody else
 */
export function nextShift(facts: RotaFacts, instant: number): Shift | undefined {
  const current = shiftAt(facts, instant);
  const first = weekAt(facts.rotation, instant);
  const weeks = Math.max(facts.rotation.member_ids.length + 1, NEXT_WEEKS_MIN);
  for (let week = first; week <= first + weeks; week += 1) {
    const found = shiftsOfWeek(facts, week).find(
      ({ from, memberId }) => from >= current.to && memberId !== null && memberId !== current.memberId,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the shifts from one instant to another, one after the other without a gap; those at the ends are cut. */
export function shiftsBetween(facts: RotaFacts, from: number, to: number): Shift[] {
  const shifts: Shift[] = [];
  for (let week = weekAt(facts.rotation, from); weekBegin(facts.rotation, week) < to; week += 1) {
    for (const shift of shiftsOfWeek(facts, week)) {
      if (shift.to <= from || shift.from >= to) continue;
      shifts.push({ ...shift, from: Math.max(shift.from, from), to: Math.min(shift.to, to) });
    }
  }
  return shifts;
}

/** Returns the day, `YYYY-MM-DD`, on which the turn of an instant began: the first turn of a rotation made then. */
export function startDayAt({ timezone, handoff }: Omit<Rotation, 'starts_on'>, instant: number): string {
  const wall = wallClockAt(instant, timezone);
  return new Date(handoffBefore(handoff, wall)).toISOString().slice(0, 10);
}

/** Returns the last handoff that is not after a time, both on the wall. */
function handoffBefore({ day, time }: Rotation['handoff'], wall: number): number {
  const timeMs = clockTimeMs(time);
  const dayMs = Math.floor((wall - timeMs) / DAY_MS) * DAY_MS;
  const daysAfter = (weekdayIndex(dayMs) - WEEKDAYS.indexOf(day) + 7) % 7;
  return dayMs - daysAfter * DAY_MS + timeMs;
}

/** Returns the begin of the first turn, on the wall: of the week that the day it starts on ends in, or begins. */
function firstTurn({ starts_on: day, handoff }: Rotation): number {
  return handoffBefore(handoff, Date.parse(`${day}T00:00:00Z`) + DAY_MS - 1);
}

function weekBegin(rotation: Rotation, week: number): number {
  return instantAt(firstTurn(rotation) + week * WEEK_MS, rotation.timezone);
}

/** Returns the number of an instant's week, 0 for the first turn. */
function weekAt(rotation: Rotation, instant: number): number {
  const wall = wallClockAt(instant, rotation.timezone);
  let week = Math.floor((wall - firstTurn(rotation)) / WEEK_MS);
  // A handoff at a time that there is twice, or not at all, is beside what the clock shows.
  while (weekBegin(rotation, week) > instant) week -= 1;
  while (weekBegin(rotation, week + 1) <= instant) week += 1;
  return week;
}

function shiftsOfWeek(facts: RotaFacts, week: number): Shift[] {
  const { rotation } = facts;
  const begin = weekBegin(rotation, week);
  const end = weekBegin(rotation, week + 1);
  const overrides = facts.overrides.filter(({ from, to }) => from < end && to > begin);
  const edges = overrides.flatMap(({ from, to }) => [from, to]).filter((edge) => edge > begin && edge < end);
  const cuts = [...new Set([begin, ...edges, end])].toSorted((a, b) => a - b);
  const turn = turnOf(facts, week);
  const shifts: Shift[] = [];
  for (const [index, from] of cuts.slice(0, -1).entries()) {
    const shift = { from, to: cuts[index + 1] ?? end, ...dutyAt({ overrides, turn, from }, facts.canServe) };
    const last = shifts.at(-1);
    if (last !== undefined && isSameDuty(last, shift)) shifts[shifts.length - 1] = { ...last, to: shift.to };
    else shifts.push(shift);
  }
  return shifts;
}

type Duty = Pick<Shift, 'memberId' | 'isOverride' | 'passedOver'>;

function isSameDuty(a: Duty, b: Duty): boolean {
  return (
    a.memberId === b.memberId &&
    a.isOverride === b.isOverride &&
    a.passedOver.join(' ') === b.passedOver.join(' ')
  );
}

/** Decides whose turn a week is: the member's whom the order gives, or the next one's who can. */
function turnOf({ rotation, canServe }: RotaFacts, week: number): Duty {
  const { member_ids: members } = rotation;
  const first = ((week % members.length) + members.length) % members.length;
  const order = [...members.slice(first), ...members.slice(0, first)];
  const found = order.findIndex((id) => canServe(id));
  return {
    memberId: order[found] ?? null,
    isOverride: false,
    passedOver: [...new Set(found === -1 ? order : order.slice(0, found))],
  };
}

function dutyAt(
  { overrides, turn, from }: { overrides: readonly TimedOverride[]; turn: Duty; from: number },
  canServe: RotaFacts['canServe'],
): Duty {
  const passedOver: string[] = [];
  for (const override of overrides.toReversed()) {
    if (override.from > from || override.to <= from) continue;
    const { memberId } = override;
    if (canServe(memberId)) return { memberId, isOverride: true, passedOver };
    passedOver.push(memberId);
  }
  return { ...turn, passedOver: [...new Set([...passedOver, ...turn.passedOver])] };
}
