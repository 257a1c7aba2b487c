import { Cell, VarbindReader } from '@stratora/snmp';

/** A varbind in a list of such. */
export interface ListedVarbind {
  readonly oid: Buffer;
  /** Its own octets. */
  readonly octets: Buffer;
  /** Where it ends in the list. */
  readonly end: number;
}

/** Reads the varbinds of a list. Throws the reader's error for a damaged one. */
export function readVarbinds(list: Buffer): ListedVarbind[] {
  const reader = new VarbindReader();
  const cell = new Cell();
  const found: ListedVarbind[] = [];
  reader.reset(list, 0, list.length);
  for (let start = 0; reader.next(cell); start = cell.valueEnd) {
    const oid = list.subarray(cell.indexStart, cell.indexEnd);
    found.push({ oid, octets: list.subarray(start, cell.valueEnd), end: cell.valueEnd });
  }
  return found;
}
