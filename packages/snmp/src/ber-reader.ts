import type { Cell } from './cell.ts';
import { ValueType } from './cell.ts';
import { isIndexWellFormed, MAX_OID_ARCS } from './oid-codec.ts';
import { SnmpError } from './snmp-error.ts';

/** Makes the error for damaged BER: the device's fault, in plain words. */
export function damaged(what: string): SnmpError {
  return new SnmpError('bad_answer', `The device sent a damaged answer: ${what}.`);
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
    const { buffer, limit } = this;
    let at = this.at;
    if (at + 2 > limit) throw damaged('it ends too early');
    this.tag = buffer[at] ?? 0;
    let length = buffer[at + 1] ?? 0;
    at += 2;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      if (octets === 0 || octets > 4) throw damaged('a length is not allowed in SNMP');
      if (at + octets > limit) throw damaged('it ends too early');
      length = 0;
      for (let i = 0; i < octets; i++) length = length * 256 + (buffer[at + i] ?? 0);
      at += octets;
    }
    if (length > limit - at) throw damaged('a part is longer than what was sent');
    this.start = at;
    this.end = at + length;
    this.at = at + length;
  }

  /** Reads the next element, which must have this tag. */
  expect(tag: number): void {
    this.next();
    if (this.tag !== tag) throw damaged(`0x${this.tag.toString(16)} where 0x${tag.toString(16)} belongs`);
  }

  /** Steps into an element that must have this tag and must be the last one of the range. */
  enterLast(tag: number): void {
    this.expect(tag);
    if (this.end !== this.limit) throw damaged('there are octets after its end');
    this.at = this.start;
  }

  /** Reads an INTEGER of at most four octets. */
  integer(): number {
    this.expect(0x02);
    const length = this.end - this.start;
    if (length < 1 || length > 4) throw damaged(`an integer of ${length} octets`);
    let value = ((this.buffer[this.start] ?? 0) << 24) >> 24;
    for (let at = this.start + 1; at < this.end; at++) value = (value << 8) | (this.buffer[at] ?? 0);
    return value;
  }
}

/** Reads the varbinds of a PDU one by one into a cell whose index range is the whole OID. */
export class VarbindReader {
  private readonly reader = new BerReader();

  reset(buffer: Buffer, start: number, end: number): void {
    this.reader.reset(buffer, start, end);
  }

  /**
   * Reads the next varbind; false at the end of the list. Checks the lengths of the value against its type, not yet the
   * OID's arcs.
   */
  next(cell: Cell): boolean {
    const { reader } = this;
    if (reader.at >= reader.limit) return false;
    const listLimit = reader.limit;
    reader.expect(0x30);
    reader.limit = reader.end;
    reader.at = reader.start;
    reader.expect(0x06);
    cell.indexStart = reader.start;
    cell.indexEnd = reader.end;
    reader.next();
    if (reader.at !== reader.limit) throw damaged('a value is followed by something else');
    reader.limit = listLimit;
    cell.buffer = reader.buffer;
    cell.type = reader.tag;
    cell.valueStart = reader.start;
    cell.valueEnd = reader.end;
    checkValue(cell);
    return true;
  }
}

function checkValue(cell: Cell): void {
  const length = cell.valueEnd - cell.valueStart;
  switch (cell.type) {
    case ValueType.octetString:
    case ValueType.opaque:
      return;
    case ValueType.integer:
      if (length < 1 || length > 8) throw damaged(`an integer of ${length} octets`);
      return;
    case ValueType.counter32:
    case ValueType.gauge32:
    case ValueType.timeTicks:
    case ValueType.counter64:
      if (length < 1 || length > 9 || (length === 9 && cell.buffer[cell.valueStart] !== 0)) {
        throw damaged(`a counter of ${length} octets`);
      }
      return;
    case ValueType.oid:
      if (length > 0 && !isOidWellFormed(cell.buffer, cell.valueStart, cell.valueEnd)) {
        throw damaged('a value is not an object identifier');
      }
      return;
    case ValueType.ipAddress:
      if (length !== 4) throw damaged(`an IP address of ${length} octets`);
      return;
    case ValueType.null:
    case ValueType.noSuchObject:
    case ValueType.noSuchInstance:
    case ValueType.endOfMibView:
      if (length !== 0) throw damaged('an empty value that is not empty');
      return;
    default:
      throw damaged(`a value of the unknown type 0x${cell.type.toString(16)}`);
  }
}

/** True for content octets of a whole OID: well formed, at most 128 arcs (the first octet holds two). */
export function isOidWellFormed(buffer: Uint8Array, start: number, end: number): boolean {
  if (end <= start || !isIndexWellFormed(buffer, start, end)) return false;
  if (end - start < MAX_OID_ARCS - 1) return true;
  let arcs = 1;
  for (let at = start; at < end; at++) if ((buffer[at] ?? 0) < 0x80) arcs++;
  return arcs <= MAX_OID_ARCS;
}
