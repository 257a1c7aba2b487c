import { isUtf8 } from 'node:buffer';
import {
  BACKSLASH,
  CARRIAGE_RETURN,
  COMMA,
  EQUALS,
  HASH,
  isEscapable,
  MINUS,
  NEWLINE,
  NINE,
  QUOTE,
  SPACE,
  STOPS_NAME,
  STOPS_TEXT,
  UNDERSCORE,
  ZERO,
} from './byte-class.ts';
import { KeySet } from './key-set.ts';
import { LINE_LIMITS, VERDICT } from './line-reason.ts';
import { findPlain, valueEnd } from './text-scan.ts';
import { scanNumber, scanWord } from './value-scan.ts';

/** Unit of the times in a body. */
export type Precision = 'ns' | 'us' | 'ms' | 's';

const DIGITS_BELOW_MS: Readonly<Record<Precision, number>> = { ns: 6, us: 3, ms: 0, s: 0 };
const EQUALS_ONLY = [EQUALS];
/** Most digits of a time: int64 has 19. */
const MAX_TIME_DIGITS = 19;

/**
 * A cursor over line protocol in a buffer. It makes no object and no string per line: the caller reads offsets.
 *
 *     scanner.reset(body, 'ns');
 *     while (scanner.next()) if (scanner.verdict === 0) ...
 *
 * Empty lines and comments are passed over. A line feed ends a line, but for one inside the quotes of a text when the
 * whole is a good line; else it is a bad line that ends there, so that it never swallows a good one. What is refused beyond the InfluxDB grammar is what VictoriaMetrics would store differently
 * from what was written; docs/reference/line-protocol.md lists the rules.
 */
export class LineScanner {
  /** The verdict on the line: 0, or one plus the index of the reason in LINE_REASONS. */
  verdict = 0;
  /** Start of the line `[lineStart, lineEnd)`, without its line feed (and carriage return). */
  lineStart = 0;
  lineEnd = 0;
  /** Start of the next line. */
  nextStart = 0;
  measurementEnd = 0;
  /** End of measurement and tags. */
  seriesEnd = 0;
  /** End of the fields, which are `[seriesEnd + 1, fieldsEnd)`. */
  fieldsEnd = 0;
  /** Value of the watched tag, raw; -1 where the line has none. */
  watchedStart = -1;
  watchedEnd = -1;
  /** Values of the tags that are watched beside it, raw, in the order in which they were named; -1 for none. */
  readonly besideStart: Int32Array;
  readonly besideEnd: Int32Array;
  tagCount = 0;
  fieldCount = 0;
  /** Number of fields that are quoted text. */
  textFieldCount = 0;
  /** True for a line with a text that goes over several lines of the body. */
  isSpread = false;
  hasTime = false;
  /** Whole milliseconds since 1970, when hasTime. */
  timeMs = 0;

  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  #allUtf8 = true;
  #dropDigits = 6;
  #isSeconds = false;
  readonly #watched: Uint8Array;
  readonly #beside: readonly Uint8Array[];
  /**
   * The place among those of the last tag whose name has a length and a last byte of this sum, or -1: settles nearly all
   * tags by one look. The place of the one before it, of the same sum, follows by `#besideBefore`.
   */
  readonly #besideBySum = new Int8Array(256).fill(-1);
  readonly #besideBefore: Int8Array;
  readonly #tagKeys = new KeySet(LINE_LIMITS.tags);
  readonly #fieldKeys = new KeySet(LINE_LIMITS.fields);

  /**
   * @param watchedTag the tag whose value is to be found without decoding the others
   * @param beside more such tags
   */
  constructor(watchedTag = 'node_id', beside: readonly string[] = []) {
    this.#watched = Buffer.from(watchedTag);
    this.#beside = beside.map((name) => Buffer.from(name));
    this.#besideBefore = new Int8Array(beside.length);
    for (const [place, name] of this.#beside.entries()) {
      const sum = nameSum(name, 0, name.length);
      this.#besideBefore[place] = this.#besideBySum[sum] as number;
      this.#besideBySum[sum] = place;
    }
    this.besideStart = new Int32Array(beside.length).fill(-1);
    this.besideEnd = new Int32Array(beside.length).fill(-1);
  }

  /** Starts over at the beginning of a body. The bytes must not change while the cursor moves. */
  reset(bytes: Uint8Array, precision: Precision = 'ns'): void {
    this.#bytes = bytes;
    this.#end = bytes.length;
    this.nextStart = 0;
    this.#allUtf8 = isUtf8(bytes);
    this.#dropDigits = DIGITS_BELOW_MS[precision];
    this.#isSeconds = precision === 's';
  }

