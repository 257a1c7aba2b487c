import type { Cell } from './cell.ts';
import { compareIndex } from './oid-codec.ts';

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
  private own: Buffer = EMPTY;
  /** Indexes since the first that was not larger than the one before; undefined as long as all have risen. */
  private seen: Set<string> | undefined;

  constructor(oid: Buffer, column: number) {
    this.oid = oid;
    this.column = column;
  }

  /**
   * Moves to the index of a cell; false for an index that the column had before, so that the device walks in a circle.
   * Rows may come in any order: an index that rises is new, and from the first fall on all are kept, since a circle
   * passes its fall again.
   */
  advance(cell: Cell): boolean {
    const order = compareIndex(cell, this);
    if (order === 0) return false;
    if ((order < 0 || this.seen !== undefined) && !this.isNew(cell)) return false;
    this.buffer = cell.buffer;
    this.indexStart = cell.indexStart;
    this.indexEnd = cell.indexEnd;
    this.rows++;
    this.isLost = false;
    return true;
  }

  /** Copies its index out of the datagram, which is given back. */
  settle(): void {
    const length = this.indexEnd - this.indexStart;
    if (this.own.length < length) this.own = Buffer.allocUnsafe(length + 16);
    for (let i = 0; i < length; i++) this.own[i] = this.buffer[this.indexStart + i] ?? 0;
    this.buffer = this.own;
    this.indexStart = 0;
    this.indexEnd = length;
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
