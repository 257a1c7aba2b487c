/** Most arcs of an OID and largest arc (RFC 2578, section 3.5). */
export const MAX_OID_ARCS = 128;
const MAX_ARC = 0xffffffff;

/** Reads "1.3.6.1" or ".1.3.6.1" into arcs. Throws RangeError for anything that is not an OID of 2 to 128 arcs. */
export function parseOid(text: string): number[] {
  const bare = text.startsWith('.') ? text.slice(1) : text;
  if (!/^\d{1,10}(\.\d{1,10}){1,127}$/.test(bare)) throw new RangeError(`not an object identifier: ${text}`);
  const arcs = bare.split('.').map(Number);
  const [first = 0, second = 0] = arcs;
  if (first > 2 || (first < 2 && second > 39)) throw new RangeError(`not an object identifier: ${text}`);
  if (first * 40 + second > MAX_ARC || arcs.some((arc) => arc > MAX_ARC)) {
    throw new RangeError(`an arc is too large: ${text}`);
  }
  return arcs;
}

/** Encodes an OID given as text into BER content octets (X.690, 8.19). */
export function encodeOid(text: string): Buffer {
  return encodeArcs(parseOid(text));
}

/** Encodes an OID given as arcs (at least two) into BER content octets. */
export function encodeArcs(arcs: readonly number[]): Buffer {
  const [first = 0, second = 0, ...rest] = arcs;
  return encodeIndexArcs([first * 40 + second, ...rest]);
}

/** Encodes arcs that come after a known OID (an index) into BER sub-identifiers. */
export function encodeIndexArcs(arcs: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (const arc of arcs) {
    let shift = 28;
    while (shift > 0 && Math.floor(arc / 2 ** shift) === 0) shift -= 7;
    for (; shift > 0; shift -= 7) bytes.push((Math.floor(arc / 2 ** shift) & 0x7f) | 0x80);
    bytes.push(arc & 0x7f);
  }
  return Buffer.from(bytes);
}

/** Reads a whole OID's content octets as dotted text, without a leading dot. */
export function readOidText(buffer: Uint8Array, start: number, end: number): string {
  if (start >= end) return '';
  const arcs = readIndexArcs(buffer, start, end);
  const first = arcs[0] ?? 0;
  const root = first < 80 ? Math.floor(first / 40) : 2;
  arcs[0] = first - root * 40;
  return `${root}.${arcs.join('.')}`;
}

/** Reads sub-identifiers after a known OID as dotted text: an index such as "1" or "4.10.0.0.1". */
export function readIndexText(buffer: Uint8Array, start: number, end: number): string {
  const only = buffer[start] ?? 0;
  if (end - start === 1 && only < 0x80) return String(only);
  return readIndexArcs(buffer, start, end).join('.');
}

/** Reads sub-identifiers as arcs. The range must have passed `isIndexWellFormed`. */
export function readIndexArcs(buffer: Uint8Array, start: number, end: number): number[] {
  const arcs: number[] = [];
  let arc = 0;
  for (let at = start; at < end; at++) {
    const byte = buffer[at] ?? 0;
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  return arcs;
}

/** True for whole, minimally encoded sub-identifiers below 2^32, 128 at most. An empty range is well formed. */
export function isIndexWellFormed(buffer: Uint8Array, start: number, end: number): boolean {
  let run = 0;
  let arcs = 0;
  for (let at = start; at < end; at++) {
    const byte = buffer[at] ?? 0;
    if (byte < 0x80) {
      run = 0;
      arcs++;
      continue;
    }
    run++;
    if (run === 1 && byte === 0x80) return false;
    // The first of five octets holds the top four bits of 32.
    if (run > 4 || (run === 4 && (buffer[at - 3] ?? 0) > 0x8f)) return false;
  }
  return run === 0 && arcs < MAX_OID_ARCS;
}

/**
 * Orders two ranges of sub-identifiers as SNMP does (RFC 3416: lexicographic by arc): negative, zero or positive.
 * A longer minimal encoding is a larger arc, so octets can be compared without decoding.
 */
export function compareIndex(a: Cursor, b: Cursor): number {
  const left = a.buffer;
  const right = b.buffer;
  let i = a.indexStart;
  let j = b.indexStart;
  const iEnd = a.indexEnd;
  const jEnd = b.indexEnd;
  while (i < iEnd && j < jEnd) {
    const x = left[i] ?? 0;
    const y = right[j] ?? 0;
    if (x < 0x80 && y < 0x80) {
      if (x !== y) return x - y;
      i++;
      j++;
      continue;
    }
    const iNext = arcEnd(left, i, iEnd);
    const jNext = arcEnd(right, j, jEnd);
    if (iNext - i !== jNext - j) return iNext - i - (jNext - j);
    for (; i < iNext; i++, j++) {
      const difference = (left[i] ?? 0) - (right[j] ?? 0);
      if (difference !== 0) return difference;
    }
  }
  return iEnd - i - (jEnd - j);
}

/** A range of sub-identifiers: `Cell` is one. */
export interface Cursor {
  readonly buffer: Uint8Array;
  readonly indexStart: number;
  readonly indexEnd: number;
}

function arcEnd(buffer: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (buffer[at] ?? 0) >= 0x80) at++;
  return Math.min(at + 1, end);
}

/** Compares two dotted OIDs arc by arc, in the order of a walk. */
export function compareOidText(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at++) {
    const difference = Number(left[at]) - Number(right[at]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
