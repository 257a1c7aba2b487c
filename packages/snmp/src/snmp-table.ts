import { Cell } from './cell.ts';
import { compareIndex } from './oid-codec.ts';

const CELL_WORDS = 3;

/**
 * Rows of a walk, joined by index, without an object per cell: positions into the datagrams, which are kept until the
 * next `reset`. Rows are in the order in which their index first came: rising, as far as the first column has them all.
 *
 * `walkTable` fills it. A caller that shortens or filters indexes (Telegraf's oid_index_length and oid_index_suffix)
 * walks with a handler of its own that changes `cell.indexStart` or `cell.indexEnd` and calls `add`.
 */
export class SnmpTable {
  rowCount = 0;
  columnCount = 0;
  private buffers: Buffer[] = [];
  /** Per row and column: datagram number * 256 + type (-1 = missing), value start, value end. */
  private cells = new Int32Array(0);
  /** Per row: datagram number, index start, index end. */
  private keys = new Int32Array(0);
  /** Per column: the row its next cell most likely belongs to. */
  private expected = new Int32Array(0);
  /** Rows by the octets of their index; made only when a column is not in step. */
  private byIndex: Map<string, number> | undefined;
  private isRising = true;
  private readonly last = new Cell();
  private capacity = 0;

  /** Empties the table for a walk of `columnCount` columns; memory is kept for the next walk. */
  reset(columnCount: number): void {
    this.rowCount = 0;
    this.buffers = [];
    this.byIndex = undefined;
    this.isRising = true;
    if (columnCount !== this.columnCount) {
      this.columnCount = columnCount;
      this.expected = new Int32Array(columnCount);
      this.capacity = 0;
    } else {
      this.expected.fill(0);
    }
  }

  /** Adds a cell to the row of its index. A second cell for the same row and column replaces the first. */
  add(cell: Cell): void {
    const { column } = cell;
    let buffer = this.buffers.length - 1;
    if (buffer < 0 || this.buffers[buffer] !== cell.buffer) buffer = this.buffers.push(cell.buffer) - 1;
    let row = this.expected[column] ?? 0;
    if (row >= this.rowCount || !this.isRowOf(row, cell)) row = this.findOrAppend(cell, buffer);
    this.expected[column] = row + 1;
    const at = (row * this.columnCount + column) * CELL_WORDS;
    this.cells[at] = buffer * 256 + cell.type;
    this.cells[at + 1] = cell.valueStart;
    this.cells[at + 2] = cell.valueEnd;
  }

  /** Points `into` at the value and the row's index. False (and `into` unchanged) when the device has no such cell. */
  read(row: number, column: number, into: Cell): boolean {
    const at = (row * this.columnCount + column) * CELL_WORDS;
    const word = this.cells[at] ?? -1;
    if (word < 0 || row >= this.rowCount) return false;
    const buffer = this.buffers[word >> 8];
    if (buffer === undefined) return false;
    into.column = column;
    into.buffer = buffer;
    into.type = word & 0xff;
    into.valueStart = this.cells[at + 1] ?? 0;
    into.valueEnd = this.cells[at + 2] ?? 0;
    return true;
  }

  /** Points the index range of `into`, and its buffer, at the row's index. */
  readIndex(row: number, into: Cell): void {
    const at = row * 3;
    into.buffer = this.buffers[this.keys[at] ?? 0] ?? into.buffer;
    into.indexStart = this.keys[at + 1] ?? 0;
    into.indexEnd = this.keys[at + 2] ?? 0;
  }

  private isRowOf(row: number, cell: Cell): boolean {
    const at = row * 3;
    const start = this.keys[at + 1] ?? 0;
    const length = (this.keys[at + 2] ?? 0) - start;
    if (cell.indexEnd - cell.indexStart !== length) return false;
    const known = this.buffers[this.keys[at] ?? 0];
    const { buffer, indexStart } = cell;
    if (known === undefined) return false;
    for (let i = 0; i < length; i++) {
      if (known[start + i] !== buffer[indexStart + i]) return false;
    }
    return true;
  }

  private findOrAppend(cell: Cell, buffer: number): number {
    if (this.isRising) {
      this.readIndex(this.rowCount - 1, this.last);
      if (this.rowCount === 0 || compareIndex(cell, this.last) > 0) return this.append(cell, buffer);
    }
    const index = this.indexOfRows();
    const key = cell.buffer.toString('latin1', cell.indexStart, cell.indexEnd);
    const known = index.get(key);
    if (known !== undefined) return known;
    this.isRising = false;
    return this.append(cell, buffer);
  }

  private indexOfRows(): Map<string, number> {
    if (this.byIndex !== undefined) return this.byIndex;
    const index = new Map<string, number>();
    for (let row = 0; row < this.rowCount; row++) {
      this.readIndex(row, this.last);
      index.set(this.last.buffer.toString('latin1', this.last.indexStart, this.last.indexEnd), row);
    }
    this.byIndex = index;
    return index;
  }

  private append(cell: Cell, buffer: number): number {
    const row = this.rowCount++;
    if (row >= this.capacity) this.grow();
    this.keys[row * 3] = buffer;
    this.keys[row * 3 + 1] = cell.indexStart;
    this.keys[row * 3 + 2] = cell.indexEnd;
    const width = this.columnCount * CELL_WORDS;
    this.cells.fill(-1, row * width, (row + 1) * width);
    this.byIndex?.set(cell.buffer.toString('latin1', cell.indexStart, cell.indexEnd), row);
    return row;
  }

  private grow(): void {
    this.capacity = Math.max(32, this.capacity * 2);
    const cells = new Int32Array(this.capacity * this.columnCount * CELL_WORDS);
    cells.set(this.cells.subarray(0, cells.length));
    this.cells = cells;
    const keys = new Int32Array(this.capacity * 3);
    keys.set(this.keys.subarray(0, keys.length));
    this.keys = keys;
  }
}
