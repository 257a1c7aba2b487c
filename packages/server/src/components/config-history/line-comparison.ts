import type { Pace } from '../config-render/index.ts';

/** Most edits of a stretch; one that differs by more is shown as replaced. */
const MAX_EDITS = 400;

interface Stretch {
  aFrom: number;
  aTo: number;
  bFrom: number;
  bTo: number;
}

/** The comparison of two texts: finds the lines of either side without a partner on the other. */
export class LineComparison {
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  /** 1 for a line of the old text that is gone. */
  readonly gone: Uint8Array;
  /** 1 for a line of the new text that was not there. */
  readonly fresh: Uint8Array;
  /** Per symbol: how often it occurs in the stretch at hand, and where. Zero between stretches. */
  readonly #countA: Int32Array;
  readonly #countB: Int32Array;
  readonly #placeB: Int32Array;
  readonly #stack: Stretch[] = [];

  constructor(a: Int32Array, b: Int32Array, symbols: number) {
    this.#a = a;
    this.#b = b;
    this.gone = new Uint8Array(a.length);
    this.fresh = new Uint8Array(b.length);
    this.#countA = new Int32Array(symbols);
    this.#countB = new Int32Array(symbols);
    this.#placeB = new Int32Array(symbols);
  }

  async run(pace: Pace): Promise<void> {
    this.#stack.push({ aFrom: 0, aTo: this.#a.length, bFrom: 0, bTo: this.#b.length });
    for (let stretch = this.#stack.pop(); stretch; stretch = this.#stack.pop()) {
      await this.#compare(stretch, pace);
      if (pace.isDue) await pace.rest();
    }
  }

  async #compare(given: Stretch, pace: Pace): Promise<void> {
    const stretch = this.#trimmed(given);
    const { aFrom, aTo, bFrom, bTo } = stretch;
    if (aFrom === aTo || bFrom === bTo) {
      this.#replace(stretch);
      return;
    }
    const anchors = await this.#anchors(stretch, pace);
    if (anchors.length === 0) {
      if (!this.#myers(stretch)) this.#replace(stretch);
      return;
    }
    let [a, b] = [aFrom, bFrom];
    for (const [anchorA, anchorB] of anchors) {
      this.#stack.push({ aFrom: a, aTo: anchorA, bFrom: b, bTo: anchorB });
      [a, b] = [anchorA + 1, anchorB + 1];
    }
    this.#stack.push({ aFrom: a, aTo, bFrom: b, bTo });
  }

  #trimmed({ aFrom, aTo, bFrom, bTo }: Stretch): Stretch {
    const [a, b] = [this.#a, this.#b];
    let [fromA, toA, fromB, toB] = [aFrom, aTo, bFrom, bTo];
    while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) {
      fromA += 1;
      fromB += 1;
    }
    while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) {
      toA -= 1;
      toB -= 1;
    }
    return { aFrom: fromA, aTo: toA, bFrom: fromB, bTo: toB };
  }

  #replace({ aFrom, aTo, bFrom, bTo }: Stretch): void {
    this.gone.fill(1, aFrom, aTo);
    this.fresh.fill(1, bFrom, bTo);
  }

  /** Finds lines that occur once on both sides, as far as their order is the same. */
  async #anchors({ aFrom, aTo, bFrom, bTo }: Stretch, pace: Pace): Promise<[number, number][]> {
    const [countA, countB, placeB] = [this.#countA, this.#countB, this.#placeB];
    for (let at = aFrom; at < aTo; at += 1) {
      bump(countA, this.#a[at] ?? 0);
      if ((at & 0xffff) === 0 && pace.isDue) await pace.rest();
    }
    for (let at = bFrom; at < bTo; at += 1) {
      const symbol = this.#b[at] ?? 0;
      bump(countB, symbol);
      placeB[symbol] = at;
      if ((at & 0xffff) === 0 && pace.isDue) await pace.rest();
    }
    const pairs: [number, number][] = [];
    for (let at = aFrom; at < aTo; at += 1) {
      const symbol = this.#a[at] ?? 0;
      if (countA[symbol] === 1 && countB[symbol] === 1) pairs.push([at, placeB[symbol] ?? 0]);
      if ((at & 0xffff) === 0 && pace.isDue) await pace.rest();
    }
    for (let at = aFrom; at < aTo; at += 1) countA[this.#a[at] ?? 0] = 0;
    for (let at = bFrom; at < bTo; at += 1) countB[this.#b[at] ?? 0] = 0;
    return longestRising(pairs);
  }

  /** Compares a stretch by Myers' algorithm. @returns false when more than MAX_EDITS lines differ */
  #myers({ aFrom, aTo, bFrom, bTo }: Stretch): boolean {
    const [n, m] = [aTo - aFrom, bTo - bFrom];
    const most = Math.min(n + m, MAX_EDITS);
    const furthest = new Int32Array(2 * most + 3);
    const trace: Int32Array[] = [];
    const at = (k: number) => furthest[k + most + 1] ?? 0;
    for (let edits = 0; edits <= most; edits += 1) {
      trace.push(furthest.slice(most + 1 - edits - 1, most + 1 + edits + 2));
      for (let k = -edits; k <= edits; k += 2) {
        let x = k === -edits || (k !== edits && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
        while (x < n && x - k < m && this.#a[aFrom + x] === this.#b[bFrom + x - k]) x += 1;
        furthest[k + most + 1] = x;
        if (x >= n && x - k >= m) {
          this.#trackBack(trace, { aFrom, aTo, bFrom, bTo });
          return true;
        }
      }
    }
    return false;
  }

  #trackBack(trace: readonly Int32Array[], { aFrom, aTo, bFrom, bTo }: Stretch): void {
    let [x, y] = [aTo - aFrom, bTo - bFrom];
    for (let edits = trace.length - 1; edits > 0; edits -= 1) {
      const before = trace[edits] ?? new Int32Array();
      // The slice of a round holds the diagonals -edits-1 to edits+1, as they were before it.
      const reached = (k: number) => before[k + edits + 1] ?? 0;
      const k = x - y;
      const isDown = k === -edits || (k !== edits && reached(k - 1) < reached(k + 1));
      const cameFrom = isDown ? k + 1 : k - 1;
      const fromX = reached(cameFrom);
      const fromY = fromX - cameFrom;
      if (isDown) this.fresh[bFrom + fromY] = 1;
      else this.gone[aFrom + fromX] = 1;
      [x, y] = [fromX, fromY];
    }
  }
}

function bump(counts: Int32Array, symbol: number): void {
  counts[symbol] = (counts[symbol] ?? 0) + 1;
}

/** Finds the longest part of pairs, which rise in the first number, that rises in the second too. */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  for (const [index, [, place]] of pairs.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  }
  const chain: [number, number][] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const pair = pairs[at];
    if (pair) chain.push(pair);
  }
  return chain.toReversed();
}
