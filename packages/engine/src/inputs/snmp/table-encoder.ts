import { Cell } from '@stratora/snmp';
import type { InputContext, Tags } from '../../input.ts';
import { appendValue } from './field-writer.ts';
import type { LineBuffer } from './line-buffer.ts';
import type { CachedRow, RowCache } from './row-cache.ts';
import type { RowSet } from './row-set.ts';
import type { SeriesBudget } from './series-budget.ts';
import type { TablePlan, TagColumn } from './table-plan.ts';
import { convertCell, convertCellToText } from './value-conversion.ts';

/** Octets of a tag cell that count for its key; text beyond 1 KiB is cut anyway. */
const MAX_KEY_CELL = 1_100;
/** Room for one index: 128 arcs of five octets, and a mark. */
const INDEX_ROOM = 641;

/** The parts of a line that the rows of one device have beside their own columns. */
export interface RowSurroundings {
  readonly context: Pick<InputContext, 'encodeSeries'>;
  readonly cache: RowCache;
  readonly budget: SeriesBudget;
  /** Tags inherited from the fields of the block, which a column's tag gives way to. */
  readonly inherited: Readonly<Record<string, string>>;
  /** The tag that names the agent, written where no other tag has its name. */
  readonly hostTag: string;
  readonly host: string;
  /** End of every line: a space, the time in ns, a line feed. */
  readonly stamp: Buffer;
}

/** The frame of a line around its fields: the prefix itself, or its place in the cache. */
type LineFrame =
  | { readonly prefix: Buffer; readonly stamp: Buffer }
  | { readonly cache: RowCache; readonly place: number; readonly stamp: Buffer };

/**
 * Turns the rows of one table plan into lines. One encoder serves all devices of a block, one after the other: it keeps
 * nothing between two calls but its scratch memory.
 */
export class TableEncoder {
  readonly #plan: TablePlan;
  readonly #cell = new Cell();
  #key: Buffer = Buffer.allocUnsafe(INDEX_ROOM + 512);

  constructor(plan: TablePlan) {
    this.#plan = plan;
  }

