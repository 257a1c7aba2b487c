import { escapeMeasurement, escapeName, escapeString } from './line-escape.ts';

/** Tags in the order in which they are to be written; an empty or absent value leaves the tag out. */
export type LineTags = Readonly<Record<string, string | undefined>>;

const COMMA = 0x2c;
const SPACE = 0x20;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;

/** Longest number that this writer produces itself (a float in exponent form, an int64, a timestamp). */
const MAX_NUMBER_BYTES = 32;
/** Integers up to this many are written digit by digit in 32-bit arithmetic. */
const MAX_FAST_INTEGER = 0x7fff_ffff;

/**
 * Encodes `measurement,tag=value,...` once, for a series that is written every interval
 * ({@link LineWriter.startEncoded}).
 */
export function encodeSeries(measurement: string, tags: LineTags): Buffer {
  let text = escapeMeasurement(measurement);
  for (const [key, value] of Object.entries(tags)) {
    if (value !== undefined && value !== '' && key !== '') {
      text += `,${escapeName(key)}=${escapeName(value)}`;
    }
  }
  return Buffer.from(text, 'utf8');
}

/**
 * Writes InfluxDB line protocol into one growing buffer, a line at a time:
 *
 *     writer.start('cpu').tag('cpu', 'cpu0').float('usage_idle', 99.5).end(Date.now());
 *
 * A line whose fields were all left out (no field call, or only values that the protocol cannot carry, such as NaN)
 * is taken back by {@link end}, so what is in the buffer is always well-formed. Not shared between two lines at a
 * time: finish one before starting the next.
 */
export class LineWriter {
  #buffer: Buffer;
  #length = 0;
  #lineStart = 0;
  #hasField = false;
  #lines = 0;
  #stampMs = -1;
  #stampNanos = -1;
  readonly #stamp = Buffer.allocUnsafe(MAX_NUMBER_BYTES);
  #stampLength = 0;

  constructor(initialBytes = 16_384) {
    this.#buffer = Buffer.allocUnsafe(Math.max(initialBytes, 256));
  }

  /** Bytes of the finished lines (and of the one begun). */
  get byteLength(): number {
    return this.#length;
  }

  /** Number of finished lines. */
  get lineCount(): number {
    return this.#lines;
  }

  /** Begins a line. */
  start(measurement: string): this {
    this.#lineStart = this.#length;
    this.#hasField = false;
    this.#writeText(escapeMeasurement(measurement));
    return this;
  }

  /** Begins a line with bytes made by {@link encodeSeries}; more tags may follow. */
  startEncoded(series: Uint8Array): this {
    this.#lineStart = this.#length;
    this.#hasField = false;
    this.#reserve(series.length);
    this.#buffer.set(series, this.#length);
    this.#length += series.length;
    return this;
  }

  /** Adds a tag; an empty key or value leaves it out, since the protocol has no empty tag. */
  tag(key: string, value: string): this {
    if (key === '' || value === '') return this;
    this.#writeByte(COMMA);
    this.#writeText(escapeName(key));
    this.#writeByte(EQUALS);
    this.#writeText(escapeName(value));
    return this;
  }

  /** Adds several tags in their own order. */
  tags(tags: LineTags): this {
    for (const key in tags) {
      const value = tags[key];
      if (value !== undefined) this.tag(key, value);
    }
    return this;
  }

  /** Adds a float field; NaN and infinities leave it out. */
  float(key: string, value: number): this {
    if (!Number.isFinite(value)) return this;
    this.#startField(key);
    if (Number.isInteger(value) && value >= -MAX_FAST_INTEGER && value <= MAX_FAST_INTEGER) {
      this.#writeSmallInteger(value);
    } else {
      this.#writeText(String(value));
    }
    return this;
  }

  /**
   * Adds a signed 64-bit integer field (`5i`). A number is truncated towards zero; a value outside int64, NaN or an
   * infinity leaves the field out. Use a bigint beyond 2^53.
   */
  integer(key: string, value: number | bigint): this {
    return this.#writeInteger(key, value, 'i');
  }

  /** Adds an unsigned 64-bit integer field (`5u`); a negative value or one beyond uint64 leaves it out. */
  unsigned(key: string, value: number | bigint): this {
    return this.#writeInteger(key, value, 'u');
  }

  /** Adds a boolean field. */
  boolean(key: string, value: boolean): this {
    this.#startField(key);
    this.#writeText(value ? 'true' : 'false');
    return this;
  }

  /** Adds a string field. The server keeps no strings; they are for readers of the line itself. */
  string(key: string, value: string): this {
    this.#startField(key);
    this.#writeByte(QUOTE);
    this.#writeText(escapeString(value));
    this.#writeByte(QUOTE);
    return this;
  }

