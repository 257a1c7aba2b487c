import { compareText } from './stable-id.ts';
import type { CollectorPlace, DerivedLink, DeviceRef, NodeWay } from './topology-model.ts';

/** Devices by number, and the links between them, both ways, in one list of ways for each device. */
export interface ReachGraph {
  readonly devices: readonly DeviceRef[];
  readonly numberOf: ReadonlyMap<string, number>;
  readonly linkIds: readonly string[];
  /** Ways of device `n`: from `starts[n]` to `starts[n + 1]`; each leads to `targets[way]` by link `links[way]`. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  readonly links: Int32Array;
}

export function deviceKeyOf({ kind, id }: DeviceRef): string {
  return `${kind}:${id}`;
}

/** Builds the graph of some nodes and links. Devices are in the order of their keys, ways in that of their links. */
export function buildReachGraph(nodeIds: readonly string[], links: readonly DerivedLink[]): ReachGraph {
  const refs = new Map<string, DeviceRef>(nodeIds.map((id) => [`node:${id}`, { kind: 'node', id }]));
  for (const { a, b } of links)
    for (const { device } of [a, b])
      if (!refs.has(deviceKeyOf(device))) refs.set(deviceKeyOf(device), device);
  const sorted = [...refs].toSorted(([a], [b]) => compareText(a, b));
  const numberOf = new Map(sorted.map(([key], number) => [key, number]));
  const ordered = links
    .filter(({ a, b }) => deviceKeyOf(a.device) !== deviceKeyOf(b.device))
    .toSorted((x, y) => compareText(x.id, y.id));
  const pairs = ordered.map(
    ({ a, b }) =>
      [numberOf.get(deviceKeyOf(a.device)), numberOf.get(deviceKeyOf(b.device))] as [number, number],
  );
  const starts = new Int32Array(sorted.length + 1);
  for (const pair of pairs) for (const end of pair) starts[end + 1] = (starts[end + 1] as number) + 1;
  for (let at = 1; at < starts.length; at += 1)
    starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  const targets = new Int32Array(2 * pairs.length);
  const ways = new Int32Array(2 * pairs.length);
  const next = starts.slice();
  for (const [link, [a, b]] of pairs.entries())
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const way = next[from] as number;
      next[from] = way + 1;
      targets[way] = to;
      ways[way] = link;
    }
  return {
    devices: sorted.map(([, ref]) => ref),
    numberOf,
    linkIds: ordered.map(({ id }) => id),
    starts,
    targets,
    links: ways,
  };
}

export interface Taken {
  readonly device?: number | undefined;
  readonly link?: number | undefined;
}

/** Floods the graph. @returns links to each device from the nearest start; -1 where none leads there */
export function distancesFrom(graph: ReachGraph, from: readonly number[], taken: Taken = {}): Int32Array {
  const distances = new Int32Array(graph.devices.length).fill(-1);
  const queue: number[] = [];
  for (const start of from) {
    if (start === taken.device || distances[start] === 0) continue;
    distances[start] = 0;
    queue.push(start);
  }
  for (let head = 0; head < queue.length; head += 1) {
    const device = queue[head] as number;
    const last = graph.starts[device + 1] as number;
    for (let way = graph.starts[device] as number; way < last; way += 1) {
      const target = graph.targets[way] as number;
      if (distances[target] !== -1 || target === taken.device || graph.links[way] === taken.link) continue;
      distances[target] = (distances[device] as number) + 1;
      queue.push(target);
    }
  }
  return distances;
}

/** What a search in depth finds of the devices that a root reaches. */
export interface DepthTree {
  /** Devices in the order in which they were entered; each device's place in it, and the lowest one that it leads back to. */
  readonly order: readonly number[];
  readonly entered: Int32Array;
  readonly low: Int32Array;
  readonly parents: Int32Array;
  /** The link that each device was entered by; -1 for the root. */
  readonly entries: Int32Array;
}

