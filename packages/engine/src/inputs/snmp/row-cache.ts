import type { LineBuffer } from './line-buffer.ts';

/** Prefixes of rows that went away and may come back, kept per table. */
const MAX_GONE = 1_000;

export interface CachedRow {
  /** The octets (index and tag cells) that the prefix was made of. */
  readonly key: Buffer;
  /** Start of the row's line; empty when the block's filters drop the row. */
  readonly prefix: Buffer;
}

/**
 * The line prefixes of one table of one device, in the order of its rows, each with the octets that it was made of: as
 * long as those are the same, the prefix is copied instead of made again. Kept in four flat arrays, since there are ten
 * thousands of such tables.
 */
export class RowCache {
  #keys: Buffer = EMPTY;
  #keyEnds = new Int32Array(0);
  #prefixes: Buffer = EMPTY;
  #prefixEnds = new Int32Array(0);
  #count = 0;
  #gone: Set<string> | undefined;
  /** False until the first walk that gave rows has been encoded. */
  isFilled = false;

  get count(): number {
    return this.#count;
  }

  /** True when the prefix at that place was made of this key. */
  matches(row: number, key: Uint8Array, keyLength: number): boolean {
    if (row >= this.#count) return false;
    const start = startOf(this.#keyEnds, row);
    if ((this.#keyEnds[row] ?? 0) - start !== keyLength) return false;
    for (let index = 0; index < keyLength; index += 1) {
      if (this.#keys[start + index] !== key[index]) return false;
    }
    return true;
  }

  /** Appends the prefix at that place, which may be empty. */
  appendPrefix(row: number, out: LineBuffer): void {
    out.appendRange(this.#prefixes, startOf(this.#prefixEnds, row), this.#prefixEnds[row] ?? 0);
  }

  at(row: number): CachedRow {
    return {
      key: this.#keys.subarray(startOf(this.#keyEnds, row), this.#keyEnds[row]),
      prefix: this.#prefixes.subarray(startOf(this.#prefixEnds, row), this.#prefixEnds[row]),
    };
  }

  /** Places of all rows by their key: for a poll whose rows moved. */
  places(): Map<string, number> {
    const places = new Map<string, number>();
    for (let row = 0; row < this.#count; row += 1) places.set(this.at(row).key.toString('latin1'), row);
    return places;
  }

  /** True for a row that went away not long ago: its series are not new. */
  wasThere(prefix: Buffer): boolean {
    return this.#gone?.has(prefix.toString('latin1')) ?? false;
  }

  /** Takes the rows of this poll in place of those of the last one. */
  replace(rows: readonly CachedRow[]): void {
    this.#remember(new Set(rows.map((row) => row.prefix.toString('latin1'))));
    const keys = Buffer.concat(rows.map((row) => row.key));
    const prefixes = Buffer.concat(rows.map((row) => row.prefix));
    this.#keyEnds = ends(rows.map((row) => row.key.length));
    this.#prefixEnds = ends(rows.map((row) => row.prefix.length));
    this.#keys = keys;
    this.#prefixes = prefixes;
    this.#count = rows.length;
  }

  #remember(present: ReadonlySet<string>): void {
    for (let row = 0; row < this.#count; row += 1) {
      const prefix = this.at(row).prefix.toString('latin1');
      if (present.has(prefix)) continue;
      this.#gone ??= new Set();
      this.#gone.delete(prefix);
      this.#gone.add(prefix);
    }
    for (const prefix of this.#gone ?? []) {
      if ((this.#gone?.size ?? 0) > MAX_GONE || present.has(prefix)) this.#gone?.delete(prefix);
    }
  }
}

const EMPTY: Buffer = Buffer.alloc(0);

function startOf(ends: Int32Array, row: number): number {
  return row === 0 ? 0 : (ends[row - 1] ?? 0);
}

function ends(lengths: readonly number[]): Int32Array<ArrayBuffer> {
  const result = new Int32Array(lengths.length);
  let end = 0;
  lengths.forEach((length, index) => {
    end += length;
    result[index] = end;
  });
  return result;
}
