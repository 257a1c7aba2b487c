import { type NeighbourSource, SourceFault, type SourceValue } from './neighbour-source.ts';
import type { TableNote } from './table-note.ts';

/** A row of a table: the arcs of its index, and its values by the position of their column. */
export interface Row {
  readonly index: readonly number[];
  readonly values: (SourceValue | undefined)[];
}

export interface WalkedTable {
  /** OID of the entry, above the columns. */
  readonly entry: string;
  /** Numbers of the columns below the entry, or whole OIDs of columns of a table beside it with the same index. */
  readonly columns: readonly (number | string)[];
  /** Positions of the columns without which a row says nothing; all of them by default. */
  readonly needed?: readonly number[];
}

export interface ReadingOptions {
  readonly source: NeighbourSource;
  /** Most rows of a table. */
  readonly maxRows: number;
}

/** Tables that gave no answer in a row, after which the device is left alone. */
const SILENT_MAX = 2;

/**
 * The reading of one device: walks its tables one after the other, asks for none of which it is known that the device has
 * nothing, and for nothing more once it does not answer.
 */
export class Reading {
  readonly #options: ReadingOptions;
  #held: ReadonlySet<string> | undefined;
  #isProbed = new Set<string>();
  /** Why the device is asked nothing more. */
  #over: string | undefined;
  #silent = 0;
  #hasAnswered = false;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  /** Why nothing more is asked, in a sentence; undefined as long as something is. */
  get over(): string | undefined {
    return this.#over;
  }

  /** Finds out which of these entries the device has anything of. */
  async probe(entries: readonly string[]): Promise<void> {
    const held = await this.#ask(() => this.#options.source.held(entries));
    if (held === undefined) return;
    this.#held = held;
    this.#isProbed = new Set(entries);
  }

  /** Whether the device may have something below an entry. */
  mayHold(entry: string): boolean {
    return !this.#isProbed.has(entry) || this.#held?.has(entry) === true;
  }

  /** Gets single objects; none where the device does not answer. */
  async get(oids: readonly string[]): Promise<ReadonlyMap<string, SourceValue>> {
    return (await this.#ask(() => this.#options.source.get(oids))) ?? new Map();
  }

  /** Walks a table and joins its values to rows. What came of it is noted; rows that came before a break are given. */
  async rows(note: TableNote, { entry, columns, needed }: WalkedTable): Promise<Row[]> {
    if (this.#over !== undefined) {
      note.noteOpen(this.#over);
      return [];
    }
    if (!this.mayHold(entry)) return [];
    const oids = columns.map((column) => (typeof column === 'string' ? column : `${entry}.${column}`));
    const rows = new Map<string, Row>();
    const { source, maxRows } = this.#options;
    let isCut = false;
    const end = await source.walk(oids, ({ column, index, value }) => {
      const key = index.join('.');
      let row = rows.get(key);
      if (row === undefined) {
        if (rows.size >= maxRows) {
          isCut = true;
          return false;
        }
        row = { index, values: oids.map(() => undefined) };
        rows.set(key, row);
      }
      row.values[column] ??= value;
      return true;
    });
    if (rows.size > 0) note.noteHeld();
    if (isCut) note.noteOpen(`The table has more than ${maxRows} rows; the rest was not read.`);
    note.noteWalk(end, needed ?? columns.map((_, at) => at));
    this.#noteExtent(end.extent, end.reason);
    return [...rows.values()];
  }

  /** The same device for one of its VLANs; undefined where it cannot be asked so. */
  ofVlan(vlan: number): Reading | undefined {
    const source = this.#over === undefined ? this.#options.source.ofVlan(vlan) : undefined;
    return source && new Reading({ ...this.#options, source });
  }

  async #ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    if (this.#over !== undefined) return undefined;
    try {
      const answer = await question();
      this.#noteExtent('none', undefined);
      return answer;
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      this.#noteExtent(error.extent, error.message);
      return undefined;
    }
  }

  #noteExtent(extent: 'none' | 'column' | 'table' | 'device', reason: string | undefined): void {
    if (extent === 'table') this.#silent += 1;
    else this.#silent = 0;
    if (extent === 'none' || extent === 'column') this.#hasAnswered = true;
    // One that has never answered is not there; one that has may be slow with a single table.
    const isSilent = this.#silent >= (this.#hasAnswered ? SILENT_MAX : 1);
    if (extent === 'device' || isSilent) this.#over ??= reason;
  }
}
