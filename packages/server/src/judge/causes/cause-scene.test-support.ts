import type { TopologyGraph } from '../../inventory/topology/index.ts';
import type { CauseFacts, Causes } from './cause-facts.ts';
import { findCauses } from './find-causes.ts';
import { findHold, type Hold } from './hold.ts';
import { buildNetwork } from './network.ts';

export const MINUTE = 60_000;
/** How long an outage was that is over. */
export const OUTAGE = MINUTE / 2;
/** Now, in a scene; an outage without a time was noticed an hour before. */
export const NOW = 600 * MINUTE;
export const WAIT = 5 * MINUTE;
const LONG_AGO = NOW - 60 * MINUTE;

export interface SceneFacts {
  down?: readonly string[] | Readonly<Record<string, number>>;
  suspected?: readonly string[];
  unknown?: readonly string[];
  returned?: Readonly<Record<string, number>>;
  steady?: readonly string[];
  inMaintenance?: readonly string[];
  nowMs?: number;
}

export interface Scene {
  /** Finds the causes, and shows them with what is behind each: `core: a b`. */
  readonly show: (facts: SceneFacts) => string[];
  readonly find: (facts: SceneFacts) => Causes;
}

/**
 * Draws a graph: `a - b` is a link, `a > b` says that a is a parent of b, several of either in a row are a chain, and
 * `c2: x y` lists nodes that another collector than `c1` polls; `c1 @ a` puts the host of a collector at a node, and `c1 on a`
 * plugs it into one. What begins with an underscore is a device that is no node.
 */
export function scene(...lines: readonly string[]): Scene {
  const ports = new Map<string, string>();
  const links: [string, string][] = [];
  const parents: [string, string][] = [];
  const hosts: [string, string][] = [];
  const entries: [string, string][] = [];
  for (const line of lines) {
    const [, port, polled] = /^(\w+): (.+)$/.exec(line) ?? [];
    const [, watcher, host] = /^(\w+) @ (\w+)$/.exec(line) ?? [];
    const [, plugged, into] = /^(\w+) on (\w+)$/.exec(line) ?? [];
    if (port !== undefined && polled !== undefined) {
      for (const id of polled.split(' ')) ports.set(id, port);
    } else if (watcher !== undefined && host !== undefined) {
      hosts.push([watcher, host]);
      if (!ports.has(host)) ports.set(host, watcher);
    } else if (plugged !== undefined && into !== undefined) {
      entries.push([plugged, into]);
    } else {
      drawChain(line.split(' '), { ports, links, parents });
    }
  }
  const isDevice = (id: string) => id.startsWith('_');
  const devices = [...ports.keys()].filter((id) => isDevice(id));
  const nodes = [...ports]
    .filter(([id]) => !isDevice(id))
    .map(([id, port]) => ({ id, port: port === 'nobody' ? undefined : port }));
  const network = buildNetwork({ nodes, devices, links, parents, hosts, entries } satisfies TopologyGraph);
  const find = (facts: SceneFacts) => findCauses(network, factsOf(facts));
  return { find, show: (facts) => shown(find(facts)) };
}

function drawChain(
  words: readonly string[],
  into: { ports: Map<string, string>; links: [string, string][]; parents: [string, string][] },
): void {
  for (let index = 0; index < words.length; index += 2) {
    const [id = '', sign, next = ''] = words.slice(index, index + 3);
    if (!into.ports.has(id)) into.ports.set(id, 'c1');
    if (sign === '-') into.links.push([id, next]);
    if (sign === '>') into.parents.push([next, id]);
  }
}

function factsOf({
  down = [],
  suspected = [],
  unknown = [],
  returned = {},
  ...rest
}: SceneFacts): CauseFacts {
  const times = Array.isArray(down)
    ? down.map((id: string) => [id, LONG_AGO] as const)
    : Object.entries(down);
  return {
    nowMs: rest.nowMs ?? NOW,
    waitMs: WAIT,
    down: new Map(times as [string, number][]),
    suspected: new Set(suspected),
    unknown: new Set(unknown),
    returned: new Map(
      Object.entries(returned).map(([id, atMs]) => [id, { atMs, downSinceMs: atMs - OUTAGE }]),
    ),
    steady: new Set(rest.steady),
    inMaintenance: new Set(rest.inMaintenance),
  };
}

function shown({ causes, behind }: Causes): string[] {
  const lines = [...causes].toSorted().map((cause) => {
    const others = [...behind].flatMap(([id, by]) => (by === cause ? [id] : [])).toSorted();
    return others.length === 0 ? cause : `${cause}: ${others.join(' ')}`;
  });
  const strays = [...behind].filter(([, by]) => !causes.has(by));
  return [...lines, ...strays.map(([id, by]) => `${id} is behind ${by}, which is no cause`)];
}

/** Holds the outage of a node, or with `fired` another of its alerts, which fired at that time. */
export function held(
  causes: Causes,
  nodeId: string,
  {
    fired,
    durationMs = 0,
    doubtedSince,
  }: { fired?: number; durationMs?: number; doubtedSince?: number } = {},
): Hold | undefined {
  const firedAtMs = fired ?? causes.facts.down.get(nodeId) ?? NOW;
  return findHold(causes, {
    nodeId,
    isOutage: fired === undefined,
    firedAtMs,
    durationMs,
    ...(doubtedSince === undefined ? {} : { doubtedSinceMs: doubtedSince }),
  });
}
