import type { NeighbourRows } from '@stratora/contract';
import { readBridgePorts } from './bridge-table.ts';
import { macOf, macOfArcs, numberOf } from './cell-value.ts';
import { readVlans } from './forwarding-vlans.ts';
import type { Reading, Row } from './reading.ts';
import { TableNote } from './table-note.ts';

type Forwarding = NeighbourRows['forwarding'][number];
type BridgePort = NeighbourRows['bridge_ports'][number];

/** dot1qTpFdbTable of Q-BRIDGE-MIB (RFC 4363), by database and MAC address; dot1dTpFdbTable of BRIDGE-MIB (RFC 4188), by MAC address. */
export const VLAN_FORWARDING_ENTRY = '1.3.6.1.2.1.17.7.1.2.2.1';
export const FORWARDING_ENTRY = '1.3.6.1.2.1.17.4.3.1';
/** Port and status, the same in both. */
const COLUMNS = [2, 3] as const;
/** With dot1dTpFdbAddress: some agents number their rows, so that the address is in no index. */
const PLAIN_COLUMNS = [...COLUMNS, 1] as const;
/** Status of an entry of which the device does not tell one: that of most. */
const LEARNED = 3;
const MAC_ARCS = 6;

/** vtpVlanState and vtpVlanType of CISCO-VTP-MIB, by domain and VLAN. */
export const CISCO_VLAN_ENTRY = '1.3.6.1.4.1.9.9.46.1.3.1.1';
const CISCO_VLAN_COLUMNS = [2, 3] as const;
const OPERATIONAL = 1;
const ETHERNET = 1;
/** VLANs of a row that did not answer, after which no more are asked. */
const SILENT_VLANS = 2;

export interface ForwardingOptions {
  readonly reading: Reading;
  readonly note: TableNote;
  readonly bridgeNote: TableNote;
  /** The bridge ports found so far; those of single VLANs are added. */
  readonly bridgePorts: Map<number, BridgePort>;
  /** Most VLANs of a Cisco device that are read one by one; 0: none. */
  readonly maxVlans: number;
  readonly maxRows: number;
}

/** Reads the addresses that a device forwards to. */
export async function readForwarding(options: ForwardingOptions): Promise<Forwarding[]> {
  const { reading, note } = options;
  const byVlan = await readByDatabase(options);
  if (byVlan.length > 0) return byVlan;
  const rows = await reading.rows(note, {
    entry: FORWARDING_ENTRY,
    columns: [...PLAIN_COLUMNS],
    needed: [0],
  });
  const plain = rows.flatMap((row) => entryOf(row, row.index, note) ?? []);
  const ofVlans = await readVlanByVlan(options);
  return ofVlans.length > 0 ? withoutTwins(plain, ofVlans) : plain;
}

async function readByDatabase({ reading, note }: ForwardingOptions): Promise<Forwarding[]> {
  const rows = await reading.rows(note, { entry: VLAN_FORWARDING_ENTRY, columns: [...COLUMNS], needed: [0] });
  if (rows.length === 0) return [];
  const vlanOf = await readVlans(reading, note, new Set(rows.map(({ index }) => index[0] ?? 0)));
  // Arcs behind the address, which some agents have, tell nothing that the standard knows.
  return rows.flatMap((row) => {
    const entry = entryOf(row, row.index.slice(1, 1 + MAC_ARCS), note);
    return entry === undefined ? [] : [{ ...entry, vlan: vlanOf(row.index[0] ?? 0) }];
  });
}

function entryOf({ values }: Row, arcs: readonly number[], note: TableNote): Forwarding | undefined {
  const mac = macOfArcs(arcs) ?? macOf(values[2]);
  const port = numberOf(values[0]);
  if (mac === undefined || port === null) {
    note.leaveOut(mac === undefined ? 'an entry whose row holds no MAC address' : 'an entry without a port');
    return undefined;
  }
  return { mac_address: mac, bridge_port: port, vlan: null, status: numberOf(values[1]) ?? LEARNED };
}

/** Reads the forwarding table of each VLAN of a device that shows one at a time (Cisco's, but for those with Q-BRIDGE-MIB). */
async function readVlanByVlan(options: ForwardingOptions): Promise<Forwarding[]> {
  const { reading, note, bridgeNote, bridgePorts, maxVlans, maxRows } = options;
  const vlans = maxVlans > 0 ? await listCiscoVlans(reading, note) : [];
  const found: Forwarding[] = [];
  const vlanNote = new TableNote();
  let silent = 0;
  for (const vlan of vlans.slice(0, maxVlans)) {
    const ofVlan = reading.ofVlan(vlan);
    if (ofVlan === undefined || silent >= SILENT_VLANS || found.length >= maxRows) break;
    const rows = await ofVlan.rows(vlanNote, {
      entry: FORWARDING_ENTRY,
      columns: [...PLAIN_COLUMNS],
      needed: [0],
    });
    silent = ofVlan.over === undefined ? 0 : silent + 1;
    const entries = rows.flatMap((row) => entryOf(row, row.index, vlanNote) ?? []);
    for (const entry of entries) found.push({ ...entry, vlan });
    // Its ports have numbers in this VLAN alone.
    if (entries.length > 0) await readBridgePorts(ofVlan, bridgeNote, bridgePorts);
  }
  // Many of these devices answer for single VLANs only where somebody has set that up.
  if (found.length === 0 && silent > 0) note.leaveOut('VLANs that the device does not show one by one');
  const { state, reason } = vlanNote.finish(found.length);
  if (state === 'part') note.noteOpen(reason ?? 'Not every VLAN was read.');
  if (vlans.length > maxVlans && found.length > 0) {
    note.noteOpen(`The device has ${vlans.length} VLANs, of which ${maxVlans} were read.`);
  }
  return found.slice(0, maxRows);
}

async function listCiscoVlans(reading: Reading, note: TableNote): Promise<number[]> {
  const rows = await reading.rows(note, {
    entry: CISCO_VLAN_ENTRY,
    columns: [...CISCO_VLAN_COLUMNS],
    needed: [],
  });
  return rows.flatMap(({ index, values: [state, type] }) => {
    const vlan = index.at(-1);
    const isUsed = numberOf(state) === OPERATIONAL && (numberOf(type) ?? ETHERNET) === ETHERNET;
    return vlan !== undefined && vlan >= 1 && vlan <= 4094 && isUsed ? [vlan] : [];
  });
}

/** Puts the entries of single VLANs in the place of those that are the same without their VLAN. */
function withoutTwins(plain: readonly Forwarding[], ofVlans: readonly Forwarding[]): Forwarding[] {
  const told = new Set(ofVlans.map((entry) => `${entry.mac_address} ${entry.bridge_port}`));
  return [...plain.filter((entry) => !told.has(`${entry.mac_address} ${entry.bridge_port}`)), ...ofVlans];
}
