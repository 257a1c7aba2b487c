const NEWLINE = 0x0a;
const EMPTY = Buffer.alloc(0);

/** A text that is put into what was written. */
export interface Insertion {
  /** Where, in bytes from the beginning of what was written. */
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * What stays of a body, moved together in place: pieces of the source that follow each other are copied at once, and only
 * where something before them was left out. Texts that need more room than was left free move it into a buffer of its own.
 */
export class LineOutput {
  #source: Buffer = EMPTY;
  #out: Buffer = EMPTY;
  #written = 0;
  #runStart = 0;
  #runEnd = 0;

  /** Begins with a body, which is changed. */
  start(source: Buffer): void {
    this.#source = this.#out = source;
    this.#written = this.#runStart = this.#runEnd = 0;
  }

  /** Keeps a piece of the source, behind those that were kept before. */
  keep(start: number, end: number): void {
    if (start !== this.#runEnd) {
      this.#flush();
      this.#runStart = start;
    }
    this.#runEnd = end;
  }

  /** @param readAt the next byte of the source that is still to be read: everything before it may be overwritten */
  text(text: string, readAt: number): void {
    this.#makeRoom(text.length, readAt);
    this.#written += this.#out.write(text, this.#written, 'latin1');
  }

  /** @param readAt as with text */
  put(bytes: Buffer, readAt: number): void {
    this.#makeRoom(bytes.length, readAt);
    this.#written += bytes.copy(this.#out, this.#written);
  }

  /** Returns the number of bytes that were written. */
  position(): number {
    this.#flush();
    return this.#written;
  }

  /** Ends the body and returns what was kept, each line with its line feed. Insertions are in order. */
  end(insertions: readonly Insertion[]): Buffer {
    this.#flush();
    if (this.#written > 0 && this.#out[this.#written - 1] !== NEWLINE) this.text('\n', this.#source.length);
    const kept = this.#out.subarray(0, this.#written);
    this.#source = this.#out = EMPTY;
    if (insertions.length === 0) return kept;
    const pieces: Buffer[] = [];
    let from = 0;
    for (const { at, bytes } of insertions) {
      pieces.push(kept.subarray(from, at), bytes);
      from = at;
    }
    return Buffer.concat([...pieces, kept.subarray(from)]);
  }

  #flush(): void {
    const length = this.#runEnd - this.#runStart;
    if (length > 0) {
      if (this.#out === this.#source) {
        if (this.#written !== this.#runStart)
          this.#source.copyWithin(this.#written, this.#runStart, this.#runEnd);
      } else {
        this.#reserve(length);
        this.#source.copy(this.#out, this.#written, this.#runStart, this.#runEnd);
      }
      this.#written += length;
    }
    this.#runStart = this.#runEnd;
  }

  #makeRoom(bytes: number, readAt: number): void {
    this.#flush();
    // A run may begin only behind what the text may overwrite.
    this.#runStart = this.#runEnd = readAt;
    const isRoomy = this.#out === this.#source && this.#written + bytes <= readAt;
    if (!isRoomy) this.#reserve(bytes);
  }

  #reserve(bytes: number): void {
    const needed = this.#written + bytes;
    if (this.#out !== this.#source && needed <= this.#out.length) return;
    const grown = Buffer.allocUnsafe(
      Math.max(needed + 4_096, this.#source.length + (this.#source.length >> 2)),
    );
    this.#out.copy(grown, 0, 0, this.#written);
    this.#out = grown;
  }
}
