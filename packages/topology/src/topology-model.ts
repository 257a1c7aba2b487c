import type { NeighbourRows, NeighbourSystem, NeighbourTable, TableReadState } from '@stratora/contract';

/** What a topology is derived from. The order of its lists makes no difference. */
export interface TopologyInput {
  /** The time that ages are judged by, in milliseconds since 1970; there is no other clock. */
  readonly nowMs: number;
  readonly nodes: readonly InputNode[];
  readonly collectors: readonly InputCollector[];
  /** Links that people drew. */
  readonly manualLinks: readonly ManualLink[];
  /** What the derivation before gave; empty at the first. */
  readonly previous: PreviousTopology;
}

/** A node, with what the product knows of it and what it said of itself. */
export interface InputNode {
  readonly nodeId: string;
  /** The name that people gave it. */
  readonly name: string;
  readonly siteId: string;
  /** The collector that polls it; null where its own agent reports it, or nobody does. */
  readonly collectorId: string | null;
  /** Addresses that the product reaches it by, or its agent told. */
  readonly addresses: readonly string[];
  /** MAC addresses known from elsewhere, such as an agent: lower case with colons. */
  readonly macAddresses: readonly string[];
  /** As in `DEVICE_TYPES` of contract, or any other word. */
  readonly deviceType: string;
  /** Null while the device has said nothing. */
  readonly system: NeighbourSystem | null;
  readonly tables: { readonly [Table in NeighbourTable]?: KeptTable<NeighbourRows[Table][number]> };
}

/** The newest whole rows of a table, and what came of the newest attempt to read it. */
export interface KeptTable<Row> {
  /** Rows of the newest whole reading; where there was none yet, those of the newest part. */
  readonly rows: readonly Row[];
  /** When these rows were read, in milliseconds since 1970; null where nothing was ever read. */
  readonly rowsAtMs: number | null;
  /** Whether `rows` are a whole reading. Only then does a missing row say that there is none. */
  readonly isWhole: boolean;
  /** What came of the newest attempt, and when it was. */
  readonly lastState: TableReadState;
  readonly lastAtMs: number;
  /** Why the newest attempt gave no whole table, in words. */
  readonly lastReason: string | null;
}

/** A collector, or the server, with what tells where it is plugged in. */
export interface InputCollector {
  /** Null for the server, which is where nodes are seen from that their own agents report. */
  readonly collectorId: string | null;
  /** The node that its host is, where an agent runs there too. */
  readonly hostNodeId: string | null;
  readonly siteId: string | null;
  readonly addresses: readonly string[];
  readonly macAddresses: readonly string[];
}

export interface ManualLink {
  readonly linkId: string;
  readonly a: { readonly nodeId: string; readonly interface: string | null };
  readonly b: { readonly nodeId: string; readonly interface: string | null };
}

/** What is carried from one derivation to the next: taken from its result as it is. */
export interface PreviousTopology {
  readonly links: readonly DerivedLink[];
  readonly neighbours: readonly UnknownNeighbour[];
  readonly inferred: readonly InferredSwitch[];
}

/** One of the three kinds of things that a link may end at. */
export type DeviceRef =
  | { readonly kind: 'node'; readonly id: string }
  /** A device that others told of and that is no node; `id` is that of an `UnknownNeighbour`. */
  | { readonly kind: 'neighbour'; readonly id: string }
  /** A switch that nobody can ask; `id` is that of an `InferredSwitch`. */
  | { readonly kind: 'inferred'; readonly id: string };

/** An interface of a device, by what stays when the device numbers anew. */
export interface InterfaceRef {
  /** Identity within its device: its name, and what tells it from twins. Never an index where it has a name. */
  readonly key: string;
  /** As shown: `Gi1/0/4`. Null where only a number is known. */
  readonly name: string | null;
  readonly alias: string | null;
  /** ifIndex at the newest reading; null where it is no interface of `interfaces`. */
  readonly ifIndex: number | null;
}

