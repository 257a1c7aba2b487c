import type { Network, Origin } from './network.ts';

/** How a flood found a node. */
export const DARK = 0;
export const REACHED = 1;
/** It is blocked, and a node that was reached leads to it. */
export const TOUCHED = 2;
/** No node. */
export const NOBODY = -1;

/** What a flood is to tell. Masks have 1 at the place of each node that is meant. */
export interface Question {
  /** Nodes that do not conduct. */
  readonly blocked: Uint8Array;
  /** Those of the blocked ones that conduct nevertheless, but for the nodes of their own port. */
  readonly pardoned: Uint8Array;
  /** Those of the blocked ones that may be named as the reason why others are dark. */
  readonly blamed: Uint8Array;
  /** Nodes that prove by answering that they are reached, unless they are blocked. */
  readonly steady: Uint8Array;
  /** Time at which the outage of a node was noticed; NaN where none was. */
  readonly noticedAt: Float64Array;
  /** Milliseconds within which the same fault is noticed at all nodes that it takes down. */
  readonly waitMs: number;
}

/** What floods found, by the place of a node; nodes that nobody watches are dark. */
export interface Explanation {
  readonly marks: Uint8Array;
  /** The nearest blamed node that a dark node is behind, the one with the lowest id of several; else `NOBODY`. */
  readonly behind: Int32Array;
}

/** Floods the network from each of its origins, and tells of each node what the flood from its own origin found. */
export function explain(network: Network, question: Question): Explanation {
  const size = network.ids.length;
  const found: Explanation = { marks: new Uint8Array(size), behind: new Int32Array(size).fill(NOBODY) };
  const scratch = { queue: new Int32Array(size), behind: new Int32Array(size) };
  for (const origin of network.origins) {
    const marks = flood(network, origin, question, scratch.queue);
    scratch.behind.fill(NOBODY);
    spread(network, marks, question, scratch);
    if (!origin.isRooted) chooseCauses(network, origin, { marks, ...question }, scratch);
    for (const place of origin.members) {
      found.marks[place] = marks[place] as number;
      found.behind[place] = scratch.behind[place] as number;
    }
  }
  return found;
}

function flood(network: Network, origin: Origin, question: Question, queue: Int32Array): Uint8Array {
  const { wayStarts, wayEnds, ports } = network;
  const { blocked, pardoned, steady } = question;
  const marks = new Uint8Array(network.ids.length);
  const isPardoned = (place: number) =>
    pardoned[place] === 1 && origin.port !== undefined && ports[place] !== origin.port;
  let tail = 0;
  const reach = (place: number) => {
    if (marks[place] === REACHED) return;
    marks[place] = REACHED;
    queue[tail++] = place;
  };
  const enter = (place: number) => {
    if (blocked[place] === 1 && !isPardoned(place)) marks[place] ||= TOUCHED;
    else reach(place);
  };
  for (const place of origin.roots) reach(place);
  for (const place of origin.entries) enter(place);
  for (let place = 0; place < steady.length; place += 1) {
    const isProof = origin.port === undefined || ports[place] === origin.port;
    if (steady[place] === 1 && isProof && blocked[place] === 0) reach(place);
  }
  for (let head = 0; head < tail; head += 1) {
    const place = queue[head] as number;
    const last = wayStarts[place + 1] as number;
    for (let way = wayStarts[place] as number; way < last; way += 1) enter(wayEnds[way] as number);
  }
  return marks;
}

interface Scratch {
  readonly queue: Int32Array;
  readonly behind: Int32Array;
}

/** Names the touched nodes that are blamed to all dark nodes behind them, the nearest to each. */
function spread(network: Network, marks: Uint8Array, { blamed }: Question, { queue, behind }: Scratch): void {
  let tail = 0;
  // In the order of ids, which the queue keeps among those that are equally far.
  for (let place = 0; place < marks.length; place += 1) {
    if (marks[place] === TOUCHED && blamed[place] === 1) queue[tail++] = place;
  }
  const sources = tail;
  for (let head = 0; head < tail; head += 1) {
    const place = queue[head] as number;
    const name = head < sources ? place : (behind[place] as number);
    const last = network.wayStarts[place + 1] as number;
    for (let way = network.wayStarts[place] as number; way < last; way += 1) {
      const end = network.wayEnds[way] as number;
      if (marks[end] !== DARK || behind[end] !== NOBODY) continue;
      behind[end] = name;
      queue[tail++] = end;
    }
  }
}

/**
 * Chooses causes among nodes that nothing leads to and that no known cause explains: the middle of them rather than
 * their edge. Only what was noticed within one detection interval of a cause can be behind it, so that a node that lived
 * on after the fault of another is a cause of its own.
 */
function chooseCauses(
  network: Network,
  origin: Origin,
  question: Question & Pick<Explanation, 'marks'>,
  { queue, behind }: Scratch,
): void {
  const { marks, blocked, blamed, noticedAt, waitMs } = question;
  const isOpen = (place: number) => blocked[place] === 1 && marks[place] === DARK && behind[place] === NOBODY;
  const open = origin.members.filter(isOpen).toSorted((a, b) => middleFirst(network, noticedAt, a, b));
  const taken = new Uint8Array(marks.length);
  for (const cause of open) {
    if (taken[cause] === 1) continue;
    const isNear = (place: number) =>
      !(Math.abs((noticedAt[place] as number) - (noticedAt[cause] as number)) > waitMs);
    taken[cause] = 1;
    queue[0] = cause;
    let tail = 1;
    for (let head = 0; head < tail; head += 1) {
      const place = queue[head] as number;
      const last = network.wayStarts[place + 1] as number;
      for (let way = network.wayStarts[place] as number; way < last; way += 1) {
        const end = network.wayEnds[way] as number;
        if (taken[end] === 1 || !isOpen(end) || !isNear(end)) continue;
        taken[end] = 1;
        if (blamed[cause] === 1) behind[end] = cause;
        queue[tail++] = end;
      }
    }
  }
}

/** Compares two nodes: more ways first, then what was noticed earlier, then by id. */
function middleFirst(network: Network, noticedAt: Float64Array, a: number, b: number): number {
  const waysOf = (place: number) =>
    (network.wayStarts[place + 1] as number) - (network.wayStarts[place] as number);
  const timeOf = (place: number) => {
    const time = noticedAt[place] as number;
    return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
  };
  return waysOf(b) - waysOf(a) || Math.sign(timeOf(a) - timeOf(b)) || a - b;
}
