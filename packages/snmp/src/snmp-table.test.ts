import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cell, ValueType } from './cell.ts';
import { encodeIndexArcs, readIndexText } from './oid-codec.ts';
import { SnmpTable } from './snmp-table.ts';

function cellOf(column: number, index: readonly number[], value: number): Cell {
  const cell = new Cell();
  const key = encodeIndexArcs(index);
  cell.column = column;
  cell.buffer = Buffer.concat([key, Buffer.from([value])]);
  cell.indexEnd = key.length;
  cell.type = ValueType.integer;
  cell.valueStart = key.length;
  cell.valueEnd = key.length + 1;
  return cell;
}

function contents(table: SnmpTable): Record<string, (number | undefined)[]> {
  const cell = new Cell();
  const rows: Record<string, (number | undefined)[]> = {};
  for (let row = 0; row < table.rowCount; row++) {
    table.readIndex(row, cell);
    const key = readIndexText(cell.buffer, cell.indexStart, cell.indexEnd);
    rows[key] = Array.from({ length: table.columnCount }, (_, column) =>
      table.read(row, column, cell) ? cell.buffer[cell.valueStart] : undefined,
    );
  }
  return rows;
}

describe('a table', () => {
  test('joins columns by index and leaves holes where a device has no cell', () => {
    const table = new SnmpTable();
    table.reset(2);
    for (const [column, index, value] of [
      [0, 1, 10],
      [1, 2, 21],
      [0, 2, 11],
      [1, 3, 22],
      [0, 300, 12],
    ] as const) {
      table.add(cellOf(column, [index], value));
    }
    expect(contents(table)).toEqual({
      1: [10, undefined],
      2: [11, 21],
      3: [undefined, 22],
      300: [12, undefined],
    });
  });

  test('holds nothing of the last walk after a reset, whatever its width', () => {
    const table = new SnmpTable();
    for (const width of [3, 3, 1, 5]) {
      table.reset(width);
      expect(table.rowCount).toBe(0);
      table.add(cellOf(width - 1, [7], width));
      expect(contents(table)).toEqual({ 7: [...Array.from({ length: width - 1 }, () => undefined), width] });
    }
  });

  test('is the same as a map of maps for any order of cells', () => {
    const entry = fc.tuple(
      fc.nat(3),
      fc.array(fc.oneof(fc.nat(3), fc.integer({ min: 0, max: 20_000 })), { minLength: 1, maxLength: 3 }),
      fc.nat(255),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 120 }), (entries) => {
        const table = new SnmpTable();
        table.reset(4);
        const model: Record<string, (number | undefined)[]> = {};
        for (const [column, index, value] of entries) {
          table.add(cellOf(column, index, value));
          const row = (model[index.join('.')] ??= [undefined, undefined, undefined, undefined]);
          row[column] = value;
        }
        expect(contents(table)).toEqual(model);
      }),
    );
  });
});
