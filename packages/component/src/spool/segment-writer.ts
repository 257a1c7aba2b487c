import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { encodeHeader, type RecordHeader, SEGMENT_MARK, segmentFileName } from './record-format.ts';
import { addRecord, type Segment, sealOf } from './segment.ts';

/** Line protocol on its way into a segment. */
export interface PlainBlock {
  bytes: Buffer;
  lines: number;
}

/**
 * Appends to one segment. A record counts once its `write` has returned: from then on it survives the death of the
 * process; the power cut is what `sync` is for. A write that fails is undone.
 */
export class SegmentWriter {
  readonly segment: Segment;
  readonly #file: FileHandle;
  #dirty = false;

  private constructor(file: FileHandle, segment: Segment) {
    this.#file = file;
    this.segment = segment;
  }

  static async create(directory: string, firstSequence: number): Promise<SegmentWriter> {
    const salt = randomBytes(4).readUInt32LE(0);
    const path = join(directory, segmentFileName(firstSequence, salt));
    const file = await open(path, 'wx', 0o600);
    try {
      await file.write(SEGMENT_MARK, 0, SEGMENT_MARK.length, 0);
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    return new SegmentWriter(file, {
      path,
      salt,
      firstSequence,
      endSequence: firstSequence,
      bytes: SEGMENT_MARK.length,
      lines: 0,
      oldestAt: 0,
      newestAt: 0,
      lostTail: false,
    });
  }

  async append(blocks: readonly PlainBlock[], arrivedAt: number): Promise<void> {
    const headers: RecordHeader[] = [];
    const parts: Buffer[] = [];
    for (const block of blocks) {
      const payload = gzipSync(block.bytes, { level: 1 });
      const header: RecordHeader = {
        kind: 'data',
        sequence: this.segment.endSequence + headers.length,
        storedBytes: payload.length,
        plainBytes: block.bytes.length,
        lines: block.lines,
        arrivedAt,
        payloadCrc: crc32(payload),
      };
      headers.push(header);
      parts.push(encodeHeader(header, this.segment.salt), payload);
    }
    await this.#write(Buffer.concat(parts));
    for (const header of headers) addRecord(this.segment, header);
  }

  /** Makes what was written survive a power cut. */
  async sync(): Promise<void> {
    if (!this.#dirty) return;
    this.#dirty = false;
    await this.#file.datasync();
  }

  async seal(): Promise<void> {
    await this.#write(sealOf(this.segment));
    await this.sync();
    await this.close();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #write(bytes: Buffer): Promise<void> {
    const at = this.segment.bytes;
    let done = 0;
    try {
      while (done < bytes.length) {
        const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, at + done);
        done += bytesWritten;
      }
    } catch (error) {
      await this.#file.truncate(at);
      throw error;
    }
    this.segment.bytes = at + bytes.length;
    this.#dirty = true;
  }
}
