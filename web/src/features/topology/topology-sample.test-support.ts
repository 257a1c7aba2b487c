import type { Topology, TopologyDevice, TopologyGhost, TopologyLink, TopologyNode } from '@stratora/contract';

const AT = '2026-11-30T08:00:00.000Z';

export function nodeOf(id: string, more: Partial<TopologyNode> = {}): TopologyNode {
  return {
    id,
    name: id,
    status: 'healthy',
    device_type: 'switch',
    site_id: 'site-1',
    parent_ids: [],
    has_set_parents: false,
    tier: 'access',
    reasons: [],
    neighbours_read_at: AT,
    guests: 0,
    x: null,
    y: null,
    is_placed_by_hand: false,
    ...more,
  };
}

export function deviceOf(id: string, more: Partial<TopologyDevice> = {}): TopologyDevice {
  return {
    id,
    kind: 'neighbour',
    name: id,
    address: null,
    addresses: [],
    mac_address: null,
    description: null,
    capabilities: [],
    device_type: 'other',
    site_id: 'site-1',
    tier: 'end',
    seen_by: [],
    sources: ['lldp'],
    hosts: 0,
    reasons: [],
    first_seen_at: AT,
    last_seen_at: AT,
    x: null,
    y: null,
    is_placed_by_hand: false,
    ...more,
  };
}

type End = TopologyLink['a'];

export function endOf(id: string, port: string | null = null, kind: 'node' | 'device' = 'node'): End {
  return {
    node_id: kind === 'node' ? id : null,
    device_id: kind === 'device' ? id : null,
    interface: port,
    name: id,
    address: null,
  };
}

export function linkOf(id: string, a: End, b: End, more: Partial<TopologyLink> = {}): TopologyLink {
  return {
    id,
    a,
    b,
    sources: ['lldp'],
    confidence: 95,
    two_sided: true,
    seen_from: null,
    members: [],
    is_split_aggregate: false,
    witnesses: [],
    reasons: [],
    speed_bps: 1e9,
    state: 'up',
    approval: null,
    first_seen_at: AT,
    last_seen_at: AT,
    ...more,
  };
}

export function ghostOf(id: string, a: End, b: End, more: Partial<TopologyGhost> = {}): TopologyGhost {
  return {
    id,
    kind: 'missing',
    a,
    b,
    moved_to: null,
    since: AT,
    detail: 'It is not seen any more.',
    ...more,
  };
}

export function topologyOf(more: Partial<Topology>): Topology {
  return {
    nodes: [],
    links: [],
    devices: [],
    ghosts: [],
    zones: [],
    derived_at: AT,
    layout: { computed_at: AT, is_plain: false },
    ...more,
  };
}