export interface LinkEnd {
  readonly device: DeviceRef;
  /** Null where nothing tells which port it is. Of a LAG the aggregate, or its first member where no aggregate is known. */
  readonly interface: InterfaceRef | null;
}

export const DERIVED_SOURCES = ['lldp', 'cdp', 'lacp', 'stp', 'fdb', 'manual'] as const;
/** Where a link is known from: LLDP, CDP, LACP partners, spanning tree, forwarding tables, or people. */
export type DerivedSource = (typeof DERIVED_SOURCES)[number];

/** `up`: seen at the newest reading; `down`: a port of it is down, or gone; `stale`: its ports are up and nobody sees it any more. */
export type DerivedLinkState = 'up' | 'down' | 'stale';

/** A row, or the lack of one, that speaks for a link. */
export interface Witness {
  /** The end that says so; null for people. */
  readonly end: 'a' | 'b' | null;
  readonly nodeId: string | null;
  readonly source: DerivedSource;
  readonly table: NeighbourTable | null;
  /** When the row was read, in milliseconds since 1970; null for people. */
  readonly atMs: number | null;
  /** What the row says, in a sentence without a full stop. */
  readonly words: string;
}

/** A cable inside a LAG. */
export interface LinkMember {
  readonly a: InterfaceRef | null;
  readonly b: InterfaceRef | null;
  readonly state: 'up' | 'down' | null;
  readonly speedBps: number | null;
}

/** A line of the map. `a` is the end whose device and interface come first by `key`. */
export interface DerivedLink {
  /** A UUID that follows from the ends, and is kept over everything that keeps the ends. */
  readonly id: string;
  readonly a: LinkEnd;
  readonly b: LinkEnd;
  readonly sources: readonly DerivedSource[];
  /** Id of the link that people drew between the same ends; null where nobody did. */
  readonly manualLinkId: string | null;
  /** `both`: each end tells of the other; `a` or `b`: seen from that end only; null for a link that only people know. */
  readonly seenFrom: 'both' | 'a' | 'b' | null;
  /** Why the silent end says nothing, where it is a node: `LLDP is off on B`. */
  readonly silence: string | null;
  /** The cables of a LAG; empty for a single one. */
  readonly members: readonly LinkMember[];
  /** Whether the LAG of an end leads to other devices too (MC-LAG). */
  readonly isSplitAggregate: boolean;
  readonly state: DerivedLinkState;
  readonly speedBps: number | null;
  /** 0..1. */
  readonly confidence: number;
  readonly witnesses: readonly Witness[];
  /** When it was first and last seen, in milliseconds since 1970. */
  readonly firstSeenMs: number | null;
  readonly lastSeenMs: number | null;
}

/** A link of the derivation before that is no more. */
export interface GoneLink {
  readonly id: string;
  /** `moved`: an end is seen elsewhere; `faded`: unseen for 14 days; `node_gone`; `replaced`: another line says it better. */
  readonly why: 'moved' | 'faded' | 'node_gone' | 'replaced';
  /** In a sentence without a full stop. */
  readonly words: string;
}

/** A device that others tell of and that is no node, with all that they say: what an import needs. */
export interface UnknownNeighbour {
  readonly id: string;
  readonly siteId: string;
  readonly collectorId: string | null;
  /** The best name for it: its system name, else its address, else its chassis id. */
  readonly name: string;
  readonly systemName: string | null;
  readonly systemDescription: string | null;
  readonly chassisId: string | null;
  readonly macAddress: string | null;
  readonly addresses: readonly string[];
  readonly platform: string | null;
  readonly version: string | null;
  readonly capabilities: readonly string[];
  /** What its capabilities make it: `switch`, `router`, `access_point`, `phone`, `server` or `other`. */
  readonly role: NeighbourRole;
  readonly seenBy: readonly { readonly nodeId: string; readonly interface: InterfaceRef | null }[];
  readonly sources: readonly DerivedSource[];
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** Whether nodes carry what it says, and which: a claim with two owners. Empty where none does. */
  readonly owners: readonly string[];
}
export type NeighbourRole = 'switch' | 'router' | 'access_point' | 'phone' | 'server' | 'other';

