/** Marks of an entry. */
export const MARK = {
  /** Two interfaces had the name at one time. */
  suspect: 1,
  /** Interfaces share the name, and are told apart by more. */
  shared: 2,
  /** They share the description too, and are told apart by their ifIndex. */
  byIndex: 4,
} as const;

const SMALLEST = 1_024;
/** Entries that nothing was heard of for so long make room for others. */
const FORGET_MS = 3_600_000;

/**
 * What was last seen of each interface, by the hash of what names it: 37 bytes for each place of a table that is at most
 * three fifths full. It knows 64 bits of a name and not the name.
 */
export class SeenTable {
  /** Number of entries. */
  size = 0;
  /** Words of the ifIndex and of the ifAlias that it had last. */
  index = new Int32Array(SMALLEST);
  alias = new Int32Array(SMALLEST);
  /** Time of the newest row, and of the newest sample of the info series (of a suspect: of the suspicion), in ms. */
  times = new Float64Array(SMALLEST);
  infoAt = new Float64Array(SMALLEST);
  marks = new Uint8Array(SMALLEST);
  #keysA = new Int32Array(SMALLEST);
  #keysB = new Int32Array(SMALLEST);

  /** Finds the place of an entry, valid until the next `place`; -1 when there is none. */
  find(a: number, b: number): number {
    const last = this.#keysA.length - 1;
    let at = start(a, b) & last;
    for (;;) {
      const key = this.#keysA[at] as number;
      if (key === 0) return -1;
      if (key === a && this.#keysB[at] === b) return at;
      at = (at + 1) & last;
    }
  }

  /** Returns the place of an entry, made where it is missing; places that were found before are void then. */
  place(a: number, b: number, nowMs: number): number {
    const found = this.find(a, b);
    if (found >= 0) return found;
    if (this.size + 1 > this.#keysA.length * 0.6) this.#makeRoom(nowMs);
    this.size += 1;
    return this.#insert(a, b);
  }

  #insert(a: number, b: number): number {
    const last = this.#keysA.length - 1;
    let at = start(a, b) & last;
    while (this.#keysA[at] !== 0) at = (at + 1) & last;
    this.#keysA[at] = a;
    this.#keysB[at] = b;
    this.times[at] = Number.NEGATIVE_INFINITY;
    this.infoAt[at] = Number.NEGATIVE_INFINITY;
    return at;
  }

  /** Makes the table anew, without what is long gone, and so large that a third is taken. */
  #makeRoom(nowMs: number): void {
    const { index, alias, times, infoAt, marks } = this;
    const keysA = this.#keysA;
    const keysB = this.#keysB;
    const isKept = (at: number) => keysA[at] !== 0 && (times[at] as number) > nowMs - FORGET_MS;
    let kept = 0;
    for (let at = 0; at < keysA.length; at += 1) if (isKept(at)) kept += 1;
    let length = SMALLEST;
    while (length < kept * 3) length *= 2;
    this.#keysA = new Int32Array(length);
    this.#keysB = new Int32Array(length);
    this.index = new Int32Array(length);
    this.alias = new Int32Array(length);
    this.times = new Float64Array(length);
    this.infoAt = new Float64Array(length);
    this.marks = new Uint8Array(length);
    this.size = kept;
    for (let from = 0; from < keysA.length; from += 1) {
      if (!isKept(from)) continue;
      const to = this.#insert(keysA[from] as number, keysB[from] as number);
      this.index[to] = index[from] as number;
      this.alias[to] = alias[from] as number;
      this.times[to] = times[from] as number;
      this.infoAt[to] = infoAt[from] as number;
      this.marks[to] = marks[from] as number;
    }
  }
}

function start(a: number, b: number): number {
  const mixed = Math.imul(a ^ (b >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
