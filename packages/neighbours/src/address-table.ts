import type { NeighbourRows } from '@stratora/contract';
import { addressOf, addressOfOctets, numberOf, readInetAddress, textOf } from './cell-value.ts';
import type { SourceValue } from './neighbour-source.ts';
import type { Reading } from './reading.ts';
import type { TableNote } from './table-note.ts';

type Address = NeighbourRows['addresses'][number];

/** ipAddressTable (RFC 4293): ifIndex, type, prefix. */
export const IP_ADDRESS_ENTRY = '1.3.6.1.2.1.4.34.1';
const IP_ADDRESS_COLUMNS = [3, 4, 5] as const;
/** ipAddrTable (RFC 1213), IPv4 alone: ifIndex, mask, and the address, which some agents have in no index, or with more behind it. */
export const IP_ADDR_ENTRY = '1.3.6.1.2.1.4.20.1';
const IP_ADDR_COLUMNS = [2, 3, 1] as const;
/** ipAddressType of a broadcast address, which is nobody's own. */
const BROADCAST = 3;
/** Largest length of a prefix of IPv4. */
const IPV4_BITS = 32;

/** Reads the addresses of a device. What only one of the two tables has counts as well. */
export async function readAddresses(reading: Reading, note: TableNote): Promise<Address[]> {
  const found = new Map<string, Address>();
  const rows = await reading.rows(note, {
    entry: IP_ADDRESS_ENTRY,
    columns: [...IP_ADDRESS_COLUMNS],
    needed: [0],
  });
  for (const { index, values } of rows) {
    const [ifIndex, type, prefix] = values;
    const address = readInetAddress(index)?.address;
    const number = numberOf(ifIndex);
    if (numberOf(type) === BROADCAST) continue;
    if (address === undefined || number === null || number < 0)
      note.leaveOut('an address without an interface');
    else found.set(address, { address, prefix_length: prefixLength(prefix), if_index: number });
  }
  await addOlder(reading, note, found);
  return [...found.values()];
}

async function addOlder(reading: Reading, note: TableNote, found: Map<string, Address>): Promise<void> {
  const rows = await reading.rows(note, { entry: IP_ADDR_ENTRY, columns: [...IP_ADDR_COLUMNS], needed: [0] });
  for (const { index, values } of rows) {
    const [ifIndex, mask, told] = values;
    const address = addressOfOctets(index) ?? addressOf(told);
    const number = numberOf(ifIndex);
    if (address === undefined || number === null || number < 0) {
      note.leaveOut('an address without an interface');
      continue;
    }
    const known = found.get(address);
    const length = known?.prefix_length ?? maskLength(addressOf(mask));
    found.set(address, { address, prefix_length: length, if_index: known?.if_index ?? number });
  }
}

/** Reads the length out of ipAddressPrefix, a pointer to a row whose index ends in it; null for a pointer to nothing. */
function prefixLength(pointer: SourceValue | undefined): number | null {
  const last = /^1\.3\.6\.1\.2\.1\.4\.32\.1\.\d+\.(?:\d+\.)*(\d+)$/.exec(textOf(pointer) ?? '')?.[1];
  const length = last === undefined ? Number.NaN : Number(last);
  return length >= 0 && length <= 128 ? length : null;
}

function maskLength(mask: string | undefined): number | null {
  const octets = mask?.split('.').map(Number) ?? [];
  if (octets.length !== 4) return null;
  const bits = octets.map((octet) => octet.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : IPV4_BITS;
}
