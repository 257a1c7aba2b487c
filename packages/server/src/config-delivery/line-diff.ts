import { setImmediate as turn } from 'node:timers/promises';
import type { ConfigDiff } from '@stratora/contract';

export type LineDiff = Pick<ConfigDiff, 'added' | 'removed' | 'hunks' | 'truncated'>;
type Hunk = LineDiff['hunks'][number];

export interface DiffOptions {
  /** Lines shown around a change; 3 unless told. */
  context?: number;
  /** Lines of all hunks together; 5,000 unless told. */
  maxLines?: number;
}

const CONTEXT = 3;
const MAX_LINES = 5000;
/** Other work gets a turn after this long. */
const SLICE_MS = 12;
/** A stretch that differs by more than this is shown as replaced. */
const MAX_EDITS = 400;

/**
 * What changed from one text to another, by lines: first the lines that occur once on both sides are matched (patience
 * diff: Bram Cohen), which cuts a config at its blocks; what is between two of them is compared by Myers' algorithm
 * ("An O(ND) Difference Algorithm and Its Variations", 1986). Time is bounded: where a stretch has little in common it is
 * shown as replaced. Counts are whole even where hunks are cut off.
 */
export async function diffLines(before: string, after: string, options: DiffOptions = {}): Promise<LineDiff> {
  const context = options.context ?? CONTEXT;
  const same = commonEnds(before, after, context);
  const pace = new Pace();
  const symbols = new Map<string, number>();
  const oldLines = splitLines(before, same.start, before.length - same.tail);
  const newLines = splitLines(after, same.start, after.length - same.tail);
  const a = await numbered(oldLines, symbols, pace);
  const b = await numbered(newLines, symbols, pace);
  const compared = new Comparison(a, b, symbols.size);
  await compared.run(pace);
  return collectHunks(
    { oldLines, newLines, skipped: same.lines, gone: compared.gone, fresh: compared.fresh },
    { context, maxLines: options.maxLines ?? MAX_LINES },
  );
}

class Pace {
  #until = performance.now() + SLICE_MS;

  get isDue(): boolean {
    return performance.now() >= this.#until;
  }

  async rest(): Promise<void> {
    await turn();
    this.#until = performance.now() + SLICE_MS;
  }
}

