/** Most ranges that a written set has: what is beyond is done once more, so that a cursor stays short. */
const MOST_RANGES = 3_000;

/** Which turns of an order are done. */
export class TurnSet {
  readonly #done: Uint8Array;
  #size = 0;

  constructor(count: number) {
    this.#done = new Uint8Array(count);
  }

  /** Reads what `written` gave; whatever is something else is empty. */
  static read(written: unknown, count: number): TurnSet {
    const set = new TurnSet(count);
    for (const part of typeof written === 'string' ? written.split(',') : []) {
      const found = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part);
      if (found === null) continue;
      const first = Number(found[1]);
      const last = Math.min(Number(found[2] ?? first), count - 1);
      for (let turn = first; turn <= last; turn += 1) set.add(turn);
    }
    return set;
  }

  get size(): number {
    return this.#size;
  }

  has(turn: number): boolean {
    return this.#done[turn] === 1;
  }

  add(turn: number): void {
    if (turn < 0 || turn >= this.#done.length || this.has(turn)) return;
    this.#done[turn] = 1;
    this.#size += 1;
  }

  /** Writes the turns as ranges: `0-511,513`. */
  written(): string {
    const parts: string[] = [];
    const { length } = this.#done;
    for (let turn = 0; turn < length && parts.length < MOST_RANGES; turn += 1) {
      if (!this.has(turn)) continue;
      const first = turn;
      while (turn + 1 < length && this.has(turn + 1)) turn += 1;
      parts.push(first === turn ? String(first) : `${first}-${turn}`);
    }
    return parts.join(',');
  }
}
