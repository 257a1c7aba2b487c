import type { TopologyGraph } from '../../inventory/topology/index.ts';

export const PLANT_KINDS = ['tree', 'ring', 'two uplinks', 'mesh', 'no host', 'two collectors'] as const;
export type PlantKind = (typeof PLANT_KINDS)[number];

/** Step from which nothing breaks or is repaired any more. */
export const CALM_FROM = 22;

/** How long it takes to notice what happens to a node, in steps. */
export interface Senses {
  suspectAfter: number;
  downAfter: number;
  backAfter: number;
}

export interface Fault {
  node: string;
  from: number;
  /** The first step at which the node works again. */
  until: number;
}

export interface RandomPlant {
  kind: PlantKind;
  graph: TopologyGraph;
  senses: ReadonlyMap<string, Senses>;
  faults: readonly Fault[];
}

type Random = () => number;

interface Sketch {
  nodes: { id: string; port: string }[];
  links: [string, string][];
  parents: [string, string][];
  hosts: [string, string][];
  /** Nodes that may break, and how many of them at most. */
  breakable: string[];
  maxFaults: number;
}

/** Makes a plant by chance: a graph, how soon each node is noticed, and what breaks when. */
export function randomPlant(random: Random, kind: PlantKind): RandomPlant {
  const sketch = kind === 'two collectors' ? twoSites(random) : oneSite(random, kind);
  const { breakable, maxFaults, ...drawn } = sketch;
  const graph = { ...drawn, devices: [], entries: [] };
  const senses = new Map(graph.nodes.map(({ id }) => [id, randomSenses(random)]));
  const faults: Fault[] = [];
  for (let count = 1 + below(random, maxFaults); count > 0 && breakable.length > 0; count -= 1) {
    const node = pick(random, breakable);
    const from = 1 + below(random, CALM_FROM - 4);
    const until = random() < 0.4 ? Number.POSITIVE_INFINITY : from + 1 + below(random, CALM_FROM - from);
    // What breaks twice without having worked between is one fault.
    if (faults.every((other) => other.node !== node || other.until < from || until < other.from)) {
      faults.push({ node, from, until });
    }
  }
  return { kind, graph, senses, faults };
}

function oneSite(random: Random, kind: PlantKind): Sketch {
  const hasHost = kind !== 'no host';
  const ids = randomIds(random, 2 + below(random, 11));
  const [top = ''] = ids;
  const sketch: Sketch = {
    nodes: ids.map((id) => ({ id, port: 'c1' })),
    links: [],
    parents: [],
    hosts: hasHost ? [['c1', top]] : [],
    breakable: hasHost ? ids.slice(1) : ids,
    maxFaults: 4,
  };
  if (kind === 'no host') forest(random, sketch, ids);
  else if (kind === 'ring') ring(random, sketch, ids);
  else grow(random, sketch, ids, kind === 'two uplinks' ? 2 : 1);
  if (kind === 'mesh') {
    for (let count = below(random, ids.length); count > 0; count -= 1)
      link(sketch, pick(random, ids), pick(random, ids));
  }
  return sketch;
}

/** Two sites with a collector each; the first one's also polls some outermost nodes of the second. */
function twoSites(random: Random): Sketch {
  const ids = randomIds(random, 6 + below(random, 10));
  const cut = 2 + below(random, ids.length - 4);
  const [near, far] = [ids.slice(0, cut), ids.slice(cut)];
  const [nearHost = '', farHost = ''] = [near[0], far[0]];
  const sketch: Sketch = {
    nodes: [],
    links: [],
    parents: [],
    hosts: [
      ['c1', nearHost],
      ['c2', farHost],
    ],
    breakable: [...near.slice(1), pick(random, far.slice(1))],
    maxFaults: 3,
  };
  grow(random, sketch, near, 1);
  const gateway = pick(random, far);
  link(sketch, pick(random, near), gateway);
  growByLinks(random, sketch, far);
  const degree = (id: string) => sketch.links.filter((ends) => ends.includes(id)).length;
  sketch.nodes = ids.map((id) => {
    const isPolledFromAfar = far.includes(id) && id !== farHost && degree(id) === 1 && random() < 0.5;
    return { id, port: near.includes(id) || isPolledFromAfar ? 'c1' : 'c2' };
  });
  return sketch;
}

/** Ties each node to earlier ones, by links or as its parents. */
function grow(random: Random, sketch: Sketch, ids: readonly string[], uplinks: number): void {
  const byParents = random();
  for (const [index, id] of ids.entries()) {
    if (index === 0) continue;
    const isByParents = random() < byParents;
    const above = new Set(Array.from({ length: uplinks }, () => pick(random, ids.slice(0, index))));
    for (const other of above) {
      if (isByParents) sketch.parents.push([id, other]);
      else link(sketch, other, id);
    }
  }
}

function growByLinks(random: Random, sketch: Sketch, ids: readonly string[]): void {
  for (const [index, id] of ids.entries()) {
    if (index > 0) link(sketch, pick(random, ids.slice(0, index)), id);
  }
}

/** A ring of links with the host in it, and the rest hanging off. */
function ring(random: Random, sketch: Sketch, ids: readonly string[]): void {
  const size = Math.min(ids.length, 3 + below(random, 6));
  for (let index = 0; index < size; index += 1) link(sketch, ids[index] ?? '', ids[(index + 1) % size] ?? '');
  for (const [index, id] of ids.entries()) {
    if (index >= size) link(sketch, pick(random, ids.slice(0, index)), id);
  }
}

/** Nodes with parents alone; those without any hang on the collector's port. */
function forest(random: Random, sketch: Sketch, ids: readonly string[]): void {
  for (const [index, id] of ids.entries()) {
    for (let count = index === 0 ? 0 : below(random, 3); count > 0; count -= 1) {
      const parent = pick(random, ids.slice(0, index));
      if (!sketch.parents.some(([node, other]) => node === id && other === parent)) {
        sketch.parents.push([id, parent]);
      }
    }
  }
}

function link({ links }: Sketch, a: string, b: string): void {
  if (a !== b && !links.some((ends) => ends.includes(a) && ends.includes(b))) links.push([a, b]);
}

function randomSenses(random: Random): Senses {
  const suspectAfter = 1 + below(random, 2);
  return { suspectAfter, downAfter: 2 + below(random, 4), backAfter: 1 + below(random, 3) };
}

/** Ids whose order says nothing of the order in which they are given. */
function randomIds(random: Random, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${Math.floor(random() * 36 ** 4).toString(36)}-${index}`,
  );
}

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[below(random, list.length)] as T;
}
