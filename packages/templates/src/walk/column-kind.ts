import type { ColumnKind } from '@stratora/contract';
import { numberInText } from '@stratora/runtime';
import { type CaptureObject, ValueType } from '@stratora/snmp';
import type { StandardRole } from './standard-tables.ts';

/** Kinds whose values a store of numbers can hold. */
export const MEASURED_KINDS: ReadonlySet<ColumnKind> = new Set(['counter', 'gauge', 'state', 'time']);

export interface JudgedColumn {
  readonly kind: ColumnKind;
  /** Why, in words. */
  readonly why: string;
}

/** Values up to this one are taken for named ones where they are whole and few. */
const MAX_STATE = 20;
/** Most different values of a column that is taken for a state. */
const MAX_STATES = 6;

/**
 * Judges a column by the types of its values, by the values, and by what a standard MIB says of it.
 *
 * @param indexes the index of each value, to tell a column that repeats it
 */
export function judgeColumn(
  objects: readonly CaptureObject[],
  indexes: readonly string[],
  role: StandardRole | undefined,
): JudgedColumn {
  const [first] = objects;
  switch (first?.type) {
    case ValueType.counter32:
      return { kind: 'counter', why: 'Counter32' };
    case ValueType.counter64:
      return { kind: 'counter', why: 'Counter64' };
    case ValueType.gauge32:
      return { kind: 'gauge', why: `Gauge32, ${rangeWords(numbersOf(objects))}` };
    case ValueType.timeTicks:
      return { kind: 'time', why: 'TimeTicks' };
    case ValueType.ipAddress:
      return { kind: 'address', why: 'IpAddress' };
    case ValueType.oid:
      return { kind: 'object', why: 'OBJECT IDENTIFIER' };
    case ValueType.integer:
      return judgeIntegers(numbersOf(objects), indexes, role);
    case ValueType.octetString:
      return judgeTexts(objects, role);
    case ValueType.opaque:
      return { kind: 'gauge', why: 'Opaque, which net-snmp sends for fractions' };
    default:
      return { kind: 'octets', why: 'a type without a value' };
  }
}

const ROLE_WORDS: Readonly<Record<StandardRole, ColumnKind>> = {
  state: 'state',
  index: 'index',
  level: 'gauge',
  text: 'text',
};

function judgeIntegers(
  values: readonly number[],
  indexes: readonly string[],
  role: StandardRole | undefined,
): JudgedColumn {
  const range = rangeWords(values);
  if (role !== undefined) return { kind: ROLE_WORDS[role], why: `INTEGER of a standard MIB, ${range}` };
  const isIndex =
    values.length > 1 &&
    values.every((value, at) => {
      const arcs = (indexes[at] ?? '').split('.');
      return arcs.at(-1) === String(value) || arcs[0] === String(value);
    });
  if (isIndex) return { kind: 'index', why: 'INTEGER, the same as the index' };
  const states = new Set(values);
  const areFew = states.size <= MAX_STATES && values.every((value) => value >= 0 && value <= MAX_STATE);
  if (areFew && (values.length > 1 || !states.has(0)))
    return { kind: 'state', why: `INTEGER, few small values: ${range}` };
  return { kind: 'gauge', why: `INTEGER, ${range}` };
}

function judgeTexts(objects: readonly CaptureObject[], role: StandardRole | undefined): JudgedColumn {
  const octets = objects.map(({ value }) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value))));
  // NULs alone are how some devices say nothing.
  const filled = octets.filter((value) => value.some((octet) => octet !== 0));
  if (filled.length === 0) return { kind: 'text', why: 'OCTET STRING, empty' };
  if (role !== 'text') {
    const numbers = filled.map((value) => numberInText(value.toString('latin1')));
    if (numbers.every((value) => value !== undefined) && numbers.some((value) => !/^0\d/.test(value ?? '')))
      return { kind: 'gauge', why: `text with a number, ${rangeWords(numbers.map(Number))}` };
  }
  if (filled.every((value) => isPlainText(value))) {
    const sample = filled[0]?.toString('utf8') ?? '';
    return { kind: 'text', why: `text, such as ${JSON.stringify(cut(sample))}` };
  }
  if (filled.every(({ length }) => length === 6))
    return { kind: 'address', why: 'six octets, as a MAC address' };
  if (filled.every(({ length }) => length === 8 || length === 11))
    return { kind: 'octets', why: 'octets, as a DateAndTime' };
  return { kind: 'octets', why: 'octets that are no text' };
}

function isPlainText(octets: Buffer): boolean {
  const text = octets.toString('utf8');
  // Line ends and tabs are usual in texts.
  return !/[\p{Cc}\ufffd]/u.test(text.replace(/\0+$/, '').replaceAll(/[\t\n\r]/g, ' '));
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

function numbersOf(objects: readonly CaptureObject[]): number[] {
  return objects.map(({ value }) => Number(value)).filter((value) => Number.isFinite(value));
}

function rangeWords(values: readonly number[]): string {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (values.length === 0) return 'no value';
  return least === most ? `always ${least}` : `from ${least} to ${most}`;
}
