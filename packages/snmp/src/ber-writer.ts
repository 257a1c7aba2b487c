/**
 * Writes BER from the last octet to the first, so that every length is known when its header is written. The message
 * is `buffer[at, buffer.length)`. Grows as needed.
 */
export class BerWriter {
  buffer: Buffer;
  at: number;

  constructor(sizeBytes = 2_048) {
    this.buffer = Buffer.allocUnsafeSlow(sizeBytes);
    this.at = sizeBytes;
  }

  reset(): void {
    this.at = this.buffer.length;
  }

  /** Octets written so far: the mark that `wrap` takes. */
  get size(): number {
    return this.buffer.length - this.at;
  }

  /** Returns what was written so far: a view, valid until the next write. */
  view(): Buffer {
    return this.buffer.subarray(this.at);
  }

  byte(value: number): void {
    if (this.at === 0) this.grow(1);
    this.buffer[--this.at] = value;
  }

  bytes(source: Uint8Array): void {
    this.range(source, 0, source.length);
  }

  range(source: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.at < length) this.grow(length);
    const target = this.buffer;
    let at = this.at;
    if (length > 48) {
      target.set(source.subarray(start, end), at - length);
    } else {
      for (let i = end - 1; i >= start; i--) target[--at] = source[i] ?? 0;
    }
    this.at -= length;
  }

  /** Puts tag and length before all that was written since `mark` (an earlier value of `size`). */
  wrap(tag: number, mark: number): void {
    this.header(tag, this.size - mark);
  }

  header(tag: number, length: number): void {
    if (this.at < 6) this.grow(6);
    const target = this.buffer;
    let at = this.at;
    if (length < 0x80) {
      target[--at] = length;
    } else {
      let rest = length;
      let count = 0;
      for (; rest > 0; rest = Math.floor(rest / 256), count++) target[--at] = rest & 0xff;
      target[--at] = 0x80 | count;
    }
    target[--at] = tag;
    this.at = at;
  }

  octets(tag: number, source: Uint8Array): void {
    this.bytes(source);
    this.header(tag, source.length);
  }

  /** Writes a signed integer of up to 53 bits, minimally encoded. */
  integer(value: number, tag = 0x02): void {
    if (this.at < 10) this.grow(10);
    const mark = this.size;
    let rest = value;
    do {
      const low = ((rest % 256) + 256) % 256;
      this.buffer[--this.at] = low;
      rest = (rest - low) / 256;
    } while (
      !(
        (rest === 0 && (this.buffer[this.at] ?? 0) < 0x80) ||
        (rest === -1 && (this.buffer[this.at] ?? 0) >= 0x80)
      )
    );
    this.header(tag, this.size - mark);
  }

  /** Writes an unsigned integer of up to 64 bits under the given tag (Counter64). */
  unsigned(value: bigint, tag: number): void {
    const mark = this.size;
    let rest = BigInt.asUintN(64, value);
    let low = 0;
    do {
      low = Number(rest & 0xffn);
      this.byte(low);
      rest >>= 8n;
    } while (rest > 0n);
    if (low >= 0x80) this.byte(0);
    this.header(tag, this.size - mark);
  }

  private grow(needed: number): void {
    const used = this.buffer.length - this.at;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, used + needed + 64));
    larger.set(this.buffer.subarray(this.at), larger.length - used);
    this.buffer = larger;
    this.at = larger.length - used;
  }
}
