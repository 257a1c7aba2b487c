import type { Weekday } from '@stratora/contract';
import { WEEKDAY_ORDER } from './weekdays.ts';

/** The simple ways in which a window recurs, none, or a rule of one's own. */
export type Repeat = 'once' | 'daily' | 'weekly' | 'monthly_day' | 'monthly_position' | 'rule';
export type RepeatEnd = 'never' | 'until' | 'count';

/** How a window recurs, as the form holds it. Numbers are text, as people type them. */
export interface Recurrence {
  readonly repeat: Repeat;
  /** Every so many days, weeks or months. */
  readonly interval: string;
  /** Of a week. */
  readonly days: readonly Weekday[];
  /** Day of the month, 1 to 31; -1: the last one. */
  readonly month_day: string;
  /** 1 to 4, or -1 for the last one. */
  readonly position: string;
  readonly position_day: Weekday;
  readonly end: RepeatEnd;
  /** The last day on which one begins, `YYYY-MM-DD`. */
  readonly until: string;
  readonly count: string;
  /** The rule as people write it; of `rule` alone. */
  readonly rule: string;
}

export const ONCE: Recurrence = {
  repeat: 'once',
  interval: '1',
  days: [],
  month_day: '1',
  position: '1',
  position_day: 'su',
  end: 'never',
  until: '',
  count: '10',
  rule: '',
};

/** Writes the rule (RFC 5545, section 3.3.10); null for a window that comes once. */
export function writeRule(recurrence: Recurrence): string | null {
  const { repeat, rule } = recurrence;
  if (repeat === 'once') return null;
  if (repeat === 'rule') return rule.trim().replace(/^RRULE:/i, '');
  const interval = recurrence.interval.trim();
  const parts = [
    ...baseOf(recurrence),
    ...(interval === '1' || interval === '' ? [] : [`INTERVAL=${interval}`]),
    ...endOf(recurrence),
  ];
  return parts.join(';');
}

function baseOf({ repeat, days, month_day: monthDay, position, position_day: day }: Recurrence): string[] {
  switch (repeat) {
    case 'weekly':
      return ['FREQ=WEEKLY', ...(days.length === 0 ? [] : [`BYDAY=${codesOf(days)}`])];
    case 'monthly_day':
      return ['FREQ=MONTHLY', `BYMONTHDAY=${monthDay}`];
    case 'monthly_position':
      return ['FREQ=MONTHLY', `BYDAY=${position}${day.toUpperCase()}`];
    default:
      return ['FREQ=DAILY'];
  }
}

function codesOf(days: readonly Weekday[]): string {
  return WEEKDAY_ORDER.filter((day) => days.includes(day))
    .map((day) => day.toUpperCase())
    .join(',');
}

function endOf({ end, until, count }: Recurrence): string[] {
  if (end === 'until' && until !== '') return [`UNTIL=${until.replaceAll('-', '')}`];
  return end === 'count' ? [`COUNT=${count.trim()}`] : [];
}

/** Reads a rule as one of the simple ways where it is one, and as a rule of one's own where it is not. */
export function readRule(rule: string | null): Recurrence {
  if (rule === null) return ONCE;
  const own: Recurrence = { ...ONCE, repeat: 'rule', rule };
  const parts = partsOf(rule);
  if (parts === undefined) return own;
  const end = readEnd(parts);
  const base = readBase(parts);
  if (end === undefined || base === undefined) return own;
  const read = { ...ONCE, ...base, ...end, interval: parts.get('INTERVAL') ?? '1' };
  return /^[1-9]\d*$/.test(read.interval) ? { ...read, rule } : own;
}

function partsOf(rule: string): Map<string, string> | undefined {
  const parts = new Map<string, string>();
  for (const part of rule
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value = '', ...rest] = part.split('=');
    if (value === '' || rest.length > 0 || parts.has(name)) return undefined;
    parts.set(name, value);
  }
  return parts;
}

function readEnd(parts: ReadonlyMap<string, string>): Partial<Recurrence> | undefined {
  const [until, count] = [parts.get('UNTIL'), parts.get('COUNT')];
  if (until === undefined && count === undefined) return { end: 'never' };
  if (count !== undefined)
    return until === undefined && /^\d+$/.test(count) ? { end: 'count', count } : undefined;
  // A time of day is more than the simple way can say.
  const date = /^(\d{4})(\d{2})(\d{2})$/.exec(until ?? '');
  return date === null ? undefined : { end: 'until', until: `${date[1]}-${date[2]}-${date[3]}` };
}

/** Parts of which each simple way has no others. */
const PARTS: Readonly<Record<string, ReadonlySet<string>>> = {
  DAILY: new Set(['FREQ', 'INTERVAL', 'UNTIL', 'COUNT']),
  WEEKLY: new Set(['FREQ', 'INTERVAL', 'UNTIL', 'COUNT', 'BYDAY']),
  MONTHLY: new Set(['FREQ', 'INTERVAL', 'UNTIL', 'COUNT', 'BYDAY', 'BYMONTHDAY']),
};

function readBase(parts: ReadonlyMap<string, string>): Partial<Recurrence> | undefined {
  const frequency = parts.get('FREQ') ?? '';
  const allowed = Object.hasOwn(PARTS, frequency) ? PARTS[frequency] : undefined;
  if (allowed === undefined || [...parts.keys()].some((name) => !allowed.has(name))) return undefined;
  if (frequency === 'DAILY') return { repeat: 'daily' };
  return frequency === 'WEEKLY' ? readWeekly(parts.get('BYDAY')) : readMonthly(parts);
}

function readWeekly(byDay: string | undefined): Partial<Recurrence> | undefined {
  if (byDay === undefined) return undefined;
  const days = byDay.split(',').map((code) => WEEKDAY_ORDER.find((day) => day.toUpperCase() === code));
  return days.every((day) => day !== undefined) ? { repeat: 'weekly', days } : undefined;
}

function readMonthly(parts: ReadonlyMap<string, string>): Partial<Recurrence> | undefined {
  const [byDay, byMonthDay] = [parts.get('BYDAY'), parts.get('BYMONTHDAY')];
  if (byDay === undefined) {
    return byMonthDay !== undefined && /^(?:-1|[1-9]|[12]\d|3[01])$/.test(byMonthDay)
      ? { repeat: 'monthly_day', month_day: byMonthDay }
      : undefined;
  }
  const place = /^(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)$/.exec(byDay);
  const day = WEEKDAY_ORDER.find((one) => one.toUpperCase() === place?.[2]);
  return place?.[1] !== undefined && day !== undefined && byMonthDay === undefined
    ? { repeat: 'monthly_position', position: place[1], position_day: day }
    : undefined;
}
