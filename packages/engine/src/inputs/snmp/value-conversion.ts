import { isUtf8 } from 'node:buffer';
import { isIP } from 'node:net';
import { sanitizeText, UNTRUSTED_TEXT_MAX_BYTES } from '@stratora/runtime';
import {
  type Cell,
  isIntegerType,
  readInteger,
  readIpAddress,
  readOidText,
  readOpaqueFloat,
  ValueType,
} from '@stratora/snmp';

/** What Telegraf's `conversion` option asks for, as far as it needs no MIB. */
export type Conversion =
  | { readonly kind: 'none' }
  | { readonly kind: 'float'; readonly divisor: number }
  | { readonly kind: 'int' }
  | { readonly kind: 'hwaddr' }
  | { readonly kind: 'ipaddr' }
  | { readonly kind: 'hex' }
  | { readonly kind: 'hextoint'; readonly bits: 16 | 32 | 64; readonly littleEndian: boolean };

/** An int64 is a bigint or a safe whole number marked as such; everything else has its line protocol type. */
export type CellValue =
  | { readonly type: 'integer'; readonly value: number | bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'text'; readonly value: string };

export const NO_CONVERSION: Conversion = { kind: 'none' };
const MAX_INT64 = 2n ** 63n - 1n;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const WHOLE = /^[+-]?\d{1,19}$/;

/** Reads the option's text: a Conversion, or in words why it is none. */
export function parseConversion(text: string): Conversion | string {
  if (text === '') return NO_CONVERSION;
  const float = /^float(?:\((\d{1,2})\))?$/.exec(text);
  if (float !== null) return { kind: 'float', divisor: 10 ** Number(float[1] ?? 0) };
  if (text === 'int' || text === 'hwaddr' || text === 'ipaddr' || text === 'hex') return { kind: text };
  const hex = /^hextoint:(BigEndian|LittleEndian):uint(16|32|64)$/.exec(text);
  if (hex !== null) {
    const bits = Number(hex[2]) as 16 | 32 | 64;
    return { kind: 'hextoint', bits, littleEndian: hex[1] === 'LittleEndian' };
  }
  if (text === 'enum' || text === 'enum(1)' || text === 'displayhint') {
    return `"${text}" needs MIB files, which only the Telegraf engine reads`;
  }
  return `"${text}" is not a conversion; it is one of float, float(X), int, hwaddr, ipaddr, hex, hextoint:X:Y`;
}

/**
 * The value of a cell as Telegraf types it: integers of all kinds as int64 (beyond it the largest), octets that are
 * UTF-8 as text and others in hex, OIDs with a leading dot. Undefined where there is nothing to tell: NULL, empty text,
 * or a value that the conversion does not fit.
 */
export function convertCell(cell: Cell, conversion: Conversion): CellValue | undefined {
  switch (conversion.kind) {
    case 'none':
      return plainValue(cell);
    case 'float':
      return floatValue(cell, conversion.divisor);
    case 'int':
      return integerValue(cell);
    case 'hwaddr':
      return madeText(
        octetsOf(cell)
          ?.toString('hex')
          .replace(/(..)(?!$)/g, '$1:'),
      );
    case 'hex':
      return madeText(octetsOf(cell)?.toString('hex'));
    case 'ipaddr':
      return madeText(addressText(cell));
    default:
      return hexValue(cell, conversion);
  }
}

/** The same as text, for a tag. */
export function convertCellToText(cell: Cell, conversion: Conversion): string | undefined {
  const converted = convertCell(cell, conversion);
  return converted === undefined ? undefined : String(converted.value);
}

function plainValue(cell: Cell): CellValue | undefined {
  if (isIntegerType(cell.type)) return integer(readInteger(cell));
  switch (cell.type) {
    case ValueType.octetString:
      return octetText(cell);
    case ValueType.oid:
      return madeText(`.${readOidText(cell.buffer, cell.valueStart, cell.valueEnd)}`);
    case ValueType.ipAddress:
      return madeText(readIpAddress(cell));
    case ValueType.opaque: {
      const value = readOpaqueFloat(cell);
      return value === undefined ? octetText(cell) : { type: 'float', value };
    }
    default:
      return undefined;
  }
}

