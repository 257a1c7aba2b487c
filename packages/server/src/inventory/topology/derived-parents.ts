import type { TopologyGraph } from './topology-graph.ts';

/**
 * Derives the parents of nodes for which nobody set any: the neighbours by link that are nearer to what watches the node, by
 * the number of links between. What watches is at its host, or at the port that it is plugged into. A neighbour that is no node is
 * looked through. Where no link leads there, nothing can be derived.
 * @returns the parents of each node that has some, by id
 */
export function deriveParents({
  nodes,
  devices,
  links,
  parents,
  hosts,
  entries,
}: TopologyGraph): Map<string, string[]> {
  const isSet = new Set(parents.map(([node]) => node));
  const linked = new Map<string, Set<string>>();
  const ways = new Map<string, string[]>();
  const addWay = (from: string, to: string) => {
    const known = ways.get(from);
    if (known) known.push(to);
    else ways.set(from, [to]);
  };
  for (const [node, parent] of parents) addWay(parent, node);
  for (const [a, b] of links.flatMap(([one, other]) => [[one, other] as const, [other, one] as const])) {
    if (isSet.has(b)) continue;
    addWay(a, b);
    const known = linked.get(b);
    if (known) known.add(a);
    else linked.set(b, new Set([a]));
  }
  const derived = new Map<string, string[]>();
  const isDevice = new Set(devices);
  for (const [port, watched] of Map.groupBy(nodes, (node) => node.port)) {
    const distances = distancesFrom(
      [...hosts, ...entries].flatMap(([watcher, id]) => (watcher === port ? [id] : [])),
      ways,
    );
    const nearerTo = (id: string) => {
      const own = distances.get(id) ?? 0;
      return [...(linked.get(id) ?? [])].filter((other) => (distances.get(other) ?? own) < own);
    };
    for (const { id } of watched) {
      if (distances.get(id) === undefined || isSet.has(id)) continue;
      const nearer = nodesAmong(nearerTo(id), { isDevice, nearerTo });
      if (nearer.length > 0) derived.set(id, nearer.toSorted());
    }
  }
  return derived;
}

/** Takes in the place of devices what is nearer than they are, until only nodes are left. */
function nodesAmong(
  ids: readonly string[],
  { isDevice, nearerTo }: { isDevice: ReadonlySet<string>; nearerTo: (id: string) => string[] },
): string[] {
  const found = new Set(ids);
  for (const id of found) {
    // A set is walked in the order of arrival, also of those that arrive meanwhile.
    if (isDevice.has(id)) for (const other of nearerTo(id)) found.add(other);
  }
  return [...found].filter((id) => !isDevice.has(id));
}

function distancesFrom(
  starts: readonly string[],
  ways: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const distances = new Map(starts.map((id) => [id, 0]));
  for (const [id, distance] of distances) {
    for (const next of ways.get(id) ?? []) if (!distances.has(next)) distances.set(next, distance + 1);
  }
  return distances;
}
