import { escapeString } from '@stratora/lineprotocol';
import { type Cell, isIntegerType, ValueType, writeInteger } from '@stratora/snmp';
import type { LineBuffer } from './line-buffer.ts';
import { type Conversion, convertCell } from './value-conversion.ts';

const LOWER_I = 0x69;
/** A 64-bit decimal, its suffix and some air. */
const NUMBER_ROOM = 32;

/** Appends a field's value as line protocol has it. False, and nothing appended, when the cell has none to tell. */
export function appendValue(out: LineBuffer, cell: Cell, conversion: Conversion): boolean {
  if (conversion.kind === 'none' && isSmallInteger(cell)) {
    out.reserve(NUMBER_ROOM);
    const end = writeInteger(out.bytes, out.length, cell);
    out.bytes[end] = LOWER_I;
    out.length = end + 1;
    return true;
  }
  const converted = convertCell(cell, conversion);
  if (converted === undefined) return false;
  if (converted.type === 'integer') out.appendText(`${converted.value}i`);
  else if (converted.type === 'text') out.appendText(`"${escapeString(converted.value)}"`);
  else if (Number.isFinite(converted.value)) out.appendText(String(converted.value));
  else return false;
  return true;
}

/** An integer whose octets cannot be beyond int64. */
function isSmallInteger(cell: Cell): boolean {
  if (!isIntegerType(cell.type)) return false;
  return cell.type !== ValueType.counter64 || cell.valueEnd - cell.valueStart < 8;
}
