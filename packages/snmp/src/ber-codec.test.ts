import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BerReader, isOidWellFormed } from './ber-reader.ts';
import { BerWriter } from './ber-writer.ts';
import { Cell, ValueType } from './cell.ts';
import { compareIndex, encodeIndexArcs, encodeOid, readIndexArcs, readOidText } from './oid-codec.ts';
import { SnmpError } from './snmp-error.ts';
import { MessageView, readMessage, readScopedPdu } from './snmp-message.ts';
import { readInteger } from './value-reader.ts';
import { VarbindReader } from './varbind-reader.ts';

function written(write: (writer: BerWriter) => void): string {
  const writer = new BerWriter(4);
  write(writer);
  return writer.view().toString('hex');
}

describe('integers', () => {
  test.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [255, '020200ff'],
    [256, '02020100'],
    [-1, '0201ff'],
    [-128, '020180'],
    [-129, '0202ff7f'],
    [2_147_483_647, '02047fffffff'],
    [-2_147_483_648, '020480000000'],
  ])('%d is written in the fewest octets', (value, hex) => {
    expect(written((writer) => writer.integer(value))).toBe(hex);
  });

  test('the largest Counter64 takes nine octets', () => {
    const hex = written((writer) => writer.unsigned(2n ** 64n - 1n, ValueType.counter64));
    expect(hex).toBe('460900ffffffffffffffff');
  });

  test('what is written is read back, signed and unsigned', () => {
    const cell = new Cell();
    const read = (hex: string): number | bigint => {
      cell.buffer = Buffer.from(hex, 'hex');
      cell.type = cell.buffer[0] ?? 0;
      cell.valueStart = 2;
      cell.valueEnd = cell.buffer.length;
      return readInteger(cell);
    };
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(read(written((writer) => writer.integer(value)))).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        expect(BigInt(read(written((writer) => writer.unsigned(value, ValueType.counter64))))).toBe(value);
      }),
    );
  });
});

describe('lengths', () => {
  test.each([0, 1, 127, 128, 255, 256, 65_535, 70_000])('%d octets are read back whole', (size) => {
    const writer = new BerWriter(16);
    writer.octets(0x04, Buffer.alloc(size, 0x41));
    const reader = new BerReader();
    reader.reset(writer.view(), 0, writer.size);
    reader.enterLast(0x04);
    expect(reader.end - reader.start).toBe(size);
  });

  test.each([
    ['an indefinite length', '3080'],
    ['a length of nine octets', '3089000000000000000001ff'],
    ['a length beyond the data', '3084ffffffff'],
    ['a length that is cut', '3082ff'],
    ['nothing', ''],
  ])('%s is an error', (_, hex) => {
    const reader = new BerReader();
    const buffer = Buffer.from(hex, 'hex');
    reader.reset(buffer, 0, buffer.length);
    expect(() => reader.next()).toThrow(SnmpError);
  });
});

const arc = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 0xffffffff }));
const arcs = fc.array(arc, { minLength: 1, maxLength: 20 });

describe('object identifiers', () => {
  test.each([
    ['1.3.6.1.4.1.311.21.20', '2b0601040182371514'],
    ['2.999', '8837'],
    ['0.0', '00'],
    ['1.3.6.1.4.1.4294967295', '2b060104018fffffff7f'],
  ])('%s has its octets and its text', (text, hex) => {
    expect(encodeOid(text).toString('hex')).toBe(hex);
    const octets = Buffer.from(hex, 'hex');
    expect(readOidText(octets, 0, octets.length)).toBe(text);
  });

  test.each(['', '1', '1.', '1..3', '3.1', '1.40', '1.3.4294967296', '1.3.x', '1.3 ', '-1.3'])(
    '"%s" is none',
    (text) => {
      expect(() => encodeOid(text)).toThrow(RangeError);
    },
  );

  test('129 arcs are too many, 128 are not', () => {
    const of = (count: number): string =>
      ['1', '3', ...Array.from({ length: count - 2 }, () => '1')].join('.');
    expect(isOidWellFormed(encodeOid(of(128)), 0, 127)).toBe(true);
    expect(() => encodeOid(of(129))).toThrow(RangeError);
    const longer = Buffer.concat([encodeOid(of(128)), Buffer.from([1])]);
    expect(isOidWellFormed(longer, 0, longer.length)).toBe(false);
  });

  test.each(['80', '8001', '8180', '9fffffff7f', '818080808000'])(
    'sub-identifiers %s are not well formed',
    (hex) => {
      const octets = Buffer.from(hex, 'hex');
      expect(isOidWellFormed(octets, 0, octets.length)).toBe(false);
    },
  );

  test('indexes come back from their octets and sort by arc', () => {
    const range = (list: readonly number[]): Cell => {
      const cell = new Cell();
      cell.buffer = encodeIndexArcs(list);
      cell.indexEnd = cell.buffer.length;
      return cell;
    };
    const byArc = (a: readonly number[], b: readonly number[]): number => {
      for (let at = 0; at < Math.min(a.length, b.length); at++) {
        const difference = (a[at] ?? 0) - (b[at] ?? 0);
        if (difference !== 0) return Math.sign(difference);
      }
      return Math.sign(a.length - b.length);
    };
    fc.assert(
      fc.property(arcs, arcs, (a, b) => {
        const cell = range(a);
        expect(readIndexArcs(cell.buffer, 0, cell.indexEnd)).toEqual(a);
        expect(Math.sign(compareIndex(cell, range(b)))).toBe(byArc(a, b));
        expect(compareIndex(cell, range(a))).toBe(0);
      }),
    );
  });
});

