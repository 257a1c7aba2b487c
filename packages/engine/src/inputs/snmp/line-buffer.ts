/** Size up to which a loop costs less than a call of `set`: keys of fields. */
const LOOP_BYTES = 48;

/** A growing buffer of lines. `bytes` moves when it grows: do not keep it over a `reserve`. */
export class LineBuffer {
  bytes: Buffer = Buffer.allocUnsafe(16_384);
  length = 0;
  lines = 0;

  /** Makes room for that many more bytes. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  append(source: Uint8Array): void {
    const size = source.length;
    this.reserve(size);
    if (size > LOOP_BYTES) {
      this.bytes.set(source, this.length);
    } else {
      for (let index = 0; index < size; index += 1) this.bytes[this.length + index] = source[index] as number;
    }
    this.length += size;
  }

  /** Appends the octets of `source` from `start` up to `end`. */
  appendRange(source: Buffer, start: number, end: number): void {
    this.reserve(end - start);
    this.length += source.copy(this.bytes, this.length, start, end);
  }

  appendText(text: string): void {
    this.reserve(text.length * 3);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  appendByte(byte: number): void {
    this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  reset(): void {
    this.length = 0;
    this.lines = 0;
  }
}
