import { escapeString } from '@stratora/lineprotocol';
import { UNTRUSTED_TEXT_MAX_BYTES } from '@stratora/runtime';
import { type Cell, isIntegerType, ValueType, writeInteger } from '@stratora/snmp';
import type { LineBuffer } from './line-buffer.ts';
import { type Conversion, convertCell } from './value-conversion.ts';

const MAX_INT64 = 2n ** 63n - 1n;
const LOWER_I = 0x69;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;
/** A 64-bit decimal, its suffix and some air. */
const NUMBER_ROOM = 32;

/** Appends a field's value as line protocol has it. False, and nothing appended, when the cell has none. */
export function appendValue(out: LineBuffer, cell: Cell, conversion: Conversion): boolean {
  if (conversion.kind === 'none' && isSmallInteger(cell)) {
    out.reserve(NUMBER_ROOM);
    const end = writeInteger(out.bytes, out.length, cell);
    out.bytes[end] = LOWER_I;
    out.length = end + 1;
    return true;
  }
  if (conversion.kind === 'none' && conversion.number === undefined && isPlainText(cell)) {
    appendQuoted(out, cell);
    return true;
  }
  const converted = convertCell(cell, conversion);
  if (converted === undefined) return false;
  if (converted.type === 'integer') out.appendText(`${asInt64(converted.value)}i`);
  else if (converted.type === 'text') out.appendText(`"${escapeString(converted.value)}"`);
  else if (Number.isFinite(converted.value)) out.appendText(String(converted.value));
  else return false;
  return true;
}

/** Limits a value to the largest int64. */
function asInt64(value: number | bigint): number | bigint {
  return typeof value === 'bigint' && value > MAX_INT64 ? MAX_INT64 : value;
}

/**
 * True for printable ASCII that is what it is when made safe: most names and descriptions, without a string of their
 * own.
 */
function isPlainText(cell: Cell): boolean {
  const { buffer, valueStart, valueEnd } = cell;
  if (cell.type !== ValueType.octetString) return false;
  if (valueEnd === valueStart || valueEnd - valueStart > UNTRUSTED_TEXT_MAX_BYTES) return false;
  if (buffer[valueStart] === SPACE || buffer[valueEnd - 1] === SPACE) return false;
  for (let at = valueStart; at < valueEnd; at += 1) {
    const octet = buffer[at] as number;
    if (octet < SPACE || octet > TILDE) return false;
  }
  return true;
}

/** Appends the octets as a string of line protocol: quotes and backslashes escaped. */
function appendQuoted(out: LineBuffer, cell: Cell): void {
  const { buffer, valueStart, valueEnd } = cell;
  out.reserve((valueEnd - valueStart) * 2 + 2);
  const { bytes } = out;
  let to = out.length;
  bytes[to++] = QUOTE;
  for (let at = valueStart; at < valueEnd; at += 1) {
    const octet = buffer[at] as number;
    if (octet === QUOTE || octet === BACKSLASH) bytes[to++] = BACKSLASH;
    bytes[to++] = octet;
  }
  bytes[to++] = QUOTE;
  out.length = to;
}

/** True for an integer whose octets cannot be beyond int64. */
function isSmallInteger(cell: Cell): boolean {
  if (!isIntegerType(cell.type)) return false;
  return cell.type !== ValueType.counter64 || cell.valueEnd - cell.valueStart < 8;
}
