import type { NeighbourReport, NeighbourRows, TableRead } from '@stratora/contract';
import { NEIGHBOUR_ROWS_MAX, NEIGHBOUR_TABLES } from '@stratora/contract/wire';
import { IP_ADDR_ENTRY, IP_ADDRESS_ENTRY, readAddresses } from './address-table.ts';
import { IF_STACK_ENTRY, LAG_PORT_ENTRY, readAggregates } from './aggregate-table.ts';
import { BASE_PORT_ENTRY, readBridgePorts, STP_PORT_ENTRY } from './bridge-table.ts';
import { CDP_ENTRY, readCdpNeighbours } from './cdp-table.ts';
import {
  CISCO_VLAN_ENTRY,
  FORWARDING_ENTRY,
  readForwarding,
  VLAN_FORWARDING_ENTRY,
} from './forwarding-table.ts';
import { JUNOS_VLAN_ENTRY, VLAN_CURRENT_ENTRY, VLAN_STATIC_ENTRY } from './forwarding-vlans.ts';
import { IF_ENTRY, IF_X_ENTRY, readInterfaces } from './interface-table.ts';
import { LLDP_ADDRESS_ENTRY, LLDP_PORT_ENTRY, LLDP_REMOTE_ENTRY, MIKROTIK_ENTRY } from './lldp-mib.ts';
import { readLldp } from './lldp-tables.ts';
import {
  LLDP_V2_ADDRESS_ENTRY,
  LLDP_V2_CONFIG_ENTRY,
  LLDP_V2_PORT_ENTRY,
  LLDP_V2_REMOTE_ENTRY,
} from './lldp-v2-mib.ts';
import type { NeighbourSource } from './neighbour-source.ts';
import { type OwnNames, readOwnNames } from './own-names.ts';
import { Reading } from './reading.ts';
import { MEDIA_ENTRY, PHYSICAL_ENTRY, readResolutions } from './resolution-table.ts';
import { ENTITY_ENTRY, readStack } from './stack-table.ts';
import { type TableName, TableNote } from './table-note.ts';
import { TP_LINK_ENTRY } from './tp-link-lldp.ts';

export interface NeighbourReadOptions {
  readonly nodeId: string;
  /** When the reading begins; now by default. */
  readonly readAt?: Date | undefined;
  /** Most VLANs of a Cisco device that are read one by one, by sessions of their own; 32 by default, 0 for none. */
  readonly maxVlans?: number | undefined;
  /** Most rows of a table; as many as a report may hold by default. */
  readonly maxRows?: number | undefined;
}

const DEFAULT_VLANS = 32;

/** All that is walked: which of it a device has is asked at once. */
const ENTRIES = [
  IF_ENTRY,
  IF_X_ENTRY,
  IP_ADDRESS_ENTRY,
  IP_ADDR_ENTRY,
  LLDP_PORT_ENTRY,
  LLDP_REMOTE_ENTRY,
  LLDP_ADDRESS_ENTRY,
  LLDP_V2_PORT_ENTRY,
  LLDP_V2_CONFIG_ENTRY,
  LLDP_V2_REMOTE_ENTRY,
  LLDP_V2_ADDRESS_ENTRY,
  TP_LINK_ENTRY,
  MIKROTIK_ENTRY,
  CDP_ENTRY,
  BASE_PORT_ENTRY,
  STP_PORT_ENTRY,
  VLAN_FORWARDING_ENTRY,
  FORWARDING_ENTRY,
  VLAN_CURRENT_ENTRY,
  VLAN_STATIC_ENTRY,
  JUNOS_VLAN_ENTRY,
  CISCO_VLAN_ENTRY,
  PHYSICAL_ENTRY,
  MEDIA_ENTRY,
  LAG_PORT_ENTRY,
  IF_STACK_ENTRY,
  ENTITY_ENTRY,
];

type Notes = Record<TableName, TableNote>;

/**
 * Reads what a device says of its place in the network. It always comes to a report: a table that the device does not have, or
 * gives in part, or not at all, says so, and the rest is read as far as the device answers.
 *
 * @throws the reason of an abort, nothing else that a device can bring about
 */
export async function readNeighbourReport(
  source: NeighbourSource,
  options: NeighbourReadOptions,
): Promise<NeighbourReport> {
  const { nodeId, readAt = new Date(), maxVlans = DEFAULT_VLANS, maxRows = NEIGHBOUR_ROWS_MAX } = options;
  const reading = new Reading({ source, maxRows });
  const notes = Object.fromEntries(NEIGHBOUR_TABLES.map((name) => [name, new TableNote()])) as Notes;
  const names = await readOwnNames(reading);
  await reading.probe(ENTRIES);
  noteHeldTables(notes, names);
  const { rows: read, serial } = await readTables(reading, notes, { maxVlans, maxRows });
  const rows = Object.fromEntries(
    NEIGHBOUR_TABLES.map((name) => [name, read[name].slice(0, maxRows)]),
  ) as unknown as NeighbourRows;
  return {
    node_id: nodeId,
    read_at: readAt.toISOString(),
    system: { ...names.system, serial },
    tables: Object.fromEntries(
      NEIGHBOUR_TABLES.map((name) => [name, notes[name].finish(rows[name].length)]),
    ) as Record<TableName, TableRead>,
    rows,
  };
}

/** Notes which tables a device has although they may be without a row. */
function noteHeldTables(notes: Notes, { hasLldp, hasBridge, hasCdp, isCdpOff }: OwnNames): void {
  if (hasLldp) {
    notes.lldp_ports.noteHeld();
    notes.lldp_neighbours.noteHeld();
  }
  if (hasBridge) {
    notes.bridge_ports.noteHeld();
    notes.forwarding.noteHeld();
  }
  if (hasCdp) notes.cdp_neighbours.noteHeld();
  if (isCdpOff) notes.cdp_neighbours.say('CDP is switched off on the device.');
}

/** Reads table by table, the longest last: where a bound is reached, the others have been read. */
async function readTables(
  reading: Reading,
  notes: Notes,
  limits: { maxVlans: number; maxRows: number },
): Promise<{ rows: NeighbourRows; serial: string | null }> {
  const interfaces = await readInterfaces(reading, notes.interfaces);
  const addresses = await readAddresses(reading, notes.addresses);
  const lldp = await readLldp(reading, notes);
  const cdp_neighbours = await readCdpNeighbours(reading, notes.cdp_neighbours);
  const bridgePorts = await readBridgePorts(reading, notes.bridge_ports);
  const aggregates = await readAggregates(reading, notes.aggregates, interfaces);
  const { members, serial } = await readStack(reading, notes.stack_members);
  const address_resolution = await readResolutions(reading, notes.address_resolution);
  const forwarding = await readForwarding({
    ...limits,
    reading,
    note: notes.forwarding,
    bridgeNote: notes.bridge_ports,
    bridgePorts,
  });
  const rows = {
    interfaces,
    addresses,
    lldp_ports: lldp.ports,
    lldp_neighbours: lldp.neighbours,
    cdp_neighbours,
    bridge_ports: [...bridgePorts.values()],
    forwarding,
    address_resolution,
    aggregates,
    stack_members: [...members],
  };
  return { rows, serial };
}
