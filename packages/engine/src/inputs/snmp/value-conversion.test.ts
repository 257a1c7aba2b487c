import { Cell, ValueType } from '@stratora/snmp';
import { describe, expect, test } from 'vitest';
import { appendValue } from './field-writer.ts';
import { LineBuffer } from './line-buffer.ts';
import { convertCellToText, parseConversion } from './value-conversion.ts';

function cell(type: number, octets: Iterable<number> | string): Cell {
  const made = new Cell();
  // Something before and behind, as in a datagram.
  const value = typeof octets === 'string' ? Buffer.from(octets) : Buffer.from([...octets]);
  made.buffer = Buffer.concat([Buffer.from([0xff, 0x30]), value, Buffer.from([0x41, 0xff])]);
  made.type = type;
  made.valueStart = 2;
  made.valueEnd = 2 + value.length;
  return made;
}

function field(given: Cell, text = ''): string | undefined {
  const conversion = parseConversion(text);
  if (typeof conversion === 'string') throw new Error(conversion);
  const out = new LineBuffer();
  return appendValue(out, given, conversion) ? out.bytes.toString('utf8', 0, out.length) : undefined;
}

const { integer, octetString, oid, ipAddress, counter32, counter64, timeTicks, opaque } = ValueType;
const MAX_64 = [0, ...Array.from({ length: 8 }, () => 0xff)];

describe('without a conversion', () => {
  test('all integers are int64, and what is beyond is the largest', () => {
    expect(field(cell(integer, [0xff]))).toBe('-1i');
    expect(field(cell(counter32, [0, 0xff, 0xff, 0xff, 0xff]))).toBe('4294967295i');
    expect(field(cell(timeTicks, [1, 0]))).toBe('256i');
    expect(field(cell(counter64, [0x7f, ...MAX_64.slice(2)]))).toBe('9223372036854775807i');
    expect(field(cell(counter64, MAX_64))).toBe('9223372036854775807i');
  });

  test('octets that are UTF-8 are text, others are hex, nothing is left out', () => {
    expect(field(cell(octetString, 'größe "x"'))).toBe(String.raw`"größe \"x\""`);
    expect(field(cell(octetString, [0x00, 0x1b, 0xff, 0x80]))).toBe('"001bff80"');
    expect(field(cell(octetString, ''))).toBeUndefined();
    expect(field(cell(ValueType.null, ''))).toBeUndefined();
  });

  test('text of a device is stripped of controls and cut to 1 KiB', () => {
    expect(field(cell(octetString, 'a\u0000b\u001b[31m\u202ec\n\0'))).toBe('"ab[31mc"');
    expect(field(cell(octetString, 'x'.repeat(65_000)))).toBe(`"${'x'.repeat(1_024)}"`);
  });

  test('object identifiers have a leading dot, addresses are dotted', () => {
    expect(field(cell(oid, [0x2b, 6, 1, 4, 1, 0x89, 0x31]))).toBe('".1.3.6.1.4.1.1201"');
    expect(field(cell(ipAddress, [10, 0, 0, 254]))).toBe('"10.0.0.254"');
  });

  test("net-snmp's floats in Opaque are floats", () => {
    expect(field(cell(opaque, [0x9f, 0x78, 4, 0x40, 0x48, 0, 0]))).toBe('3.125');
    expect(field(cell(opaque, [0x9f, 0x78, 4, 0x7f, 0x80, 0, 0]))).toBeUndefined();
  });
});

