import type { MibObject } from '@stratora/simulator';
import { ValueType } from '@stratora/snmp';

/** OID of the invented tables: the enterprise number reserved for documentation (RFC 5612). */
export const ENTERPRISE = '1.3.6.1.4.1.32473';

type Value = MibObject['value'];

/** Makers of one object each, by type. */
export const value = {
  integer: (number: number) => ({ type: ValueType.integer, value: number }),
  counter32: (number: number) => ({ type: ValueType.counter32, value: number }),
  gauge32: (number: number) => ({ type: ValueType.gauge32, value: number }),
  ticks: (number: number) => ({ type: ValueType.timeTicks, value: number }),
  counter64: (number: bigint) => ({ type: ValueType.counter64, value: number }),
  text: (text: string) => ({ type: ValueType.octetString, value: text }),
  octets: (hex: string) => ({ type: ValueType.octetString, value: Buffer.from(hex, 'hex') }),
  oid: (oid: string) => ({ type: ValueType.oid, value: oid }),
  address: (address: string) => ({ type: ValueType.ipAddress, value: address }),
  opaque: (hex: string) => ({ type: ValueType.opaque, value: Buffer.from(hex, 'hex') }),
  null: () => ({ type: ValueType.null, value: '' }),
} as const;

export interface TypedValue {
  readonly type: number;
  readonly value: Value;
}

/** Builds the instances of one column by their index. */
export function column(oid: string, cells: Readonly<Record<string, TypedValue>>): MibObject[] {
  return Object.entries(cells).map(([index, cell]) => ({ oid: `${oid}.${index}`, ...cell }));
}

/** Returns the OID arcs of a string index; with its length first unless it is IMPLIED (RFC 2578, 7.7). */
export function textIndex(text: string, isImplied = false): string {
  const octets = [...Buffer.from(text)];
  return (isImplied ? octets : [octets.length, ...octets]).join('.');
}
