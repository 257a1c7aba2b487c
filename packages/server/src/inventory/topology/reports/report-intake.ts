import { NEIGHBOUR_TABLES, type NeighbourReport } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import type { Tx } from '../../../platform/db/index.ts';
import { type KeptBefore, packRows, replacesKept, safeJson } from './kept-rows.ts';
import { holdNode, keepRows, listKnownTables, writeReading, writeSystem } from './report-queries.ts';

/** What became of a report: `outdated` where a later one was taken before it, `gone` where its node was deleted. */
export type ReportTaken = 'taken' | 'outdated' | 'gone';

const NOTHING_KEPT: KeptBefore & { hash: null } = {
  hasRows: false,
  isWhole: false,
  keptAtMs: null,
  hash: null,
};

/**
 * Takes what a node says of its neighbours. Each table stands for itself: how its reading went is noted, and its rows take the place
 * of those that are kept where `replacesKept` says so. What follows from it is worked out a few seconds later.
 * The caller has checked the shape of the report, and that the one who sent it polls the node.
 */
export async function takeNeighbourReport(tx: Tx, report: NeighbourReport): Promise<ReportTaken> {
  const { node_id: nodeId, system, tables, rows } = report;
  if (!(await holdNode(tx, nodeId))) return 'gone';
  const saysNothing = Object.values(system).every((value) => value === null);
  const readAt = await writeSystem(tx, {
    nodeId,
    system: saysNothing ? null : safeJson(system),
    readAt: report.read_at,
  });
  if (readAt === undefined) return 'outdated';
  const known = await listKnownTables(tx, nodeId);
  for (const name of NEIGHBOUR_TABLES) {
    const read = tables[name];
    const reason = read.reason === null ? null : sanitizeText(read.reason);
    const writing = { nodeId, name, readAt, read: { ...read, reason } };
    const before = known.get(name) ?? NOTHING_KEPT;
    await writeReading(tx, writing);
    if (!replacesKept(before, read, readAt.getTime())) continue;
    const packed = await packRows(read.state === 'absent' ? [] : rows[name]);
    const isSame = before.hash?.equals(packed.hash) === true;
    await keepRows(tx, writing, {
      count: read.state === 'absent' ? 0 : rows[name].length,
      isWhole: read.state !== 'part',
      rows: isSame ? undefined : packed,
    });
  }
  return 'taken';
}
