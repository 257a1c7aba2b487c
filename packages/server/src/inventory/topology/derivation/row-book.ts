/** Rows as they were last written, so that those that are the same are not written again. */
export class RowBook {
  #known: Map<string, string>;

  /** @param known each row's id, and the row as JSON in the form in which `take` is given it */
  constructor(known: Iterable<readonly [id: string, json: string]>) {
    this.#known = new Map(known);
  }

  get size(): number {
    return this.#known.size;
  }

  /** Takes all rows that there are now. @returns those that differ from what was taken before, and the ids of those that are gone */
  take<T extends { readonly id: string }>(rows: readonly T[]): { changed: T[]; gone: string[] } {
    const before = this.#known;
    this.#known = new Map();
    const changed: T[] = [];
    for (const row of rows) {
      // Of two with one id the first counts: both in one statement would be refused, and all others with them.
      if (this.#known.has(row.id)) continue;
      const json = JSON.stringify(row);
      if (before.get(row.id) !== json) changed.push(row);
      before.delete(row.id);
      this.#known.set(row.id, json);
    }
    return { changed, gone: [...before.keys()] };
  }
}
