import { type FileHandle, open } from 'node:fs/promises';
import type { SequenceRange } from './delivery-ledger.ts';
import { RecordReader, type SpoolRecord } from './record-reader.ts';
import type { Segment } from './segment.ts';

/** Segments in ascending order; the last one may still grow; one may go between two looks. */
export interface SegmentList {
  readonly segments: readonly Segment[];
}

/** Records in their order. `range` may hold sequences that are missing: those records were damaged. */
export interface SpoolBatch {
  range: SequenceRange;
  /** Gzip members; joined they are one gzip body. */
  payloads: Buffer[];
  plainBytes: number;
  lines: number;
  /** Arrival of the first record, epoch ms; 0 when there is none. */
  oldestAt: number;
  /** Sequences of the range for which no good record was found. */
  missing: number;
}

interface Place {
  segment: Segment;
  file: FileHandle;
  reader: RecordReader;
  /** The next record of the segment, read ahead but not taken. */
  waiting: SpoolRecord | undefined;
  /** The sequence below which everything has been handed out or jumped over. */
  nextSequence: number;
}

/** Reads records from a sequence on, keeping its place between calls, so that a lane never scans twice. */
export class LaneReader {
  #place: Place | undefined;

  async read(range: SequenceRange, list: SegmentList, maxPlainBytes: number): Promise<SpoolBatch> {
    const batch: SpoolBatch = {
      range: { from: range.from, to: range.from },
      payloads: [],
      plainBytes: 0,
      lines: 0,
      oldestAt: 0,
      missing: 0,
    };
    while (batch.range.to < range.to) {
      const segment = list.segments.find((candidate) => candidate.endSequence > batch.range.to);
      if (!segment || segment.firstSequence >= range.to) {
        advance(batch, range.to);
        break;
      }
      if (segment.firstSequence > batch.range.to) advance(batch, segment.firstSequence);
      const to = Math.min(range.to, segment.endSequence);
      try {
        if (await this.#readSegment(segment, to, batch, maxPlainBytes)) break;
      } catch (error) {
        // Dropped at the bound between the look and the open: it is no longer in the list.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        if (list.segments.includes(segment)) advance(batch, to);
      }
    }
    return batch;
  }

  async close(): Promise<void> {
    const place = this.#place;
    this.#place = undefined;
    await place?.file.close();
  }

  /** Takes records of one segment up to `to`; true when the batch is full. */
  async #readSegment(
    segment: Segment,
    to: number,
    batch: SpoolBatch,
    maxPlainBytes: number,
  ): Promise<boolean> {
    const place = await this.#at(segment, batch.range.to);
    while (batch.range.to < to) {
      place.waiting ??= await place.reader.next();
      const record = place.waiting;
      if (!record || record.header.kind === 'seal' || record.header.sequence >= to) {
        advance(batch, to);
        place.nextSequence = to;
        return false;
      }
      const { header } = record;
      if (header.sequence >= batch.range.to) {
        if (batch.payloads.length > 0 && batch.plainBytes + header.plainBytes > maxPlainBytes) return true;
        advance(batch, header.sequence);
        batch.payloads.push(record.payload);
        batch.plainBytes += header.plainBytes;
        batch.lines += header.lines;
        batch.oldestAt ||= header.arrivedAt;
        batch.range.to = header.sequence + 1;
      }
      place.waiting = undefined;
      place.nextSequence = header.sequence + 1;
    }
    return false;
  }

  async #at(segment: Segment, sequence: number): Promise<Place> {
    if (this.#place?.segment === segment && this.#place.nextSequence <= sequence) return this.#place;
    await this.close();
    const file = await open(segment.path, 'r');
    const reader = new RecordReader(file, segment.salt, () => segment.bytes);
    this.#place = { segment, file, reader, waiting: undefined, nextSequence: segment.firstSequence };
    return this.#place;
  }
}

function advance(batch: SpoolBatch, to: number): void {
  batch.missing += to - batch.range.to;
  batch.range.to = to;
}