/** A switch that nobody can ask, inferred from what is behind a port, or from several neighbours on one. */
export interface InferredSwitch {
  readonly id: string;
  readonly siteId: string;
  /** `macs`: several addresses behind a port; `flood`: several neighbours heard on one port. */
  readonly why: 'macs' | 'flood';
  /** In a sentence without a full stop. */
  readonly words: string;
  /** Its ports to known devices, by key. */
  readonly ports: readonly LinkEnd[];
  /** Addresses behind it that belong to no node, 50 at most, and how many there are. */
  readonly macAddresses: readonly string[];
  readonly macCount: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
}

/** A host with guests behind one port of a switch. */
export interface GuestHost {
  readonly at: LinkEnd;
  /** The host, where it is known; null where only its guests are. */
  readonly host: DeviceRef | null;
  readonly guests: readonly string[];
}

/** Where a MAC address is plugged in. */
export interface WhereEntry {
  readonly macAddress: string;
  readonly ipAddresses: readonly string[];
  readonly siteId: string;
  /** The switch, and its port. */
  readonly nodeId: string;
  readonly interface: InterfaceRef | null;
  readonly vlan: number | null;
  /** What it is behind on that port: a phone, an access point, a host, an unmanaged switch; null where it is the port's own. */
  readonly behind: DeviceRef | null;
  /** Whether the port leads to no other switch. False: it is somewhere behind it, and nothing nearer tells of it. */
  readonly isEdge: boolean;
  readonly atMs: number;
  /** The node that it belongs to, where one does. */
  readonly ownerNodeId: string | null;
}

/** An address that several devices have at once. */
export interface DuplicateAddress {
  readonly address: string;
  readonly siteId: string;
  readonly macAddresses: readonly string[];
  /** Nodes that have it themselves, or resolved it. */
  readonly nodeIds: readonly string[];
  readonly words: string;
}

/** A MAC address that is at several edge ports at once. */
export interface WanderingMac {
  readonly macAddress: string;
  readonly siteId: string;
  readonly places: readonly {
    readonly nodeId: string;
    readonly interface: InterfaceRef | null;
    readonly vlan: number | null;
    readonly atMs: number;
  }[];
}

export const REASON_CODES = [
  'never_read',
  'lldp_off',
  'table_empty',
  'neighbours_unknown',
  'broke_off',
  'failed',
  'two_owners',
  'outside',
  'contradicted',
  'port_unknown',
  'sees_itself',
  'same_device',
] as const;
/** Why a line is missing at a node, or not whole. */
export type ReasonCode = (typeof REASON_CODES)[number];

export interface MissingReason {
  readonly nodeId: string;
  readonly code: ReasonCode;
  readonly table: NeighbourTable | null;
  /** How many neighbours or rows it is about; null where it is about the whole node. */
  readonly count: number | null;
  /** In a sentence without a full stop. */
  readonly words: string;
}

/** Where a collector is plugged in, and by what that is known. */
export interface CollectorPlace {
  readonly collectorId: string | null;
  readonly siteId: string | null;
  readonly device: DeviceRef;
  /** The port on `device` that leads to it; null where it is the host itself. */
  readonly interface: InterfaceRef | null;
  readonly words: string;
}

/** All that is derived. Every list has a fixed order, so that equal input gives equal output. */
export interface DerivedTopology {
  readonly links: readonly DerivedLink[];
  readonly gone: readonly GoneLink[];
  readonly neighbours: readonly UnknownNeighbour[];
  readonly inferred: readonly InferredSwitch[];
  readonly guestHosts: readonly GuestHost[];
  readonly where: readonly WhereEntry[];
  readonly duplicates: readonly DuplicateAddress[];
  readonly wandering: readonly WanderingMac[];
  readonly reasons: readonly MissingReason[];
  readonly places: readonly CollectorPlace[];
}
