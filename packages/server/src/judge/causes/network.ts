import type { TopologyGraph } from '../../inventory/topology/index.ts';

/** Where a flood begins: what a port reaches. Numbers are places of nodes in `Network.ids`. */
export interface Origin {
  /** Nodes that conduct always: the host of a collector that reports is there. */
  readonly roots: readonly number[];
  /** Nodes that hang on the port itself, and what it is plugged into. */
  readonly entries: readonly number[];
  /** Nodes that are judged by this flood. */
  readonly members: readonly number[];
  /** The port whose nodes prove by answering that a way leads to them; undefined: those of every port do. */
  readonly port: string | undefined;
  /** Whether a way leads from the roots and entries to each member, while nothing is down. */
  readonly isRooted: boolean;
}

/**
 * The graph as floods run over it. Nodes, and devices that are none, are numbers in the order of their ids, and what leads
 * from one to another is a way. A link is two ways; the parents that somebody set for a node are the only ways to it.
 */
export interface Network {
  readonly ids: readonly string[];
  /** Those of them that are no nodes: nothing is told of them. */
  readonly devices: ReadonlySet<string>;
  readonly places: ReadonlyMap<string, number>;
  readonly ports: readonly (string | undefined)[];
  /** The ways from node n are `wayEnds[wayStarts[n]]` up to, and without, `wayEnds[wayStarts[n + 1]]`. */
  readonly wayStarts: Int32Array;
  readonly wayEnds: Int32Array;
  readonly origins: readonly Origin[];
}

type Ways = Pick<Network, 'wayStarts' | 'wayEnds'>;

/**
 * Builds the network of a graph; it stays right for as long as the graph does. A node to which no way leads hangs on
 * its own port, and on every port where nobody watches it. A node is judged from its own port where a way leads from
 * there to it, else from all ports together: the way of its own is not drawn then. Where no way leads to a node at all,
 * as in a ring of links that nobody tied to a collector, what answers in there stands for the port.
 */
export function buildNetwork(graph: TopologyGraph): Network {
  const devices = graph.devices.map((id) => ({ id, port: undefined }));
  const nodes = [...graph.nodes, ...devices].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const ids = nodes.map(({ id }) => id);
  const places = new Map(ids.map((id, place) => [id, place]));
  const ports = nodes.map(({ port }) => port);
  const ways = buildWays(ids.length, waysOf(graph, places));
  return {
    ids,
    devices: new Set(graph.devices),
    places,
    ports,
    ...ways,
    origins: buildOrigins(graph, { places, ports, ways }),
  };
}

/** Lists the ways of a graph: from, to, from, to and so on. What names a node that is not there is left out. */
function waysOf({ links, parents }: TopologyGraph, places: ReadonlyMap<string, number>): number[] {
  const ways: number[] = [];
  const hasParents = new Set<number>();
  for (const [node, parent] of parents) {
    const [to, from] = [places.get(node), places.get(parent)];
    if (to === undefined || from === undefined) continue;
    ways.push(from, to);
    hasParents.add(to);
  }
  for (const [a, b] of links) {
    const [from, to] = [places.get(a), places.get(b)];
    if (from === undefined || to === undefined) continue;
    if (!hasParents.has(to)) ways.push(from, to);
    if (!hasParents.has(from)) ways.push(to, from);
  }
  return ways;
}

function buildWays(size: number, ways: readonly number[]): Ways {
  const wayStarts = new Int32Array(size + 1);
  for (let index = 0; index < ways.length; index += 2) add(wayStarts, at(ways, index) + 1, 1);
  for (let place = 0; place < size; place += 1) add(wayStarts, place + 1, at(wayStarts, place));
  const next = wayStarts.slice();
  const wayEnds = new Int32Array(ways.length / 2);
  for (let index = 0; index < ways.length; index += 2) {
    const from = at(ways, index);
    wayEnds[at(next, from)] = at(ways, index + 1);
    add(next, from, 1);
  }
  return { wayStarts, wayEnds };
}

interface OriginFacts {
  places: ReadonlyMap<string, number>;
  ports: readonly (string | undefined)[];
  ways: Ways;
}

function buildOrigins(
  { hosts, entries: plugged }: TopologyGraph,
  { places, ports, ways }: OriginFacts,
): Origin[] {
  const hasWayIn = new Uint8Array(ports.length);
  for (const end of ways.wayEnds) hasWayIn[end] = 1;
  const hanging = ports.flatMap((_, place) => (hasWayIn[place] === 0 ? [place] : []));
  const placesOf = (pairs: TopologyGraph['hosts']) =>
    pairs.flatMap(([port, id]) => {
      const place = places.get(id);
      return place === undefined ? [] : [{ port, place }];
    });
  const hostPlaces = placesOf(hosts);
  const pluggedPlaces = placesOf(plugged);
  const origins: Origin[] = [];
  /** Adds the origin of some nodes. @returns those that it does not reach */
  const addOrigin = (candidates: readonly number[], from: Pick<Origin, 'roots' | 'entries' | 'port'>) => {
    const reached = reach(ways, ports.length, [...from.roots, ...from.entries]);
    const members = candidates.filter((place) => reached[place] === 1);
    if (members.length > 0) origins.push({ ...from, members, isRooted: true });
    return candidates.filter((place) => reached[place] === 0);
  };
  const astray: number[] = [];
  for (const [port, candidates] of Map.groupBy(ports.keys(), (place) => ports[place])) {
    if (port === undefined) continue;
    const roots = hostPlaces.filter((host) => host.port === port).map(({ place }) => place);
    const entries = [
      ...hanging.filter((place) => ports[place] === port || ports[place] === undefined),
      ...pluggedPlaces.filter((at) => at.port === port).map(({ place }) => place),
    ];
    astray.push(...addOrigin(candidates, { port, roots, entries }));
  }
  const everywhere = [...hanging, ...[...hostPlaces, ...pluggedPlaces].map(({ place }) => place)];
  const members = addOrigin(astray, { port: undefined, roots: [], entries: everywhere });
  if (members.length > 0) origins.push({ port: undefined, roots: [], entries: [], members, isRooted: false });
  return origins;
}

function reach({ wayStarts, wayEnds }: Ways, size: number, from: readonly number[]): Uint8Array {
  const reached = new Uint8Array(size);
  const queue = [...new Set(from)];
  for (const place of queue) reached[place] = 1;
  for (let head = 0; head < queue.length; head += 1) {
    const place = at(queue, head);
    for (let way = at(wayStarts, place); way < at(wayStarts, place + 1); way += 1) {
      const end = at(wayEnds, way);
      if (reached[end] === 1) continue;
      reached[end] = 1;
      queue.push(end);
    }
  }
  return reached;
}

function at(list: ArrayLike<number>, index: number): number {
  return list[index] as number;
}

function add(list: Int32Array, index: number, amount: number): void {
  list[index] = at(list, index) + amount;
}
