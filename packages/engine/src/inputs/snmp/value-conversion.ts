import { isUtf8 } from 'node:buffer';
import { isIP } from 'node:net';
import { numberInText, sanitizeText, UNTRUSTED_TEXT_MAX_BYTES } from '@stratora/runtime';
import {
  type Cell,
  isExceptionTag,
  isIntegerType,
  readInteger,
  readIpAddress,
  readOidText,
  readOpaqueFloat,
  ValueFault,
  ValueType,
} from '@stratora/snmp';
import { formatFloatText, parseFloatText } from './float-text.ts';
import { type NumberKind, numberKindOf } from './standard-numbers.ts';

/** A conversion that Telegraf's `conversion` option asks for, as far as it needs no MIB. */
export type Conversion =
  | {
      readonly kind: 'none';
      /** The number that the object is by its MIB: text may hold it, and nothing else makes a value. */
      readonly number?: NumberKind | undefined;
    }
  | { readonly kind: 'float'; readonly divisor: number }
  | { readonly kind: 'int' }
  | { readonly kind: 'hwaddr' }
  | { readonly kind: 'ipaddr' }
  | { readonly kind: 'hex' }
  | { readonly kind: 'hextoint'; readonly bits: 16 | 32 | 64; readonly littleEndian: boolean };

/** The value of a cell by its line protocol type; an integer may be one of 64 bits without a sign. */
export type CellValue =
  | { readonly type: 'integer'; readonly value: number | bigint }
  | { readonly type: 'float'; readonly value: number; readonly isSingle?: boolean }
  | { readonly type: 'text'; readonly value: string };

export const NO_CONVERSION: Conversion = { kind: 'none' };
const NUMBERS: Readonly<Record<NumberKind, Conversion>> = {
  signed: { kind: 'none', number: 'signed' },
  unsigned: { kind: 'none', number: 'unsigned' },
};
/** Length of a float in Opaque: two octets of tag, one of length, four of value. */
const OPAQUE_SINGLE_BYTES = 7;
const WHOLE = /^[+-]?\d{1,19}$/;
/** Numbers from here on are beyond int64. */
const BEYOND_INT64 = 2 ** 63;

/** The conversion of a field: without one of its own, that of the number which its object is by its MIB. */
export function fieldConversion(oid: string, own: Conversion): Conversion {
  const number = own.kind === 'none' ? numberKindOf(oid) : undefined;
  return number === undefined ? own : NUMBERS[number];
}

/** True for a conversion that takes whatever comes, so that no value need be checked against it. */
export function takesAnything(conversion: Conversion): boolean {
  return conversion.kind === 'none' && conversion.number === undefined;
}

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
 * Converts the value of a cell as Telegraf types it: integers of all kinds as integers, octets that are UTF-8 as text
 * and others in hex, OIDs with a leading dot. Undefined where there is no value: NULL, empty text, or a value that the
 * conversion does not fit.
 */
