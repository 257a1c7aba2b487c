import { crc32 } from 'node:zlib';

// A segment is a file named `SEQUENCE-SALT.seg`: a mark of 16 bytes, then records. A record is a header of 48 bytes
// and a payload, one gzip member of line protocol that ends in a line feed, so that payloads can be joined to one gzip
// body (RFC 1952 section 2.2) and sent without being packed again. All integers are little-endian.
//
//   0  mark          u32     24  lines          u32
//   4  kind          u32     28  arrival        f64, epoch milliseconds
//   8  sequence      f64     36  crc of payload u32
//  16  stored bytes  u32     40  reserved       u32
//  20  plain bytes   u32     44  crc of header  u32
//
// Checks are CRC-32 (RFC 1952), which zlib computes natively at gigabytes a second. The salt of the segment starts each
// header's check, so that no payload can pass for a header when the reader looks for the next good one.

export const SEGMENT_MARK = Buffer.from('STRATORA-SPOOL-1', 'latin1');
export const HEADER_BYTES = 48;
/** Largest stored payload; a header with a larger one is damaged. */
export const MAX_STORED_BYTES = 4 * 1024 * 1024;

const RECORD_MARK = 0xc3a55c3a;
const RECORD_MARK_BYTES = Buffer.from([0x3a, 0x5c, 0xa5, 0xc3]);

/** `seal` is the last record of a finished segment and carries its sums. */
export type RecordKind = 'data' | 'seal';

export interface RecordHeader {
  kind: RecordKind;
  /** Position in the queue; a seal carries the sequence that the next segment starts with. */
  sequence: number;
  storedBytes: number;
  plainBytes: number;
  lines: number;
  /** Time at which the component took it, epoch ms. */
  arrivedAt: number;
  payloadCrc: number;
}

export function encodeHeader(header: RecordHeader, salt: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt32LE(RECORD_MARK, 0);
  bytes.writeUInt32LE(header.kind === 'seal' ? 2 : 1, 4);
  bytes.writeDoubleLE(header.sequence, 8);
  bytes.writeUInt32LE(header.storedBytes, 16);
  bytes.writeUInt32LE(header.plainBytes, 20);
  bytes.writeUInt32LE(header.lines, 24);
  bytes.writeDoubleLE(header.arrivedAt, 28);
  bytes.writeUInt32LE(header.payloadCrc, 36);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 44), salt), 44);
  return bytes;
}

/** Decodes the header at `offset`; undefined when there is none that passes its check. */
export function decodeHeader(bytes: Buffer, offset: number, salt: number): RecordHeader | undefined {
  if (offset + HEADER_BYTES > bytes.length || bytes.readUInt32LE(offset) !== RECORD_MARK) return undefined;
  if (crc32(bytes.subarray(offset, offset + 44), salt) !== bytes.readUInt32LE(offset + 44)) return undefined;
  const kind = bytes.readUInt32LE(offset + 4);
  const header: RecordHeader = {
    kind: kind === 2 ? 'seal' : 'data',
    sequence: bytes.readDoubleLE(offset + 8),
    storedBytes: bytes.readUInt32LE(offset + 16),
    plainBytes: bytes.readUInt32LE(offset + 20),
    lines: bytes.readUInt32LE(offset + 24),
    arrivedAt: bytes.readDoubleLE(offset + 28),
    payloadCrc: bytes.readUInt32LE(offset + 36),
  };
  return header.storedBytes <= MAX_STORED_BYTES && Number.isSafeInteger(header.sequence) ? header : undefined;
}

/** Finds the offset of the next record mark at or after `from`; -1 when there is none. */
export function findMark(bytes: Buffer, from: number): number {
  return bytes.indexOf(RECORD_MARK_BYTES, from);
}

export function checkPayload(header: RecordHeader, payload: Buffer): boolean {
  return payload.length === header.storedBytes && crc32(payload) === header.payloadCrc;
}

const FILE_NAME = /^(\d{16})-([0-9a-f]{8})\.seg$/;

export function segmentFileName(firstSequence: number, salt: number): string {
  return `${String(firstSequence).padStart(16, '0')}-${salt.toString(16).padStart(8, '0')}.seg`;
}

export function parseSegmentFileName(name: string): { firstSequence: number; salt: number } | undefined {
  const match = FILE_NAME.exec(name);
  if (!match) return undefined;
  return { firstSequence: Number(match[1]), salt: Number.parseInt(match[2] ?? '', 16) };
}
