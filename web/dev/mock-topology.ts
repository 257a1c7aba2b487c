/** The topology's part of the user API, from the made-up plant's wiring. */
import type {
  Impact,
  SinglePoints,
  Topology,
  TopologyEvent,
  TopologyNode,
  WhereAnswer,
  Wiring,
} from '@stratora/contract';
import { type Call, page, Refusal } from './mock-call.ts';
import type { Plant } from './plant.ts';
import { ago } from './seeds.ts';
import { meshPlant, wirePlant } from './topology-plant.ts';

export class TopologyState {
  readonly plant: Plant;
  readonly topology: Topology;
  readonly #approved = new Set<string>();
  #isApproved = false;

  constructor(plant: Plant, options: { readonly hostile?: boolean; readonly wiring?: 'mesh' }) {
    this.plant = plant;
    this.topology = options.wiring === 'mesh' ? meshPlant(plant) : wirePlant(plant, options.hostile === true);
    if (plant.nodes.length > 0) {
      const { ghosts } = this.topology;
      this.approve(undefined);
      this.topology.ghosts = ghosts;
    }
    // One link came after the approval.
    const last = this.topology.links.at(-1);
    if (last !== undefined) this.#approved.delete(last.id);
  }

  approve(ids: readonly string[] | undefined): Wiring {
    this.#isApproved = true;
    for (const id of ids ?? this.topology.links.map((link) => link.id)) this.#approved.add(id);
    this.topology.ghosts = this.topology.ghosts.filter(({ id }) => ids !== undefined && !ids.includes(id));
    return this.wiring();
  }

  wiring(): Wiring {
    const { links, ghosts } = this.topology;
    for (const link of links)
      link.approval = this.#isApproved ? (this.#approved.has(link.id) ? 'approved' : 'new') : null;
    return {
      approvals: this.#isApproved
        ? this.plant.sites
            .filter(({ node_count: count }) => count > 0)
            .map(({ id, name }) => ({
              site_id: id,
              site_name: name,
              approved_at: ago(86_400 * 3),
              approved_by: 'admin',
              links: links.length,
            }))
        : [],
      ghosts,
      new_link_ids: links.filter(({ approval }) => approval === 'new').map(({ id }) => id),
    };
  }

  /** What is reached through one: everything that has no other way up. */
  behind(nodeId: string): TopologyNode[] {
    const { links, nodes } = this.topology;
    const next = new Map<string, string[]>();
    for (const { a, b } of links) {
      if (a.node_id === null || b.node_id === null) continue;
      for (const [from, to] of [
        [a.node_id, b.node_id],
        [b.node_id, a.node_id],
      ] as const)
        next.set(from, [...(next.get(from) ?? []), to]);
    }
    const start = nodes.find(({ tier }) => tier === 'core')?.id ?? '';
    const reach = (without: string | undefined): Set<string> => {
      const seen = new Set(start === without ? [] : [start]);
      for (const id of seen) for (const other of next.get(id) ?? []) if (other !== without) seen.add(other);
      return seen;
    };
    const [before, after] = [reach(undefined), reach(nodeId)];
    return nodes.filter(({ id }) => id !== nodeId && before.has(id) && !after.has(id));
  }
}

function impactOf(state: TopologyState, call: Call): Impact {
  const nodeId = call.query.get('node_id');
  const link = state.topology.links.find(({ id }) => id === call.query.get('link_id'));
  const node = state.topology.nodes.find(({ id }) => id === nodeId);
  if (node === undefined && link === undefined)
    throw new Refusal(404, 'not_found', 'There is no such thing.');
  const pulled = node ?? state.topology.nodes.find(({ id }) => id === link?.b.node_id);
  const dark = pulled === undefined ? [] : state.behind(pulled.id);
  const all = link === undefined || pulled === undefined ? dark : [pulled, ...dark];
  const subject = node?.name ?? `the link from ${link?.a.name} to ${link?.b.name}`;
  return {
    subject,
    dark: all,
    dark_device_ids: [],
    at_risk: state.topology.nodes.filter(({ tier }) => tier === 'access').slice(0, 2),
    members_left: (link?.members.length ?? 0) > 1 ? 1 : null,
    unknown: 3,
    maintenance_node_ids: [
      ...new Set([...(node === undefined ? [] : [node.id]), ...all.map(({ id }) => id)]),
    ],
    summary: [
      all.length === 0
        ? `Nothing goes dark without ${subject}.`
        : `Without ${subject}, ${all.length} nodes cannot be reached.`,
    ],
  };
}

function singlePoints(state: TopologyState): SinglePoints {
  const items = state.topology.nodes
    .map((node) => ({
      node_id: node.id,
      device_id: null,
      link_id: null,
      name: node.name,
      dark: state.behind(node.id).length,
    }))
    .filter(({ dark }) => dark > 0)
    .toSorted((a, b) => b.dark - a.dark);
  return { items, total: items.length, unknown: 3 };
}

