import { type CaptureObject, type CaptureValue, ValueType } from '@stratora/snmp';
import { captureSource } from './capture-source.ts';
import { readNeighbourReport } from './read-neighbour-report.ts';

export const NODE_ID = '0190a0b0-0000-7000-8000-000000000001';

export const text = (oid: string, value: string | Buffer): CaptureObject => ({
  oid,
  type: ValueType.octetString,
  value,
});
export const number = (oid: string, value: number): CaptureObject => ({
  oid,
  type: ValueType.integer,
  value,
});
export const octets = (oid: string, hex: string): CaptureObject => text(oid, Buffer.from(hex, 'hex'));

/** The objects of one row: column and value. Texts are octets, numbers are integers. */
export function row(
  entry: string,
  index: string | number,
  cells: Readonly<Record<number, CaptureValue>>,
): CaptureObject[] {
  return Object.entries(cells).map(([column, value]) => ({
    oid: `${entry}.${column}.${index}`,
    type: typeof value === 'number' ? ValueType.integer : ValueType.octetString,
    value,
  }));
}

export const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');

/** Reads a device that holds these objects. */
export function reportOf(objects: readonly CaptureObject[], maxRows?: number) {
  return readNeighbourReport(captureSource(objects), { nodeId: NODE_ID, maxRows });
}
