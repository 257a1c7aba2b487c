import { numberOf } from './cell-value.ts';
import type { Reading } from './reading.ts';
import type { TableNote } from './table-note.ts';

/** dot1qVlanFdbId of Q-BRIDGE-MIB (RFC 4363), by a time mark and the VLAN. */
export const VLAN_CURRENT_ENTRY = '1.3.6.1.2.1.17.7.1.4.2.1';
const VLAN_FDB_ID = 3;
/** dot1qVlanStaticRowStatus, by VLAN: which ones there are. */
export const VLAN_STATIC_ENTRY = '1.3.6.1.2.1.17.7.1.4.3.1';
const VLAN_STATIC_STATUS = 5;
const VLAN_STATIC_NAME = 1;
/** jnxExVlanTag of JUNIPER-VLAN-MIB, by Junos' own number of a VLAN, which its forwarding table has as well. */
export const JUNOS_VLAN_ENTRY = '1.3.6.1.4.1.2636.3.40.1.5.1.5.1';
const JUNOS_VLAN_TAG = 5;
const VLAN_MAX = 4094;

/** Tells the VLAN of a forwarding database; null where several share it, or nothing tells. */
export type VlanOf = (fdbId: number) => number | null;

/**
 * Reads which VLAN each forwarding database serves. A number of one is no number of the other: Junos and others count their
 * databases by themselves.
 *
 * @param fdbIds those that the forwarding table names
 */
export async function readVlans(
  reading: Reading,
  note: TableNote,
  fdbIds: ReadonlySet<number>,
): Promise<VlanOf> {
  const told = await toldVlans(reading, note);
  if (told.size > 0) return (fdbId) => told.get(fdbId) ?? null;
  const junos = await reading.rows(note, { entry: JUNOS_VLAN_ENTRY, columns: [JUNOS_VLAN_TAG], needed: [] });
  if (junos.length > 0) {
    const tags = new Map(junos.map(({ index, values }) => [index[0], vlanIn(numberOf(values[0]))]));
    return (fdbId) => tags.get(fdbId) ?? null;
  }
  const known = await staticVlans(reading, note);
  // Where all VLANs share the first database, its number is none of theirs.
  const isByVlan = known.size === 1 || [...fdbIds].some((fdbId) => fdbId > 1);
  return (fdbId) => (isByVlan && known.has(fdbId) ? fdbId : null);
}

async function toldVlans(reading: Reading, note: TableNote): Promise<Map<number, number | null>> {
  const rows = await reading.rows(note, { entry: VLAN_CURRENT_ENTRY, columns: [VLAN_FDB_ID], needed: [] });
  const found = new Map<number, number | null>();
  for (const { index, values } of rows) {
    const fdbId = numberOf(values[0]);
    const vlan = vlanIn(index.at(-1) ?? null);
    if (fdbId === null || vlan === null) continue;
    const known = found.get(fdbId);
    found.set(fdbId, known === undefined || known === vlan ? vlan : null);
  }
  return found;
}

async function staticVlans(reading: Reading, note: TableNote): Promise<Set<number>> {
  const rows = await reading.rows(note, {
    entry: VLAN_STATIC_ENTRY,
    columns: [VLAN_STATIC_STATUS, VLAN_STATIC_NAME],
    needed: [],
  });
  return new Set(rows.flatMap(({ index }) => vlanIn(index.length === 1 ? (index[0] ?? null) : null) ?? []));
}

function vlanIn(number: number | null): number | null {
  return number !== null && number >= 1 && number <= VLAN_MAX ? number : null;
}
