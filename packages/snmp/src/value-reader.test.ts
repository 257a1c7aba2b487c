import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BerWriter } from './ber-writer.ts';
import { Cell, ValueType } from './cell.ts';
import { readOpaqueFloat, readValue, writeDecimal, writeInteger } from './value-reader.ts';

function cellOf(type: number, octets: Uint8Array): Cell {
  const cell = new Cell();
  cell.type = type;
  cell.buffer = Buffer.from(octets);
  cell.valueEnd = octets.length;
  return cell;
}

describe('decimal text', () => {
  const target = Buffer.alloc(64);

  test('of any safe integer is that of JavaScript', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -200, max: 200_000 })),
        (value) => {
          expect(target.toString('latin1', 3, writeDecimal(target, 3, value))).toBe(String(value));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    0,
    9,
    10,
    99,
    100,
    99_999,
    100_000,
    999_999,
    1_000_000,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32,
    2 ** 53 - 1,
  ])('of %d is right at the bounds', (value) => {
    expect(target.toString('latin1', 0, writeDecimal(target, 0, value))).toBe(String(value));
  });

  test('of a Counter64 is exact for all 64 bits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        const writer = new BerWriter();
        writer.unsigned(value, ValueType.counter64);
        const cell = cellOf(ValueType.counter64, writer.view().subarray(2));
        expect(target.toString('latin1', 0, writeInteger(target, 0, cell))).toBe(String(value));
      }),
    );
  });
});

describe('values', () => {
  test('Opaque floats of net-snmp are read, other Opaque stays octets', () => {
    const float = Buffer.from('9f7804420a0000', 'hex');
    expect(readOpaqueFloat(cellOf(ValueType.opaque, float))).toBe(34.5);
    expect(readOpaqueFloat(cellOf(ValueType.opaque, Buffer.from('9f79083ff8000000000000', 'hex')))).toBe(1.5);
    expect(readValue(cellOf(ValueType.opaque, Buffer.from('9f7804420a', 'hex')))).toEqual(
      Buffer.from('9f7804420a', 'hex'),
    );
  });

  test('addresses, object identifiers and exceptions have their plain forms', () => {
    expect(readValue(cellOf(ValueType.ipAddress, Buffer.from([192, 0, 2, 1])))).toBe('192.0.2.1');
    expect(readValue(cellOf(ValueType.oid, Buffer.from('2b0601', 'hex')))).toBe('1.3.6.1');
    expect(readValue(cellOf(ValueType.noSuchInstance, Buffer.alloc(0)))).toBeNull();
  });
});