  /** Adds a field by its JavaScript type: number is a float, bigint an int64; undefined leaves it out. */
  field(key: string, value: number | bigint | string | boolean | undefined): this {
    if (typeof value === 'number') return this.float(key, value);
    if (typeof value === 'bigint') return this.integer(key, value);
    if (typeof value === 'string') return this.string(key, value);
    return value === undefined ? this : this.boolean(key, value);
  }

  /**
   * Ends the line with its time in nanoseconds.
   *
   * @param epochMs whole milliseconds since 1970
   * @param nanos nanoseconds within that millisecond, 0..999,999
   * @returns whether there was a line to keep
   */
  end(epochMs: number, nanos = 0): boolean {
    if (!this.#hasField) {
      this.#length = this.#lineStart;
      return false;
    }
    if (epochMs !== this.#stampMs || nanos !== this.#stampNanos) this.#renderStamp(epochMs, nanos);
    this.#reserve(this.#stampLength);
    this.#stamp.copy(this.#buffer, this.#length, 0, this.#stampLength);
    this.#length += this.#stampLength;
    this.#lines += 1;
    return true;
  }

  /** Ends the line with a time that is at hand as nanoseconds since 1970 (decimal digits or bigint). */
  endAt(timestampNs: bigint | string): boolean {
    if (!this.#hasField) {
      this.#length = this.#lineStart;
      return false;
    }
    this.#writeText(` ${timestampNs}\n`);
    this.#lines += 1;
    return true;
  }

  /** Takes back the line that was begun and not ended. */
  abandon(): void {
    this.#length = this.#lineStart;
  }

  /** Returns the finished lines, without copying: valid until the next write or {@link reset}. */
  view(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Returns a copy of the finished lines; the writer is empty afterwards and keeps its buffer. */
  take(): Buffer {
    const copy = Buffer.from(this.view());
    this.reset();
    return copy;
  }

  /** Forgets everything written. */
  reset(): void {
    this.#length = 0;
    this.#lineStart = 0;
    this.#lines = 0;
    this.#hasField = false;
  }

  #writeInteger(key: string, value: number | bigint, suffix: 'i' | 'u'): this {
    const isFast = typeof value === 'number' && value >= -MAX_FAST_INTEGER && value <= MAX_FAST_INTEGER;
    if (isFast && (suffix === 'i' || value > -1)) {
      this.#startField(key);
      this.#writeSmallInteger(Math.trunc(value));
      this.#writeByte(suffix.charCodeAt(0));
      return this;
    }
    if (typeof value === 'number' && !Number.isFinite(value)) return this;
    const whole = typeof value === 'bigint' ? value : BigInt(Math.trunc(value));
    const wrapped = suffix === 'i' ? BigInt.asIntN(64, whole) : BigInt.asUintN(64, whole);
    if (wrapped !== whole) return this;
    this.#startField(key);
    this.#writeText(`${whole}${suffix}`);
    return this;
  }

  #startField(key: string): void {
    this.#writeByte(this.#hasField ? COMMA : SPACE);
    this.#hasField = true;
    this.#writeText(escapeName(key));
    this.#writeByte(EQUALS);
  }

  #renderStamp(epochMs: number, nanos: number): void {
    const whole = Math.trunc(epochMs);
    const text = whole === 0 ? String(nanos) : `${whole}${String(nanos).padStart(6, '0')}`;
    this.#stampLength = this.#stamp.write(` ${text}\n`, 'latin1');
    this.#stampMs = epochMs;
    this.#stampNanos = nanos;
  }

  #writeSmallInteger(value: number): void {
    this.#reserve(MAX_NUMBER_BYTES);
    let rest = value | 0;
    if (rest < 0) {
      this.#buffer[this.#length++] = MINUS;
      rest = -rest;
    }
    let digits = 1;
    for (let bound = 10; rest >= bound && digits < 10; bound *= 10) digits += 1;
    for (let at = this.#length + digits - 1; at >= this.#length; at -= 1) {
      const next = (rest / 10) | 0;
      this.#buffer[at] = ZERO + rest - next * 10;
      rest = next;
    }
    this.#length += digits;
  }

  #writeByte(byte: number): void {
    if (this.#length === this.#buffer.length) this.#reserve(1);
    this.#buffer[this.#length++] = byte;
  }

  #writeText(text: string): void {
    const length = text.length;
    this.#reserve(length * 3);
    const buffer = this.#buffer;
    if (length > 40) {
      this.#length += buffer.write(text, this.#length, 'utf8');
      return;
    }
    let at = this.#length;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) {
        this.#length += buffer.write(text, this.#length, 'utf8');
        return;
      }
      buffer[at++] = code;
    }
    this.#length = at;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