  /**
   * Appends the lines of a walk that broke off: of rows that are as they were at an earlier poll, and of new ones whose
   * tags are all there, since of the others only half may have come. Rows that did not come stay known.
   *
   * @param open columns of the options that had not been walked to their end
   * @returns how many rows were left out because the node made too many new series
   */
  encodePartial(rows: RowSet, around: RowSurroundings, out: LineBuffer, open: ReadonlySet<number>): number {
    const { cache } = around;
    const isBaseline = !cache.isFilled;
    const isWhole = this.#wholeRows(rows, open);
    const added: CachedRow[] = [];
    let places: Map<string, number> | undefined;
    let cursor = 0;
    let refused = 0;
    for (let row = 0; row < rows.count; row += 1) {
      const keyLength = this.#makeKey(rows, row);
      let place: number | undefined = cursor;
      if (!cache.matches(cursor, this.#key, keyLength)) {
        places ??= cache.places();
        place = places.get(this.#key.toString('latin1', 0, keyLength));
      }
      if (place !== undefined) {
        cursor = place + 1;
        this.#encodeRow(rows, row, { cache, place, stamp: around.stamp }, out);
        continue;
      }
      const series = isWhole(row) ? this.#countFields(rows, row) : 0;
      if (series === 0) continue;
      const prefix = this.#makePrefix(rows, row, around);
      if (!cache.wasThere(prefix) && !around.budget.admit(series, isBaseline)) {
        refused += 1;
        continue;
      }
      added.push({ key: Buffer.from(this.#key.subarray(0, keyLength)), prefix });
      this.#encodeRow(rows, row, { prefix, stamp: around.stamp }, out);
    }
    cache.add(added);
    return refused;
  }

  /** Tells of which rows all tags are there: of an open column, those up to the last row that has a cell of it. */
  #wholeRows(rows: RowSet, open: ReadonlySet<number>): (row: number) => boolean {
    const lasts = [...this.#plan.tags.map(({ column }) => column), ...this.#plan.linkColumns]
      .filter((column) => open.has(column))
      .map((column) => {
        let last = rows.count - 1;
        while (last >= 0 && !rows.read(last, column, this.#cell)) last -= 1;
        return { column, last: this.#plan.places[column]?.isSecond === true ? -1 : last };
      });
    return (row) => lasts.every(({ column, last }) => row <= last || rows.read(row, column, this.#cell));
  }

  /** Appends the lines. Gives how many rows were left out because the node made too many new series. */
  encode(rows: RowSet, around: RowSurroundings, out: LineBuffer): number {
    const { cache } = around;
    const isBaseline = !cache.isFilled;
    // Undefined as long as the rows are those of the last poll, one after the other.
    let changed: { readonly rows: CachedRow[]; readonly places: Map<string, number> } | undefined;
    let cursor = 0;
    let refused = 0;
    for (let row = 0; row < rows.count; row += 1) {
      const keyLength = this.#makeKey(rows, row);
      if (cache.matches(cursor, this.#key, keyLength)) {
        const hasLine = this.#encodeRow(rows, row, { cache, place: cursor, stamp: around.stamp }, out);
        if (!hasLine && this.#countFields(rows, row) === 0) continue;
        changed?.rows.push(cache.at(cursor));
        cursor += 1;
        continue;
      }
      const series = this.#countFields(rows, row);
      if (series === 0) continue;
      changed ??= { rows: firstRows(cache, cursor), places: cache.places() };
      const place = changed.places.get(this.#key.toString('latin1', 0, keyLength));
      const prefix = place === undefined ? this.#makePrefix(rows, row, around) : cache.at(place).prefix;
      const isNew = place === undefined && !cache.wasThere(prefix);
      if (isNew && !around.budget.admit(series, isBaseline)) {
        refused += 1;
        continue;
      }
      if (place !== undefined) cursor = place + 1;
      changed.rows.push({ key: Buffer.from(this.#key.subarray(0, keyLength)), prefix });
      this.#encodeRow(rows, row, { prefix, stamp: around.stamp }, out);
    }
    if (changed !== undefined) cache.replace(changed.rows);
    else if (cursor < cache.count) cache.replace(firstRows(cache, cursor));
    if (cursor > 0 || changed !== undefined) cache.isFilled = true;
    return refused;
  }

  /** Writes the key of a row's prefix into the scratch memory: its index and the octets of its tag cells. */
  #makeKey(rows: RowSet, row: number): number {
    const { tags, options } = this.#plan;
    let at = options.indexAsTag ? rows.writeIndexKey(row, this.#key, 0) : 0;
    for (const { column } of tags) {
      this.#reserveKey(at);
      if (!rows.read(row, column, this.#cell)) {
        this.#key[at++] = 0;
        continue;
      }
      const { buffer, valueStart, valueEnd, type } = this.#cell;
      const length = Math.min(valueEnd - valueStart, MAX_KEY_CELL);
      this.#key[at++] = type;
      this.#key[at++] = length & 0xff;
      this.#key[at++] = length >> 8;
      for (let index = 0; index < length; index += 1) this.#key[at++] = buffer[valueStart + index] ?? 0;
    }
    return at;
  }

  #reserveKey(at: number): void {
    if (at + MAX_KEY_CELL + INDEX_ROOM < this.#key.length) return;
    const grown = Buffer.allocUnsafe((at + MAX_KEY_CELL + INDEX_ROOM) * 2);
    this.#key.copy(grown, 0, 0, at);
    this.#key = grown;
  }

  #makePrefix(rows: RowSet, row: number, around: RowSurroundings): Buffer {
    const { options } = this.#plan;
    const tags: Record<string, string | undefined> = {};
    if (options.indexAsTag) tags['index'] = rows.indexText(row);
    for (const { column, name, conversion } of this.#plan.tags) {
      if (!rows.read(row, column, this.#cell)) continue;
      const value = convertCellToText(this.#cell, conversion);
      if (value !== undefined) tags[name] = value;
    }
    return seriesPrefix(options.name, tags, around);
  }

  #countFields(rows: RowSet, row: number): number {
    let count = 0;
    for (const { column } of this.#plan.fields) if (rows.read(row, column, this.#cell)) count += 1;
    return count;
  }

  /** Appends a row's line. False, and nothing appended, when it has no field or the block's filters drop it. */
  #encodeRow(rows: RowSet, row: number, frame: LineFrame, out: LineBuffer): boolean {
    const start = out.length;
    if ('prefix' in frame) out.append(frame.prefix);
    else frame.cache.appendPrefix(frame.place, out);
    if (out.length === start) return false;
    let hasField = false;
    for (const field of this.#plan.fields) {
      if (field.twins !== undefined && this.#hasValue(rows, row, field.twins)) continue;
      if (!rows.read(row, field.column, this.#cell)) continue;
      const before = out.length;
      out.append(hasField ? field.nextKey : field.firstKey);
      if (appendValue(out, this.#cell, field.conversion)) hasField = true;
      else out.length = before;
    }
    if (!hasField) {
      out.length = start;
      return false;
    }
    out.append(frame.stamp);
    out.lines += 1;
    return true;
  }

  #hasValue(rows: RowSet, row: number, columns: readonly TagColumn[]): boolean {
    return columns.some(
      ({ column, conversion }) =>
        rows.read(row, column, this.#cell) && convertCell(this.#cell, conversion) !== undefined,
    );
  }
}

/**
 * Encodes the start of a line: tags of its own over those that it inherits, and the agent's host where nothing else has
 * that tag. Empty when the block's filters drop such a line.
 */
export function seriesPrefix(
  measurement: string,
  own: Tags,
  around: Pick<RowSurroundings, 'context' | 'inherited' | 'hostTag' | 'host'>,
): Buffer {
  const tags = { [around.hostTag]: around.host, ...own, ...around.inherited };
  const series = around.context.encodeSeries(measurement, tags);
  return series === undefined
    ? Buffer.alloc(0)
    : Buffer.from(series.buffer, series.byteOffset, series.byteLength);
}

function firstRows(cache: RowCache, count: number): CachedRow[] {
  return Array.from({ length: count }, (_, row) => cache.at(row));
}
