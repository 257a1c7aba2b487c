import { ValueType } from '@stratora/snmp';
import type { MibObject } from '../mib-object.ts';

export type CellValue = MibObject['value'];

/** A cell of a row: column number, type and value. */
export type MibCell = readonly [column: number, type: number, value: CellValue];

/** Builds one row of a table. */
export function mibRow(entry: string, index: string | number, cells: readonly MibCell[]): MibObject[] {
  return cells.map(([column, type, value]) => ({ oid: `${entry}.${column}.${index}`, type, value }));
}

/** Builds the scalars below one group: `.column.0`. */
export function mibScalars(group: string, cells: readonly MibCell[]): MibObject[] {
  return mibRow(group, 0, cells);
}

export const integer = (column: number, value: CellValue): MibCell => [column, ValueType.integer, value];
export const text = (column: number, value: CellValue): MibCell => [column, ValueType.octetString, value];
export const gauge = (column: number, value: CellValue): MibCell => [column, ValueType.gauge32, value];
export const ticks = (column: number, value: CellValue): MibCell => [column, ValueType.timeTicks, value];
export const oid = (column: number, value: CellValue): MibCell => [column, ValueType.oid, value];
export const counter32 = (column: number, value: CellValue): MibCell => [column, ValueType.counter32, value];
export const counter64 = (column: number, value: CellValue): MibCell => [column, ValueType.counter64, value];
