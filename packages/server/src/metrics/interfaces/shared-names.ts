import { NameHash } from './name-hash.ts';
import type { OpenRow } from './open-row.ts';
import { MARK, type SeenTable } from './seen-table.ts';

/**
 * Milliseconds within which a name must be met twice with several interfaces, to count as shared for good: one that
 * moves to another ifIndex while its table is read shows twice, once.
 */
const SUSPICION_MS = 600_000;

export interface SettleOptions {
  seen: SeenTable;
  nowMs: number;
  /** Notes the row of an entry: its place, the word of its ifAlias, the time and the node. */
  note: (at: number, alias: number, timeMs: number, nodeId: string) => boolean;
  onChange: (nodeId: string) => void;
}

/** Decides which of the open rows of a body share their name with another interface, and what tells them apart. */
export function settleRows(rows: readonly OpenRow[], options: SettleOptions): void {
  for (const group of grouped(rows, ({ a, b, timeMs }) => `${a} ${b} ${timeMs}`)) settleName(group, options);
  for (const row of rows) if (row.isNameless) row.twin = row.index;
}

function settleName(rows: readonly OpenRow[], options: SettleOptions): void {
  const { seen, nowMs } = options;
  const [first] = rows;
  if (first === undefined) return;
  const { a, b, timeMs } = first;
  const at = seen.place(a, b, nowMs);
  const mark = seen.marks[at];
  if (mark === MARK.shared) {
    settleShared(rows, options);
    return;
  }
  if (!isShared(rows, at, seen)) {
    settleAlone(first, at, options);
    return;
  }
  // One that was decided before has the name as it is, and is not here to be compared with.
  const isWithOthers =
    seen.times[at] === timeMs && rows.every(({ indexWord }) => indexWord !== seen.index[at]);
  const since = Math.abs(timeMs - (seen.infoAt[at] as number));
  const isProved = mark === MARK.suspect && since > 0 && since <= SUSPICION_MS;
  seen.marks[at] = isProved ? MARK.shared : MARK.suspect;
  if (!isProved) seen.infoAt[at] = timeMs;
  seen.index[at] = first.indexWord;
  seen.times[at] = Math.max(timeMs, seen.times[at] as number);
  if (isWithOthers) for (const row of rows) row.twin = row.index;
  else if (isProved) settleShared(rows, options);
  else tellApart(rows);
}

/** Whether rows of one key and time are of several interfaces, or of another than the one that was seen at that time. */
function isShared(rows: readonly OpenRow[], at: number, seen: SeenTable): boolean {
  const indexes = new Set(rows.map(({ indexWord }) => indexWord));
  if (seen.times[at] === rows[0]?.timeMs) indexes.add(seen.index[at] as number);
  return indexes.size > 1;
}

/** An interface that has its name for itself: new, or under another ifIndex than before. */
function settleAlone(
  { indexWord, aliasWord, timeMs, nodeId }: OpenRow,
  at: number,
  { seen, note, onChange }: SettleOptions,
): void {
  const before = seen.times[at] as number;
  if (seen.marks[at] === MARK.suspect) {
    if (Math.abs(timeMs - (seen.infoAt[at] as number)) > SUSPICION_MS) seen.marks[at] = 0;
    if (timeMs <= before) return;
    seen.times[at] = timeMs;
    seen.index[at] = indexWord;
    return;
  }
  if (timeMs > before) {
    const isMoved = before !== Number.NEGATIVE_INFINITY && seen.index[at] !== indexWord;
    seen.index[at] = indexWord;
    if (isMoved) onChange(nodeId);
  }
  note(at, aliasWord, timeMs, nodeId);
}

/** Interfaces of a name that is known to be shared: by description, or where that is shared as well by ifIndex. */
function settleShared(rows: readonly OpenRow[], { seen, nowMs, note }: SettleOptions): void {
  for (const alike of grouped(rows, ({ withDescrA, withDescrB }) => `${withDescrA} ${withDescrB}`)) {
    const [first] = alike;
    if (first === undefined) continue;
    const at = seen.place(first.withDescrA, first.withDescrB, nowMs);
    if (seen.marks[at] === MARK.byIndex || isShared(alike, at, seen)) {
      seen.marks[at] = MARK.byIndex;
      seen.times[at] = Math.max(first.timeMs, seen.times[at] as number);
      for (const row of alike) {
        row.twin = row.index;
        note(placeByIndex(row, seen, nowMs), row.aliasWord, row.timeMs, row.nodeId);
      }
      continue;
    }
    first.twin = first.descr;
    if (first.timeMs > (seen.times[at] as number)) seen.index[at] = first.indexWord;
    note(at, first.aliasWord, first.timeMs, first.nodeId);
  }
}

/** Tells rows of one name apart that share it for the first time. */
function tellApart(rows: readonly OpenRow[]): void {
  for (const alike of grouped(rows, ({ withDescrA, withDescrB }) => `${withDescrA} ${withDescrB}`)) {
    const isByIndex = new Set(alike.map(({ indexWord }) => indexWord)).size > 1;
    for (const row of alike) row.twin = isByIndex ? row.index : row.descr;
  }
}

const hash = new NameHash();

function placeByIndex(row: OpenRow, seen: SeenTable, nowMs: number): number {
  hash.startAt(row.withDescrA, row.withDescrB);
  hash.add(row.index, 0, row.index.length);
  return seen.place(hash.a, hash.b, nowMs);
}

function grouped(rows: readonly OpenRow[], keyOf: (row: OpenRow) => string): Iterable<OpenRow[]> {
  const groups = new Map<string, OpenRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups.values();
}
