/**
 * Finds how a node would be behind itself if it had some parents.
 * @param parents all parents that are set: the node and its parent
 * @returns the shortest way from the node over its parents back to it, both ends included; undefined where there is none
 */
export function findParentCircle(
  parents: readonly (readonly [string, string])[],
  nodeId: string,
  wanted: readonly string[],
): string[] | undefined {
  const parentsOf = Map.groupBy(parents, ([node]) => node);
  const cameFrom = new Map<string, string>(wanted.map((id) => [id, nodeId]));
  for (const id of cameFrom.keys()) {
    if (id === nodeId) return wayTo(nodeId, cameFrom);
    for (const [, parent] of parentsOf.get(id) ?? []) {
      // A map is walked in the order of its keys' arrival, also of those that arrive meanwhile.
      if (!cameFrom.has(parent)) cameFrom.set(parent, id);
    }
  }
  return undefined;
}

function wayTo(nodeId: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [nodeId];
  let id = cameFrom.get(nodeId);
  while (id !== undefined && id !== nodeId) {
    way.unshift(id);
    id = cameFrom.get(id);
  }
  return [nodeId, ...way];
}
