import type { NeighbourRows } from '@stratora/contract';
import { bitNames, hexOf, readInetAddress, textOf } from './cell-value.ts';
import { lldpId } from './lldp-id.ts';
import type { SourceValue } from './neighbour-source.ts';
import type { Row } from './reading.ts';
import type { TableNote } from './table-note.ts';

export type LldpPort = NeighbourRows['lldp_ports'][number];
export type LldpNeighbour = NeighbourRows['lldp_neighbours'][number];

/** The names of LldpSystemCapabilitiesMap (IEEE 802.1AB), the first bit first. */
const CAPABILITIES = ['other', 'repeater', 'bridge', 'wlan', 'router', 'phone', 'docsis', 'station'];
/** Address family of MAC addresses (IANA). */
const FAMILY_802 = 6;

/** Where a neighbour was heard: what the index of its row tells. */
export interface HeardAt {
  readonly portNumber: number;
  readonly ifIndex: number | null;
}

/**
 * Makes a neighbour of the values of a row: subtype and id of the chassis, subtype and id of the port, its description, the system's
 * name and description, what it can do and what of that is switched on.
 */
export function neighbourOf(at: HeardAt, values: Row['values'], addresses: readonly string[]): LldpNeighbour {
  const [chassisKind, chassis, portKind, port, portText, name, description, able, enabled] = values;
  return {
    port_number: at.portNumber,
    if_index: at.ifIndex,
    chassis: lldpId('chassis', chassisKind, chassis),
    port: lldpId('port', portKind, port),
    port_description: textOf(portText),
    system_name: textOf(name),
    system_description: textOf(description),
    capabilities: bitNames(enabled ?? able, CAPABILITIES),
    management_addresses: [...addresses],
  };
}

/**
 * Gathers neighbours: of several rows about the same chassis and port on the same port one, with the addresses of all; a row that
 * names nobody is left out.
 */
export function gatherNeighbours(rows: Iterable<LldpNeighbour>, note: TableNote): LldpNeighbour[] {
  const found = new Map<string, LldpNeighbour>();
  for (const row of rows) {
    const { chassis, port, system_name } = row;
    if (chassis.text === '' && port.text === '' && system_name === null) {
      note.leaveOut('a neighbour that says nothing of itself');
      continue;
    }
    const key = JSON.stringify([row.port_number, row.if_index, chassis, port]);
    const known = found.get(key);
    found.set(key, known === undefined ? row : merged(known, row));
  }
  return [...found.values()];
}

function merged(known: LldpNeighbour, row: LldpNeighbour): LldpNeighbour {
  const addresses = [...new Set([...known.management_addresses, ...row.management_addresses])];
  return {
    ...known,
    port_description: known.port_description ?? row.port_description,
    system_name: known.system_name ?? row.system_name,
    system_description: known.system_description ?? row.system_description,
    capabilities: known.capabilities.length > 0 ? known.capabilities : row.capabilities,
    management_addresses: addresses,
  };
}

/**
 * Reads the management address that the rest of an index holds: family, number of octets (which some agents leave out), octets. No
 * column tells it. Undefined where it is no address of IP or Ethernet.
 */
export function managementAddress(arcs: readonly number[]): string | undefined {
  const [family, size = 0] = arcs;
  if (family !== FAMILY_802) return readInetAddress(arcs)?.address;
  const octets = size === 6 && arcs.length === 8 ? arcs.slice(2) : arcs.slice(1);
  if (octets.length !== 6 || octets.some((octet) => octet > 255)) return undefined;
  return hexOf(Uint8Array.from(octets));
}

/** Gathers management addresses by the part of their index that names the neighbour. @param arcs number of arcs of that part */
export function addressesByNeighbour(
  rows: readonly Row[],
  arcs: number,
  note: TableNote,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { index } of rows) {
    const address = managementAddress(index.slice(arcs));
    if (address === undefined) {
      note.leaveOut('a management address of no known kind');
      continue;
    }
    const key = index.slice(0, arcs).join('.');
    const known = found.get(key) ?? [];
    if (!known.includes(address)) found.set(key, [...known, address]);
  }
  return found;
}

/** Makes a port of what its device calls it. */
export function portOf(
  at: HeardAt,
  {
    kind,
    id,
    description,
  }: { kind: SourceValue | undefined; id: SourceValue | undefined; description: SourceValue | undefined },
  adminStatus: number | null,
): LldpPort {
  return {
    port_number: at.portNumber,
    if_index: at.ifIndex,
    id: lldpId('port', kind, id),
    description: textOf(description),
    admin_status: adminStatus,
  };
}
