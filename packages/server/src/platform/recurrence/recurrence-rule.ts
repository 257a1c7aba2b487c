/** A recurrence rule of RFC 5545, section 3.3.10, that can be followed. */
export interface RecurrenceRule {
  /** The rule without its `UNTIL`. */
  readonly text: string;
  /** Last begin: an instant, or a wall-clock time of the zone as `platform/zoned-time` writes it. */
  readonly until: { readonly kind: 'instant' | 'wall'; readonly ms: number } | undefined;
}

export type RuleReading =
  | { readonly ok: true; readonly rule: RecurrenceRule }
  | { readonly ok: false; readonly fault: string };

const FREQUENCIES: ReadonlySet<string> = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);
const TOO_OFTEN: ReadonlySet<string> = new Set(['SECONDLY', 'MINUTELY', 'HOURLY']);
const DAYS: ReadonlySet<string> = new Set(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']);
/** Highest number of a rule's `COUNT` and `INTERVAL`, so that following one is bounded in work. */
const NUMBER_MAX = 1000;

/** Most begins in a day: each step of a rule is followed, so that a rule which begins by the minute keeps the server busy. */
const BEGINS_A_DAY_MAX = 24;

/** Numbers that a part may list. */
interface NumberPart {
  readonly max: number;
  readonly min: 0 | 1;
  readonly maySignal: boolean;
  /** Frequencies with which it may stand; all where it is left out. */
  readonly with?: readonly string[];
  /** Most numbers of the list. */
  readonly limit?: number;
}

const NUMBER_PARTS: Readonly<Record<string, NumberPart>> = {
  BYMONTH: { min: 1, max: 12, maySignal: false },
  BYMONTHDAY: { min: 1, max: 31, maySignal: true, with: ['DAILY', 'MONTHLY', 'YEARLY'] },
  BYYEARDAY: { min: 1, max: 366, maySignal: true, with: ['YEARLY'] },
  BYWEEKNO: { min: 1, max: 53, maySignal: true, with: ['YEARLY'] },
  BYSETPOS: { min: 1, max: 366, maySignal: true },
  BYHOUR: { min: 0, max: 23, maySignal: false },
  BYMINUTE: { min: 0, max: 59, maySignal: false },
  BYSECOND: { min: 0, max: 59, maySignal: false, limit: 1 },
};
const OTHER_PARTS: ReadonlySet<string> = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY']);

/**
 * Reads a rule as people or their calendars write it, with or without `RRULE:` before it.
 * @returns the rule, or the first thing that is wrong with it, in words
 */
export function readRecurrenceRule(text: string): RuleReading {
  const parts = new Map<string, string>();
  const fault = partsFault(text, parts) ?? ruleFault(parts);
  if (fault !== undefined) return { ok: false, fault };
  const until = parts.get('UNTIL');
  parts.delete('UNTIL');
  const rule = [...parts].map(([name, value]) => `${name}=${value}`).join(';');
  return { ok: true, rule: { text: rule, until: until === undefined ? undefined : untilOf(until) } };
}

/** Takes a text apart. @returns what keeps it from being a list of parts */
function partsFault(text: string, parts: Map<string, string>): string | undefined {
  const rule = text.trim().replace(/^RRULE:/i, '');
  if (/[\r\n]|DTSTART|EXDATE|RDATE/i.test(rule)) {
    return 'must be a single rule: the first window is its begin, and exceptions stand in exdates';
  }
  for (const part of rule.replace(/;$/, '').split(';')) {
    const [, name, value] = /^\s*([A-Za-z-]+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    if (name === undefined || value === undefined)
      return `“${part}” is no part of a rule, such as FREQ=DAILY`;
    const key = name.toUpperCase();
    if (parts.has(key)) return `${key} stands there twice`;
    parts.set(key, value.toUpperCase());
  }
  return undefined;
}

function ruleFault(parts: ReadonlyMap<string, string>): string | undefined {
  const frequency = parts.get('FREQ');
  if (frequency === undefined) return 'needs a FREQ: DAILY, WEEKLY, MONTHLY or YEARLY';
  if (TOO_OFTEN.has(frequency)) {
    return `FREQ=${frequency} is not supported; it must be DAILY, WEEKLY, MONTHLY or YEARLY`;
  }
  if (!FREQUENCIES.has(frequency)) return 'FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY';
  for (const [name, value] of parts) {
    const fault = partFault(name, value, frequency);
    if (fault !== undefined) return fault;
  }
  return togetherFault(parts, frequency);
}

function partFault(name: string, value: string, frequency: string): string | undefined {
  const numbers = Object.hasOwn(NUMBER_PARTS, name) ? NUMBER_PARTS[name] : undefined;
  if (numbers !== undefined) return numbersFault(name, value, { ...numbers, frequency });
  if (!OTHER_PARTS.has(name)) return `${name} is not known`;
  if (name === 'INTERVAL' || name === 'COUNT') {
    const isGood = /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= NUMBER_MAX;
    return isGood ? undefined : `${name} must be a number from 1 to ${NUMBER_MAX}`;
  }
  if (name === 'WKST') return DAYS.has(value) ? undefined : 'WKST must be a day such as MO';
  if (name === 'UNTIL') {
    return untilOf(value) === undefined
      ? 'UNTIL must be a date such as 20271231, or a time such as 20271231T220000Z'
      : undefined;
  }
  return name === 'BYDAY' ? daysFault(value, frequency) : undefined;
}

function numbersFault(
  name: string,
  value: string,
  { min, max, maySignal, with: frequencies, limit = max + 1, frequency }: NumberPart & { frequency: string },
): string | undefined {
  if (frequencies?.includes(frequency) === false) {
    return `${name} cannot stand with FREQ=${frequency}`;
  }
  const numbers = value.split(',');
  const pattern = maySignal ? /^[+-]?\d{1,3}$/ : /^\d{1,3}$/;
  const isGood = (text: string) =>
    pattern.test(text) && Math.abs(Number(text)) >= min && Math.abs(Number(text)) <= max;
  if (numbers.length > limit) return `${name} may list ${limit} at most`;
  if (numbers.every(isGood)) return undefined;
  return `${name} must list numbers from ${min} to ${max}${maySignal ? ', or from the end with a minus' : ''}`;
}

function daysFault(value: string, frequency: string): string | undefined {
  const most = frequency === 'MONTHLY' ? 5 : 53;
  for (const day of value.split(',')) {
    const [, number = '', name = ''] = /^([+-]?\d{0,2})([A-Z]{2})$/.exec(day) ?? [];
    if (!DAYS.has(name)) return 'BYDAY must list days such as MO, or 2MO and -1FR in a month or year';
    if (number === '') continue;
    if (frequency !== 'MONTHLY' && frequency !== 'YEARLY') {
      return `BYDAY cannot number days with FREQ=${frequency}`;
    }
    const position = Math.abs(Number(number));
    if (!(position >= 1 && position <= most))
      return `BYDAY may number days from 1 to ${most}, or from -1 to -${most}`;
  }
  return undefined;
}

function togetherFault(parts: ReadonlyMap<string, string>, frequency: string): string | undefined {
  if (parts.has('COUNT') && parts.has('UNTIL')) return 'COUNT and UNTIL cannot stand together';
  const [hours = 1, minutes = 1] = ['BYHOUR', 'BYMINUTE'].map((name) => parts.get(name)?.split(',').length);
  if (hours * minutes > BEGINS_A_DAY_MAX) {
    return `BYHOUR and BYMINUTE make ${hours * minutes} begins a day; there may be ${BEGINS_A_DAY_MAX}`;
  }
  const isNumbered = /\d/.test(parts.get('BYDAY') ?? '');
  if (frequency === 'YEARLY' && isNumbered && parts.has('BYWEEKNO')) {
    return 'BYDAY cannot number days together with BYWEEKNO';
  }
  const others = [...parts.keys()].filter((name) => name.startsWith('BY') && name !== 'BYSETPOS');
  return parts.has('BYSETPOS') && others.length === 0 ? 'BYSETPOS needs another BY part' : undefined;
}

/** Reads the value of an `UNTIL`; a date is the end of that day. Undefined for what is none. */
function untilOf(value: string): RecurrenceRule['until'] {
  const [, year, month, day, hour, minute, second, utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(value) ?? [];
  const date = `${year}-${month}-${day}`;
  const ms = Date.parse(hour === undefined ? `${date}T23:59:59Z` : `${date}T${hour}:${minute}:${second}Z`);
  // What is no date, such as the 31st of June, is counted on by some and refused by others.
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(date)) return undefined;
  return { kind: utc === undefined ? 'wall' : 'instant', ms };
}
