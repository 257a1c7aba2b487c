import { open, rm, stat, truncate } from 'node:fs/promises';
import {
  decodeHeader,
  encodeHeader,
  HEADER_BYTES,
  parseSegmentFileName,
  type RecordHeader,
  SEGMENT_MARK,
} from './record-format.ts';
import { RecordReader } from './record-reader.ts';

/** A segment's properties, known without reading it again. Sequences are [firstSequence, endSequence). */
export interface Segment {
  path: string;
  salt: number;
  firstSequence: number;
  endSequence: number;
  bytes: number;
  lines: number;
  /** Arrival of the first and the last record, epoch ms. */
  oldestAt: number;
  newestAt: number;
  /** True when its end was cut off although it was no torn write: records were lost there, how many is not known. */
  lostTail: boolean;
}

/** Encodes the last record of a finished segment: its sums, so that a start need not read gigabytes. */
export function sealOf(segment: Segment): Buffer {
  const header: RecordHeader = {
    kind: 'seal',
    sequence: segment.endSequence,
    storedBytes: 0,
    plainBytes: 0,
    lines: segment.lines,
    arrivedAt: segment.newestAt,
    payloadCrc: 0,
  };
  return encodeHeader(header, segment.salt);
}

/**
 * Reads what a segment holds: from its seal where that is good, else record by record.
 * @param cutTail cuts what follows the last good record (the file was being written to when its writer died)
 */
export async function inspectSegment(
  path: string,
  name: string,
  cutTail: boolean,
): Promise<Segment | undefined> {
  const named = parseSegmentFileName(name);
  if (!named) return undefined;
  const bytes = (await stat(path)).size;
  const { firstSequence, salt } = named;
  const segment: Segment = {
    path,
    salt,
    firstSequence,
    endSequence: firstSequence,
    bytes,
    lines: 0,
    oldestAt: 0,
    newestAt: 0,
    lostTail: false,
  };
  if (await readSeal(segment)) return segment;
  const goodEnd = await readRecords(segment);
  if (cutTail && goodEnd < bytes) {
    segment.lostTail = !(await isTorn(segment, goodEnd));
    await truncate(path, goodEnd);
    segment.bytes = goodEnd;
  }
  return segment;
}

async function readSeal(segment: Segment): Promise<boolean> {
  const file = await open(segment.path, 'r');
  try {
    const last = Buffer.alloc(HEADER_BYTES);
    const first = Buffer.alloc(HEADER_BYTES);
    if (segment.bytes < SEGMENT_MARK.length + HEADER_BYTES) return false;
    await file.read(last, 0, HEADER_BYTES, segment.bytes - HEADER_BYTES);
    await file.read(first, 0, HEADER_BYTES, SEGMENT_MARK.length);
    const seal = decodeHeader(last, 0, segment.salt);
    if (seal?.kind !== 'seal') return false;
    segment.endSequence = Math.max(segment.firstSequence, seal.sequence);
    segment.lines = seal.lines;
    segment.newestAt = seal.arrivedAt;
    segment.oldestAt = decodeHeader(first, 0, segment.salt)?.arrivedAt ?? seal.arrivedAt;
    return true;
  } finally {
    await file.close();
  }
}

async function readRecords(segment: Segment): Promise<number> {
  const file = await open(segment.path, 'r');
  let goodEnd = Math.min(SEGMENT_MARK.length, segment.bytes);
  try {
    const reader = new RecordReader(file, segment.salt, () => segment.bytes);
    for (let record = await reader.next(); record; record = await reader.next()) {
      goodEnd = record.end;
      if (record.header.kind === 'seal') continue;
      addRecord(segment, record.header);
    }
  } finally {
    await file.close();
  }
  return goodEnd;
}

/**
 * True when the file just ends too early after `at`: a write that was cut by a death, which was acknowledged to nobody.
 */
async function isTorn(segment: Segment, at: number): Promise<boolean> {
  if (segment.bytes < at + HEADER_BYTES) return true;
  const file = await open(segment.path, 'r');
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    await file.read(bytes, 0, HEADER_BYTES, at);
    const header = decodeHeader(bytes, 0, segment.salt);
    return header !== undefined && at + HEADER_BYTES + header.storedBytes > segment.bytes;
  } finally {
    await file.close();
  }
}

export function addRecord(segment: Segment, header: RecordHeader): void {
  if (segment.oldestAt === 0) segment.oldestAt = header.arrivedAt;
  segment.newestAt = Math.max(segment.newestAt, header.arrivedAt);
  segment.lines += header.lines;
  segment.endSequence = Math.max(segment.endSequence, header.sequence + 1);
}

/** Counts the lines of those records of a segment that `counts` accepts. */
export async function countLines(segment: Segment, counts: (sequence: number) => boolean): Promise<number> {
  const file = await open(segment.path, 'r');
  let lines = 0;
  try {
    const reader = new RecordReader(file, segment.salt, () => segment.bytes);
    for (let record = await reader.next(); record; record = await reader.next()) {
      if (record.header.kind === 'data' && counts(record.header.sequence)) lines += record.header.lines;
    }
  } finally {
    await file.close();
  }
  return lines;
}

export async function removeSegment(segment: Segment): Promise<void> {
  await rm(segment.path, { force: true });
}