test.each([
  ['float', cell(integer, [5]), '5'],
  ['float(2)', cell(integer, [0x04, 0xd2]), '12.34'],
  ['float(1)', cell(octetString, '236'), '23.6'],
  ['float', cell(octetString, 'abc'), undefined],
  ['int', cell(octetString, '-42'), '-42i'],
  ['int', cell(octetString, '4.2'), '4i'],
  ['int', cell(octetString, '-12 %'), '-12i'],
  ['int', cell(octetString, '1e19'), undefined],
  ['int', cell(octetString, 'inf'), undefined],
  ['int', cell(ipAddress, [10, 0, 0, 1]), undefined],
  ['float', cell(octetString, '23.5 °C'), '23.5'],
  ['float', cell(octetString, [0x32, 0x33, 0xb0, 0x43]), '23'],
  ['float(1)', cell(octetString, '\t125 rpm\0'), '12.5'],
  ['float', cell(octetString, '12 kW'), undefined],
  ['int', cell(counter64, MAX_64), '-1i'],
  ['hwaddr', cell(octetString, [0, 0x1b, 0x21, 0xaa, 0xbb, 0xcc]), '"00:1b:21:aa:bb:cc"'],
  ['hwaddr', cell(integer, [1]), undefined],
  ['ipaddr', cell(octetString, [192, 168, 0, 1]), '"192.168.0.1"'],
  ['ipaddr', cell(octetString, [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), '"2001:db8::1"'],
  ['ipaddr', cell(octetString, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 1]), '"10.0.0.1"'],
  ['ipaddr', cell(octetString, [1, 2, 3]), undefined],
  ['hex', cell(octetString, [0x41, 0x42]), '"4142"'],
  ['hex', cell(ipAddress, [10, 0, 0, 1]), '"0a000001"'],
  ['hextoint:BigEndian:uint16', cell(octetString, [1, 2, 3]), '258i'],
  ['hextoint:LittleEndian:uint32', cell(octetString, [1, 2, 0, 0]), '513i'],
  ['hextoint:BigEndian:uint64', cell(octetString, MAX_64.slice(1)), '9223372036854775807i'],
  ['hextoint:BigEndian:uint64', cell(octetString, [1]), '72057594037927936i'],
  ['hextoint:LittleEndian:uint64', cell(octetString, [1]), '1i'],
  ['hextoint:BigEndian:uint16', cell(octetString, ''), '0i'],
  ['hextoint:BigEndian:uint16', cell(opaque, [0x9f, 0x78, 4, 0x40, 0x48, 0, 0]), '3.125'],
  ['float', cell(octetString, ' 42'), '42'],
  ['float', cell(octetString, [0x12, 0x34]), undefined],
  ['float', cell(octetString, '1_000'), '1000'],
  ['int', cell(octetString, '42\0'), '42i'],
  ['int', cell(opaque, [0x9f, 0x78, 4, 0x40, 0x48, 0, 0]), '3i'],
  ['hwaddr', cell(opaque, [0x9f, 0x78, 4, 0x40, 0x48, 0, 0]), undefined],
  ['hex', cell(opaque, [0x9f, 0x78, 4, 0x40, 0x48, 0, 0]), undefined],
  ['hwaddr', cell(ipAddress, [10, 0, 0, 1]), '"31:30:2e:30:2e:30:2e:31"'],
  ['hextoint:BigEndian:uint16', cell(integer, [7]), '7i'],
] as const)('conversion %s', (conversion, given, expected) => {
  expect(field(given, conversion)).toBe(expected);
});

test('a tag is the same value as text', () => {
  expect(convertCellToText(cell(integer, [6]), { kind: 'none' })).toBe('6');
  expect(convertCellToText(cell(octetString, ' Gi1/0/1 '), { kind: 'none' })).toBe('Gi1/0/1');
  expect(convertCellToText(cell(octetString, ''), { kind: 'none' })).toBeUndefined();
  expect(convertCellToText(cell(counter64, MAX_64), { kind: 'none' })).toBe('18446744073709551615');
  expect(convertCellToText(cell(counter64, MAX_64), { kind: 'float', divisor: 1 })).toBe(
    '1.8446744073709552e+19',
  );
  expect(convertCellToText(cell(opaque, [0x9f, 0x78, 4, 0x3f, 0x8c, 0xcc, 0xcd]), { kind: 'none' })).toBe(
    '1.1',
  );
});

test.each(['enum', 'enum(1)', 'displayhint', 'float(x)', 'hextoint:Big:uint8', 'INT'])(
  'conversion %s is refused',
  (conversion) => {
    expect(typeof parseConversion(conversion)).toBe('string');
  },
);
