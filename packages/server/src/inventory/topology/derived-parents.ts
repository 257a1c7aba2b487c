import type { TopologyGraph } from './topology-graph.ts';

/**
 * Derives the parents of nodes for which nobody set any: the neighbours by link that are nearer to the host of what
 * watches the node, by the number of links between. Where no link leads there, nothing can be derived.
 * @returns the parents of each node that has some, by id
 */
export function deriveParents({ nodes, links, parents, hosts }: TopologyGraph): Map<string, string[]> {
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
  for (const [port, watched] of Map.groupBy(nodes, (node) => node.port)) {
    const distances = distancesFrom(
      hosts.flatMap(([watcher, node]) => (watcher === port ? [node] : [])),
      ways,
    );
    for (const { id } of watched) {
      const own = distances.get(id);
      if (own === undefined || isSet.has(id)) continue;
      const nearer = [...(linked.get(id) ?? [])].filter((other) => (distances.get(other) ?? own) < own);
      if (nearer.length > 0) derived.set(id, nearer.toSorted());
    }
  }
  return derived;
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
