import { Cell, readIndexText, type SnmpTable } from '@stratora/snmp';
import type { TablePlan } from './table-plan.ts';
import { convertCellToText } from './value-conversion.ts';

/** The rows that a walk gave, whichever tables they came from. Columns are numbered as in the options. */
export interface RowSet {
  readonly count: number;
  /** Points `into` at a cell; false when the device has none. */
  read(row: number, column: number, into: Cell): boolean;
  /** The row's index in dotted text, as Telegraf's `index` tag shows it. */
  indexText(row: number): string;
  /**
   * Writes octets that differ from those of any other index; gives the position after them. The caller leaves 640 of
   * room.
   */
  writeIndexKey(row: number, target: Uint8Array, at: number): number;
}

/** Rows of one table. */
export class PlainRows implements RowSet {
  readonly #table: SnmpTable;
  readonly #index = new Cell();

  constructor(table: SnmpTable) {
    this.#table = table;
  }

  get count(): number {
    return this.#table.rowCount;
  }

  read(row: number, column: number, into: Cell): boolean {
    return this.#table.read(row, column, into);
  }

  indexText(row: number): string {
    return indexTextOf(this.#table, row, this.#index);
  }

  writeIndexKey(row: number, target: Uint8Array, at: number): number {
    return copyIndex(this.#table, row, { target, at, cell: this.#index });
  }
}

/** The joined rows of two tables with different indexes, one of which has a column that holds the other's index. */
export class JoinedRows implements RowSet {
  readonly #first: SnmpTable;
  readonly #second: SnmpTable;
  readonly #plan: TablePlan;
  readonly #cell = new Cell();
  /** Pairs of rows, first and second; -1 where there is none. */
  readonly #pairs: number[] = [];

  constructor(first: SnmpTable, second: SnmpTable, plan: TablePlan) {
    this.#first = first;
    this.#second = second;
    this.#plan = plan;
    this.#join();
  }

  get count(): number {
    return this.#pairs.length / 2;
  }

  read(row: number, column: number, into: Cell): boolean {
    const place = this.#plan.places[column];
    if (place === undefined) return false;
    const first = this.#pairs[row * 2] ?? -1;
    const second = this.#pairs[row * 2 + 1] ?? -1;
    if (!place.isSecond) return first >= 0 && this.#first.read(first, place.position, into);
    if (second < 0 || (first < 0 && !place.outerJoin)) return false;
    return this.#second.read(second, place.position, into);
  }

  indexText(row: number): string {
    const first = this.#pairs[row * 2] ?? -1;
    if (first >= 0) return indexTextOf(this.#first, first, this.#cell);
    // Telegraf's word for a row of the second table that nothing points at.
    return `Secondary.${indexTextOf(this.#second, this.#pairs[row * 2 + 1] ?? -1, this.#cell)}`;
  }

  writeIndexKey(row: number, target: Uint8Array, at: number): number {
    const first = this.#pairs[row * 2] ?? -1;
    target[at] = first >= 0 ? 1 : 2;
    const into = { target, at: at + 1, cell: this.#cell };
    return first >= 0
      ? copyIndex(this.#first, first, into)
      : copyIndex(this.#second, this.#pairs[row * 2 + 1] ?? -1, into);
  }

  #join(): void {
    const pairOf = new Map<string, number>();
    const link = this.#plan.linkColumn;
    for (let row = 0; row < this.#first.rowCount; row += 1) {
      const pair = this.#pairs.push(row, -1) / 2 - 1;
      if (link === undefined || !this.#first.read(row, link.position, this.#cell)) continue;
      const target = convertCellToText(this.#cell, link.conversion);
      if (target !== undefined) pairOf.set(target, pair);
    }
    for (let row = 0; row < this.#second.rowCount; row += 1) {
      const pair = pairOf.get(indexTextOf(this.#second, row, this.#cell));
      if (pair !== undefined) this.#pairs[pair * 2 + 1] = row;
      else if (this.#plan.hasOuterJoin) this.#pairs.push(-1, row);
    }
  }
}

function indexTextOf(table: SnmpTable, row: number, cell: Cell): string {
  table.readIndex(row, cell);
  return cell.indexStart === cell.indexEnd ? '' : readIndexText(cell.buffer, cell.indexStart, cell.indexEnd);
}

function copyIndex(
  table: SnmpTable,
  row: number,
  into: { readonly target: Uint8Array; readonly at: number; readonly cell: Cell },
): number {
  const { target, at, cell } = into;
  table.readIndex(row, cell);
  for (let from = cell.indexStart, to = at; from < cell.indexEnd; from += 1, to += 1) {
    target[to] = cell.buffer[from] ?? 0;
  }
  return at + cell.indexEnd - cell.indexStart;
}
