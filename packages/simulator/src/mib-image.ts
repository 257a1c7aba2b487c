import { BerWriter, Cell, compareIndex, encodeOid, ValueType } from '@stratora/snmp';
import { type MibObject, writeValue } from './mib-object.ts';

/** Largest number of cached lists of varbinds: a plant of equal devices gets the same requests again and again. */
const MAX_CACHED_LISTS = 4_096;

/**
 * The objects of a device, or of thousands of equal ones, in OID order with their varbinds encoded. Moving values are
 * encoded anew when the second changes, and only when asked for.
 */
export class MibImage {
  readonly length: number;
  private readonly oids: Buffer[];
  private readonly objects: readonly MibObject[];
  private readonly moving: number[] = [];
  private readonly encoded: Buffer[];
  private readonly byOid = new Map<string, number>();
  private readonly lists = new Map<string, Buffer>();
  private readonly writer = new BerWriter(512);
  private encodedAt = -1;

  /** @throws RangeError for a bad or doubled OID and for a value that does not fit its type */
  constructor(objects: readonly MibObject[]) {
    const entries = objects.map((object) => ({ object, oid: encodeOid(object.oid) }));
    entries.sort((a, b) => compareOids(a.oid, b.oid));
    this.length = entries.length;
    this.oids = entries.map((entry) => entry.oid);
    this.objects = entries.map((entry) => entry.object);
    this.encoded = this.objects.map((object, at) => {
      if (typeof object.value !== 'function') return this.encode(at, object.value);
      this.moving.push(at);
      return EMPTY;
    });
    for (const [at, oid] of this.oids.entries()) {
      const key = oid.toString('latin1');
      if (this.byOid.has(key)) throw new RangeError(`the OID comes twice: ${this.objects[at]?.oid}`);
      this.byOid.set(key, at);
    }
  }

  /** Moves the time of moving values to this second. */
  moveTo(unixSeconds: number): void {
    if (unixSeconds === this.encodedAt) return;
    this.encodedAt = unixSeconds;
    this.lists.clear();
    for (const at of this.moving) {
      const value = this.objects[at]?.value;
      if (typeof value === 'function') this.encoded[at] = this.encode(at, value(unixSeconds));
    }
  }

  /** Finds the position of exactly this OID; -1 when there is none. */
  find(buffer: Buffer, start: number, end: number): number {
    return this.byOid.get(buffer.toString('latin1', start, end)) ?? -1;
  }

  /** Finds the position of the first object after this OID; `length` at the end. */
  after(buffer: Buffer, start: number, end: number): number {
    const exact = this.find(buffer, start, end);
    if (exact >= 0) return exact + 1;
    const requested = buffer.subarray(start, end);
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareOids(this.oids[middle] ?? EMPTY, requested) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Returns the varbind at a position: OID and value. */
  varbind(at: number): Buffer {
    return this.encoded[at] ?? EMPTY;
  }

  oidAt(at: number): Buffer {
    return this.oids[at] ?? EMPTY;
  }

  typeAt(at: number): number {
    return this.objects[at]?.type ?? ValueType.null;
  }

  /** Tells whether another instance of the object exists: noSuchInstance then, else noSuchObject. */
  hasSibling(buffer: Buffer, start: number, end: number): boolean {
    const parent = buffer.subarray(start, parentEnd(buffer, start, end));
    const next = this.oids[this.after(parent, 0, parent.length)];
    return (
      next !== undefined && next.length > parent.length && next.subarray(0, parent.length).equals(parent)
    );
  }

  /** Returns a list of varbinds that was cached since the values moved last; undefined when there is none. */
  cachedList(key: string): Buffer | undefined {
    return this.lists.get(key);
  }

  cacheList(key: string, list: Buffer): void {
    if (this.lists.size < MAX_CACHED_LISTS) this.lists.set(key, list);
  }

  private encode(at: number, value: Exclude<MibObject['value'], (time: number) => unknown>): Buffer {
    const { type = 0, sent } = this.objects[at] ?? {};
    if (sent !== undefined) return wrapVarbind(this.writer, this.oids[at] ?? EMPTY, sent);
    return encodeVarbind(this.writer, this.oids[at] ?? EMPTY, type, value);
  }
}

const EMPTY = Buffer.alloc(0);

/** Encodes a varbind: `SEQUENCE { OID, value }`. */
export function encodeVarbind(
  writer: BerWriter,
  oid: Buffer,
  type: number,
  value: Exclude<MibObject['value'], (time: number) => unknown>,
): Buffer {
  writer.reset();
  writeValue(writer, type, value);
  writer.octets(ValueType.oid, oid);
  writer.wrap(0x30, 0);
  return Buffer.from(writer.view());
}

/** `SEQUENCE { OID, value }` around a value that is encoded already. */
function wrapVarbind(writer: BerWriter, oid: Buffer, value: Buffer): Buffer {
  writer.reset();
  writer.bytes(value);
  writer.octets(ValueType.oid, oid);
  writer.wrap(0x30, 0);
  return Buffer.from(writer.view());
}

function parentEnd(buffer: Buffer, start: number, end: number): number {
  let at = end - 1;
  while (at > start && (buffer[at - 1] ?? 0) >= 0x80) at--;
  return Math.max(at, start);
}

const left = new Cell();
const right = new Cell();

/** Compares whole OIDs by arc. */
function compareOids(a: Buffer, b: Buffer): number {
  left.buffer = a;
  left.indexEnd = a.length;
  right.buffer = b;
  right.indexEnd = b.length;
  return compareIndex(left, right);
}