  /** Moves to the next line that is neither empty nor a comment; false at the end. */
  next(): boolean {
    for (;;) {
      const start = this.nextStart;
      if (start >= this.#end) return false;
      const first = this.#bytes[start] as number;
      if (first === NEWLINE) {
        this.nextStart = start + 1;
      } else if (first === HASH || (first === CARRIAGE_RETURN && this.#isLineEnd(start))) {
        this.nextStart = this.#afterNewline(start);
      } else {
        this.#scanLine(start);
        return true;
      }
    }
  }

  #scanLine(start: number): void {
    this.lineStart = start;
    this.watchedStart = -1;
    for (let place = 0; place < this.besideStart.length; place += 1) this.besideStart[place] = -1;
    this.tagCount = 0;
    this.fieldCount = 0;
    this.textFieldCount = 0;
    this.isSpread = false;
    this.hasTime = false;
    let at = this.#scanMeasurement(start);
    if (at >= 0 && this.#bytes[at] === COMMA) at = this.#scanTags(at + 1);
    if (at >= 0) {
      this.seriesEnd = at;
      at = this.#scanFields(at + 1);
    }
    if (at >= 0) {
      this.fieldsEnd = at;
      if (at < this.#end && this.#bytes[at] === SPACE) at = this.#scanTime(at + 1);
    }
    if (at >= 0) {
      this.lineEnd = at;
      if (at < this.#end && this.#bytes[at] === CARRIAGE_RETURN) at += 1;
      this.nextStart = at < this.#end ? at + 1 : at;
      this.verdict = this.#judgeWhole();
    } else {
      // A text that makes no good line with the next ones is one that was never closed.
      this.verdict = this.isSpread ? VERDICT.badField : -at;
      this.isSpread = false;
      this.nextStart = this.#afterNewline(start);
      const last = this.nextStart - 1;
      this.lineEnd = this.#bytes[last] === NEWLINE ? last : this.nextStart;
    }
  }

  #judgeWhole(): number {
    if (this.lineEnd - this.lineStart > LINE_LIMITS.lineBytes) return VERDICT.tooLong;
    if (this.#allUtf8 || isUtf8(this.#bytes.subarray(this.lineStart, this.lineEnd))) return VERDICT.good;
    return this.textFieldCount > 0 && this.#isUtf8OutsideTexts() ? VERDICT.good : VERDICT.badUtf8;
  }

  /** True when all that may be stored is UTF-8: a text that is not costs the numbers beside it nothing. */
  #isUtf8OutsideTexts(): boolean {
    const bytes = this.#bytes;
    let from = this.lineStart;
    let at = this.seriesEnd + 1;
    while (at < this.fieldsEnd) {
      const value = findPlain(bytes, at, EQUALS_ONLY) + 1;
      if (bytes[value] === QUOTE) {
        if (!isUtf8(bytes.subarray(from, value))) return false;
        from = valueEnd(bytes, value, this.fieldsEnd);
      }
      at = valueEnd(bytes, value, this.fieldsEnd) + 1;
    }
    return isUtf8(bytes.subarray(from, this.lineEnd));
  }

  #scanMeasurement(start: number): number {
    const at = this.#skipName(start, true);
    const byte = this.#bytes[at];
    if (byte !== COMMA && byte !== SPACE) return this.#fault(at, VERDICT.badMeasurement);
    if (at === start) return -VERDICT.badMeasurement;
    if (at - start > LINE_LIMITS.nameBytes) return -VERDICT.tooLong;
    this.measurementEnd = at;
    return at;
  }

  /** Scans from the first byte of the first tag to the space behind the last. */
  #scanTags(from: number): number {
    const bytes = this.#bytes;
    const keys = this.#tagKeys;
    keys.clear();
    let at = from;
    for (;;) {
      const keyStart = at;
      at = this.#scanKey(at, keys, VERDICT.badTag);
      if (at < 0) return at;
      if (bytes[keyStart] === UNDERSCORE && bytes[keyStart + 1] === UNDERSCORE) return -VERDICT.reservedName;
      const keyEnd = at;
      const valueStart = at + 1;
      at = this.#skipName(valueStart, false);
      const stop = bytes[at];
      if (stop !== COMMA && stop !== SPACE) return this.#fault(at, VERDICT.badTag);
      if (at === valueStart) return -VERDICT.badTag;
      if (at - valueStart > LINE_LIMITS.tagValueBytes) return -VERDICT.tooLong;
      if (this.watchedStart < 0 && this.#isName(this.#watched, keyStart, keyEnd)) {
        this.watchedStart = valueStart;
        this.watchedEnd = at;
      }
      let place = this.#besideBySum[nameSum(bytes, keyStart, keyEnd)] as number;
      while (place >= 0 && !this.#isName(this.#beside[place] as Uint8Array, keyStart, keyEnd)) {
        place = this.#besideBefore[place] as number;
      }
      if (place >= 0) {
        this.besideStart[place] = valueStart;
        this.besideEnd[place] = at;
      }
      this.tagCount += 1;
      if (this.tagCount > LINE_LIMITS.tags) return -VERDICT.tooManyTags;
      if (stop === SPACE) break;
      at += 1;
    }
    return keys.hasDuplicate(bytes) ? -VERDICT.duplicateKey : at;
  }

  /** Scans from the first byte of the first field to the space, line end or end behind the last. */
  #scanFields(from: number): number {
    const bytes = this.#bytes;
    const keys = this.#fieldKeys;
    keys.clear();
    let at = from;
    for (;;) {
      if (this.fieldCount === LINE_LIMITS.fields) return -VERDICT.tooManyFields;
      at = this.#scanKey(at, keys, VERDICT.badField);
      if (at < 0) return at;
      at = this.#scanValue(at + 1);
      if (at < 0) return at;
      this.fieldCount += 1;
      if (at >= this.#end) break;
      const stop = bytes[at];
      if (stop === COMMA) at += 1;
      else if (stop === SPACE || this.#isLineEnd(at)) break;
      else return this.#fault(at, VERDICT.badField);
    }
    return keys.hasDuplicate(bytes) ? -VERDICT.duplicateKey : at;
  }

  /** Scans a tag key or field key; ends on its equals sign. */
  #scanKey(from: number, keys: KeySet, fault: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let at = from;
    let byte = 0;
    for (; at < end; at += 1) {
      byte = bytes[at] as number;
      if (STOPS_NAME[byte] === 0) continue;
      if (byte !== BACKSLASH) break;
      keys.hasEscape = true;
      if (isEscapable(bytes[at + 1])) at += 1;
    }
    if (at >= end || byte !== EQUALS) return this.#fault(at, fault);
    if (at === from) return -fault;
    if (at - from > LINE_LIMITS.nameBytes) return -VERDICT.tooLong;
    keys.add(bytes, from, at);
    return at;
  }

  #scanValue(from: number): number {
    const byte = this.#bytes[from] as number;
    if (byte === QUOTE) return this.#scanText(from + 1);
    if ((byte >= ZERO && byte <= NINE) || byte === MINUS) return scanNumber(this.#bytes, from, this.#end);
    return scanWord(this.#bytes, from, this.#end);
  }

  #scanText(from: number): number {
    const bytes = this.#bytes;
    const end = Math.min(this.#end, this.lineStart + LINE_LIMITS.lineBytes);
    for (let at = from; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (STOPS_TEXT[byte] === 0) continue;
      if (byte === QUOTE) {
        this.textFieldCount += 1;
        return at + 1;
      }
      if (byte === BACKSLASH) {
        const escaped = bytes[at + 1];
        if (escaped === QUOTE || escaped === BACKSLASH) at += 1;
      } else if (byte === NEWLINE) {
        this.isSpread = true;
      }
    }
    return -(this.#end > end && !this.isSpread ? VERDICT.tooLong : VERDICT.badField);
  }

  #scanTime(from: number): number {
    const bytes = this.#bytes;
    const isNegative = bytes[from] === MINUS;
    const start = isNegative ? from + 1 : from;
    let at = start;
    while (at < this.#end && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at += 1;
    const digits = at - start;
    if (digits === 0 || digits > MAX_TIME_DIGITS) return this.#fault(at, VERDICT.badTimestamp);
    if (at < this.#end && !this.#isLineEnd(at)) return this.#fault(at, VERDICT.badTimestamp);
    let value = 0;
    for (let index = start; index < at - this.#dropDigits; index += 1) {
      value = value * 10 + ((bytes[index] as number) - ZERO);
    }
    if (this.#isSeconds) value *= 1_000;
    this.timeMs = isNegative ? -value : value;
    this.hasTime = true;
    return at;
  }

  /** Skips plain bytes and escapes to the next separator, quote or control (quotes are plain here). */
  #skipName(from: number, equalsIsPlain: boolean): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let at = from;
    for (; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (STOPS_NAME[byte] === 0 || byte === QUOTE || (equalsIsPlain && byte === EQUALS)) continue;
      if (byte !== BACKSLASH) break;
      if (isEscapable(bytes[at + 1])) at += 1;
    }
    return at < end ? at : end;
  }

  #isName(name: Uint8Array, start: number, end: number): boolean {
    if (end - start !== name.length) return false;
    for (let index = 0; index < name.length; index += 1) {
      if (this.#bytes[start + index] !== name[index]) return false;
    }
    return true;
  }

  #isLineEnd(at: number): boolean {
    const byte = this.#bytes[at];
    if (byte === NEWLINE) return true;
    return byte === CARRIAGE_RETURN && (at + 1 === this.#end || this.#bytes[at + 1] === NEWLINE);
  }

  /** Returns the reason for a stop at an unexpected byte: controls have their own. */
  #fault(at: number, reason: number): number {
    if (at >= this.#end || this.#isLineEnd(at)) return -reason;
    const byte = this.#bytes[at] as number;
    return byte < SPACE || byte === 0x7f ? -VERDICT.controlCharacter : -reason;
  }

  #afterNewline(from: number): number {
    const at = this.#bytes.indexOf(NEWLINE, from);
    return at < 0 ? this.#end : at + 1;
  }
}

/** A sum by which the names that are watched hardly ever meet others. */
function nameSum(bytes: Uint8Array, start: number, end: number): number {
  return ((end - start) * 37 + (bytes[end - 1] as number)) & 255;
}
