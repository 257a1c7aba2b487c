import type { NeighbourRows, NeighbourTable } from '@stratora/contract';
import type { InputNode, KeptTable, TopologyInput } from './topology-model.ts';
import {
  guestMac,
  type Learned,
  learn,
  macOf,
  type Protocol,
  type WiredDevice,
  type WiredPort,
  type Wiring,
} from './wiring.test-support.ts';

export const NOW = Date.UTC(2026, 10, 30, 12);
export const MINUTE = 60_000;

/** How a device names and numbers its ports. All numbers of one port differ. */
export interface Dialect {
  readonly name: (port: string) => string;
  readonly description: (port: string) => string;
  /** Port id that it announces: its interface name (5), its address (3) or a number (7). */
  readonly portId: (device: WiredDevice, port: string) => { subtype: number; text: string };
}

export const CISCO: Dialect = {
  name: (port) => `Gi1/0/${port}`,
  description: (port) => `GigabitEthernet1/0/${port}`,
  portId: (_, port) => ({ subtype: 5, text: `Gi1/0/${port}` }),
};
export const JUNIPER: Dialect = {
  name: (port) => `ge-0/0/${port}`,
  description: (port) => `ge-0/0/${port}`,
  portId: (_, port) => ({ subtype: 5, text: `ge-0/0/${port}.0` }),
};
export const NUMBERED: Dialect = {
  name: (port) => port,
  description: (port) => `Port ${port} on Unit 1`,
  portId: (_, port) => ({ subtype: 7, text: port }),
};
export const BY_ADDRESS: Dialect = {
  name: (port) => `swp${port}`,
  description: (port) => `swp${port}`,
  portId: (device, port) => ({ subtype: 3, text: macOf(device, Number(port)) }),
};

export interface ReportOptions {
  readonly dialect?: (device: WiredDevice) => Dialect;
  readonly atMs?: number;
  /** Changes what a device reports, or takes it away. */
  readonly spoil?: (node: InputNode) => InputNode;
  /** Whether forwarding tables are read, and what spanning tree says of the other end. */
  readonly hasForwarding?: boolean;
  readonly hasTree?: boolean;
}

const UP = 1;
const DOWN = 2;

/** Makes the reports that a collector would read of a wiring. */
export function reportsOf(wiring: Wiring, options: ReportOptions = {}): InputNode[] {
  const { learned, blocked, designated } = learn(wiring);
  return [...wiring.devices.values()]
    .filter(({ watch }) => watch !== 'none')
    .map((device) => {
      const node = nodeOf(wiring, device, {
        ...options,
        dialect: options.dialect?.(device) ?? CISCO,
        learned: learned.get(device.name) ?? [],
        blocked,
        designated,
      });
      return options.spoil?.(node) ?? node;
    });
}

export function inputOf(nodes: readonly InputNode[], more: Partial<TopologyInput> = {}): TopologyInput {
  return {
    nowMs: NOW,
    nodes,
    collectors: [],
    manualLinks: [],
    previous: { links: [], neighbours: [], inferred: [] },
    ...more,
  };
}

const TYPES: Readonly<Record<WiredDevice['kind'], string>> = {
  switch: 'switch',
  dumb: 'switch',
  host: 'server',
  phone: 'phone',
  ap: 'wireless',
  hypervisor: 'hypervisor',
  guest: 'server',
};

interface Scene extends Omit<ReportOptions, 'dialect'> {
  readonly dialect: Dialect;
  readonly learned: readonly Learned[];
  readonly blocked: ReadonlySet<string>;
  readonly designated: ReadonlyMap<string, WiredPort>;
}

function nodeOf(wiring: Wiring, device: WiredDevice, scene: Scene): InputNode {
  const isAsked = device.watch === 'asked';
  const base = {
    nodeId: `node-${device.name}`,
    name: device.name,
    siteId: device.site,
    collectorId: `collector-${device.site}`,
    addresses: [addressOf(device)],
    macAddresses: [device.kind === 'guest' ? guestMac(device) : macOf(device)],
    deviceType: TYPES[device.kind],
  };
  if (!isAsked) return { ...base, system: null, tables: {} };
  return {
    ...base,
    macAddresses: [],
    system: {
      system_name: device.name,
      system_description: null,
      system_object_id: null,
      chassis: { subtype: 4, text: macOf(device) },
      lldp_name: device.name,
      cdp_device_id: device.speaks.cdp ? device.name : null,
      base_mac: macOf(device),
      engine_id: null,
      serial: null,
      uptime_seconds: 1,
    },
    tables: tablesOf(wiring, device, scene),
  };
}

