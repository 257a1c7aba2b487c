import type { TopologyTier } from '@stratora/contract';
import type { MapThing, MapThingInput, SiteGraph } from './map-thing.ts';

/**
 * Works out how the things of each site hang together: what is its core, what hangs on what. Sites come by name, things by name and id.
 */
export function siteGraphs(
  things: readonly MapThingInput[],
  links: readonly (readonly [string, string])[],
): SiteGraph[] {
  const sorted = things.toSorted(
    (a, b) => compare(a.siteName, b.siteName) || compare(a.siteId, b.siteId) || compareNames(a, b),
  );
  const siteOf = new Map(sorted.map(({ id, siteId }) => [id, siteId]));
  const neighbours = new Map<string, Set<string>>();
  const add = (from: string, to: string) => {
    const known = neighbours.get(from);
    if (known) known.add(to);
    else neighbours.set(from, new Set([to]));
  };
  for (const [a, b] of links) {
    const site = siteOf.get(a);
    if (a === b || site === undefined || siteOf.get(b) === undefined) continue;
    // A link that leaves the site makes an end of it a device with links, and is no part of its tree.
    add(a, b);
    add(b, a);
  }
  return [...Map.groupBy(sorted, ({ siteId }) => siteId).values()].map((members) =>
    siteGraph(members, neighbours),
  );
}

type Neighbours = ReadonlyMap<string, ReadonlySet<string>>;

function siteGraph(members: readonly MapThingInput[], all: Neighbours): SiteGraph {
  const place = new Map(members.map(({ id }, index) => [id, index]));
  const within = (id: string) =>
    [...(all.get(id) ?? [])]
      .filter((other) => place.has(other))
      .toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  const linked = new Map(members.map(({ id }) => [id, within(id)]));
  const isInfrastructure = new Map(
    members.map(({ id, isInfrastructure: is }) => [id, is || (all.get(id)?.size ?? 0) > 1]),
  );
  const alone = members.filter(({ id }) => (all.get(id)?.size ?? 0) === 0).map(({ id }) => id);
  const facts: GraphFacts = {
    ids: members.map(({ id }) => id).filter((id) => !alone.includes(id)),
    linked,
    isInfrastructure,
  };
  const { tops, below, order, depth } = growTrees(facts);
  const core = new Set(tops[0] ?? []);
  const tierOf = (id: string): TopologyTier | null => {
    if (!depth.has(id)) return null;
    if (isInfrastructure.get(id) !== true) return 'end';
    if (core.has(id)) return 'core';
    return (below.get(id) ?? []).some((other) => isInfrastructure.get(other) === true)
      ? 'distribution'
      : 'access';
  };
  const nearness = (id: string) => depth.get(id) ?? Number.POSITIVE_INFINITY;
  return {
    members: members.map((thing): MapThing => ({ ...thing, tier: tierOf(thing.id) })),
    neighbours: new Map(
      [...linked].map(([id, list]) => [id, list.toSorted((a, b) => nearness(a) - nearness(b))]),
    ),
    below,
    tops,
    alone,
    order: [...order, ...alone],
  };
}

interface GraphFacts {
  /** Ids of what is linked, in order of names. */
  readonly ids: readonly string[];
  readonly linked: ReadonlyMap<string, readonly string[]>;
  readonly isInfrastructure: ReadonlyMap<string, boolean>;
}

/** Grows a tree from the best connected devices outwards, and another one for each part that it does not reach. */
function growTrees(facts: GraphFacts) {
  const { ids, linked } = facts;
  const tops: string[][] = [];
  const below = new Map<string, string[]>();
  const depth = new Map<string, number>();
  const order: string[] = [];
  const ranked = ids.toSorted((a, b) => weightOf(b, facts) - weightOf(a, facts));
  for (const best of ranked) {
    if (depth.has(best)) continue;
    const top = [best, ...twinsOf(best, facts).filter((id) => !depth.has(id))];
    tops.push(top);
    const queue = [...top];
    for (const id of top) depth.set(id, 0);
    for (const id of queue) {
      order.push(id);
      for (const other of linked.get(id) ?? []) {
        if (depth.has(other)) continue;
        depth.set(other, (depth.get(id) ?? 0) + 1);
        below.set(id, [...(below.get(id) ?? []), other]);
        queue.push(other);
      }
    }
  }
  return { tops, below, depth, order };
}

/** How much speaks for a device as the core: links to devices that pass traffic on, and then links at all. */
function weightOf(id: string, { linked, isInfrastructure }: GraphFacts): number {
  const others = linked.get(id) ?? [];
  const passing = others.filter((other) => isInfrastructure.get(other) === true).length;
  return (isInfrastructure.get(id) === true ? 1_000_000 : 0) + passing * 1000 + Math.min(others.length, 999);
}

/** Finds the second half of a core of two: linked to the first, and to most of what that is linked to. */
function twinsOf(id: string, facts: GraphFacts): string[] {
  const own = new Set(facts.linked.get(id));
  if (own.size < 3) return [];
  return [...own].filter((other) => {
    if (facts.isInfrastructure.get(other) !== true) return false;
    const both = (facts.linked.get(other) ?? []).filter((one) => own.has(one)).length;
    return both >= 2 && both * 2 >= own.size - 1;
  });
}

const NAMES = new Intl.Collator('en', { numeric: true });

function compareNames(a: MapThingInput, b: MapThingInput): number {
  return NAMES.compare(a.name, b.name) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
