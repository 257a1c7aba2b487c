import type { CaptureObject } from '@stratora/snmp';

/** An object of a table, with the index of its row. */
export interface ObjectPlace {
  readonly object: CaptureObject;
  readonly index: string;
}

export interface FoundTable {
  readonly entry: string;
  /** By the number of the column. */
  readonly columns: ReadonlyMap<number, readonly ObjectPlace[]>;
}

export interface FoundObjects {
  readonly tables: readonly FoundTable[];
  readonly singles: readonly CaptureObject[];
}

/** An object with its OID taken apart. */
interface Parted {
  readonly object: CaptureObject;
  readonly arcs: readonly number[];
}

/** An entry of a table stands at least so deep: 1.3.6.1.2.1.G.T.1, or 1.3.6.1.4.1.E.T.1. */
const LEAST_ENTRY_ARCS = 9;
/** And at most so deep: a device that says more is up to no good. */
const MOST_ENTRY_ARCS = 32;
/** Share of the cells of a table above which columns count as columns of one table: two that share no row have half. */
const LEAST_COVERAGE = 0.5;
/** Share of the values of a column that have its commonest type. */
const LEAST_ALIKE = 0.9;

/**
 * Finds tables among the objects of a walk. Those under an entry that is known are taken as they are. Others are found by
 * their shape: a table has one child, its entry, with the number 1; the columns below it share rows, and a column has
 * values of one type.
 *
 * @param entries OIDs of known entries
 */
export function findTables(objects: readonly CaptureObject[], entries: ReadonlySet<string>): FoundObjects {
  const known = new Map<string, Parted[]>();
  const rest: Parted[] = [];
  const longest = Math.max(0, ...[...entries].map((entry) => entry.length));
  for (const { object, arcs } of inOrder(objects)) {
    const entry = knownEntryOf(object.oid, entries, longest);
    if (entry === undefined) rest.push({ object, arcs });
    else {
      const parts = known.get(entry) ?? [];
      parts.push({ object, arcs });
      known.set(entry, parts);
    }
  }
  const search = new TableSearch();
  search.look(rest, 0);
  const tables = [...[...known].map(([entry, parts]) => tableOf(entry, parts)), ...search.tables];
  return { tables: tables.toSorted(byEntry), singles: search.singles.map(({ object }) => object) };
}

function inOrder(objects: readonly CaptureObject[]): Parted[] {
  const parts = objects.map((object) => ({ object, arcs: object.oid.split('.').map(Number) }));
  return parts.sort((a, b) => compareArcs(a.arcs, b.arcs));
}

function compareArcs(first: readonly number[], second: readonly number[]): number {
  const shorter = Math.min(first.length, second.length);
  for (let at = 0; at < shorter; at++) {
    const difference = (first[at] ?? 0) - (second[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}

/** Returns what follows the first `depth` arcs of an OID. */
function indexOf(oid: string, depth: number): string {
  let at = -1;
  for (let count = 0; count < depth; count++) at = oid.indexOf('.', at + 1);
  return oid.slice(at + 1);
}

function knownEntryOf(oid: string, entries: ReadonlySet<string>, longest: number): string | undefined {
  // From the longest on; the last two arcs at least are column and index.
  let end = oid.lastIndexOf('.');
  end = Math.min(oid.lastIndexOf('.', end - 1), oid.lastIndexOf('.', longest));
  for (; end > 0; end = oid.lastIndexOf('.', end - 1)) {
    const prefix = oid.slice(0, end);
    if (entries.has(prefix)) return prefix;
  }
  return undefined;
}

function byEntry(a: FoundTable, b: FoundTable): number {
  return compareArcs(a.entry.split('.').map(Number), b.entry.split('.').map(Number));
}

class TableSearch {
  readonly tables: FoundTable[] = [];
  readonly singles: Parted[] = [];

  /** Looks for tables among objects that share their first `depth` arcs. */
  look(parts: readonly Parted[], depth: number): void {
    const groups = Map.groupBy(parts, ({ arcs }) => arcs[depth]);
    if (groups.size === 1 && groups.has(1) && this.#takeTable(parts, depth + 1)) return;
    for (const [arc, group] of groups) {
      // A value at the node itself, or the last one below it.
      if (arc === undefined || group.length === 1) this.singles.push(...group);
      else this.look(group, depth + 1);
    }
  }

  /** Takes objects as a table whose entry has `depth` arcs, where they look like one. */
  #takeTable(parts: readonly Parted[], depth: number): boolean {
    if (depth < LEAST_ENTRY_ARCS || depth > MOST_ENTRY_ARCS) return false;
    if (!parts.every(({ arcs }) => arcs.length >= depth + 2)) return false;
    // Single objects end in 0, rows hardly ever all.
    if (parts.every(({ arcs }) => arcs.at(-1) === 0)) return false;
    const columns = [...Map.groupBy(parts, ({ arcs }) => arcs[depth]).values()];
    if (!columns.every(isAlike) || coverageOf(columns, depth + 1) <= LEAST_COVERAGE) return false;
    // One column alone looks like a table at every 1 of its OID: the deepest is the likeliest, and its indexes are alike.
    if (columns.length === 1 && (isTableDeeper(parts, depth + 1) || !areOfOneLength(parts))) return false;
    this.tables.push(tableOf(parts[0]?.arcs.slice(0, depth).join('.') ?? '', parts));
    return true;
  }
}

/** Tells whether objects that share `depth` arcs have an entry of a table further down. */
function isTableDeeper(parts: readonly Parted[], depth: number): boolean {
  for (let at = depth; ; at++) {
    const [first] = parts;
    const arc = first?.arcs[at];
    if (arc === undefined || !parts.every(({ arcs }) => arcs.length >= at + 3)) return false;
    const isShared = parts.every(({ arcs }) => arcs[at] === arc);
    if (!isShared) return false;
    if (arc === 1) return true;
  }
}

function areOfOneLength(parts: readonly Parted[]): boolean {
  return parts.every(({ arcs }) => arcs.length === parts[0]?.arcs.length);
}

function isAlike(column: readonly Parted[]): boolean {
  const types = Map.groupBy(column, ({ object }) => object.type);
  const most = Math.max(...[...types.values()].map(({ length }) => length));
  return most / column.length >= LEAST_ALIKE;
}

function coverageOf(columns: readonly (readonly Parted[])[], depth: number): number {
  const rows = new Set<string>();
  let cells = 0;
  for (const column of columns) {
    cells += column.length;
    for (const { object } of column) rows.add(indexOf(object.oid, depth));
  }
  return cells / (columns.length * rows.size);
}

function tableOf(entry: string, parts: readonly Parted[]): FoundTable {
  const depth = entry.split('.').length;
  const columns = new Map<number, ObjectPlace[]>();
  for (const { object, arcs } of parts) {
    const arc = arcs[depth] ?? 0;
    const places = columns.get(arc) ?? [];
    places.push({ object, index: indexOf(object.oid, depth + 1) });
    columns.set(arc, places);
  }
  return { entry, columns };
}
