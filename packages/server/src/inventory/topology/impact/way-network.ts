import type { TopologyGraph } from '../topology-graph.ts';

/** A link as what it leads between; the cables of an aggregate are one. */
export interface WayLink {
  readonly id: string;
  readonly a: string;
  readonly b: string;
}

/** The ways over nodes, devices and links. Each of these is a point; point 0 stands for what watches, and leads to nothing yet. */
export interface WayNetwork {
  /** Id of each point; empty for the first. */
  readonly ids: readonly string[];
  readonly places: ReadonlyMap<string, number>;
  readonly nexts: readonly (readonly number[])[];
}

/** The points of a link, one for each direction: it could not be passed both ways otherwise. Both are pulled at once. */
export const linkPoints = (id: string): readonly [string, string] => [`${id} >`, `${id} <`];

/** Builds the network of ways. Parents that somebody set are the only ways to a node. */
export function wayNetwork(graph: TopologyGraph, links: readonly WayLink[]): WayNetwork {
  const ids = ['', ...graph.nodes.map(({ id }) => id), ...graph.devices];
  const places = new Map(ids.map((id, place) => [id, place]));
  const nexts: number[][] = ids.map(() => []);
  const join = (from: string, by: string, to: string) => {
    const [start, end] = [places.get(from), places.get(to)];
    if (start === undefined || end === undefined) return;
    const middle = ids.push(by) - 1;
    places.set(by, middle);
    nexts.push([end]);
    nexts[start]?.push(middle);
  };
  const hasParents = new Set(graph.parents.map(([node]) => node));
  for (const [node, parent] of graph.parents) join(parent, `${parent} ${node}`, node);
  for (const { id, a, b } of links) {
    const [forth, back] = linkPoints(id);
    if (!hasParents.has(b)) join(a, forth, b);
    if (!hasParents.has(a)) join(b, back, a);
  }
  return { ids, places, nexts };
}

/** Nodes that are watched from the same points. */
export interface WatchedGroup {
  /** Points at which what watches them begins. */
  readonly starts: readonly number[];
  /** Points of the nodes; from the starts a way leads to each. */
  readonly members: readonly number[];
  /** Whether the starts are the cores of sites, since nothing tells where those who watch are plugged in. */
  readonly isGuessed: boolean;
}

/**
 * Finds from where each node is watched: its own collector's host or port, and nodes to which no way leads and which hang on the
 * collector therefore; else those of all collectors; else, as a guess, the core of its site.
 * @returns the groups, and the number of nodes that no way leads to from anywhere
 */
export function watchedGroups(
  graph: TopologyGraph,
  network: WayNetwork,
  cores: readonly string[],
): { groups: WatchedGroup[]; unknown: number } {
  const { places, nexts } = network;
  const pointsOf = (list: readonly string[]) => list.flatMap((id) => places.get(id) ?? []);
  const hasWayIn = new Set(nexts.flat());
  const hanging = graph.nodes.flatMap(({ id, port }) => {
    const place = places.get(id);
    return place === undefined || hasWayIn.has(place) ? [] : [{ place, port }];
  });
  const plugged = [...graph.hosts, ...graph.entries];
  const groups: WatchedGroup[] = [];
  const addGroup = (candidates: readonly number[], starts: readonly number[], isGuessed = false) => {
    const reached = reachFrom(nexts, starts);
    const members = candidates.filter((place) => reached[place] === 1);
    if (members.length > 0) groups.push({ starts, members, isGuessed });
    return candidates.filter((place) => reached[place] === 0);
  };
  const astray: number[] = [];
  for (const [port, nodes] of Map.groupBy(graph.nodes, (node) => node.port)) {
    const candidates = pointsOf(nodes.map(({ id }) => id));
    const own = pointsOf(plugged.flatMap(([watcher, id]) => (watcher === port ? [id] : [])));
    const hangs = hanging.flatMap((node) =>
      node.port === port || node.port === undefined ? [node.place] : [],
    );
    if (port === undefined) astray.push(...candidates);
    else astray.push(...addGroup(candidates, [...own, ...hangs]));
  }
  const everywhere = [...pointsOf(plugged.map(([, id]) => id)), ...hanging.map(({ place }) => place)];
  const unknown = addGroup(addGroup(astray, everywhere), pointsOf(cores), true);
  return { groups, unknown: unknown.length };
}

/** Marks the points that some points lead to, without what is taken out. */
export function reachFrom(
  nexts: WayNetwork['nexts'],
  starts: readonly number[],
  without: ReadonlySet<number> = new Set(),
): Uint8Array {
  const reached = new Uint8Array(nexts.length);
  const queue = starts.filter((place) => !without.has(place));
  for (const place of queue) reached[place] = 1;
  for (const place of queue) {
    for (const next of nexts[place] ?? []) {
      if (reached[next] === 1 || without.has(next)) continue;
      reached[next] = 1;
      queue.push(next);
    }
  }
  return reached;
}