function tablesOf(wiring: Wiring, device: WiredDevice, scene: Scene): InputNode['tables'] {
  const atMs = scene.atMs ?? NOW - MINUTE;
  const rows = rowsOf(wiring, device, scene);
  const isSwitch = device.kind === 'switch';
  const absent = (table: NeighbourTable) =>
    (table.startsWith('lldp') && !device.speaks.lldp) ||
    (table.startsWith('cdp') && !device.speaks.cdp) ||
    ((table === 'forwarding' || table === 'bridge_ports') && !isSwitch);
  const entries = Object.entries(rows) as [NeighbourTable, readonly unknown[]][];
  return Object.fromEntries(
    entries.map(([table, some]) => [table, absent(table) ? keptAbsent(atMs) : kept(some, atMs)]),
  ) as InputNode['tables'];
}

export function kept<Row>(rows: readonly Row[], atMs: number): KeptTable<Row> {
  return { rows, rowsAtMs: atMs, isWhole: true, lastState: 'whole', lastAtMs: atMs, lastReason: null };
}

function keptAbsent(atMs: number): KeptTable<unknown> {
  return { rows: [], rowsAtMs: null, isWhole: false, lastState: 'absent', lastAtMs: atMs, lastReason: null };
}

const numberIn = (space: number, ports: readonly string[], port: string) => space + ports.indexOf(port) + 1;
const indexSpace = ({ number }: WiredDevice) => 10_000 + 7 * number;
const bridgeSpace = ({ number }: WiredDevice) => 100 + number;
const lldpSpace = ({ number }: WiredDevice) => 500 + 3 * number;

/** How one device numbers and names what it has. */
class Voice {
  readonly ports: readonly string[];
  readonly bundles: readonly string[];
  readonly all: readonly string[];
  readonly wiring: Wiring;
  readonly device: WiredDevice;
  readonly dialect: Dialect;

  constructor(wiring: Wiring, device: WiredDevice, dialect: Dialect) {
    this.wiring = wiring;
    this.device = device;
    this.dialect = dialect;
    this.ports = wiring.portsOf(device);
    this.bundles = Object.keys(device.bundles);
    this.all = allPorts(wiring, device);
  }

  index(port: string): number {
    return numberIn(indexSpace(this.device), this.all, port);
  }

  bridgePort(port: string): number {
    return numberIn(bridgeSpace(this.device), this.all, port);
  }

  lldpPort(port: string): number {
    return numberIn(lldpSpace(this.device), this.ports, port);
  }

  isUp(port: string): boolean {
    const cable = this.wiring.cableAt({ device: this.device, port });
    return this.bundles.includes(port) || (cable !== undefined && !cable.isCut);
  }
}

function rowsOf(
  wiring: Wiring,
  device: WiredDevice,
  { dialect, hasForwarding = true, ...scene }: Scene,
): NeighbourRows {
  const voice = new Voice(wiring, device, dialect);
  return {
    interfaces: interfaceRows(voice),
    addresses: [
      { address: addressOf(device), prefix_length: 24, if_index: voice.index(voice.all[0] ?? '1') },
    ],
    lldp_ports: voice.ports.map((port) => ({
      port_number: voice.lldpPort(port),
      if_index: null,
      id: dialect.portId(device, port),
      description: dialect.description(port),
      admin_status: 3,
    })),
    ...heardRows(voice, scene.blocked),
    bridge_ports: bridgeRows(voice, scene),
    forwarding: hasForwarding
      ? scene.learned.map(({ mac, port }) => ({
          mac_address: mac,
          bridge_port: voice.bridgePort(port),
          vlan: 1,
          status: 3,
        }))
      : [],
    address_resolution: resolutionRows(voice),
    aggregates: voice.bundles.flatMap((bundle) =>
      (device.bundles[bundle] ?? []).map((port) => ({
        member_if_index: voice.index(port),
        aggregate_if_index: voice.index(bundle),
        actor_system: null,
        partner_system: null,
        partner_port: null,
      })),
    ),
    stack_members: [],
  };
}

function interfaceRows(voice: Voice): NeighbourRows['interfaces'] {
  const { device, dialect, bundles } = voice;
  return voice.all.map((port) => {
    const isBundle = bundles.includes(port);
    return {
      if_index: voice.index(port),
      name: isBundle ? port : dialect.name(port),
      description: isBundle ? port : dialect.description(port),
      alias: null,
      type: isBundle ? 161 : 6,
      mac_address: macOf(device, isBundle ? 0 : Number(port)),
      admin_status: UP,
      oper_status: voice.isUp(port) ? UP : DOWN,
      speed_bps: 1e9,
    };
  });
}

