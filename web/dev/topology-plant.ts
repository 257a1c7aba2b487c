/** The made-up plant's wiring: a tree for each site, with what real networks have beside it. */
import type { Topology, TopologyDevice, TopologyGhost, TopologyLink, TopologyNode } from '@stratora/contract';
import type { Plant } from './plant.ts';
import { ago, idOf, seeded } from './seeds.ts';

type Tier = NonNullable<TopologyNode['tier']>;
type End = TopologyLink['a'];
type Standing = TopologyNode | TopologyDevice;

const TIERS: readonly Tier[] = ['core', 'distribution', 'access', 'end'];
/** Distances between the middles of what stands beside and below each other. */
const STEP = { x: 180, y: 120 } as const;
/** Things in a row at most; a wider tier goes on in the next one. */
const ROW_MAX = 16;
const SITE_GAP = 240;
/** Width of the map past which a site stands below the others. */
const ROW_WIDTH = 3_600;

const TIER_OF: Readonly<Record<string, Tier>> = {
  router: 'core',
  firewall: 'core',
  switch: 'access',
  access_point: 'end',
  server: 'end',
};

function tierOf(type: string, name: string): Tier {
  return name.startsWith('sw-dist') ? 'distribution' : (TIER_OF[type] ?? 'end');
}

/** Texts that a hostile device tells of itself; a page shows them as text, or not at all. */
export const HOSTILE = [
  '<script>document.title="canary"</script>',
  '<img src=x onerror="document.title=\'canary\'">',
  '\u202etxt.exe\u202c\u2066canary',
  `canary${'A'.repeat(65_536)}`,
  '\u001b]0;canary\u0007"\'><svg onload=document.title=1>',
] as const;

class Wiring {
  readonly nodes: TopologyNode[] = [];
  readonly devices: TopologyDevice[] = [];
  readonly links: TopologyLink[] = [];
  readonly ghosts: TopologyGhost[] = [];
  readonly #ports = new Map<string, number>();
  readonly #random = seeded(7);

