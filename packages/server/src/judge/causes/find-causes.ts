import type { CauseFacts, Causes } from './cause-facts.ts';
import { DARK, type Explanation, explain, NOBODY, type Question } from './explanation.ts';
import type { Network } from './network.ts';

/**
 * Finds which of the down nodes are causes, and what each other is behind: takes the down nodes out of the network and
 * floods what is left from each collector's port. A down node that the flood touches is a cause, and what it does not
 * reach is behind the nearest one. Several collectors see a node differently; each judges the nodes that it polls. What
 * is away for one since something before it is away may well conduct for another, which therefore takes out only those
 * nodes of others that are touched by their own flood. A cause that is itself behind another by its own collector's
 * flood passes the blame on.
 *
 * A node that cannot be judged is no cause and hides none: it conducts, and what hangs behind it is merely doubted for
 * one detection interval. Were it to block, no alert would tell of what died behind it.
 */
export function findCauses(network: Network, facts: CauseFacts): Causes {
  const masks = masksOf(network, facts);
  const { down } = masks;
  const shared = { steady: masks.steady, noticedAt: masks.noticedAt, waitMs: facts.waitMs };
  const pardoned = pardonedNodes(network, { blocked: down, pardoned: down, blamed: down, ...shared });
  const plain = explain(network, { blocked: down, pardoned, blamed: down, ...shared });
  const through = (blamed: Uint8Array, pardon: Uint8Array): Map<string, string> => {
    if (!blamed.includes(1)) return new Map();
    return darkNodes(
      network,
      explain(network, { blocked: either(down, blamed), pardoned: pardon, blamed, ...shared }),
    );
  };
  const none = new Uint8Array(down.length);
  return {
    facts,
    ...causesAmong(network, facts, causeOfEach(network, masks, plain)),
    covered: through(masks.inMaintenance, pardoned),
    doubted: through(either(masks.doubtful, pardoned), none),
    doubtedLonger: through(either(masks.doubtfulLonger, pardoned), none),
  };
}

/** Finds the down nodes that are away for those who watch them since something before them is. */
function pardonedNodes(network: Network, question: Question): Uint8Array {
  const { blocked } = question;
  if (network.origins.length < 2) return new Uint8Array(blocked.length);
  const { behind } = explain(network, question);
  return blocked.map((isDown, place) => (isDown === 1 && behind[place] !== NOBODY ? 1 : 0));
}

function causesAmong(network: Network, facts: CauseFacts, named: Int32Array) {
  const causes = new Set<string>();
  const behind = new Map<string, string>();
  for (const [place, cause] of named.entries()) {
    if (cause === NOBODY) continue;
    if (place === cause) causes.add(idOf(network, place));
    else if (!isDevice(network, place)) behind.set(idOf(network, place), idOf(network, cause));
  }
  // What is not in the graph hangs on its port.
  for (const id of facts.down.keys()) if (!network.places.has(id)) causes.add(id);
  return { causes, behind };
}

type Masks = ReturnType<typeof masksOf>;

function masksOf({ ids, places }: Network, facts: CauseFacts) {
  const { nowMs, waitMs, down, suspected, unknown, returned, steady, inMaintenance } = facts;
  const maskOf = (members: Iterable<string>): Uint8Array => {
    const mask = new Uint8Array(ids.length);
    for (const id of members) {
      const place = places.get(id);
      if (place !== undefined) mask[place] = 1;
    }
    return mask;
  };
  const noticedAt = new Float64Array(ids.length).fill(Number.NaN);
  for (const [id, atMs] of down) {
    const place = places.get(id);
    if (place !== undefined) noticedAt[place] = atMs;
  }
  const notDown = (members: Iterable<string>) => [...members].filter((id) => !down.has(id));
  const justReturned = [...returned].flatMap(([id, { atMs }]) => (nowMs < atMs + waitMs ? [id] : []));
  const doubtfulLonger = maskOf(notDown([...justReturned, ...suspected]));
  return {
    down: maskOf(down.keys()),
    noticedAt,
    steady: maskOf(steady),
    inMaintenance: maskOf(inMaintenance),
    doubtful: either(doubtfulLonger, maskOf(notDown(unknown))),
    doubtfulLonger,
  };
}

function either(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((value, place) => value | (b[place] as number));
}

/** Finds the cause of each node: itself where it is one, `NOBODY` where there is none. */
function causeOfEach(network: Network, { down, noticedAt }: Masks, plain: Explanation): Int32Array {
  const { marks, behind } = plain;
  const blamed = behind.map((by, place) =>
    down[place] === 1 && (marks[place] !== DARK || by === NOBODY) ? place : by,
  );
  const named = new Int32Array(network.ids.length).fill(NOBODY);
  for (const start of network.ids.keys()) {
    const path: number[] = [];
    let place = start;
    while (named[place] === NOBODY && !path.includes(place)) {
      path.push(place);
      const next = blamed[place] as number;
      if (next === NOBODY) break;
      if (next === place) named[place] = place;
      place = next;
    }
    // Each of two collectors saw the other's node in its way: the outage that was noticed first is the cause.
    if (named[place] === NOBODY && blamed[place] !== NOBODY) {
      const circle = path.slice(path.indexOf(place));
      place = circle.toSorted(
        (a, b) => (noticedAt[a] as number) - (noticedAt[b] as number) || a - b,
      )[0] as number;
      named[place] = place;
    }
    for (const passed of path) named[passed] = named[place] as number;
  }
  return named;
}

function darkNodes(network: Network, { behind }: Explanation): Map<string, string> {
  const dark = new Map<string, string>();
  for (const [place, by] of behind.entries()) {
    if (by !== NOBODY && !isDevice(network, place)) dark.set(idOf(network, place), idOf(network, by));
  }
  return dark;
}

function isDevice(network: Network, place: number): boolean {
  return network.devices.has(idOf(network, place));
}

function idOf({ ids }: Network, place: number): string {
  return ids[place] as string;
}
