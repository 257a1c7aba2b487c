import { ValueFault } from './value-fault.ts';

/** BER tags of SNMP values (RFC 2578, RFC 3416, and the Opaque floats of net-snmp). */
export const ValueType = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  ipAddress: 0x40,
  counter32: 0x41,
  gauge32: 0x42,
  timeTicks: 0x43,
  opaque: 0x44,
  counter64: 0x46,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
} as const;

/** True for values that a handler gets; of the others only a note is made. */
export function isReadable(cell: Cell): boolean {
  return cell.fault === ValueFault.none || cell.fault === ValueFault.textLength;
}

/** True for noSuchObject, noSuchInstance and endOfMibView. */
export function isExceptionTag(tag: number): boolean {
  return tag >= ValueType.noSuchObject && tag <= ValueType.endOfMibView;
}

/**
 * An answered varbind, as ranges of the datagram it came in: nothing is copied, no object is made per varbind. The cell
 * is the walker's own: it and its buffer are valid only until the handler returns.
 */
export class Cell {
  /** Position in the plan's list of OIDs. */
  column = 0;
  /** The datagram (or the decrypted part of it). */
  buffer: Buffer = EMPTY;
  /** The BER sub-identifiers after the asked OID: [indexStart, indexEnd). Empty for a GET that was answered exactly. */
  indexStart = 0;
  indexEnd = 0;
  /**
   * Tag of the value, of `ValueType`. In walks never one of the three exceptions; in GETs noSuchObject and
   * noSuchInstance come too.
   */
  type = 0;
  /** The content octets of the value: [valueStart, valueEnd). Lengths are already checked against the type. */
  valueStart = 0;
  valueEnd = 0;
  /** What is wrong with the value, of `ValueFault`. Handlers get readable values only: none, or `textLength`. */
  fault: number = ValueFault.none;
}

const EMPTY: Buffer = Buffer.alloc(0);
