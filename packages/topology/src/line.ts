import type { NeighbourTable } from '@stratora/contract';
import type { Device } from './device.ts';
import type { PlantNode } from './plant.ts';
import { isSamePort, type Port } from './port-table.ts';
import type { Sighting } from './sighting.ts';
import type { DerivedSource } from './topology-model.ts';

export interface End {
  readonly device: Device;
  /** Undefined where nothing tells which port it is. */
  readonly port: Port | undefined;
}

/** What a node's tables say beside what it hears. */
export interface Evidence {
  readonly node: PlantNode;
  readonly source: DerivedSource;
  readonly table: NeighbourTable;
  readonly atMs: number;
  readonly words: string;
}

/** Two ends that are joined, with what says so. */
export interface Line {
  readonly ends: readonly [End, End];
  readonly sightings: readonly Sighting[];
  readonly evidence: readonly Evidence[];
  /** Whether each end hears the other. */
  readonly isMutual: boolean;
}

/** Makes a line of each pair of sightings that confirm each other, and of each that stays alone. */
export function pairSightings(sightings: readonly Sighting[]): Line[] {
  const lines: Line[] = [];
  const groups = Map.groupBy(sightings, ({ from, target }) =>
    from.key < target.key ? `${from.key} ${target.key}` : `${target.key} ${from.key}`,
  );
  for (const group of groups.values()) {
    const first = group[0]?.from;
    const [here, there] = [
      group.filter(({ from }) => from === first),
      group.filter(({ from }) => from !== first),
    ];
    lines.push(...pairOff(here, there));
  }
  return lines;
}

/** How surely two sightings are of one cable: each `yes` is an end that the other names. */
const PASSES: readonly ((a: Match, b: Match) => boolean)[] = [
  (a, b) => a === 'yes' && b === 'yes',
  (a, b) => (a === 'yes' && b === 'open') || (a === 'open' && b === 'yes'),
  // Which port an end hears on is known best by itself; the name that the other gives it may be that of something else.
  (a, b) => (a === 'yes') !== (b === 'yes'),
];
type Match = 'yes' | 'no' | 'open';

function pairOff(here: readonly Sighting[], there: readonly Sighting[]): Line[] {
  const lines: Line[] = [];
  const [left, right] = [new Set(here), new Set(there)];
  for (const isPair of PASSES) {
    for (const one of left) {
      const found = [...right].filter((other) => isPair(match(one, other), match(other, one)));
      const [other] = found;
      if (other === undefined || found.length > 1) continue;
      left.delete(one);
      right.delete(other);
      lines.push(confirmed(one, other));
    }
  }
  lines.push(...pairVague(left, right));
  for (const alone of [...left, ...right]) lines.push(single(alone));
  return lines;
}

/**
 * Of sightings that name no port there, one of each end is one cable. Of several, nothing tells which is which: the cables
 * are drawn by the ports of the end that has more of them.
 */
function pairVague(left: Set<Sighting>, right: Set<Sighting>): Line[] {
  const isOpen = (one: Sighting, others: Set<Sighting>) =>
    [...others].every((other) => match(one, other) === 'open' && match(other, one) === 'open');
  if (left.size === 0 || right.size === 0 || ![...left].every((one) => isOpen(one, right))) return [];
  const isExact = left.size === 1 && right.size === 1;
  const [more, fewer] = left.size >= right.size ? [[...left], [...right]] : [[...right], [...left]];
  left.clear();
  right.clear();
  const bundle = commonAggregate(fewer);
  return more.map((one, at) => {
    const other = fewer[at];
    if (isExact && other !== undefined) return confirmed(one, other);
    return {
      ends: [
        { device: one.from, port: one.port },
        { device: one.target, port: bundle },
      ],
      sightings: other === undefined ? [one] : [one, other],
      evidence: [],
      isMutual: other !== undefined,
    };
  });
}

/** The aggregate that all ports of some sightings are members of. */
function commonAggregate(sightings: readonly Sighting[]): Port | undefined {
  const [first, ...more] = new Set(sightings.map(({ port }) => port.aggregate));
  return more.length === 0 ? first : undefined;
}

/** Tells whether the port that one names is the one that the other speaks of. */
function match(one: Sighting, other: Sighting): Match {
  if (one.remote === undefined) return 'open';
  if (isSamePort(one.remote, other.port)) return 'yes';
  return isUnresolved(other) ? 'open' : 'no';
}

/** Whether a node has interfaces, and nothing tells which of them a number of LLDP or CDP means. */
function isUnresolved({ from, port }: Sighting): boolean {
  return port.row === undefined && from.ports.isKnown;
}

function confirmed(one: Sighting, other: Sighting): Line {
  const [a, b] = [portOf(one, other), portOf(other, one)];
  one.port = a;
  other.port = b;
  one.remote = b;
  other.remote = a;
  return {
    ends: [
      { device: one.from, port: a },
      { device: other.from, port: b },
    ],
    sightings: [one, other],
    evidence: [],
    isMutual: true,
  };
}

/** Where a number says too little, what the other end calls the port tells which it is. */
function portOf(one: Sighting, other: Sighting): Port {
  return isUnresolved(one) && other.remote?.row !== undefined ? other.remote : one.port;
}

function single(one: Sighting): Line {
  return {
    ends: [
      { device: one.from, port: one.port },
      { device: one.target, port: one.remote },
    ],
    sightings: [one],
    evidence: [],
    isMutual: false,
  };
}

/** The other end of a line, as seen from a port of it. */
export function farEnd({ ends: [a, b] }: Line, port: Port): End {
  return a.port === port ? b : a;
}

/** When the newest row that speaks for a line was read. */
export function newestOf({ sightings, evidence }: Line): number {
  const times = sightings.flatMap(({ claims }) => claims.map(({ atMs }) => atMs));
  return Math.max(0, ...times, ...evidence.map(({ atMs }) => atMs));
}

/** Tells whether all that is known of a line may have been passed on by a switch between: what CDP says. */
export function isPassable({ sightings }: Line): boolean {
  return sightings.length > 0 && sightings.every(({ claims }) => claims.every((claim) => claim.isPassable));
}
