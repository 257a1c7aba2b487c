import { wallTime } from '../../ui/format/zone-time.ts';

const DAY_MS = 86_400_000;

/** A time of planned work. */
export interface Planned {
  readonly starts_at: string;
  readonly ends_at: string;
}

/** A month as `YYYY-MM`. */
export function monthOf(timeMs: number, zone: string): string {
  return new Date(wallTime(timeMs, zone)).toISOString().slice(0, 7);
}

/** Whether a text is a month that a calendar can show. */
export function isMonth(text: string | null): text is string {
  return text !== null && /^2[01]\d\d-(?:0[1-9]|1[0-2])$/.test(text);
}

/** The month so many after another one, or before it. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The days that a calendar of a month shows, whole weeks from Monday, as midnights of a clock in UTC. */
export function monthDays(month: string): readonly number[] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const begin = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS;
  const next = Date.parse(`${monthAfter(month, 1)}-01T00:00:00Z`);
  const weeks = Math.ceil((next - begin) / DAY_MS / 7);
  return Array.from({ length: weeks * 7 }, (_, index) => begin + index * DAY_MS);
}

/** What takes place on a day by the clocks of a zone, in the order in which it begins. */
export function plannedOn<P extends Planned>(planned: readonly P[], day: number, zone: string): readonly P[] {
  return planned
    .filter(
      ({ starts_at: from, ends_at: to }) =>
        wallTime(Date.parse(from), zone) < day + DAY_MS && wallTime(Date.parse(to), zone) > day,
    )
    .toSorted((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
}