/** A v2c response to request 0x01020304 with sysUpTime.0 = 4711. */
const RESPONSE =
  '302f02010104067075626c6963a22202040102030402010002010030143012060a2b0601020101030086b543021267';
const GOLDEN =
  '302c02010104067075626c6963a21f02040102030402010002010030113 00f06082b060102010103004303001267'.replace(
    ' ',
    '',
  );

describe('messages', () => {
  test('a response is read into ranges', () => {
    const view = new MessageView();
    const buffer = Buffer.from(GOLDEN, 'hex');
    readMessage(buffer, view);
    expect(view.version).toBe(1);
    expect(buffer.toString('latin1', view.community.start, view.community.end)).toBe('public');
    expect(view.id).toBe(0x01020304);
    const varbinds = new VarbindReader();
    const cell = new Cell();
    varbinds.reset(view.pdu.buffer, view.pdu.listStart, view.pdu.listEnd);
    expect(varbinds.next(cell)).toBe(true);
    expect(readOidText(buffer, cell.indexStart, cell.indexEnd)).toBe('1.3.6.1.2.1.1.3.0');
    expect(readInteger(cell)).toBe(4711);
    expect(varbinds.next(cell)).toBe(false);
  });

  function readAll(buffer: Buffer): void {
    const view = new MessageView();
    readMessage(buffer, view);
    if (view.version === 3) readScopedPdu(buffer, view.scoped, view.pdu);
    const varbinds = new VarbindReader();
    const cell = new Cell();
    varbinds.reset(view.pdu.buffer, view.pdu.listStart, view.pdu.listEnd);
    while (varbinds.next(cell));
  }

  function failsOnlyByItsOwnError(buffer: Buffer): void {
    try {
      readAll(buffer);
    } catch (error) {
      expect(error).toBeInstanceOf(SnmpError);
    }
  }

  test('octets after the message are passed over', () => {
    expect(() => readAll(Buffer.from(`${GOLDEN}0500ffff`, 'hex'))).not.toThrow();
  });

  test.each([
    ['five octets', '02050001020304', 0x01020304],
    ['eight octets', '02080000000001020304', 0x01020304],
    ['ones before a number below zero', '0206fffffffffffe', -2],
  ])('an id that is filled up to %s is the same id', (_, hex, id) => {
    const [head = '', tail = ''] = GOLDEN.split('020401020304');
    const grown = hex.length / 2 - 6;
    const lengths = head
      .replace('302c', `30${(0x2c + grown).toString(16)}`)
      .replace('a21f', `a2${(0x1f + grown).toString(16)}`);
    const view = new MessageView();
    readMessage(Buffer.from(`${lengths}${hex}${tail}`, 'hex'), view);
    expect(view.id).toBe(id);
  });

  test.each(['02050101020304', '0205ff01020304', '0200'])(
    'an id that is none of 32 bits is an error: %s',
    (hex) => {
      const reader = new BerReader();
      const buffer = Buffer.from(hex, 'hex');
      reader.reset(buffer, 0, buffer.length);
      expect(() => reader.integer()).toThrow(SnmpError);
    },
  );

  test('no octets at all make it fail by anything but its own error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => failsOnlyByItsOwnError(Buffer.from(octets))),
      {
        numRuns: 5_000,
      },
    );
  });

  test('a message with changed octets fails by its own error or not at all', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.constantFrom(RESPONSE, GOLDEN), changes, fc.nat(60), (hex, list, cut) => {
        const buffer = Buffer.from(hex, 'hex');
        for (const [at, value] of list) buffer[at % buffer.length] = value;
        failsOnlyByItsOwnError(buffer);
        failsOnlyByItsOwnError(buffer.subarray(0, cut));
      }),
      { numRuns: 5_000 },
    );
  });
});