function heardRows(
  voice: Voice,
  blocked: ReadonlySet<string>,
): Pick<NeighbourRows, 'lldp_neighbours' | 'cdp_neighbours'> {
  const { device, wiring, dialect } = voice;
  const heard = (protocol: Protocol) =>
    device.speaks[protocol]
      ? voice.ports.flatMap((port) =>
          wiring.heardAt({ device, port }, protocol, blocked).map((far) => ({ port, far })),
        )
      : [];
  return {
    lldp_neighbours: heard('lldp').map(({ port, far }) =>
      lldpRow(voice.lldpPort(port), far, dialectOf(far, dialect)),
    ),
    cdp_neighbours: heard('cdp').map(({ port, far }) =>
      cdpRow(voice.index(port), far, dialectOf(far, dialect)),
    ),
  };
}

function bridgeRows(
  voice: Voice,
  { blocked, designated, hasTree = false }: Pick<Scene, 'blocked' | 'designated' | 'hasTree'>,
): NeighbourRows['bridge_ports'] {
  const { device, wiring } = voice;
  return voice.all.map((port) => {
    const far = hasTree ? designated.get(`${device.name} ${port}`) : undefined;
    const there =
      far === undefined
        ? { designated_bridge: null, designated_port: null }
        : {
            designated_bridge: macOf(far.device),
            designated_port:
              0x8000 + numberIn(bridgeSpace(far.device), allPorts(wiring, far.device), far.port),
          };
    return {
      bridge_port: voice.bridgePort(port),
      if_index: voice.index(port),
      stp_state: blocked.has(`${device.name} ${port}`) ? 2 : 5,
      ...there,
    };
  });
}

/** The first switch is the router of the plant. */
function resolutionRows({ device, wiring, ...voice }: Voice): NeighbourRows['address_resolution'] {
  if (device.number !== 1) return [];
  return [...wiring.devices.values()]
    .filter((other) => other !== device && other.kind !== 'dumb')
    .map((other) => ({
      if_index: numberIn(indexSpace(device), voice.all, voice.all[0] ?? '1'),
      address: addressOf(other),
      mac_address: other.kind === 'guest' ? guestMac(other) : macOf(other),
    }));
}

function allPorts(wiring: Wiring, device: WiredDevice): string[] {
  return [...wiring.portsOf(device), ...Object.keys(device.bundles)];
}

const dialects = new WeakMap<WiredDevice, Dialect>();
/** Dialects of devices that others hear; those of nodes are noted when a test sets them. */
export function setDialect(device: WiredDevice, dialect: Dialect): void {
  dialects.set(device, dialect);
}
function dialectOf({ device }: WiredPort, other: Dialect): Dialect {
  return dialects.get(device) ?? other;
}

function lldpRow(
  number: number,
  { device, port }: WiredPort,
  dialect: Dialect,
): NeighbourRows['lldp_neighbours'][number] {
  const capabilities: Readonly<Record<string, string[]>> = {
    switch: ['bridge'],
    phone: ['bridge', 'phone'],
    ap: ['bridge', 'wlan'],
    host: ['station'],
    hypervisor: ['station'],
    guest: ['station'],
  };
  return {
    port_number: number,
    if_index: null,
    chassis: { subtype: 4, text: device.kind === 'guest' ? guestMac(device) : macOf(device) },
    port: dialect.portId(device, port),
    port_description: dialect.description(port),
    system_name: device.name,
    system_description: null,
    capabilities: capabilities[device.kind] ?? [],
    management_addresses: [addressOf(device)],
  };
}

function cdpRow(
  ifIndex: number,
  { device, port }: WiredPort,
  dialect: Dialect,
): NeighbourRows['cdp_neighbours'][number] {
  return {
    if_index: ifIndex,
    device_id: device.name,
    port: dialect.description(port),
    platform: device.kind === 'phone' ? 'IP Phone 8841' : 'a switch',
    version: null,
    system_name: null,
    address: addressOf(device),
    management_addresses: [],
    capabilities: device.kind === 'phone' ? ['host', 'phone'] : ['switch'],
    native_vlan: null,
  };
}

export function addressOf({ number }: WiredDevice): string {
  return `10.${number >> 16}.${(number >> 8) & 0xff}.${number & 0xff}`;
}