/** Searches the graph in depth for what a single device or link cuts off (Tarjan, 1972). Two links between a pair are two. */
export function searchDepth(graph: ReachGraph, root: number): DepthTree {
  const size = graph.devices.length;
  const tree: DepthTree & { order: number[] } = {
    order: [root],
    entered: new Int32Array(size).fill(-1),
    low: new Int32Array(size),
    parents: new Int32Array(size).fill(-1),
    entries: new Int32Array(size).fill(-1),
  };
  const { order, entered, low, parents, entries } = tree;
  const next = graph.starts.slice();
  const stack = [root];
  entered[root] = 0;
  while (stack.length > 0) {
    const device = stack.at(-1) as number;
    const way = next[device] as number;
    if (way === graph.starts[device + 1]) {
      stack.pop();
      const parent = parents[device] as number;
      if (parent >= 0) low[parent] = Math.min(low[parent] as number, low[device] as number);
      continue;
    }
    next[device] = way + 1;
    const target = graph.targets[way] as number;
    if (graph.links[way] === entries[device]) continue;
    if (entered[target] !== -1) {
      low[device] = Math.min(low[device] as number, entered[target] as number);
      continue;
    }
    entered[target] = order.length;
    low[target] = order.length;
    parents[target] = device;
    entries[target] = graph.links[way] as number;
    order.push(target);
    stack.push(target);
  }
  return tree;
}

/**
 * Marks devices to which a second way stays, whichever single device between or link is lost. What all ways have in common at
 * their beginning does not count: the root, and where that is the host of a collector, the only device that it is plugged into.
 */
export function redundantDevices(
  graph: ReachGraph,
  { order, entered, low, parents }: DepthTree,
  isHost: boolean,
): Uint8Array {
  const isRedundant = new Uint8Array(graph.devices.length);
  const [root = 0] = order;
  const children = order.filter((device) => parents[device] === root);
  const stem = new Set([root, ...(isHost && children.length === 1 ? children : [])]);
  for (const device of order) {
    const parent = parents[device] as number;
    const byLink = (low[device] as number) > (entered[parent] as number);
    const byParent = (low[device] as number) >= (entered[parent] as number) && !stem.has(parent);
    if (stem.has(device)) isRedundant[device] = 1;
    else isRedundant[device] = byLink || byParent ? 0 : (isRedundant[parent] as number);
  }
  return isRedundant;
}

/** Finds the nodes that a device is reached through: the nearest on the shortest ways, over devices that are no nodes. */
export function parentsOf(graph: ReachGraph, distances: Int32Array, device: number): string[] {
  const found = new Set<string>();
  const queue = new Set([device]);
  for (const at of queue) {
    const last = graph.starts[at + 1] as number;
    for (let way = graph.starts[at] as number; way < last; way += 1) {
      const target = graph.targets[way] as number;
      if ((distances[target] as number) < 0 || (distances[target] as number) >= (distances[at] as number))
        continue;
      const ref = graph.devices[target] as DeviceRef;
      if (ref.kind === 'node') found.add(ref.id);
      else queue.add(target);
    }
  }
  return [...found].toSorted(compareText);
}

/** The device from which a collector sees everything, by its number. */
export interface Root {
  readonly device: number;
  /** Whether it is the host of the collector, and not the switch that this is plugged into. */
  readonly isHost: boolean;
}

/** Finds where a collector is plugged in; undefined where that is not known. */
export function rootOf(
  graph: ReachGraph,
  places: readonly CollectorPlace[],
  collectorId: string | null,
): Root | undefined {
  const place = places.find((one) => one.collectorId === collectorId);
  const device = place === undefined ? undefined : graph.numberOf.get(deviceKeyOf(place.device));
  return device === undefined ? undefined : { device, isHost: place?.interface === null };
}

/** Brings together what is seen from one port. */
export function groupByCollector<T extends Pick<NodeWay, 'collectorId'>>(
  nodes: readonly T[],
): Map<string | null, T[]> {
  const sorted = nodes.toSorted((a, b) => compareText(a.collectorId ?? '', b.collectorId ?? ''));
  return Map.groupBy(sorted, ({ collectorId }) => collectorId);
}
