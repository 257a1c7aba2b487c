/** A number that an object has by its MIB: one that may be below zero, or one that never is. */
export type NumberKind = 'signed' | 'unsigned';

/** Numbers among the columns of standard tables (RFC 2863, RFC 2790, RFC 3433), by the OID of the row. */
const COLUMNS: readonly {
  readonly entry: string;
  readonly kind: NumberKind;
  readonly columns: readonly number[];
}[] = [
  // ifEntry, without ifDescr, ifPhysAddress and ifSpecific.
  {
    entry: '1.3.6.1.2.1.2.2.1',
    kind: 'unsigned',
    columns: [1, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
  },
  // ifXEntry, without ifName and ifAlias.
  {
    entry: '1.3.6.1.2.1.31.1.1.1',
    kind: 'unsigned',
    columns: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19],
  },
  // hrStorageEntry: agents tell sizes beyond 2^31 units as numbers below zero.
  { entry: '1.3.6.1.2.1.25.2.3.1', kind: 'signed', columns: [1, 4, 5, 6, 7] },
  { entry: '1.3.6.1.2.1.25.3.3.1', kind: 'unsigned', columns: [2] },
  // entPhySensorEntry.
  { entry: '1.3.6.1.2.1.99.1.1.1', kind: 'signed', columns: [1, 2, 3, 4, 5, 7, 8] },
];

const KINDS = new Map<string, NumberKind>([
  // sysUpTime, sysServices, hrSystemUptime, hrMemorySize.
  ['1.3.6.1.2.1.1.3.0', 'unsigned'],
  ['1.3.6.1.2.1.1.7.0', 'unsigned'],
  ['1.3.6.1.2.1.25.1.1.0', 'unsigned'],
  ['1.3.6.1.2.1.25.2.2.0', 'signed'],
  ...COLUMNS.flatMap(({ entry, kind, columns }) =>
    columns.map((column): [string, NumberKind] => [`${entry}.${column}`, kind]),
  ),
]);

/** Tells which number an object or column of a standard MIB is; undefined for others, and for what is no number. */
export function numberKindOf(oid: string): NumberKind | undefined {
  return KINDS.get(oid.startsWith('.') ? oid.slice(1) : oid);
}
