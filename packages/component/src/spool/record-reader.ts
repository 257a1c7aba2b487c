import type { FileHandle } from 'node:fs/promises';
import {
  checkPayload,
  decodeHeader,
  findMark,
  HEADER_BYTES,
  type RecordHeader,
  SEGMENT_MARK,
} from './record-format.ts';

export interface SpoolRecord {
  header: RecordHeader;
  payload: Buffer;
  /** End of the record in the file. */
  end: number;
}

const WINDOW_BYTES = 128 * 1024;

/**
 * Reads one segment forward. A record whose payload fails its check is left out; where a header fails, the reader
 * looks for the next good one. What was left out shows as a jump of the sequence.
 */
export class RecordReader {
  readonly #file: FileHandle;
  readonly #salt: number;
  readonly #limit: () => number;
  #window: Buffer = Buffer.alloc(0);
  /** Offset of the window's first byte in the file. */
  #windowAt: number;
  #offset: number;

  /** @param limit the file is read up to here; grows while the segment is written to */
  constructor(file: FileHandle, salt: number, limit: () => number, offset = SEGMENT_MARK.length) {
    this.#file = file;
    this.#salt = salt;
    this.#limit = limit;
    this.#offset = offset;
    this.#windowAt = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  /** Reads the next good record; undefined at the end, or where only a torn or damaged rest is left. */
  async next(): Promise<SpoolRecord | undefined> {
    for (;;) {
      if (!(await this.#ensure(HEADER_BYTES))) return undefined;
      const at = this.#offset - this.#windowAt;
      const header = decodeHeader(this.#window, at, this.#salt);
      if (!header) {
        if (!(await this.#resync())) return undefined;
        continue;
      }
      const size = HEADER_BYTES + header.storedBytes;
      if (!(await this.#ensure(size))) {
        // A cut payload; nothing good can follow unless the header lies inside another record's damage.
        if (!(await this.#resync())) return undefined;
        continue;
      }
      const start = this.#offset - this.#windowAt + HEADER_BYTES;
      const payload = this.#window.subarray(start, start + header.storedBytes);
      this.#offset += size;
      if (checkPayload(header, payload)) return { header, payload: Buffer.from(payload), end: this.#offset };
    }
  }

  /** Moves to the next mark behind the current position; false at the end. */
  async #resync(): Promise<boolean> {
    this.#offset += 1;
    while (await this.#ensure(HEADER_BYTES)) {
      const at = findMark(this.#window, this.#offset - this.#windowAt);
      if (at >= 0) {
        this.#offset = this.#windowAt + at;
        return true;
      }
      this.#offset = this.#windowAt + this.#window.length - 3;
    }
    return false;
  }

  /** Makes `count` bytes from the current position available; false when the file ends before. */
  async #ensure(count: number): Promise<boolean> {
    const have = this.#windowAt + this.#window.length - this.#offset;
    if (have >= count) return true;
    const wanted = Math.min(Math.max(count, WINDOW_BYTES), this.#limit() - this.#offset);
    if (wanted < count) return false;
    const window = Buffer.allocUnsafe(wanted);
    let filled = have > 0 ? this.#window.copy(window, 0, this.#offset - this.#windowAt) : 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#file.read(window, filled, wanted - filled, this.#offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#window = window.subarray(0, filled);
    this.#windowAt = this.#offset;
    return filled >= count;
  }
}
