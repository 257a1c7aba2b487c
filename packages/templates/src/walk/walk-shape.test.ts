import { readSnmprec } from '@stratora/snmp';
import { describe, expect, test } from 'vitest';
import { shapeOfWalk, type WalkShape } from './walk-shape.ts';

function shapeOf(text: string): WalkShape {
  const { objects, skipped } = readSnmprec(text);
  expect(skipped).toEqual([]);
  return shapeOfWalk(objects);
}

const kindsOf = (shape: WalkShape, entry: string): Record<string, string> =>
  Object.fromEntries(
    shape.tables.find((table) => table.entry === entry)?.columns.map(({ arc, kind }) => [arc, kind]) ?? [],
  );

describe('the shape of a walk', () => {
  test('has tables of standard MIBs by their names, single objects apart', () => {
    const shape = shapeOf(`1.3.6.1.2.1.1.1.0|4|A switch
1.3.6.1.2.1.1.3.0|67|100
1.3.6.1.2.1.2.2.1.1.7|2|7
1.3.6.1.2.1.2.2.1.8.7|2|1
1.3.6.1.2.1.2.2.1.10.7|65|5
1.3.6.1.2.1.31.1.1.1.6.7|70|18446744073709551615`);
    expect(shape.tables.map(({ mib, name, rows }) => [mib, name, rows])).toEqual([
      ['IF-MIB', 'ifTable', 1],
      ['IF-MIB', 'ifXTable', 1],
    ]);
    expect(kindsOf(shape, '1.3.6.1.2.1.2.2.1')).toEqual({ 1: 'index', 8: 'state', 10: 'counter' });
    expect(shape.scalars.map(({ oid, kind }) => [oid, kind])).toEqual([
      ['1.3.6.1.2.1.1.1.0', 'text'],
      ['1.3.6.1.2.1.1.3.0', 'time'],
    ]);
  });

  test("finds a vendor's tables by their shape: an entry, columns of one type, rows that they share", () => {
    const rows = [1, 2, 3].flatMap((row) => [
      `1.3.6.1.4.1.99999.3.1.1.1.${row}|2|${row}`,
      `1.3.6.1.4.1.99999.3.1.1.2.${row}|4|Sensor ${row}`,
      `1.3.6.1.4.1.99999.3.1.1.3.${row}|2|${200 + row * 17}`,
      `1.3.6.1.4.1.99999.3.1.1.4.${row}|2|${row % 2}`,
      `1.3.6.1.4.1.99999.3.1.1.5.${row}|4|${row}.5 C`,
      // A table beside it, with two numbers in its index.
      `1.3.6.1.4.1.99999.3.2.1.7.1.${row}|65|${row}`,
      `1.3.6.1.4.1.99999.3.2.1.8.1.${row}|66|${row * 100}`,
    ]);
    const shape = shapeOf([...rows, '1.3.6.1.4.1.99999.3.3.0|2|5', '1.3.6.1.4.1.99999.3.4.0|4|x'].join('\n'));
    expect(shape.tables.map(({ entry, rows: count }) => [entry, count])).toEqual([
      ['1.3.6.1.4.1.99999.3.1.1', 3],
      ['1.3.6.1.4.1.99999.3.2.1', 3],
    ]);
    expect(kindsOf(shape, '1.3.6.1.4.1.99999.3.1.1')).toEqual({
      1: 'index',
      2: 'text',
      3: 'gauge',
      4: 'state',
      5: 'gauge',
    });
    expect(kindsOf(shape, '1.3.6.1.4.1.99999.3.2.1')).toEqual({ 7: 'counter', 8: 'gauge' });
    expect(shape.scalars.map(({ oid }) => oid)).toEqual([
      '1.3.6.1.4.1.99999.3.3.0',
      '1.3.6.1.4.1.99999.3.4.0',
    ]);
  });

  test('takes objects under a node 1 for single ones, and tables side by side for several', () => {
    const shape = shapeOf(`1.3.6.1.4.1.99999.1.1.1.1.0|4|a
1.3.6.1.4.1.99999.1.1.1.2.0|2|4
1.3.6.1.4.1.99999.2.1.1.1.2.1|2|70
1.3.6.1.4.1.99999.2.1.1.1.3.1|4|fan
1.3.6.1.4.1.99999.2.1.2.1.2.1|2|80
1.3.6.1.4.1.99999.2.1.2.1.3.1|4|supply`);
    expect(shape.scalars.map(({ oid }) => oid)).toEqual([
      '1.3.6.1.4.1.99999.1.1.1.1.0',
      '1.3.6.1.4.1.99999.1.1.1.2.0',
    ]);
    expect(shape.tables.map(({ entry }) => entry)).toEqual([
      '1.3.6.1.4.1.99999.2.1.1.1',
      '1.3.6.1.4.1.99999.2.1.2.1',
    ]);
  });

  test('takes texts of a subtree for single objects, however many ones their OIDs have', () => {
    const shape = shapeOf(`1.3.6.1.4.1.99999.6.1.1.2.2.1.0|4|v4
1.3.6.1.4.1.99999.6.1.1.2.2.3.0|4|SN
1.3.6.1.4.1.99999.6.1.1.5.0|4|X
1.3.6.1.4.1.99999.7.1.1.3.1.2.1|4|R01
1.3.6.1.4.1.99999.7.1.1.3.1.6.1|4|1.2
1.3.6.1.4.1.99999.7.1.1.4.9|4|x`);
    expect(shape.tables.map(({ entry }) => entry)).toEqual(['1.3.6.1.4.1.99999.7.1.1.3.1']);
    expect(shape.scalars).toHaveLength(4);
  });

  test('goes by the names of templates where they know a table', () => {
    const { objects } = readSnmprec('1.3.6.1.4.1.99999.9.4.7.2|2|3\n1.3.6.1.4.1.99999.9.4.8.2|4|x');
    const shape = shapeOfWalk(objects, new Map([['1.3.6.1.4.1.99999.9.4.7', 'acmeLoad']]));
    expect(shape.tables).toHaveLength(1);
    expect(shape.tables[0]?.columns.map(({ name }) => name)).toEqual(['acmeLoad', undefined]);
  });

  test.each([
    ['a text that is a number', '4|23.5 C', 'gauge'],
    ['a text of more', '4|12 days', 'text'],
    ['an empty text', '4|', 'text'],
    ['six octets', '4x|00005e005301', 'address'],
    ['a DateAndTime', '4x|07e70b0e160d1400', 'octets'],
    ['an address', '64|192.0.2.1', 'address'],
    ['an object identifier', '6|1.3.6.1', 'object'],
    ['a lone 0', '2|0', 'gauge'],
    ['a lone small number', '2|3', 'state'],
    ['a negative number', '2|-7', 'gauge'],
    ['a gauge', '66|1', 'gauge'],
  ])('judges %s', (_, value, kind) => {
    expect(shapeOf(`1.3.6.1.4.1.99999.1.2.0|${value}`).scalars.map((one) => one.kind)).toEqual([kind]);
  });
});
