import {
  buildReachGraph,
  deviceKeyOf,
  distancesFrom,
  groupByCollector,
  type ReachGraph,
  type Root,
  redundantDevices,
  rootOf,
  searchDepth,
} from './reach-graph.ts';
import { compareText } from './stable-id.ts';
import type {
  CollectorPlace,
  DerivedLink,
  DerivedTopology,
  NodeWay,
  PlugOutcome,
  PulledPlug,
} from './topology-model.ts';

export type PlugTopology = Pick<DerivedTopology, 'links' | 'places' | 'ways'>;

/**
 * Decides what happens when a device is switched off or a link is pulled: which nodes no way leads to any more from the
 * port of what watches them, and which have no second way then. Exact for the links that are given; what is down already
 * carries nothing.
 */
export class PlugDecider {
  readonly #topology: PlugTopology;
  readonly #live: readonly DerivedLink[];
  readonly #graph: ReachGraph;

  constructor(topology: PlugTopology) {
    this.#topology = topology;
    this.#live = topology.links.filter(({ state }) => state !== 'down');
    this.#graph = buildReachGraph(
      topology.ways.map(({ nodeId }) => nodeId),
      this.#live,
    );
  }

  decide(pulled: PulledPlug): PlugOutcome {
    const link =
      pulled.kind === 'link' ? this.#topology.links.find(({ id }) => id === pulled.linkId) : undefined;
    const membersLeft = pulled.kind === 'link' && link !== undefined ? leftOf(link, pulled.member) : null;
    if (membersLeft !== null && membersLeft > 0) return staysUp(membersLeft);
    const lists = { dark: [] as string[], losesRedundancy: [] as string[], unknown: [] as string[] };
    const without = this.#without(pulled);
    for (const [collectorId, nodes] of groupByCollector(this.#topology.ways))
      compare(
        nodes,
        { before: this.#graph, without, pulled, collectorId, places: this.#topology.places },
        lists,
      );
    for (const list of Object.values(lists)) list.sort(compareText);
    return { ...lists, membersLeft, words: wordsOf(lists) };
  }

  #without(pulled: PulledPlug): ReachGraph {
    const isLeft = ({ id, a, b }: DerivedLink) =>
      pulled.kind === 'link'
        ? id !== pulled.linkId
        : [a, b].every(({ device }) => deviceKeyOf(device) !== deviceKeyOf(pulled.device));
    return buildReachGraph(
      this.#topology.ways.map(({ nodeId }) => nodeId),
      this.#live.filter(isLeft),
    );
  }
}

interface Comparison {
  readonly before: ReachGraph;
  readonly without: ReachGraph;
  readonly pulled: PulledPlug;
  readonly collectorId: string | null;
  readonly places: readonly CollectorPlace[];
}

/** Sorts the nodes of one port into those that go dark, those that lose their second way, and those that nothing is known of. */
function compare(
  nodes: readonly NodeWay[],
  { before, without, pulled, collectorId, places }: Comparison,
  lists: { dark: string[]; losesRedundancy: string[]; unknown: string[] },
): void {
  const then = viewOf(before, rootOf(before, places, collectorId));
  const isRootPulled =
    pulled.kind === 'device' &&
    places.some(
      (place) =>
        place.collectorId === collectorId && deviceKeyOf(place.device) === deviceKeyOf(pulled.device),
    );
  const now = viewOf(without, isRootPulled ? undefined : rootOf(without, places, collectorId));
  for (const { nodeId } of nodes) {
    const key = `node:${nodeId}`;
    const isPulled = pulled.kind === 'device' && deviceKeyOf(pulled.device) === key;
    if (isPulled) lists.dark.push(nodeId);
    else if (!then.reaches(key)) lists.unknown.push(nodeId);
    else if (!now.reaches(key)) lists.dark.push(nodeId);
    else if (then.hasSecond(key) && !now.hasSecond(key)) lists.losesRedundancy.push(nodeId);
  }
}

function viewOf(graph: ReachGraph, root: Root | undefined) {
  if (root === undefined) return { reaches: () => false, hasSecond: () => false };
  const distances = distancesFrom(graph, [root.device]);
  const isRedundant = redundantDevices(graph, searchDepth(graph, root.device), root.isHost);
  const at = (key: string) => graph.numberOf.get(key) ?? -1;
  return {
    reaches: (key: string) => (distances[at(key)] ?? -1) >= 0,
    hasSecond: (key: string) => isRedundant[at(key)] === 1,
  };
}

/** Cables of a LAG that carry something when one of them, or all, are pulled; null for a link that is a single cable. */
function leftOf({ members }: DerivedLink, pulled: number | undefined): number | null {
  if (members.length === 0) return null;
  if (pulled === undefined) return 0;
  return members.filter(({ state }, at) => at !== pulled && state !== 'down').length;
}

function staysUp(membersLeft: number): PlugOutcome {
  const words = `nothing goes dark: ${membersLeft} ${membersLeft === 1 ? 'cable' : 'cables'} of the LAG ${membersLeft === 1 ? 'is' : 'are'} left`;
  return { dark: [], losesRedundancy: [], unknown: [], membersLeft, words };
}

function wordsOf({ dark, losesRedundancy }: { dark: string[]; losesRedundancy: string[] }): string {
  const count = (some: readonly string[]) => `${some.length} ${some.length === 1 ? 'node' : 'nodes'}`;
  const first =
    dark.length === 0 ? 'nothing goes dark' : `${count(dark)} ${dark.length === 1 ? 'goes' : 'go'} dark`;
  const second =
    losesRedundancy.length === 0
      ? ''
      : `, and ${count(losesRedundancy)} ${losesRedundancy.length === 1 ? 'has' : 'have'} one way left`;
  return `${first}${second}`;
}