function whereOf(state: TopologyState, call: Call): WhereAnswer {
  const ports = state.topology.nodes.filter(({ device_type: type }) => type === 'switch');
  const [now, before] = ports;
  const mac = call.query.get('mac') ?? '00:1b:21:aa:bb:0c';
  if (now === undefined || before === undefined || mac.startsWith('ff'))
    return { items: [], moves: [], notices: [] };
  const place = (node: TopologyNode, port: string) => ({
    node_id: node.id,
    node_name: node.name,
    site_id: node.site_id,
    interface: port,
    vlan: 20,
  });
  return {
    items: [
      {
        ...place(now, 'Gi1/0/7'),
        mac_address: mac,
        ip_addresses: [call.query.get('ip') ?? '10.10.0.77', 'fe80::21b:21ff:feaa:bb0c'],
        is_edge: true,
        behind: 'the phone ATA02-lobby',
        owner_node_id: null,
        owner_name: null,
        first_seen_at: ago(86_400 * 3),
        last_seen_at: ago(120),
      },
    ],
    moves: [
      {
        mac_address: mac,
        from: place(before, 'Gi1/0/3'),
        to: place(now, 'Gi1/0/7'),
        first_seen_at: ago(86_400 * 60),
        last_seen_at: ago(86_400 * 3),
        moved_at: ago(86_400 * 3),
      },
    ],
    notices: ['Two devices answer for 10.10.0.77: 00:1b:21:aa:bb:0c and 00:1b:21:aa:bb:11.'],
  };
}

function eventsOf(state: TopologyState): TopologyEvent[] {
  const [one, other, third] = state.topology.links;
  const ghosts = state.topology.ghosts.map(({ id, detail, since }) => ({
    id,
    kind: 'approved_moved' as const,
    detail,
    at: since,
    link_id: null,
  }));
  const links = [one, other, third].flatMap((link, index) =>
    link === undefined
      ? []
      : [
          {
            id: link.id,
            kind: (['link_down', 'link_appeared', 'link_up'] as const)[index] ?? 'link_up',
            detail: `${link.a.interface} of ${link.a.name} to ${link.b.name}`,
            at: ago(8_000 * (index + 1)),
            link_id: link.id,
          },
        ],
  );
  return [...ghosts, ...links].map((event) => ({ ...event, site_id: null, node_ids: [] }));
}

function shown(state: TopologyState, call: Call): Topology {
  state.wiring();
  const { topology } = state;
  const site = call.query.get('site_id');
  const node = call.query.get('node_id');
  if (node !== null) {
    const links = topology.links.filter(({ a, b }) => a.node_id === node || b.node_id === node);
    const ids = new Set([
      node,
      ...links.flatMap(({ a, b }) => [a.node_id ?? a.device_id ?? '', b.node_id ?? b.device_id ?? '']),
    ]);
    return {
      ...topology,
      links,
      ghosts: [],
      nodes: topology.nodes.filter(({ id }) => ids.has(id)),
      devices: topology.devices.filter(({ id }) => ids.has(id)),
    };
  }
  if (site === null) return topology;
  const nodes = topology.nodes.filter(({ site_id: id }) => id === site);
  const devices = topology.devices.filter(({ site_id: id }) => id === site);
  const ids = new Set([...nodes, ...devices].map(({ id }) => id));
  const isIn = ({ a, b }: Topology['ghosts'][number] | Topology['links'][number]) =>
    ids.has(a.node_id ?? a.device_id ?? '') && ids.has(b.node_id ?? b.device_id ?? '');
  return {
    ...topology,
    nodes,
    devices,
    links: topology.links.filter(isIn),
    ghosts: topology.ghosts.filter(isIn),
  };
}

function setLayout(state: TopologyState, call: Call): unknown {
  const positions = (call.body['positions'] ?? []) as { id: string; x: number; y: number }[];
  for (const { id, x, y } of positions) {
    const one = [...state.topology.nodes, ...state.topology.devices].find((standing) => standing.id === id);
    if (one !== undefined) Object.assign(one, { x, y, is_placed_by_hand: true });
  }
  return { positions: [] };
}

export function answerTopology(call: Call, state: TopologyState): unknown {
  const [, what, part, id] = call.path.split('/');
  if (what !== 'topology') return undefined;
  const tables = [
    {
      table: 'lldp_neighbours',
      state: 'whole',
      rows: 6,
      left_out: 0,
      reason: null,
      read_at: ago(180),
      kept_rows: 6,
      whole_at: ago(180),
    },
    {
      table: 'forwarding',
      state: 'part',
      rows: 812,
      left_out: 2,
      reason: 'the walk broke off after 812 rows',
      read_at: ago(180),
      kept_rows: 940,
      whole_at: ago(4_000),
    },
  ];
  switch (part) {
    case undefined:
      return shown(state, call);
    case 'approval':
      return call.method === 'POST'
        ? state.approve(call.body['ids'] as string[] | undefined)
        : state.wiring();
    case 'single-points':
      return singlePoints(state);
    case 'impact':
      return impactOf(state, call);
    case 'where':
      return whereOf(state, call);
    case 'events':
      return page(eventsOf(state), call.query);
    case 'conflicts':
      return {
        items: [
          {
            kind: 'duplicate_ip',
            site_id: state.plant.sites[0]?.id,
            ip_address: '10.10.0.77',
            mac_addresses: ['00:1b:21:aa:bb:0c', '00:1b:21:aa:bb:11'],
            node_ids: [],
            places: [],
            since: ago(7_200),
            detail: 'Two devices answer for it.',
          },
        ],
        total: 1,
      };
    case 'layout':
      return call.method === 'PUT' ? setLayout(state, call) : { positions: [] };
    case 'nodes':
      return { node_id: id, read_at: ago(180), reasons: [], tables };
    case 'neighbours':
      return {
        items: ((call.body['devices'] ?? []) as { id: string }[]).map((device) => ({
          device_id: device.id,
          node_id: state.plant.nodes[0]?.id ?? null,
          is_existing: false,
          problem: null,
        })),
      };
    default:
      throw new Refusal(404, 'not_found', 'There is no such thing.');
  }
}
