import type { Activity } from '@stratora/contract';
import { describeActivity, describeMany } from './activity-text.ts';
import type { ActivityRow } from './summary-queries.ts';

/** Most nodes that a line names when it is opened. */
const NODES_MAX = 100;
const MINUTE_MS = 60_000;

/**
 * Tells what happened, newest first. Things of one kind within a minute are one line: sixty nodes that turn healthy, or
 * what somebody did to many.
 *
 * @param rows newest first
 */
export function groupActivity(rows: readonly ActivityRow[]): Activity[] {
  const lines: ActivityRow[][] = [];
  const newest = new Map<string, ActivityRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const line = key === undefined ? undefined : newest.get(key);
    if (line !== undefined && isWithinMinute(line, row)) {
      line.push(row);
      continue;
    }
    const begun = [row];
    lines.push(begun);
    if (key !== undefined) newest.set(key, begun);
  }
  return lines.map(toLine);
}

/** True while a row is of the minute before the newest of a line. */
function isWithinMinute([newest]: readonly ActivityRow[], row: ActivityRow): boolean {
  return newest !== undefined && newest.time.getTime() - row.time.getTime() < MINUTE_MS;
}

/** Makes what tells a kind from another; undefined for what is told one by one. */
function keyOf(row: ActivityRow): string | undefined {
  const isFirst = row.old_status === 'discovering';
  // Components register as themselves: each is an actor of its own.
  if (row.kind.startsWith('component.register')) return row.kind;
  if (row.kind !== 'node_status' && !row.kind.startsWith('node.')) return undefined;
  return JSON.stringify([row.kind, row.new_status, isFirst, row.actor]);
}

function toLine(rows: readonly ActivityRow[]): Activity {
  const [newest] = rows;
  if (newest === undefined) throw new RangeError('a group of nothing');
  const sites = [...new Set(rows.flatMap(({ site_name: name }) => name ?? []))].sort();
  if (rows.length === 1) return { ...describeActivity(newest), count: 1, nodes: [], sites };
  const nodes = new Map(
    rows.flatMap(({ node_id: id, node_name: name }) => (id === null || name === null ? [] : [[id, name]])),
  );
  const isStatus = newest.kind === 'node_status';
  const count = isStatus ? nodes.size : rows.reduce((sum, { detail }) => sum + countIn(detail), 0);
  const named = [...nodes].slice(0, NODES_MAX).map(([id, name]) => ({ id, name }));
  named.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  return {
    id: newest.id,
    time: newest.time.toISOString(),
    kind: newest.kind,
    text: describeMany(newest, count),
    node_id: null,
    actor: newest.actor,
    count,
    nodes: named,
    sites,
  };
}

/** Returns how many things one entry is about: a call may change many. */
function countIn(detail: ActivityRow['detail']): number {
  const count = detail?.['count'];
  return typeof count === 'number' ? count : 1;
}
