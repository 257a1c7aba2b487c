import { isOidWellFormed } from './ber-reader.ts';
import type { Cell } from './cell.ts';
import { isIndexWellFormed, MAX_OID_ARCS, readOidText } from './oid-codec.ts';

const EMPTY = Buffer.alloc(0);

/** The position that one column of a walk has come to. */
export class ColumnMark {
  readonly oid: Buffer;
  readonly column: number;
  buffer: Buffer = EMPTY;
  indexStart = 0;
  indexEnd = 0;
  rows = 0;
  isEnded = false;
  /** True when the last varbind of the column had an OID that is none, from which the device cannot be asked on. */
  isLost = false;
  /** True when it was left for a reason, and not because the device says that it has no more of it. */
  isBroken = false;
  /** True when the last answer held rows of it, of which none is new. */
  isStalled = false;
  /** True when it is asked from just behind its row: for devices that answer the row itself to a question from it. */
  isNudged = false;
  /** Rows that came again since the last new one. */
  repeats = 0;
  /** OID of the first of those, dotted. */
  repeatedOid = '';
  /** True when it was set aside because of an error. */
  wasAside = false;
  /** Indexes that it was moved past since its last row, because the device gives no value for them. */
  passed: Buffer[] = [];
  private own: Buffer = EMPTY;
  /** Indexes since the first that was not larger than the one before; undefined as long as all have risen. */
  private seen: Set<string> | undefined;

  constructor(oid: Buffer, column: number) {
    this.oid = oid;
    this.column = column;
  }

  /**
   * Moves to the index of a cell; stays and gives false for an index that the column had before, so that the device
   * repeats itself or walks in a circle.
   * Rows may come in any order: an index that rises is new, and from the first fall on all are kept, since a circle
   * passes its fall again.
   *
   * @param order how the cell's index compares with that of the mark
   */
  advance(cell: Cell, order: number): boolean {
    if (order === 0) return false;
    if ((order < 0 || this.seen !== undefined) && !this.isNew(cell)) return false;
    this.buffer = cell.buffer;
    this.indexStart = cell.indexStart;
    this.indexEnd = cell.indexEnd;
    this.rows++;
    this.isLost = false;
    return true;
  }

  /** Moves past a row that did not come. */
  skipTo(index: Buffer): void {
    this.passed.push(index);
    this.buffer = index;
    this.indexStart = 0;
    this.indexEnd = index.length;
    this.isStalled = false;
    this.isNudged = false;
  }

  /** True while no index was smaller than the one before. */
  get isRising(): boolean {
    return this.seen === undefined;
  }

  /** True for an OID of this column. */
  holds({ buffer, indexStart, indexEnd }: Cell): boolean {
    const { oid } = this;
    if (indexEnd - indexStart < oid.length) return false;
    for (let i = oid.length - 1; i >= 0; i--) if (buffer[indexStart + i] !== oid[i]) return false;
    return true;
  }

  /** True for a row, of which the cell holds the index, whose whole OID is well formed. */
  isSound({ buffer, indexStart, indexEnd }: Cell): boolean {
    const start = indexStart - this.oid.length;
    return indexEnd - start >= MAX_OID_ARCS - 1
      ? isOidWellFormed(buffer, start, indexEnd)
      : isIndexWellFormed(buffer, indexStart, indexEnd);
  }

  /** Returns the dotted OID of a row, of which the cell holds the index. */
  oidTextOf({ buffer, indexStart, indexEnd }: Cell): string {
    return readOidText(buffer, indexStart - this.oid.length, indexEnd);
  }

  /** Copies its index out of the datagram, which is given back. */
  settle(): void {
    const length = this.indexEnd - this.indexStart;
    if (this.own.length < length) this.own = Buffer.allocUnsafe(length + 16);
    for (let i = 0; i < length; i++) this.own[i] = this.buffer[this.indexStart + i] ?? 0;
    this.buffer = this.own;
    this.indexStart = 0;
    this.indexEnd = length;
    this.isStalled = false;
    this.isNudged = false;
  }

  private isNew(cell: Cell): boolean {
    this.seen ??= new Set([textOf(this)]);
    const index = textOf(cell);
    if (this.seen.has(index)) return false;
    this.seen.add(index);
    return true;
  }
}

function textOf(range: Pick<Cell, 'buffer' | 'indexStart' | 'indexEnd'>): string {
  return range.buffer.toString('latin1', range.indexStart, range.indexEnd);
}
