import type { Cell } from './cell.ts';
import { ValueType } from './cell.ts';
import { readOidText } from './oid-codec.ts';

/** A varbind as an object, for the rare path. */
export interface SnmpVarbind {
  readonly oid: string;
  /** Tag of the value, of `ValueType`. */
  readonly type: number;
  readonly value: SnmpValue;
}

/**
 * The value of a varbind. Integers beyond 2^53 come as bigint; OIDs and addresses as text; exceptions and NULL as null.
 */
export type SnmpValue = number | bigint | string | Buffer | null;

/** True for INTEGER, Counter32, Gauge32, TimeTicks and Counter64. */
export function isIntegerType(type: number): boolean {
  return type === ValueType.integer || type === ValueType.counter64 || (type >= 0x41 && type <= 0x43);
}

/** Reads the integer of a cell of an integer type as a number; exact up to 2^53, rounded beyond. */
export function readNumber(cell: Cell): number {
  const { buffer, valueEnd } = cell;
  let at = cell.valueStart;
  const first = buffer[at] ?? 0;
  let value = cell.type === ValueType.integer && first >= 0x80 ? first - 256 : first;
  for (at++; at < valueEnd; at++) value = value * 256 + (buffer[at] ?? 0);
  return value;
}

/** Reads the integer of a cell of an integer type, exact. */
export function readInteger(cell: Cell): number | bigint {
  const value = readNumber(cell);
  return Number.isSafeInteger(value) ? value : readBigInteger(cell);
}

/** Reads the integer of a cell of an integer type as a bigint. */
export function readBigInteger(cell: Cell): bigint {
  const first = cell.buffer[cell.valueStart] ?? 0;
  let value = cell.type === ValueType.integer && first >= 0x80 ? BigInt(first - 256) : BigInt(first);
  for (let at = cell.valueStart + 1; at < cell.valueEnd; at++) {
    value = value * 256n + BigInt(cell.buffer[at] ?? 0);
  }
  return value;
}

/**
 * Writes the decimal text of an integer cell into `target` at `at` and returns the position after it: no number
 * object, no string. The caller leaves 20 octets of room. Exact for all 64 bits.
 */
export function writeInteger(target: Uint8Array, at: number, cell: Cell): number {
  const value = readNumber(cell);
  if (!Number.isSafeInteger(value)) return writeAscii(target, at, readBigInteger(cell).toString());
  return writeDecimal(target, at, value);
}

/** Writes the decimal text of a safe integer and returns the position after it. */
export function writeDecimal(target: Uint8Array, at: number, value: number): number {
  let rest = value;
  let position = at;
  if (rest < 0) {
    target[position++] = 0x2d;
    rest = -rest;
  }
  if (rest < 10) {
    target[position] = 0x30 + rest;
    return position + 1;
  }
  const end = position + countDigits(rest);
  let write = end;
  while (rest > 0x7fffffff) {
    const quotient = Math.floor(rest / 10);
    target[--write] = 0x30 + (rest - quotient * 10);
    rest = quotient;
  }
  let small = rest | 0;
  while (small > 0) {
    const quotient = (small / 10) | 0;
    target[--write] = 0x30 + (small - quotient * 10);
    small = quotient;
  }
  return end;
}

function countDigits(value: number): number {
  if (value < 100_000) {
    if (value < 100) return value < 10 ? 1 : 2;
    if (value < 1_000) return 3;
    return value < 10_000 ? 4 : 5;
  }
  let digits = 6;
  for (let bound = 1_000_000; value >= bound; bound *= 10) digits++;
  return digits;
}

function writeAscii(target: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) target[at + i] = text.charCodeAt(i);
  return at + text.length;
}

/** Reads an IpAddress cell (always four octets) as dotted IPv4 text. */
export function readIpAddress(cell: Cell): string {
  const { buffer, valueStart } = cell;
  return `${buffer[valueStart]}.${buffer[valueStart + 1]}.${buffer[valueStart + 2]}.${buffer[valueStart + 3]}`;
}

/** Reads the float or double that net-snmp wraps in Opaque (0x9f78, 0x9f79), undefined when it holds something else. */
export function readOpaqueFloat(cell: Cell): number | undefined {
  const { buffer, valueStart } = cell;
  if (buffer[valueStart] !== 0x9f) return undefined;
  const length = cell.valueEnd - valueStart - 3;
  if (buffer[valueStart + 2] !== length) return undefined;
  if (buffer[valueStart + 1] === 0x78 && length === 4) return buffer.readFloatBE(valueStart + 3);
  if (buffer[valueStart + 1] === 0x79 && length === 8) return buffer.readDoubleBE(valueStart + 3);
  return undefined;
}

/** Copies the cell's value into a JavaScript value. */
export function readValue(cell: Cell): SnmpValue {
  if (isIntegerType(cell.type)) return readInteger(cell);
  switch (cell.type) {
    case ValueType.oid:
      return readOidText(cell.buffer, cell.valueStart, cell.valueEnd);
    case ValueType.ipAddress:
      return readIpAddress(cell);
    case ValueType.octetString:
      return Buffer.from(cell.buffer.subarray(cell.valueStart, cell.valueEnd));
    case ValueType.opaque:
      return readOpaqueFloat(cell) ?? Buffer.from(cell.buffer.subarray(cell.valueStart, cell.valueEnd));
    default:
      return null;
  }
}
