import type { LineBuffer } from './line-buffer.ts';

/** Most prefixes kept per table of rows that went away and may come back. */
const MAX_FORMER_PREFIXES = 1_000;
/** Most rows that are kept of walks that broke off. */
const MAX_ADDED_ROWS = 50_000;
/** Walks that broke off after which what they showed counts as what the table shows first. */
const MAX_BASELINE_WALKS = 3;

export interface CachedRow {
  /** The octets (index and tag cells) that the prefix was made of. */
  readonly key: Buffer;
  /** Start of the row's line; empty when the block's filters drop the row. */
  readonly prefix: Buffer;
}

/**
 * The line prefixes of one table of one device, in the order of its rows, each with the octets that it was made of: as
 * long as those are the same, the prefix is copied instead of made again. All rows lie in one piece of memory of their
 * exact size, since there are ten thousands of such tables: key and prefix of the first row, of the second, and so on.
 */
export class RowCache {
  #octets: Buffer = EMPTY;
  /** Ends of each row's key and prefix, alternating. */
  #ends = new Int32Array(0);
  #formerPrefixes: Set<string> | undefined;
  /** False until the first walk that gave rows has been encoded. */
  isFilled = false;
  #brokenWalks = 0;

  get count(): number {
    return this.#ends.length / 2;
  }

  /** True when the prefix at that place was made of this key. */
  matches(row: number, key: Uint8Array, keyLength: number): boolean {
    if (row * 2 >= this.#ends.length) return false;
    const start = this.#startOf(row);
    if ((this.#ends[row * 2] ?? 0) - start !== keyLength) return false;
    for (let index = 0; index < keyLength; index += 1) {
      if (this.#octets[start + index] !== key[index]) return false;
    }
    return true;
  }

  /** Appends the prefix at that place, which may be empty. */
  appendPrefix(row: number, out: LineBuffer): void {
    out.appendRange(this.#octets, this.#ends[row * 2] ?? 0, this.#ends[row * 2 + 1] ?? 0);
  }

  at(row: number): CachedRow {
    const keyEnd = this.#ends[row * 2] ?? 0;
    return {
      key: this.#octets.subarray(this.#startOf(row), keyEnd),
      prefix: this.#octets.subarray(keyEnd, this.#ends[row * 2 + 1] ?? 0),
    };
  }

  /** Places of all rows by their key: for a poll whose rows moved. */
  places(): Map<string, number> {
    const places = new Map<string, number>();
    for (let row = 0; row < this.count; row += 1) places.set(this.at(row).key.toString('latin1'), row);
    return places;
  }

  /** True for a row that went away not long ago: its series are not new. */
  wasThere(prefix: Buffer): boolean {
    return this.#formerPrefixes?.has(prefix.toString('latin1')) ?? false;
  }

  /** Takes the rows of this poll in place of those of the last one. */
  replace(rows: readonly CachedRow[]): void {
    this.#remember(new Set(rows.map((row) => row.prefix.toString('latin1'))));
    const size = rows.reduce((sum, { key, prefix }) => sum + key.length + prefix.length, 0);
    // Not from the pool, which would keep 8 KiB alive for each small piece.
    const octets = Buffer.allocUnsafeSlow(size);
    const ends = new Int32Array(rows.length * 2);
    let at = 0;
    for (const [row, { key, prefix }] of rows.entries()) {
      at += key.copy(octets, at);
      ends[row * 2] = at;
      at += prefix.copy(octets, at);
      ends[row * 2 + 1] = at;
    }
    this.#octets = octets;
    this.#ends = ends;
  }

  /** Adds the new rows of a walk that broke off to those that are known. */
  add(rows: readonly CachedRow[]): void {
    this.#brokenWalks += 1;
    if (this.#brokenWalks >= MAX_BASELINE_WALKS) this.isFilled = true;
    if (rows.length === 0) return;
    const isRoomy = this.count + rows.length <= MAX_ADDED_ROWS;
    this.replace(isRoomy ? [...Array.from({ length: this.count }, (_, row) => this.at(row)), ...rows] : rows);
  }

  #startOf(row: number): number {
    return row === 0 ? 0 : (this.#ends[row * 2 - 1] ?? 0);
  }

  #remember(present: ReadonlySet<string>): void {
    for (let row = 0; row < this.count; row += 1) {
      const prefix = this.at(row).prefix.toString('latin1');
      if (present.has(prefix)) continue;
      this.#formerPrefixes ??= new Set();
      this.#formerPrefixes.delete(prefix);
      this.#formerPrefixes.add(prefix);
    }
    for (const prefix of this.#formerPrefixes ?? []) {
      if ((this.#formerPrefixes?.size ?? 0) > MAX_FORMER_PREFIXES || present.has(prefix))
        this.#formerPrefixes?.delete(prefix);
    }
  }
}

const EMPTY: Buffer = Buffer.alloc(0);
