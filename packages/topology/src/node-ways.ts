import {
  buildReachGraph,
  type DepthTree,
  deviceKeyOf,
  distancesFrom,
  groupByCollector,
  parentsOf,
  type ReachGraph,
  type Root,
  redundantDevices,
  rootOf,
  searchDepth,
} from './reach-graph.ts';
import { compareText } from './stable-id.ts';
import type { CollectorPlace, DerivedLink, NodeWay, SinglePoint } from './topology-model.ts';

export interface WatchedNode {
  readonly nodeId: string;
  readonly collectorId: string | null;
}

/**
 * Finds for each node the nodes that it is reached through, from the port of what watches it. Links that are down count
 * where nothing else leads to a node: that is the way it had.
 */
export function findWays(
  nodes: readonly WatchedNode[],
  links: readonly DerivedLink[],
  places: readonly CollectorPlace[],
): NodeWay[] {
  const ids = nodes.map(({ nodeId }) => nodeId);
  const whole = buildReachGraph(ids, links);
  const live = buildReachGraph(
    ids,
    links.filter(({ state }) => state !== 'down'),
  );
  const ways: NodeWay[] = [];
  for (const [collectorId, watched] of groupByCollector(nodes)) {
    const views = [live, whole].map((graph) => viewFrom(graph, rootOf(graph, places, collectorId)));
    for (const { nodeId } of watched) {
      const view = views.find((one) => one !== undefined && distanceTo(one, nodeId) >= 0);
      ways.push(wayTo({ nodeId, collectorId }, view));
    }
  }
  return ways.toSorted((a, b) => compareText(a.nodeId, b.nodeId));
}

interface View {
  readonly graph: ReachGraph;
  readonly distances: Int32Array;
  readonly isRedundant: Uint8Array;
}

function viewFrom(graph: ReachGraph, root: Root | undefined): View | undefined {
  if (root === undefined) return undefined;
  return {
    graph,
    distances: distancesFrom(graph, [root.device]),
    isRedundant: redundantDevices(graph, searchDepth(graph, root.device), root.isHost),
  };
}

function distanceTo({ graph, distances }: View, nodeId: string): number {
  return distances[graph.numberOf.get(`node:${nodeId}`) ?? -1] ?? -1;
}

function wayTo(node: WatchedNode, view: View | undefined): NodeWay {
  if (view === undefined) return { ...node, parentIds: [], distance: null, isRedundant: false };
  const { graph, distances, isRedundant } = view;
  const device = graph.numberOf.get(`node:${node.nodeId}`) as number;
  return {
    ...node,
    parentIds: parentsOf(graph, distances, device),
    distance: distances[device] as number,
    isRedundant: isRedundant[device] === 1,
  };
}

/**
 * Lists devices and links that take nodes with them when they are lost, those that take most first. They are counted from
 * where the watching port is; where that is not known, from the device with most links of each part of the graph.
 */
export function findSinglePoints(
  nodes: readonly WatchedNode[],
  links: readonly DerivedLink[],
  places: readonly CollectorPlace[],
): SinglePoint[] {
  const live = links.filter(({ state }) => state !== 'down');
  const graph = buildReachGraph(
    nodes.map(({ nodeId }) => nodeId),
    live,
  );
  const found = new Map<string, SinglePoint>();
  const add = (point: SinglePoint) => {
    const { what } = point;
    const key = what.kind === 'link' ? `link:${what.linkId}` : deviceKeyOf(what.device);
    const known = found.get(key);
    found.set(key, known === undefined ? point : { ...known, darkCount: known.darkCount + point.darkCount });
  };
  for (const [collectorId, watched] of groupByCollector(nodes)) {
    const isMeant = new Uint8Array(graph.devices.length);
    for (const { nodeId } of watched) isMeant[graph.numberOf.get(`node:${nodeId}`) as number] = 1;
    const root = rootOf(graph, places, collectorId)?.device;
    const reached = root === undefined ? [] : [root];
    const isDone = new Uint8Array(graph.devices.length);
    for (const start of [...reached, ...middles(graph)]) {
      if (isDone[start] === 1) continue;
      const tree = searchDepth(graph, start);
      for (const device of tree.order) isDone[device] = 1;
      pointsOf(graph, tree, { isMeant, isFromCollector: start === root, add });
    }
  }
  return [...found]
    .toSorted(([a, one], [b, other]) => other.darkCount - one.darkCount || compareText(a, b))
    .map(([, point]) => point);
}

/** Devices by the number of their links, those with most first. */
function middles({ devices, starts }: ReachGraph): number[] {
  const degree = (device: number) => (starts[device + 1] as number) - (starts[device] as number);
  return devices.map((_, device) => device).toSorted((a, b) => degree(b) - degree(a) || a - b);
}

interface Counting {
  readonly isMeant: Uint8Array;
  readonly isFromCollector: boolean;
  readonly add: (point: SinglePoint) => void;
}

function pointsOf(
  graph: ReachGraph,
  { order, entered, low, parents, entries }: DepthTree,
  { isMeant, isFromCollector, add }: Counting,
): void {
  const below = new Int32Array(graph.devices.length);
  const cut = new Int32Array(graph.devices.length);
  let largest = 0;
  for (const device of order.toReversed()) {
    const count = (below[device] as number) + (isMeant[device] as number);
    const parent = parents[device] as number;
    if (parent < 0) continue;
    below[parent] = (below[parent] as number) + count;
    if (parent === order[0]) largest = Math.max(largest, count);
    if ((low[device] as number) >= (entered[parent] as number)) cut[parent] = (cut[parent] as number) + count;
    const linkId = graph.linkIds[entries[device] as number];
    if ((low[device] as number) > (entered[parent] as number) && count > 0 && linkId !== undefined)
      add({ what: { kind: 'link', linkId }, darkCount: count, isFromCollector });
  }
  // Without the middle of a part that no collector is in, its largest part still hangs together.
  const [root = 0] = order;
  if (!isFromCollector) cut[root] = (cut[root] as number) - largest;
  for (const device of order) {
    const ref = graph.devices[device];
    const darkCount = cut[device] as number;
    if (darkCount > 0 && ref !== undefined)
      add({ what: { kind: 'device', device: ref }, darkCount, isFromCollector });
  }
}
