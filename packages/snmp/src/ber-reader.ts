import { isIndexWellFormed, MAX_OID_ARCS } from './oid-codec.ts';
import { SnmpError } from './snmp-error.ts';
import { damagedAnswer } from './snmp-words.ts';

/** Most octets of a length: more than it needs, since devices fill it up in front. */
const MAX_LENGTH_OCTETS = 8;

/** Makes the error for damaged BER: the device's fault, in plain words. */
export function damaged(what: string): SnmpError {
  return new SnmpError('bad_answer', damagedAnswer(what));
}

function misplaced(tag: number, wanted: number): SnmpError {
  return damaged(`0x${tag.toString(16)} where 0x${wanted.toString(16)} belongs`);
}

/**
 * Reads BER elements one after the other within a range; each `next` sets tag, start and end (content octets).
 * Never reads past its limit, never recurses; all faults are thrown as `bad_answer`.
 */
export class BerReader {
  buffer: Buffer = Buffer.alloc(0);
  at = 0;
  limit = 0;
  tag = 0;
  start = 0;
  end = 0;

  reset(buffer: Buffer, start: number, limit: number): void {
    this.buffer = buffer;
    this.at = start;
    this.limit = limit;
  }

  next(): void {
    this.header();
    if (this.end > this.limit) throw damaged('a part is longer than what was sent');
  }

  /** Reads tag and length of the next element, whose end may lie beyond the limit. */
  private header(): void {
    const { buffer, limit } = this;
    let at = this.at;
    if (at + 2 > limit) throw damaged('it ends too early');
    this.tag = buffer[at] ?? 0;
    let length = buffer[at + 1] ?? 0;
    at += 2;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      if (octets === 0 || octets > MAX_LENGTH_OCTETS) throw damaged('a length is not allowed in SNMP');
      if (at + octets > limit) throw damaged('it ends too early');
      length = 0;
      for (let i = 0; i < octets; i++) length = length * 256 + (buffer[at + i] ?? 0);
      at += octets;
    }
    this.start = at;
    this.end = at + length;
    this.at = at + length;
  }

  /** Reads the next element, which must have this tag. */
  expect(tag: number): void {
    this.next();
    if (this.tag !== tag) throw misplaced(this.tag, tag);
  }

  /**
   * Steps into an element that must be the last one of the range: it may tell a length that is `slack` octets too high
   * or too low, and with `isLoose` more octets may follow it, which are passed over.
   */
  enterLast(tag: number, slack = 0, isLoose = false): void {
    this.last(slack, isLoose);
    if (this.tag !== tag) throw misplaced(this.tag, tag);
    this.at = this.start;
  }

  /**
   * Reads the header of an element that must be the last one of the range, give or take `slack` octets. With `isLoose`
   * the range ends where the element does.
   */
  last(slack = 0, isLoose = false): void {
    this.header();
    if (isLoose && this.end < this.limit - slack) this.limit = this.end;
    if (this.end > this.limit + slack) throw damaged('a part is longer than what was sent');
    if (this.end < this.limit - slack) throw damaged('there are octets after its end');
  }

  /** Reads an INTEGER of 32 bits, in however many octets: devices fill it up in front. */
  integer(): number {
    this.expect(0x02);
    const { buffer, end } = this;
    if (end === this.start) throw damaged('an integer of 0 octets');
    let at = this.start;
    const first = buffer[at] ?? 0;
    // Filled up by zeros, or by ones before a number below zero.
    while (end - at > 4 && (first === 0 ? buffer[at] === 0 : isFilledByOnes(buffer, at))) at++;
    if (end - at > 4) throw damaged(`an integer of ${end - this.start} octets`);
    let value = ((buffer[at] ?? 0) << 24) >> 24;
    for (at++; at < end; at++) value = (value << 8) | (buffer[at] ?? 0);
    return value;
  }
}

function isFilledByOnes(buffer: Buffer, at: number): boolean {
  return buffer[at] === 0xff && (buffer[at + 1] ?? 0) >= 0x80;
}

/** True for content octets of a whole OID: well formed, at most 128 arcs (the first octet holds two). */
export function isOidWellFormed(buffer: Uint8Array, start: number, end: number): boolean {
  if (end <= start || !isIndexWellFormed(buffer, start, end)) return false;
  if (end - start < MAX_OID_ARCS - 1) return true;
  let arcs = 1;
  for (let at = start; at < end; at++) if ((buffer[at] ?? 0) < 0x80) arcs++;
  return arcs <= MAX_OID_ARCS;
}
