import { Cell } from './cell.ts';
import { compareIndex } from './oid-codec.ts';

const CELL_WORDS = 3;
const FIRST_BYTES = 4_096;
/** Size up to which a loop costs less than a call of `set`. */
const SHORT_BYTES = 32;

/** Largest arena that is kept for the next walk; a larger one is given back. */
const MAX_KEPT_BYTES = 256 * 1024;
const MAX_KEPT_WORDS = 64 * 1024;

/**
 * Rows of a walk, joined by index, without an object per cell: values and indexes lie in one arena of octets. Rows are
 * in the order in which their index first came: rising, as far as the first column has them all.
 *
 * `walkTable` fills it. A caller that shortens or filters indexes (Telegraf's oid_index_length and oid_index_suffix)
 * walks with a handler of its own that changes `cell.indexStart` or `cell.indexEnd` and calls `add`.
 */
export class SnmpTable {
  rowCount = 0;
  columnCount = 0;
  private bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private used = 0;
  /** Type (-1 = missing), value start and value end, per row and column. */
  private cells = new Int32Array(0);
  /** Index start and index end, per row. */
  private keys = new Int32Array(0);
  /** The row that a column's next cell most likely belongs to, per column. */
  private expected = new Int32Array(0);
  /** Rows by the octets of their index; made only when a column is not in step. */
  private byIndex: Map<string, number> | undefined;
  private isRising = true;
  private readonly last = new Cell();
  private capacity = 0;

  /** Empties the table for a walk of `columnCount` columns; memory is kept for the next walk. */
  reset(columnCount: number): void {
    this.rowCount = 0;
    this.used = 0;
    this.byIndex = undefined;
    this.isRising = true;
    this.columnCount = columnCount;
    if (this.bytes.length > MAX_KEPT_BYTES) this.bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
    if (this.cells.length > MAX_KEPT_WORDS) this.cells = new Int32Array(0);
    if (this.keys.length > MAX_KEPT_WORDS) this.keys = new Int32Array(0);
    if (this.expected.length < columnCount) this.expected = new Int32Array(columnCount);
    else this.expected.fill(0);
    const width = Math.max(1, columnCount * CELL_WORDS);
    this.capacity = Math.min(Math.floor(this.cells.length / width), this.keys.length >> 1);
  }

  /** Copies a cell into the row of its index. A second cell for the same row and column replaces the first. */
  add(cell: Cell): void {
    const { column, buffer, valueStart, valueEnd } = cell;
    let row = this.expected[column] ?? 0;
    if (row >= this.rowCount || !this.isRowOf(row, cell)) row = this.findOrAppend(cell);
    this.expected[column] = row + 1;
    const start = this.copy(buffer, valueStart, valueEnd);
    const at = (row * this.columnCount + column) * CELL_WORDS;
    this.cells[at] = cell.type;
    this.cells[at + 1] = start;
    this.cells[at + 2] = this.used;
  }

  /**
   * Points the value of `into` at a cell of this table, valid until the table is filled again. False (and `into`
   * unchanged) when the device has no such cell.
   */
  read(row: number, column: number, into: Cell): boolean {
    if (row >= this.rowCount || column >= this.columnCount) return false;
    const at = (row * this.columnCount + column) * CELL_WORDS;
    const type = this.cells[at] ?? -1;
    if (type < 0) return false;
    into.column = column;
    into.buffer = this.bytes;
    into.type = type;
    into.valueStart = this.cells[at + 1] ?? 0;
    into.valueEnd = this.cells[at + 2] ?? 0;
    return true;
  }

  /** Points the index range of `into`, and its buffer, at the row's index. */
  readIndex(row: number, into: Cell): void {
    into.buffer = this.bytes;
    into.indexStart = this.keys[row * 2] ?? 0;
    into.indexEnd = this.keys[row * 2 + 1] ?? 0;
  }

  private isRowOf(row: number, cell: Cell): boolean {
    const { buffer, indexStart } = cell;
    const start = this.keys[row * 2] ?? 0;
    const length = (this.keys[row * 2 + 1] ?? 0) - start;
    if (cell.indexEnd - indexStart !== length) return false;
    const { bytes } = this;
    for (let i = 0; i < length; i++) {
      if (bytes[start + i] !== buffer[indexStart + i]) return false;
    }
    return true;
  }

  private findOrAppend(cell: Cell): number {
    if (this.isRising) {
      this.readIndex(this.rowCount - 1, this.last);
      if (this.rowCount === 0 || compareIndex(cell, this.last) > 0) return this.append(cell);
    }
    const known = this.indexOfRows().get(cell.buffer.toString('latin1', cell.indexStart, cell.indexEnd));
    if (known !== undefined) return known;
    this.isRising = false;
    return this.append(cell);
  }

  private indexOfRows(): Map<string, number> {
    if (this.byIndex !== undefined) return this.byIndex;
    const index = new Map<string, number>();
    for (let row = 0; row < this.rowCount; row++) {
      index.set(this.bytes.toString('latin1', this.keys[row * 2], this.keys[row * 2 + 1]), row);
    }
    this.byIndex = index;
    return index;
  }

  private append(cell: Cell): number {
    const row = this.rowCount++;
    if (row >= this.capacity) this.grow();
    this.keys[row * 2] = this.copy(cell.buffer, cell.indexStart, cell.indexEnd);
    this.keys[row * 2 + 1] = this.used;
    const width = this.columnCount * CELL_WORDS;
    this.cells.fill(-1, row * width, (row + 1) * width);
    this.byIndex?.set(cell.buffer.toString('latin1', cell.indexStart, cell.indexEnd), row);
    return row;
  }

  /** Copies octets into the arena and returns where they begin there. */
  private copy(source: Buffer, start: number, end: number): number {
    const at = this.used;
    const length = end - start;
    if (at + length > this.bytes.length) this.growBytes(length);
    const { bytes } = this;
    if (length > SHORT_BYTES) bytes.set(source.subarray(start, end), at);
    else for (let i = 0; i < length; i++) bytes[at + i] = source[start + i] ?? 0;
    this.used = at + length;
    return at;
  }

  private growBytes(more: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.used + more));
    larger.set(this.bytes.subarray(0, this.used));
    this.bytes = larger;
  }

  private grow(): void {
    this.capacity = Math.max(32, this.capacity * 2);
    const cells = new Int32Array(Math.max(this.cells.length, this.capacity * this.columnCount * CELL_WORDS));
    cells.set(this.cells);
    this.cells = cells;
    const keys = new Int32Array(Math.max(this.keys.length, this.capacity * 2));
    keys.set(this.keys);
    this.keys = keys;
  }
}
