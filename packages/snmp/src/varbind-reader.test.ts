import { describe, expect, test } from 'vitest';
import { Cell, isReadable } from './cell.ts';
import { readOidText } from './oid-codec.ts';
import { SnmpError } from './snmp-error.ts';
import { ValueFault } from './value-fault.ts';
import { readValue } from './value-reader.ts';
import { VarbindReader } from './varbind-reader.ts';

/** A varbind of 1.3.6.1.`last`; `change` is added to the length of its sequence. */
function varbind(last: number, value: string, change = 0): string {
  const body = `06042b0601${hex(last)}${value}`;
  return `30${hex(body.length / 2 + change)}${body}`;
}

function hex(octet: number): string {
  return octet.toString(16).padStart(2, '0');
}

interface Read {
  readonly oid: string;
  readonly fault: number;
  readonly value: unknown;
}

function readAll(list: string, { claimed = 0, hard = 0 } = {}): Read[] {
  const buffer = Buffer.from(list, 'hex');
  const reader = new VarbindReader();
  const cell = new Cell();
  const found: Read[] = [];
  reader.reset(buffer, 0, buffer.length + claimed, buffer.length + hard);
  while (reader.next(cell)) {
    const value = isReadable(cell) ? readValue(cell) : undefined;
    found.push({
      oid: readOidText(cell.buffer, cell.indexStart, cell.indexEnd),
      fault: cell.fault,
      value: Buffer.isBuffer(value) ? value.toString('latin1') : value,
    });
  }
  return found;
}

const ONE = varbind(1, '020107');
const LAST = varbind(3, '0403616263');
const good = [
  { oid: '1.3.6.1.1', fault: ValueFault.none, value: 7 },
  { oid: '1.3.6.1.3', fault: ValueFault.none, value: 'abc' },
];

describe('a value that cannot be read costs only itself', () => {
  test.each<readonly [string, string, number]>([
    ['an empty integer', '0200', ValueFault.empty],
    ['an empty counter', '4100', ValueFault.empty],
    ['an integer of nine octets', '0209000000000000000000', ValueFault.tooLong],
    [
      'a Counter64 of nine octets that does not begin with zero',
      '4609010203040506070809',
      ValueFault.tooLong,
    ],
    ['a Counter64 of ten octets', '460a00000203040506070809', ValueFault.tooLong],
    ['an address of three octets', '4003010203', ValueFault.addressLength],
    ['an address without octets', '4000', ValueFault.addressLength],
    ['an address of sixteen octets', `4010${'20'.repeat(16)}`, ValueFault.addressLength],
    ['an object identifier that is cut', '060180', ValueFault.badOid],
    ['one that begins a sub-identifier with zero', '06032b8001', ValueFault.badOid],
    ['one with a sub-identifier beyond 32 bits', '06062bffffffff7f', ValueFault.badOid],
    ['a NULL that holds something', '050100', ValueFault.notEmpty],
    ['an unknown type', '470100', ValueFault.unknownType],
    ['a tag of two octets', '9f780441200000', ValueFault.unknownType],
    ['a constructed text', '2405040361626f', ValueFault.unknownType],
    ['an integer one octet too long', '020207', ValueFault.wrongLength],
    ['an integer one octet too short', '02010700', ValueFault.wrongLength],
    ['a length far too high', '027f07', ValueFault.wrongLength],
    ['an indefinite length', '0280070000', ValueFault.wrongLength],
    ['a length of more octets than there are', '028407', ValueFault.wrongLength],
    ['an Opaque one octet too long', '44089f780441200000', ValueFault.wrongLength],
  ])('%s', (_, value, fault) => {
    const odd = { oid: '1.3.6.1.2', fault, value: undefined };
    expect(readAll(ONE + varbind(2, value) + LAST)).toEqual([good[0], odd, good[1]]);
    expect(readAll(ONE + varbind(2, value))).toEqual([good[0], odd]);
    expect(readAll(varbind(2, value) + LAST)).toEqual([odd, good[1]]);
  });

  test.each<readonly [string, string, string]>([
    ['one octet too long', '0404616263', 'abc'],
    ['one octet too short', '0402616263', 'abc'],
    ['far too long', '047f616263', 'abc'],
    ['of indefinite length', '0480616263', 'abc'],
  ])('text that is said to be %s is taken as far as its varbind goes', (_, value, taken) => {
    const odd = { oid: '1.3.6.1.2', fault: ValueFault.textLength, value: taken };
    expect(readAll(ONE + varbind(2, value) + LAST)).toEqual([good[0], odd, good[1]]);
  });
});

describe('values that are coded in an unusual way are good', () => {
  test.each<readonly [string, string, unknown]>([
    ['a length in one more octet', '02810107', 7],
    ['a length in four octets', '02840000000107', 7],
    ['a length in eight octets', '0288000000000000000107', 7],
    ['an integer with leading zeros', '02080000000000000007', 7],
    ['a Counter64 of nine octets that begins with zero', '460900ffffffffffffffff', 2n ** 64n - 1n],
    ['an empty text', '0400', ''],
    ['an empty object identifier', '0600', ''],
    ['a missing instance that holds something', '810100', null],
  ])('%s', (_, value, read) => {
    const odd = { oid: '1.3.6.1.2', fault: ValueFault.none, value: read };
    expect(readAll(ONE + varbind(2, value) + LAST)).toEqual([good[0], odd, good[1]]);
  });
});

describe('a sequence whose length is wrong', () => {
  test.each([-1, 1, 2])('by %i is read by the length of its value', (change) => {
    const list = ONE + varbind(2, '020109', change) + LAST;
    expect(readAll(list)).toEqual([good[0], { oid: '1.3.6.1.2', fault: ValueFault.none, value: 9 }, good[1]]);
  });

  test('as that of its value and of the list around it costs the value alone', () => {
    const high = varbind(2, '020209', 1);
    expect(readAll(ONE + high + LAST, { claimed: 1 })).toEqual([
      good[0],
      { oid: '1.3.6.1.2', fault: ValueFault.wrongLength, value: undefined },
      good[1],
    ]);
    const low = varbind(2, '0402787878', -1);
    expect(readAll(ONE + low + LAST, { claimed: -1 })).toEqual([
      good[0],
      { oid: '1.3.6.1.2', fault: ValueFault.textLength, value: 'xxx' },
      good[1],
    ]);
  });

  test('as the last of a message is read to the end of the message', () => {
    expect(readAll(ONE + varbind(2, '0404616263', 1), { claimed: 1 })).toEqual([
      good[0],
      { oid: '1.3.6.1.2', fault: ValueFault.textLength, value: 'abc' },
    ]);
  });
});

test.each(['', '30', '3000', '300606042b060101', '020107', '300202010', '30056f0103'])(
  'what is no varbind (%s) is an error of its own, and good ones before it come first',
  (rest) => {
    const list = `${ONE}${rest.length % 2 === 0 ? rest : `${rest}0`}`;
    const reader = new VarbindReader();
    const cell = new Cell();
    const buffer = Buffer.from(list, 'hex');
    reader.reset(buffer, 0, buffer.length);
    expect(reader.next(cell)).toBe(true);
    expect(readValue(cell)).toBe(7);
    if (rest === '') expect(reader.next(cell)).toBe(false);
    else expect(() => reader.next(cell)).toThrow(SnmpError);
  },
);