function octetText(cell: Cell): CellValue | undefined {
  const octets = cell.buffer.subarray(cell.valueStart, cell.valueEnd);
  return isUtf8(octets) ? text(octets.toString('utf8')) : madeText(octets.toString('hex'));
}

function floatValue(cell: Cell, divisor: number): CellValue | undefined {
  const number = numberOf(cell, DECIMAL);
  return number === undefined ? undefined : { type: 'float', value: Number(number) / divisor };
}

function integerValue(cell: Cell): CellValue | undefined {
  const number = numberOf(cell, WHOLE);
  if (number === undefined) return undefined;
  if (typeof number === 'string') {
    const value = BigInt(number.replace('+', ''));
    return BigInt.asIntN(64, value) === value ? integer(value) : undefined;
  }
  // A Counter64 beyond int64 wraps here, as it does in Telegraf.
  return integer(typeof number === 'bigint' ? BigInt.asIntN(64, number) : Math.trunc(number));
}

/** The number of a cell, or its text where that reads as one. */
function numberOf(cell: Cell, pattern: RegExp): number | bigint | string | undefined {
  const plain = plainValue(cell);
  if (plain === undefined) return undefined;
  if (plain.type !== 'text') return isIntegerType(cell.type) ? readInteger(cell) : plain.value;
  return pattern.test(plain.value) ? plain.value : undefined;
}

function octetsOf(cell: Cell): Buffer | undefined {
  const isOctets = cell.type === ValueType.octetString || cell.type === ValueType.ipAddress;
  return isOctets || cell.type === ValueType.opaque
    ? cell.buffer.subarray(cell.valueStart, cell.valueEnd)
    : undefined;
}

function addressText(cell: Cell): string | undefined {
  const octets = octetsOf(cell);
  if (octets?.length === 4) return octets.join('.');
  if (octets?.length === 16) return ipv6Text(octets);
  // Some devices send the address as text already.
  const given = octets?.toString('latin1') ?? '';
  return isIP(given) === 0 ? undefined : given;
}

/** RFC 5952; an IPv4-mapped address is shown as IPv4. */
function ipv6Text(octets: Buffer): string {
  const isMapped = octets.readUInt16BE(10) === 0xffff && octets.subarray(0, 10).every((byte) => byte === 0);
  if (isMapped) return octets.subarray(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => octets.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function hexValue(cell: Cell, conversion: Extract<Conversion, { kind: 'hextoint' }>): CellValue | undefined {
  const octets = octetsOf(cell);
  if (octets === undefined || cell.type === ValueType.ipAddress) return plainValue(cell);
  const { bits, littleEndian } = conversion;
  if (octets.length < bits / 8) return undefined;
  if (bits === 16) return integer(littleEndian ? octets.readUInt16LE() : octets.readUInt16BE());
  if (bits === 32) return integer(littleEndian ? octets.readUInt32LE() : octets.readUInt32BE());
  return integer(littleEndian ? octets.readBigUInt64LE() : octets.readBigUInt64BE());
}

/** Telegraf writes what is beyond int64 as the largest int64. */
function integer(value: number | bigint): CellValue {
  return { type: 'integer', value: typeof value === 'bigint' && value > MAX_INT64 ? MAX_INT64 : value };
}

/** Text that we wrote: digits, dots and colons need no washing, only the limit. */
function madeText(value: string | undefined): CellValue | undefined {
  if (value === undefined || value === '') return undefined;
  return { type: 'text', value: value.slice(0, UNTRUSTED_TEXT_MAX_BYTES) };
}

function text(value: string): CellValue | undefined {
  const safe = sanitizeText(value);
  return safe === '' ? undefined : { type: 'text', value: safe };
}
