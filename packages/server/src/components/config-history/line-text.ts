import type { Pace } from '../config-render/index.ts';

/** Number of characters that are compared at once. */
const PIECE = 64 * 1024;

/**
 * Finds how much both texts have in common at their ends, in whole lines but for the context of the first and last
 * change.
 */
export async function commonEnds(
  before: string,
  after: string,
  { context, pace }: { context: number; pace: Pace },
): Promise<{ start: number; tail: number; lines: number }> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.startsWith(after.slice(start, start + PIECE), start)) {
    start = Math.min(shorter, start + PIECE);
    if (pace.isDue) await pace.rest();
  }
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  for (let back = 0; back <= context && start > 0; back += 1) start = before.lastIndexOf('\n', start - 2) + 1;
  let tail = 0;
  const most = shorter - start;
  while (tail + PIECE <= most && before.endsWith(pieceBefore(after, tail), before.length - tail)) {
    tail += PIECE;
    if (pace.isDue) await pace.rest();
  }
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
  for (let at = before.indexOf('\n'); at >= 0 && at < start; at = before.indexOf('\n', at + 1)) {
    lines += 1;
    if ((lines & 0xffff) === 0 && pace.isDue) await pace.rest();
  }
  return { start, tail, lines };
}

function pieceBefore(text: string, tail: number): string {
  return text.slice(text.length - tail - PIECE, text.length - tail);
}

/** The lines of a part of a text, each by a number that equal lines share. A newline at the end begins no line. */
export class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];
  readonly #end: number;
  readonly symbols: Int32Array;

  private constructor(text: string, starts: readonly number[], end: number, symbols: Int32Array) {
    this.#text = text;
    this.#starts = starts;
    this.#end = end;
    this.symbols = symbols;
  }

  static async of(
    text: string,
    part: { from: number; to: number; symbols: Map<string, number>; pace: Pace },
  ): Promise<Lines> {
    const { from, to, symbols, pace } = part;
    const starts: number[] = [];
    const numbers: number[] = [];
    for (let start = from; start < to; ) {
      const newline = text.indexOf('\n', start);
      const end = newline < 0 || newline >= to ? to : newline;
      const line = text.slice(start, end);
      let symbol = symbols.get(line);
      if (symbol === undefined) {
        symbol = symbols.size;
        symbols.set(line, symbol);
      }
      starts.push(start);
      numbers.push(symbol);
      start = end + 1;
      if ((starts.length & 0xfff) === 0 && pace.isDue) await pace.rest();
    }
    return new Lines(text, starts, to, Int32Array.from(numbers));
  }

  get count(): number {
    return this.#starts.length;
  }

  text(index: number): string {
    const next = this.#starts[index + 1];
    const line = this.#text.slice(this.#starts[index], next === undefined ? this.#end : next - 1);
    return next === undefined && line.endsWith('\n') ? line.slice(0, -1) : line;
  }
}