/** How much both texts have in common at their ends, in whole lines but for the context of the first and last change. */
function commonEnds(
  before: string,
  after: string,
  context: number,
): { start: number; tail: number; lines: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  for (let back = 0; back <= context && start > 0; back += 1) start = before.lastIndexOf('\n', start - 2) + 1;
  let tail = 0;
  const most = shorter - start;
  while (
    tail < most &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  for (let forward = 0; forward <= context && tail > 0; forward += 1) {
    const newline = before.indexOf('\n', before.length - tail);
    tail = newline < 0 ? 0 : before.length - newline - 1;
  }
  let lines = 0;
  for (let at = before.indexOf('\n'); at >= 0 && at < start; at = before.indexOf('\n', at + 1)) lines += 1;
  return { start, tail, lines };
}

/** Lines without their ends; a newline at the end ends the last line and begins none. */
function splitLines(text: string, from: number, to: number): string[] {
  const part = text.slice(from, to);
  if (part === '') return [];
  const lines = part.split('\n');
  if (part.endsWith('\n')) lines.pop();
  return lines;
}

async function numbered(
  lines: readonly string[],
  symbols: Map<string, number>,
  pace: Pace,
): Promise<Int32Array> {
  const numbers = new Int32Array(lines.length);
  for (const [index, line] of lines.entries()) {
    let symbol = symbols.get(line);
    if (symbol === undefined) {
      symbol = symbols.size;
      symbols.set(line, symbol);
    }
    numbers[index] = symbol;
    if ((index & 0xfff) === 0 && pace.isDue) await pace.rest();
  }
  return numbers;
}

interface Stretch {
  aFrom: number;
  aTo: number;
  bFrom: number;
  bTo: number;
}

/** Finds which lines of either side have no partner on the other. */
class Comparison {
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
      this.#compare(stretch);
      if (pace.isDue) await pace.rest();
    }
  }

  #compare(given: Stretch): void {
    const stretch = this.#trimmed(given);
    const { aFrom, aTo, bFrom, bTo } = stretch;
    if (aFrom === aTo || bFrom === bTo) {
      this.#replace(stretch);
      return;
    }
    const anchors = this.#anchors(stretch);
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

  /** Lines that occur once on both sides, as far as their order is the same. */
  #anchors({ aFrom, aTo, bFrom, bTo }: Stretch): [number, number][] {
    const [countA, countB, placeB] = [this.#countA, this.#countB, this.#placeB];
    for (let at = aFrom; at < aTo; at += 1) bump(countA, this.#a[at] ?? 0);
    for (let at = bFrom; at < bTo; at += 1) {
      const symbol = this.#b[at] ?? 0;
      bump(countB, symbol);
      placeB[symbol] = at;
    }
    const pairs: [number, number][] = [];
    for (let at = aFrom; at < aTo; at += 1) {
      const symbol = this.#a[at] ?? 0;
      if (countA[symbol] === 1 && countB[symbol] === 1) pairs.push([at, placeB[symbol] ?? 0]);
    }
    for (let at = aFrom; at < aTo; at += 1) countA[this.#a[at] ?? 0] = 0;
    for (let at = bFrom; at < bTo; at += 1) countB[this.#b[at] ?? 0] = 0;
    return longestRising(pairs);
  }

  /** @returns false when more than MAX_EDITS lines differ */
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

/** The longest part of pairs, which rise in the first number, that rises in the second too. */
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

interface Compared {
  oldLines: readonly string[];
  newLines: readonly string[];
  /** Lines before both. */
  skipped: number;
  gone: Uint8Array;
  fresh: Uint8Array;
}

function collectHunks(
  { oldLines, newLines, skipped, gone, fresh }: Compared,
  limits: { context: number; maxLines: number },
): LineDiff {
  const builder = new HunkBuilder(limits);
  let [a, b] = [0, 0];
  while (a < oldLines.length || b < newLines.length) {
    if (a < oldLines.length && gone[a] === 1) {
      builder.change('removed', oldLines[a] ?? '', { a: skipped + a, b: skipped + b });
      a += 1;
    } else if (b < newLines.length && fresh[b] === 1) {
      builder.change('added', newLines[b] ?? '', { a: skipped + a, b: skipped + b });
      b += 1;
    } else {
      builder.same(oldLines[a] ?? '');
      a += 1;
      b += 1;
    }
  }
  return builder.result();
}

class HunkBuilder {
  readonly #limits: { context: number; maxLines: number };
  readonly #hunks: Hunk[] = [];
  #open: Hunk | undefined;
  /** Unchanged lines since the last change that no hunk has taken yet. */
  #quiet: string[] = [];
  #lines = 0;
  #truncated = false;
  #added = 0;
  #removed = 0;

  constructor(limits: { context: number; maxLines: number }) {
    this.#limits = limits;
  }

  same(line: string): void {
    if (this.#truncated) return;
    this.#quiet.push(line);
    const { context } = this.#limits;
    if (this.#open && this.#quiet.length > 2 * context) {
      this.#take(this.#open, this.#quiet.slice(0, context));
      this.#open = undefined;
    }
    if (!this.#open && this.#quiet.length > context) this.#quiet = this.#quiet.slice(-context);
  }

  change(kind: 'added' | 'removed', text: string, at: { a: number; b: number }): void {
    if (kind === 'added') this.#added += 1;
    else this.#removed += 1;
    if (this.#lines >= this.#limits.maxLines) this.#truncated = true;
    if (this.#truncated) return;
    if (!this.#open) {
      const before = this.#quiet.length;
      this.#open = { from_line: at.a - before + 1, to_line: at.b - before + 1, lines: [] };
      this.#hunks.push(this.#open);
    }
    this.#take(this.#open, this.#quiet);
    this.#quiet = [];
    this.#open.lines.push({ kind, text });
    this.#lines += 1;
  }

  #take(hunk: Hunk, lines: readonly string[]): void {
    for (const text of lines) hunk.lines.push({ kind: 'same', text });
    this.#lines += lines.length;
  }

  result(): LineDiff {
    if (this.#open && !this.#truncated) this.#take(this.#open, this.#quiet.slice(0, this.#limits.context));
    return {
      added: this.#added,
      removed: this.#removed,
      hunks: this.#hunks,
      truncated: this.#truncated,
    };
  }
}