export function convertCell(cell: Cell, conversion: Conversion): CellValue | undefined {
  switch (conversion.kind) {
    case 'none':
      return conversion.number === undefined || isNumber(cell) ? plainValue(cell) : textNumber(cell);
    case 'float':
      return floatValue(cell, conversion.divisor);
    case 'int':
      return integerValue(cell);
    case 'hwaddr':
      return madeText(
        addressOctets(cell)
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

/**
 * Tells what keeps a value from being written, of `ValueFault`: it is not of the type that its object has by its MIB, or
 * the conversion does not fit it. Empty text is no fault, and no value.
 */
export function faultOfValue(cell: Cell, conversion: Conversion): number {
  if (isExceptionTag(cell.type)) return ValueFault.none;
  if (takesAnything(conversion)) return ValueFault.none;
  const number = conversion.kind === 'none' ? conversion.number : undefined;
  if (isIntegerType(cell.type)) {
    return number === 'unsigned' && isBelowZero(cell) ? ValueFault.negative : ValueFault.none;
  }
  if (cell.valueStart === cell.valueEnd) return ValueFault.none;
  const converted = convertCell(cell, conversion);
  if (converted === undefined) return ValueFault.wrongType;
  if (converted.type === 'float' && !Number.isFinite(converted.value)) return ValueFault.notFinite;
  return number === 'unsigned' && converted.type !== 'text' && converted.value < 0
    ? ValueFault.negative
    : ValueFault.none;
}

function isBelowZero({ type, buffer, valueStart }: Cell): boolean {
  return type === ValueType.integer && (buffer[valueStart] ?? 0) >= 0x80;
}

/** True for a cell that holds a number as such. */
function isNumber(cell: Cell): boolean {
  return isIntegerType(cell.type) || (cell.type === ValueType.opaque && readOpaqueFloat(cell) !== undefined);
}

/** Converts the same to text, for a tag. */
export function convertCellToText(cell: Cell, conversion: Conversion): string | undefined {
  const converted = convertCell(cell, conversion);
  if (converted?.type === 'float') return formatFloatText(converted.value, converted.isSingle);
  return converted === undefined ? undefined : String(converted.value);
}

function plainValue(cell: Cell): CellValue | undefined {
  if (isIntegerType(cell.type)) return { type: 'integer', value: readInteger(cell) };
  switch (cell.type) {
    case ValueType.octetString:
      return octetText(cell);
    case ValueType.oid:
      return madeText(`.${readOidText(cell.buffer, cell.valueStart, cell.valueEnd)}`);
    case ValueType.ipAddress:
      return madeText(readIpAddress(cell));
    case ValueType.opaque: {
      const value = readOpaqueFloat(cell);
      if (value === undefined) return octetText(cell);
      return { type: 'float', value, isSingle: cell.valueEnd - cell.valueStart === OPAQUE_SINGLE_BYTES };
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
  const number = numberOf(cell) ?? readFloatText(cell);
  return number === undefined ? undefined : { type: 'float', value: Number(number) / divisor };
}

function integerValue(cell: Cell): CellValue | undefined {
  const number = numberOf(cell);
  // A Counter64 beyond int64 wraps here, as it does in Telegraf.
  if (typeof number === 'bigint') return { type: 'integer', value: BigInt.asIntN(64, number) };
  if (number !== undefined) return wholePart(number);
  const value = textNumber(cell);
  return value?.type === 'float' ? wholePart(value.value) : value;
}

function wholePart(value: number): CellValue | undefined {
  const whole = Math.trunc(value);
  return Math.abs(whole) < BEYOND_INT64 ? { type: 'integer', value: whole } : undefined;
}

/** Reads the number of a text: an integer where it is written as one. */
function textNumber(cell: Cell): CellValue | undefined {
  const text = numberInText(rawText(cell) ?? '') ?? '';
  if (WHOLE.test(text)) {
    const value = BigInt(text.replace('+', ''));
    return BigInt.asIntN(64, value) === value ? { type: 'integer', value } : undefined;
  }
  // Underscores between digits are Go's way of writing a float, and of no device.
  const value = text.includes('_') ? undefined : parseFloatText(text);
  return value === undefined ? undefined : { type: 'float', value };
}

function readFloatText(cell: Cell): number | undefined {
  const text = rawText(cell);
  return text === undefined ? undefined : (parseFloatText(text) ?? parseFloatText(numberInText(text) ?? ''));
}

/** Returns the number of a cell that holds one as such. */
function numberOf(cell: Cell): number | bigint | undefined {
  if (isIntegerType(cell.type)) return readInteger(cell);
  return cell.type === ValueType.opaque ? readOpaqueFloat(cell) : undefined;
}

/** Returns the text that may hold a number, as the device sent it. */
function rawText(cell: Cell): string | undefined {
  if (cell.type !== ValueType.octetString && cell.type !== ValueType.opaque) return undefined;
  const octets = cell.buffer.subarray(cell.valueStart, cell.valueEnd);
  return octets.toString(isUtf8(octets) ? 'utf8' : 'latin1');
}

/** Returns the octets of a cell that holds such; a number in Opaque is none. */
function octetsOf(cell: Cell): Buffer | undefined {
  const isOctets = cell.type === ValueType.octetString || cell.type === ValueType.ipAddress;
  return isOctets || (cell.type === ValueType.opaque && readOpaqueFloat(cell) === undefined)
    ? cell.buffer.subarray(cell.valueStart, cell.valueEnd)
    : undefined;
}

/** Returns the octets of a hardware address; Telegraf takes the letters of what it has as text. */
function addressOctets(cell: Cell): Buffer | undefined {
  const isText = cell.type === ValueType.oid || cell.type === ValueType.ipAddress;
  const value = isText ? plainValue(cell) : undefined;
  return value === undefined ? octetsOf(cell) : Buffer.from(String(value.value));
}

function addressText(cell: Cell): string | undefined {
  const octets = octetsOf(cell);
  if (octets?.length === 4) return octets.join('.');
  if (octets?.length === 16) return ipv6Text(octets);
  // Some devices send the address as text already.
  const given = octets?.toString('latin1') ?? '';
  return isIP(given) === 0 ? undefined : given;
}

/** Renders an IPv6 address by RFC 5952; an IPv4-mapped address is shown as IPv4. */
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
  const bytes = Buffer.alloc(bits / 8);
  octets.copy(bytes);
  return { type: 'integer', value: unsignedOf(bytes, littleEndian) };
}

function unsignedOf(bytes: Buffer, littleEndian: boolean): number | bigint {
  if (bytes.length === 8) return littleEndian ? bytes.readBigUInt64LE() : bytes.readBigUInt64BE();
  return littleEndian ? bytes.readUIntLE(0, bytes.length) : bytes.readUIntBE(0, bytes.length);
}

/** Wraps text that we wrote: digits, dots and colons need no washing, only the limit. */
function madeText(value: string | undefined): CellValue | undefined {
  if (value === undefined || value === '') return undefined;
  return { type: 'text', value: value.slice(0, UNTRUSTED_TEXT_MAX_BYTES) };
}

function text(value: string): CellValue | undefined {
  const safe = sanitizeText(value);
  return safe === '' ? undefined : { type: 'text', value: safe };
}
