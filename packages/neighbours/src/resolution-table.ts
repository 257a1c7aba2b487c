import type { NeighbourRows } from '@stratora/contract';
import { addressOfOctets, macOf, numberOf, readInetAddress } from './cell-value.ts';
import type { Reading, Row } from './reading.ts';
import type { TableNote } from './table-note.ts';

type Resolution = NeighbourRows['address_resolution'][number];

/** ipNetToPhysicalTable (RFC 4293), by interface and address of either family; ipNetToMediaTable (RFC 1213), IPv4 alone. */
export const PHYSICAL_ENTRY = '1.3.6.1.2.1.4.35.1';
export const MEDIA_ENTRY = '1.3.6.1.2.1.4.22.1';
/** ipNetToPhysicalPhysAddress, Type, State. */
const PHYSICAL_COLUMNS = [4, 6, 7] as const;
/** ipNetToMediaPhysAddress, Type. */
const MEDIA_COLUMNS = [2, 4] as const;
/** Type of an entry that is void, in both tables. */
const INVALID_TYPE = 2;
/** States of an entry that is void, or not answered yet. */
const VOID_STATES: ReadonlySet<number> = new Set([5, 7]);

/** Reads the pairs of addresses that a device has resolved by ARP and neighbour discovery. */
export async function readResolutions(reading: Reading, note: TableNote): Promise<Resolution[]> {
  const found = new Map<string, Resolution>();
  const add = ({ index, values }: Row, address: string | undefined): void => {
    const [octets, type, state] = values;
    const isVoid = numberOf(type) === INVALID_TYPE || VOID_STATES.has(numberOf(state) ?? 0);
    // One that is not answered yet has no octets.
    if (isVoid || (typeof octets === 'object' && octets.length === 0) || octets === '') return;
    const mac = macOf(octets);
    const [ifIndex] = index;
    if (mac === undefined || address === undefined || ifIndex === undefined) {
      note.leaveOut(
        mac === undefined ? 'an address that is no MAC address' : 'an entry whose row holds no address',
      );
      return;
    }
    found.set(`${ifIndex} ${address}`, { if_index: ifIndex, address, mac_address: mac });
  };
  const rows = await reading.rows(note, {
    entry: PHYSICAL_ENTRY,
    columns: [...PHYSICAL_COLUMNS],
    needed: [0],
  });
  for (const row of rows) add(row, readInetAddress(row.index.slice(1))?.address);
  if ([...found.values()].some(({ address }) => !address.includes(':'))) return [...found.values()];
  const older = await reading.rows(note, { entry: MEDIA_ENTRY, columns: [...MEDIA_COLUMNS], needed: [0] });
  for (const row of older) {
    const arcs = row.index.slice(1);
    // The index is an IPv4 address; some agents put its type before it, as newer tables have it.
    add(row, addressOfOctets(arcs) ?? readInetAddress(arcs)?.address);
  }
  return [...found.values()];
}