  /** The next free port of one. */
  port(id: string): string {
    const next = (this.#ports.get(id) ?? 0) + 1;
    this.#ports.set(id, next);
    return next > 24 ? `Te1/1/${next - 24}` : `Gi1/0/${next}`;
  }

  end(one: Standing): End {
    const isNode = 'status' in one;
    return {
      node_id: isNode ? one.id : null,
      device_id: isNode ? null : one.id,
      interface: this.port(one.id),
      name: one.name,
      address: isNode ? null : one.address,
    };
  }

  link(a: Standing, b: Standing, more: Partial<TopologyLink> = {}): TopologyLink {
    const [from, to] = [this.end(a), this.end(b)];
    const seen = ago(40 + Math.floor(this.#random() * 200));
    const link: TopologyLink = {
      id: idOf(21, this.links.length),
      a: from,
      b: to,
      sources: ['lldp'],
      confidence: 98,
      two_sided: true,
      seen_from: null,
      members: [],
      is_split_aggregate: false,
      witnesses: (['a', 'b'] as const).map((end) => ({
        end,
        source: 'lldp' as const,
        table: 'lldp_neighbours' as const,
        detail: `${end === 'a' ? from.interface : to.interface}: chassis 00:1b:21:0a:00:0${end === 'a' ? 1 : 2}, port ${end === 'a' ? to.interface : from.interface}, system name ${end === 'a' ? to.name : from.name}`,
        seen_at: seen,
      })),
      reasons: [],
      speed_bps: 1e9,
      state: 'up',
      approval: null,
      first_seen_at: ago(86_400 * 20),
      last_seen_at: seen,
      ...more,
    };
    this.links.push(link);
    return link;
  }

  device(siteId: string, more: Partial<TopologyDevice>): TopologyDevice {
    const device: TopologyDevice = {
      id: idOf(22, this.devices.length),
      kind: 'neighbour',
      name: `SEP00${this.devices.length}`,
      address: `10.99.0.${this.devices.length + 1}`,
      addresses: [],
      mac_address: '00:1b:21:aa:bb:0c',
      description: null,
      capabilities: [],
      device_type: 'other',
      site_id: siteId,
      tier: 'end',
      seen_by: [],
      sources: ['lldp'],
      hosts: 0,
      reasons: [],
      first_seen_at: ago(86_400 * 5),
      last_seen_at: ago(70),
      x: null,
      y: null,
      is_placed_by_hand: false,
      ...more,
    };
    this.devices.push(device);
    return device;
  }
}

/** Links of a site's nodes: from each to one or two of the tier above. */
function wireSite(wiring: Wiring, own: readonly TopologyNode[], random: () => number): void {
  const at = (tier: Tier) => own.filter((node) => node.tier === tier);
  const above = (tier: Tier): readonly TopologyNode[] => {
    for (let index = TIERS.indexOf(tier) - 1; index >= 0; index -= 1) {
      const nodes = at(TIERS[index] ?? 'core');
      if (nodes.length > 0) return nodes;
    }
    return [];
  };
  const core = at('core');
  for (const [index, node] of core.slice(1).entries()) {
    const before = core[index];
    if (before !== undefined) aggregate(wiring, before, node);
  }
  for (const tier of TIERS.slice(1)) {
    const uplinks = above(tier);
    for (const [index, node] of at(tier).entries()) {
      const uplink = uplinks[index % Math.max(uplinks.length, 1)];
      if (uplink === undefined) continue;
      const isFast = tier !== 'end';
      const isDown = node.status === 'offline';
      const link = wiring.link(uplink, node, {
        speed_bps: isFast ? 1e10 : 1e9,
        state: isDown ? 'down' : 'up',
        sources: tier === 'access' && index % 3 === 0 ? ['lldp', 'cdp'] : ['lldp'],
      });
      if (index % 7 === 4) oneSided(link);
      const second = uplinks[(index + 1) % uplinks.length];
      if (isFast && second !== undefined && second !== uplink && random() < 0.6)
        wiring.link(second, node, { speed_bps: 1e10 });
    }
  }
}

function aggregate(wiring: Wiring, a: TopologyNode, b: TopologyNode): void {
  const link = wiring.link(a, b, { sources: ['lldp', 'lacp'], speed_bps: 2e10 });
  link.members = ['Te1/1/1', 'Te1/1/2'].map((port, index) => ({
    a_interface: port,
    b_interface: port,
    speed_bps: 1e10,
    state: index === 1 && wiring.links.length % 3 === 0 ? 'down' : 'up',
  }));
  link.a.interface = 'Po1';
  link.b.interface = 'Po1';
}

function oneSided(link: TopologyLink): void {
  link.two_sided = false;
  link.seen_from = 'a';
  link.confidence = 70;
  link.witnesses = link.witnesses.slice(0, 1);
  link.reasons = [`LLDP is off on ${link.b.name}`];
}

/** What hangs on some access switches beside nodes: phones, switches that nobody manages, and what nobody added yet. */
function addDevices(wiring: Wiring, own: readonly TopologyNode[], isHostile: boolean): void {
  const access = own.filter(({ tier }) => tier === 'access' || tier === 'distribution');
  for (const [index, node] of access.entries()) {
    if (index % 4 === 1) {
      const device = wiring.device(node.site_id, {
        kind: 'unmanaged_switch',
        name: `Switch behind ${wiring.port(node.id)} of ${node.name}`,
        address: null,
        mac_address: null,
        sources: ['fdb'],
        hosts: 3 + index,
        reasons: [`behind one port of ${node.name} are ${3 + index} addresses and no known switch`],
      });
      wiring.link(node, device, { sources: ['fdb'], two_sided: false, seen_from: 'a', confidence: 55 });
    }
    if (index % 4 === 2) {
      const device = wiring.device(node.site_id, {
        name: isHostile ? (HOSTILE[index % HOSTILE.length] ?? '') : `ATA0${index}-lobby`,
        device_type: 'other',
        capabilities: ['phone', 'bridge'],
        description: isHostile ? HOSTILE[3] : 'Cisco ATA 192, version 11.2.3',
        sources: ['cdp'],
      });
      wiring.link(node, device, { sources: ['cdp'], two_sided: false, seen_from: 'a', confidence: 80 });
      node.reasons.push('1 neighbour is not monitored');
    }
    if (index % 5 === 3) node.reasons.push('LLDP is off', 'the forwarding table was read in part');
  }
}

/** Places: sites in rows, the tiers of each below each other. */
function place(wiring: Wiring, siteIds: readonly string[]): void {
  let corner = { x: 0, y: 0 };
  let lowest = 0;
  for (const siteId of siteIds) {
    const own: Standing[] = [...wiring.nodes, ...wiring.devices].filter(({ site_id: id }) => id === siteId);
    if (own.length === 0) continue;
    const columns = Math.max(4, Math.min(ROW_MAX, Math.ceil(Math.sqrt(own.length * 1.6))));
    let { y } = corner;
    for (const tier of TIERS) {
      const row = own.filter((one) => one.tier === tier);
      const wide = Math.min(row.length, columns);
      for (const [index, one] of row.entries()) {
        one.x = corner.x + ((columns - wide) / 2 + (index % columns)) * STEP.x;
        one.y = y + Math.floor(index / columns) * STEP.y;
      }
      if (row.length > 0) y += Math.ceil(row.length / columns) * STEP.y + 40;
    }
    lowest = Math.max(lowest, y);
    corner = { x: corner.x + columns * STEP.x + SITE_GAP, y: corner.y };
    if (corner.x > ROW_WIDTH) corner = { x: 0, y: lowest + SITE_GAP };
  }
}

function addNodes(wiring: Wiring, plant: Plant, isHostile: boolean): void {
  for (const [index, node] of plant.nodes.entries()) {
    wiring.nodes.push({
      id: node.id,
      name: isHostile && index % 6 === 0 ? (HOSTILE[(index / 6) % HOSTILE.length] ?? '') : node.name,
      status: node.status,
      device_type: node.node_type,
      site_id: node.site_id,
      parent_ids: [],
      has_set_parents: false,
      tier: tierOf(node.node_type, node.name),
      reasons: [],
      neighbours_read_at: ago(180),
      guests: 0,
      x: null,
      y: null,
      is_placed_by_hand: false,
    });
  }
}

/** All nodes at one site, with 1.6 links each, near ones and far ones: as much as a map has to draw. */
export function meshPlant(plant: Plant): Topology {
  const wiring = new Wiring();
  addNodes(wiring, plant, false);
  const { nodes } = wiring;
  const columns = Math.ceil(Math.sqrt(nodes.length * 1.4));
  const siteId = plant.sites[0]?.id ?? '';
  for (const [index, node] of nodes.entries()) {
    node.site_id = siteId;
    node.x = (index % columns) * STEP.x;
    node.y = Math.floor(index / columns) * STEP.y;
  }
  const random = seeded(3);
  for (const [index, node] of nodes.entries()) {
    const near = nodes[index + (index % columns === columns - 1 ? columns : 1)];
    const far = nodes[Math.floor(random() * nodes.length)];
    if (near !== undefined) wiring.link(node, near);
    if (index % 5 < 3 && far !== undefined && far !== node) wiring.link(node, far);
  }
  return asTopology(wiring);
}

function asTopology(wiring: Wiring): Topology {
  return {
    nodes: wiring.nodes,
    links: wiring.links,
    devices: wiring.devices,
    ghosts: wiring.ghosts,
    zones: [],
    derived_at: ago(30),
    layout: { computed_at: ago(30), is_plain: false },
  };
}

/** An approved cable that leads elsewhere now. */
function addGhost(wiring: Wiring): void {
  const moved = wiring.links.filter(({ a, b }) => a.node_id !== null && b.node_id !== null)[3];
  const near = wiring.nodes.find(({ id }) => id === moved?.a.node_id);
  const before = wiring.nodes.find(
    ({ id, site_id: site }) => site === near?.site_id && id !== near.id && id !== moved?.b.node_id,
  );
  if (moved === undefined || before === undefined) return;
  wiring.ghosts.push({
    id: idOf(23, 0),
    kind: 'moved',
    a: moved.a,
    b: wiring.end(before),
    moved_to: moved.id,
    since: ago(5_400),
    detail: `${moved.a.interface} of ${moved.a.name} leads to ${moved.b.name} now.`,
  });
}

/** The wiring of a plant, the same in every run. */
export function wirePlant(plant: Plant, isHostile = false): Topology {
  const random = seeded(11);
  const wiring = new Wiring();
  addNodes(wiring, plant, isHostile);
  for (const { id } of plant.sites) {
    const own = wiring.nodes.filter(({ site_id: site }) => site === id);
    wireSite(wiring, own, random);
    addDevices(wiring, own, isHostile);
  }
  const cores = plant.sites.flatMap(
    ({ id }) => wiring.nodes.find((node) => node.site_id === id && node.tier === 'core') ?? [],
  );
  for (const core of cores.slice(1))
    if (cores[0] !== undefined) wiring.link(cores[0], core, { speed_bps: 1e9 });
  place(
    wiring,
    plant.sites.map(({ id }) => id),
  );
  addGhost(wiring);
  return asTopology(wiring);
}
