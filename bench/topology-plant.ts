import type { NeighbourRows, NeighbourTable } from '@stratora/contract';
import type { InputNode, KeptTable, TopologyInput } from '@stratora/topology';

/** A plant in three tiers: a core, distribution switches, and access switches with their hosts. */
export interface PlantSize {
  readonly distribution: number;
  readonly access: number;
  readonly hostsPerAccess: number;
  /** Of so many access switches one says nothing, and is known by forwarding tables alone. */
  readonly silentEach: number;
}

const NOW = Date.UTC(2026, 10, 30, 12);
const UPLINK = 60;
const LEARNED = 3;

interface PlannedSwitch {
  readonly number: number;
  readonly up: { readonly number: number; readonly port: number } | undefined;
  readonly below: { readonly number: number; readonly port: number }[];
  readonly hosts: readonly number[];
}

/** Makes the reports of a plant. Each address is learned on the access switch, the distribution switch and the core. */
export function plantOf(size: PlantSize): TopologyInput {
  const switches = plan(size);
  const isSilent = (number: number) => number > size.distribution && number % size.silentEach === 0;
  const nodes = switches.map((one) => nodeOf(one, switches, isSilent));
  const collector = {
    collectorId: 'collector',
    hostNodeId: null,
    siteId: 'site',
    addresses: [hostAddress(0)],
    macAddresses: [mac(1, 0)],
  };
  return {
    nowMs: NOW,
    nodes,
    collectors: [collector],
    manualLinks: [],
    previous: { links: [], neighbours: [], inferred: [] },
  };
}

/** Number of entries of all forwarding tables. */
export function forwardingEntries({ nodes }: TopologyInput): number {
  return nodes.reduce((sum, { tables }) => sum + (tables.forwarding?.rows.length ?? 0), 0);
}

function plan({ distribution, access, hostsPerAccess }: PlantSize): PlannedSwitch[] {
  const switches: PlannedSwitch[] = [{ number: 0, up: undefined, below: [], hosts: [] }];
  const add = (up: PlannedSwitch, hosts: readonly number[]) => {
    const port = up.below.length + 1;
    const number = switches.length;
    up.below.push({ number, port });
    switches.push({ number, up: { number: up.number, port }, below: [], hosts });
  };
  for (let at = 0; at < distribution; at += 1) add(switches[0] as PlannedSwitch, []);
  for (let at = 0; at < access; at += 1) {
    const hosts = Array.from({ length: hostsPerAccess }, (_, host) => at * hostsPerAccess + host);
    add(switches[1 + (at % distribution)] as PlannedSwitch, hosts);
  }
  return switches;
}

function nodeOf(
  one: PlannedSwitch,
  switches: readonly PlannedSwitch[],
  isSilent: (number: number) => boolean,
): InputNode {
  const { number, up, below } = one;
  const ports = [...Array.from({ length: 48 }, (_, at) => at + 1), UPLINK];
  const all = [...new Set([...ports, ...below.map(({ port }) => port)])];
  const ends = [
    ...(up === undefined ? [] : [{ port: UPLINK, far: up.number, farPort: up.port }]),
    ...below.map((end) => ({ port: end.port, far: end.number, farPort: UPLINK })),
  ];
  const rows: NeighbourRows = {
    interfaces: all.map((port) => ({
      if_index: 10_000 + port,
      name: name(port),
      description: `GigabitEthernet1/0/${port}`,
      alias: null,
      type: 6,
      mac_address: mac(0, number * 100 + port),
      admin_status: 1,
      oper_status: 1,
      speed_bps: 1e9,
    })),
    addresses: [{ address: switchAddress(number), prefix_length: 16, if_index: 10_001 }],
    lldp_ports: all.map((port) => ({
      port_number: 500 + port,
      if_index: null,
      id: { subtype: 5, text: name(port) },
      description: null,
      admin_status: 3,
    })),
    lldp_neighbours: isSilent(number)
      ? []
      : ends.filter(({ far }) => !isSilent(far)).map((end) => neighbourRow(end)),
    cdp_neighbours: [],
    bridge_ports: all.map((port) => ({
      bridge_port: 100 + port,
      if_index: 10_000 + port,
      stp_state: 5,
      designated_bridge: null,
      designated_port: null,
    })),
    forwarding: forwardingRows(one, switches),
    address_resolution: number === 0 ? resolutionRows(switches) : [],
    aggregates: [],
    stack_members: [],
  };
  return {
    nodeId: `node-${String(number).padStart(5, '0')}`,
    name: `switch-${number}`,
    siteId: 'site',
    collectorId: 'collector',
    addresses: [switchAddress(number)],
    macAddresses: [],
    deviceType: 'switch',
    system: {
      system_name: `switch-${number}`,
      system_description: null,
      system_object_id: null,
      chassis: { subtype: 4, text: mac(0, number * 100) },
      lldp_name: null,
      cdp_device_id: null,
      base_mac: mac(0, number * 100),
      engine_id: null,
      serial: null,
      uptime_seconds: 1,
    },
    tables: Object.fromEntries(
      Object.entries(rows).map(([table, some]) => [table, whole(some)]),
    ) as InputNode['tables'],
  };
}

function whole(rows: NeighbourRows[NeighbourTable]): KeptTable<unknown> {
  const atMs = NOW - 60_000;
  return { rows, rowsAtMs: atMs, isWhole: true, lastState: 'whole', lastAtMs: atMs, lastReason: null };
}

function neighbourRow(end: {
  port: number;
  far: number;
  farPort: number;
}): NeighbourRows['lldp_neighbours'][number] {
  return {
    port_number: 500 + end.port,
    if_index: null,
    chassis: { subtype: 4, text: mac(0, end.far * 100) },
    port: { subtype: 5, text: name(end.farPort) },
    port_description: null,
    system_name: `switch-${end.far}`,
    system_description: null,
    capabilities: ['bridge'],
    management_addresses: [switchAddress(end.far)],
  };
}

/** Hosts at their ports, all that is below at the port that leads there, and the core above. */
function forwardingRows(one: PlannedSwitch, switches: readonly PlannedSwitch[]): NeighbourRows['forwarding'] {
  const rows: NeighbourRows['forwarding'] = [];
  const add = (text: string, port: number) =>
    rows.push({ mac_address: text, bridge_port: 100 + port, vlan: 10, status: LEARNED });
  for (const [at, host] of one.hosts.entries()) add(mac(1, host), at + 1);
  const addBelow = (number: number, port: number) => {
    const other = switches[number] as PlannedSwitch;
    add(mac(0, number * 100), port);
    for (const host of other.hosts) add(mac(1, host), port);
    for (const { number: next } of other.below) addBelow(next, port);
  };
  for (const { number, port } of one.below) addBelow(number, port);
  for (let up = one.up; up !== undefined; up = switches[up.number]?.up) add(mac(0, up.number * 100), UPLINK);
  return rows;
}

function resolutionRows(switches: readonly PlannedSwitch[]): NeighbourRows['address_resolution'] {
  return switches
    .flatMap(({ hosts }) => hosts)
    .map((host) => ({ if_index: 10_001, address: hostAddress(host), mac_address: mac(1, host) }));
}

function name(port: number): string {
  return `Gi1/0/${port}`;
}

function mac(kind: number, number: number): string {
  const bytes = [0x00, 0x1b, kind, (number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

function switchAddress(number: number): string {
  return `10.1.${number >> 8}.${number & 0xff}`;
}

function hostAddress(host: number): string {
  return `10.${2 + (host >> 16)}.${(host >> 8) & 0xff}.${host & 0xff}`;
}
