import type { NeighbourRows, NeighbourTable } from '@stratora/contract';
import { FADE_AFTER_MS } from './fade-time.ts';
import { isDeviceMac, readMac } from './mac-address.ts';
import { plainAddress } from './network-address.ts';
import { BridgePorts, LldpPorts } from './port-numbers.ts';
import { PortTable } from './port-table.ts';
import { compareText } from './stable-id.ts';
import type { InputNode, KeptTable, TopologyInput } from './topology-model.ts';

/** A node with its tables made ready to be asked. */
export interface PlantNode {
  /** Its place among the nodes by id. */
  readonly index: number;
  readonly input: InputNode;
  readonly ports: PortTable;
  readonly bridge: BridgePorts;
  readonly lldp: LldpPorts;
  /** Addresses of its own that no group and no pair of routers has. */
  readonly macs: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
  /** Whether it forwards between its ports, as far as its tables tell. */
  readonly isBridge: boolean;
}

/** All nodes by id, so that the order in which they were given makes no difference. */
export interface Plant {
  readonly nowMs: number;
  readonly nodes: readonly PlantNode[];
  readonly byId: ReadonlyMap<string, PlantNode>;
}

const CHASSIS_MAC = 4;
const TABLES_OF_PLACES = new Set(['lldp_neighbours', 'cdp_neighbours', 'forwarding', 'address_resolution']);

export function readPlant({ nodes: given, nowMs }: TopologyInput): Plant {
  const newest = newestByCollector(given);
  const sorted = given
    .map((node) => withoutOldPlaces(node, newest.get(node.collectorId) ?? 0))
    .toSorted((a, b) => compareText(a.nodeId, b.nodeId));
  const nodes = sorted.map((input, index) => readNode(input, index));
  return { nowMs, nodes, byId: new Map(nodes.map((node) => [node.input.nodeId, node])) };
}

/** Finds when each collector read anything last: while it is away, what it read before grows no older. */
function newestByCollector(given: readonly InputNode[]): Map<string | null, number> {
  const newest = new Map<string | null, number>();
  for (const { collectorId, tables } of given)
    for (const table of Object.values(tables))
      newest.set(collectorId, Math.max(newest.get(collectorId) ?? 0, table?.rowsAtMs ?? 0));
  return newest;
}

/** Takes from a device that has said nothing for long what it said of others: they may be anywhere by now. */
function withoutOldPlaces(input: InputNode, newestMs: number): InputNode {
  const tables = Object.fromEntries(
    Object.entries(input.tables).map(([name, table]) =>
      TABLES_OF_PLACES.has(name) && newestMs - (table.rowsAtMs ?? newestMs) > FADE_AFTER_MS
        ? [name, { ...table, rows: [], isWhole: false }]
        : [name, table],
    ),
  ) as InputNode['tables'];
  return { ...input, tables };
}

function readNode(input: InputNode, index: number): PlantNode {
  const ports = new PortTable(rowsOf(input, 'interfaces'), rowsOf(input, 'aggregates'));
  const bridge = new BridgePorts(rowsOf(input, 'bridge_ports'), ports);
  return {
    index,
    input,
    ports,
    bridge,
    lldp: new LldpPorts(rowsOf(input, 'lldp_ports'), ports, bridge),
    macs: ownMacs(input),
    addresses: new Set(
      [...input.addresses, ...rowsOf(input, 'addresses').map(({ address }) => address)].map(plainAddress),
    ),
    isBridge: rowsOf(input, 'bridge_ports').length > 0 || rowsOf(input, 'forwarding').length > 0,
  };
}

/** Rows of a table that count; none where it was never read. */
export function rowsOf<T extends NeighbourTable>(input: InputNode, table: T): NeighbourRows[T] {
  return (input.tables[table]?.rows ?? []) as NeighbourRows[T];
}

export function keptTable(input: InputNode, table: NeighbourTable): KeptTable<unknown> | undefined {
  return input.tables[table];
}

/** When the rows of a table were read; 0 where they never were. */
export function readAt(input: InputNode, table: NeighbourTable): number {
  return input.tables[table]?.rowsAtMs ?? 0;
}

/** Tells whether a missing row of a table says that there is none. */
export function isWhole(input: InputNode, table: NeighbourTable): boolean {
  return input.tables[table]?.isWhole === true;
}

function ownMacs({ system, macAddresses, ...input }: InputNode): Set<string> {
  const macs = new Set<string>();
  const add = (mac: string | null | undefined) => {
    if (mac != null && isDeviceMac(mac)) macs.add(mac);
  };
  for (const mac of macAddresses) add(mac);
  add(system?.base_mac);
  if (system?.chassis?.subtype === CHASSIS_MAC) add(readMac(system.chassis.text));
  for (const row of input.tables.interfaces?.rows ?? []) add(row.mac_address);
  return macs;
}
