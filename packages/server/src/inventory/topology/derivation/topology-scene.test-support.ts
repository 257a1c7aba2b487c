import type {
  DerivedLink,
  DerivedTopology,
  DeviceRef,
  InterfaceRef,
  LinkEnd,
  PreviousTopology,
  UnknownNeighbour,
  WhereEntry,
} from '@stratora/topology';

export const NOW = Date.UTC(2026, 10, 1, 12);

/** A UUID that is the same for the same name. */
export function idOf(name: string): string {
  const hex = Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12);
  return `00000000-0000-4000-8000-${hex}`;
}

export const nodeRef = (name: string): DeviceRef => ({ kind: 'node', id: idOf(name) });

export const port = (name: string): InterfaceRef => ({ key: name, name, alias: null, ifIndex: null });

/** An end in words: `core 1` is port 1 of the node core; `?pump` is the neighbour pump, of which no port is known. */
export function end(text: string): LinkEnd {
  const [name = '', own] = text.split(' ');
  const device: DeviceRef = name.startsWith('?') ? { kind: 'neighbour', id: idOf(name) } : nodeRef(name);
  return { device, interface: own === undefined ? null : port(own) };
}

/** A link in words: `core 1 - edge 2`. */
export function link(text: string, change: Partial<DerivedLink> = {}): DerivedLink {
  const [a = '', b = ''] = text.split(' - ');
  return {
    id: idOf(text.replaceAll(/[^\w?]/g, '')),
    a: end(a),
    b: end(b),
    sources: ['lldp'],
    manualLinkId: null,
    seenFrom: 'both',
    silence: null,
    members: [],
    isSplitAggregate: false,
    state: 'up',
    speedBps: 1e9,
    confidence: 0.99,
    witnesses: [],
    firstSeenMs: NOW - 3600_000,
    lastSeenMs: NOW,
    ...change,
  };
}

export function neighbour(
  name: string,
  seenBy: string,
  change: Partial<UnknownNeighbour> = {},
): UnknownNeighbour {
  const at = end(seenBy);
  return {
    id: idOf(`?${name}`),
    siteId: idOf('site'),
    collectorId: null,
    name,
    systemName: name,
    systemDescription: null,
    chassisId: null,
    macAddress: null,
    addresses: [],
    platform: null,
    version: null,
    capabilities: [],
    role: 'other',
    seenBy: [{ nodeId: at.device.id, interface: at.interface }],
    sources: ['lldp'],
    firstSeenMs: NOW,
    lastSeenMs: NOW,
    owners: [],
    ...change,
  };
}

export function previous(change: Partial<PreviousTopology> = {}): PreviousTopology {
  return { links: [], neighbours: [], inferred: [], ...change };
}

export type Derived = Pick<DerivedTopology, 'links' | 'neighbours' | 'gone'>;

export function where(mac: string, at: string, change: Partial<WhereEntry> = {}): WhereEntry {
  const { device, interface: own } = end(at);
  return {
    macAddress: mac,
    ipAddresses: [],
    siteId: idOf('site'),
    nodeId: device.id,
    interface: own,
    vlan: null,
    behind: null,
    isEdge: true,
    atMs: NOW,
    ownerNodeId: null,
    ...change,
  };
}
