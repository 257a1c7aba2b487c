import { COMMA, DOT, MINUS, NEWLINE, NINE, PLUS, SPACE, ZERO } from './byte-class.ts';
import { LINE_LIMITS, VERDICT } from './line-reason.ts';

const SUFFIX_I = 0x69;
const SUFFIX_U = 0x75;
const LOWER_E = 0x65;
const UPPER_E = 0x45;

/** Digits up to which an integer fits into int64 and uint64 without a look at them. */
const SURE_INTEGER_DIGITS = 18;
/** Digits before the point up to which a float is finite without a look at them. */
const SURE_FLOAT_DIGITS = 300;

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

const BOOLEAN_WORDS: ReadonlyMap<string, boolean> = new Map([
  ...['t', 'T', 'true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['f', 'F', 'false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/** Returns the boolean that a field value spells, if any. */
export function booleanOf(word: string): boolean | undefined {
  return BOOLEAN_WORDS.get(word);
}

/**
 * Checks a number at `from`: `-?digits(.digits)?(e[+-]?digits)?`, or digits with the suffix `i` (int64) or `u`
 * (uint64). A leading plus, a bare point and a number that is not finite are refused: VictoriaMetrics stores those as
 * 0 or not at all.
 *
 * @returns the offset behind it, or a negated verdict
 */
export function scanNumber(bytes: Uint8Array, from: number, end: number): number {
  const first = bytes[from] === MINUS ? from + 1 : from;
  let at = skipDigits(bytes, first, end);
  const wholeDigits = at - first;
  if (wholeDigits === 0) return -VERDICT.badNumber;
  const next = at < end ? (bytes[at] as number) : NEWLINE;
  if (next === SUFFIX_I || next === SUFFIX_U) {
    if (next === SUFFIX_U && first !== from) return -VERDICT.badNumber;
    if (wholeDigits > SURE_INTEGER_DIGITS && !isInteger64(bytes, from, at)) return -VERDICT.badNumber;
    at += 1;
    return at < end && !endsValue(bytes[at] as number) ? -VERDICT.badNumber : at;
  }
  if (next === DOT) {
    const fraction = at + 1;
    at = skipDigits(bytes, fraction, end);
    if (at === fraction) return -VERDICT.badNumber;
  }
  let isSure = wholeDigits <= SURE_FLOAT_DIGITS;
  if (at < end && (bytes[at] === LOWER_E || bytes[at] === UPPER_E)) {
    const sign = bytes[at + 1];
    const exponent = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
    at = skipDigits(bytes, exponent, end);
    if (at === exponent) return -VERDICT.badNumber;
    isSure = false;
  }
  if (at - from > LINE_LIMITS.numberBytes) return -VERDICT.badNumber;
  if (!isSure && !Number.isFinite(Number(textOf(bytes, from, at)))) return -VERDICT.badNumber;
  return at < end && !endsValue(bytes[at] as number) ? -VERDICT.badNumber : at;
}

/** Checks a boolean at `from`; whatever else stands there (nan, inf, abc) is no number. */
export function scanWord(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && at - from < 6 && !endsValue(bytes[at] as number)) at += 1;
  if (at === from) return -VERDICT.badField;
  return BOOLEAN_WORDS.has(textOf(bytes, from, at)) ? at : -VERDICT.badNumber;
}

function endsValue(byte: number): boolean {
  return byte === COMMA || byte === SPACE || byte < SPACE;
}

function skipDigits(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at += 1;
  return at;
}

function isInteger64(bytes: Uint8Array, from: number, suffixAt: number): boolean {
  if (suffixAt - from > LINE_LIMITS.numberBytes) return false;
  const value = BigInt(textOf(bytes, from, suffixAt));
  if (bytes[suffixAt] === SUFFIX_U) return value <= UINT64_MAX;
  return value >= INT64_MIN && value <= INT64_MAX;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
}
