/**
 * A network as data: devices with their ports, and the cables between them. What each device says of its neighbours, which
 * addresses it has learned on which port, and which lines a map of the network must show, all follow from it.
 */
export interface Wiring {
  readonly devices: readonly WiredDevice[];
  readonly cables: readonly Cable[];
}

/**
 * The kind of a device, by which frames pass it:
 * - `switch`: learns and forwards between its ports, takes part in the spanning tree; `router`: forwards no frames;
 * - `unmanaged`: a switch that nobody can ask, without an address or a spanning tree of its own;
 * - `access_point`, `phone`: forward between their ports, and speak for themselves;
 * - `host`: an end; `hypervisor`: an end with guests behind the same port.
 */
export type WiredKind = 'switch' | 'router' | 'unmanaged' | 'access_point' | 'phone' | 'host' | 'hypervisor';

/** How a device uses a protocol: `send` tells and hears nothing, `receive` hears and tells nothing; `off` by default. */
export type Speech = 'both' | 'send' | 'receive' | 'off';

/** By what a device names a port in LLDP: the subtypes 5, 3, 1 and 7 (its name, or its ifIndex as text). */
export type PortIdKind = 'name' | 'mac' | 'alias' | 'local' | 'ifindex';

export interface WiredDevice {
  /** Unique; sysName, and what LLDP and CDP tell. */
  readonly name: string;
  readonly kind: WiredKind;
  /** First MAC address, that of the chassis and the bridge; by default one that follows from the place in the list. */
  readonly mac?: string | undefined;
  /** IPv4 address of the device itself; none: it has none. */
  readonly address?: string | undefined;
  /** VLAN that its own address is in; 1 by default. */
  readonly vlan?: number | undefined;
  readonly ports: readonly WiredPort[];
  /** LAGs: each an interface of its own, over ports of the device. */
  readonly aggregates?: readonly WiredAggregate[] | undefined;
  readonly lldp?: Speech | undefined;
  readonly cdp?: Speech | undefined;
  /** Protocols whose frames it forwards like any other: what it does not know itself, or should drop and does not. */
  readonly floods?: readonly ('lldp' | 'cdp')[] | undefined;
  /** `name` by default. */
  readonly portIds?: PortIdKind | undefined;
  /** LLDP-MIB by default; `v2` is LLDP-V2-MIB, whose ports are numbered as interfaces. */
  readonly lldpMib?: 'v1' | 'v2' | undefined;
  /** BRIDGE-MIB alone, or with Q-BRIDGE-MIB, which knows VLANs; the latter by default. */
  readonly bridgeMib?: 'plain' | 'vlans' | undefined;
  /** What is added to an ifIndex for the numbers of the other spaces; 0 by default. */
  readonly offsets?: { readonly bridge?: number; readonly lldp?: number; readonly fdb?: number } | undefined;
  /** The system id that it sends in LACP; its MAC address by default. The two of an MC-LAG send the same one. */
  readonly lacpSystem?: string | undefined;
  /** Members of a stack, by serial number; none: it is no stack. */
  readonly stackSerials?: readonly string[] | undefined;
  /** MAC addresses of the guests of a hypervisor, or of the wireless clients of an access point. */
  readonly guests?: readonly WiredGuest[] | undefined;
  /** sysDescr, and what LLDP and CDP tell of the system; one that names the kind by default. */
  readonly description?: string | undefined;
  /** sysObjectID; that of net-snmp's agent by default. */
  readonly objectId?: string | undefined;
}

export interface WiredGuest {
  readonly mac: string;
  readonly address?: string | undefined;
  /** That of its host by default. */
  readonly vlan?: number | undefined;
}

export interface WiredPort {
  /** ifName, unique within the device. */
  readonly name: string;
  /** ifIndex, unique within the device. */
  readonly index: number;
  /** ifDescr; the name by default. */
  readonly description?: string | undefined;
  readonly alias?: string | undefined;
  /** VLAN of what is plugged in there; that of the device itself by default. */
  readonly vlan?: number | undefined;
  /** 1,000 by default. */
  readonly megabits?: number | undefined;
  /** Its MAC address; by default the chassis' own with the ifIndex added. */
  readonly mac?: string | undefined;
}

export interface WiredAggregate {
  readonly name: string;
  readonly index: number;
  /** Names of its ports. */
  readonly ports: readonly string[];
  /** Whether LACP runs on it; true by default. */
  readonly lacp?: boolean | undefined;
}

/** One end of a cable, `DEVICE:PORT` by their names; the last colon parts them. */
export type CableEnd = string;

export interface Cable {
  readonly a: CableEnd;
  readonly b: CableEnd;
  /** False: it is plugged in, and its ports are down; true by default. */
  readonly isUp?: boolean | undefined;
}

export interface PortRange {
  /** ifName of each is this and its number, from 1: `Gi1/0/`. */
  readonly prefix: string;
  /** ifDescr alike; the prefix by default. */
  readonly longPrefix?: string | undefined;
  /** ifIndex of the first; 1 by default. */
  readonly firstIndex?: number | undefined;
  readonly megabits?: number | undefined;
  readonly vlan?: number | undefined;
}

/** Makes ports in a row. */
export function wiredPorts(count: number, range: PortRange): WiredPort[] {
  const { prefix, longPrefix = prefix, firstIndex = 1, megabits, vlan } = range;
  return Array.from({ length: count }, (_, at) => ({
    name: `${prefix}${at + 1}`,
    description: `${longPrefix}${at + 1}`,
    index: firstIndex + at,
    megabits,
    vlan,
  }));
}
