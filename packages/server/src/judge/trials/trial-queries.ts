import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';

/** A change of the status of a node. */
export interface PastStatus {
  node_id: string;
  time: Date;
  old_status: string;
  new_status: string;
  reason: string | null;
}

/**
 * Lists the changes of status in a range, and of each node the last one before it, in the order of their times; those between
 * statuses that all mean that a node was judged are left out.
 */
export async function listPastStatuses(
  db: Database,
  nodeIds: readonly string[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<PastStatus[]> {
  const [from, to, ids] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString(), [...nodeIds]];
  const { rows } = await sql<PastStatus>`
    SELECT last.node_id, last.time, last.old_status, last.new_status, last.reason
    FROM unnest(${ids}::uuid[]) AS asked(id)
    CROSS JOIN LATERAL (
      SELECT c.* FROM node_status_changes c
      WHERE c.node_id = asked.id AND c.time <= ${from}::timestamptz ORDER BY c.time DESC LIMIT 1
    ) AS last
    UNION ALL
    SELECT c.node_id, c.time, c.old_status, c.new_status, c.reason FROM node_status_changes c
    WHERE c.node_id = ANY(${ids}::uuid[]) AND c.time > ${from}::timestamptz AND c.time <= ${to}::timestamptz
      AND (c.old_status NOT IN ('healthy', 'warning', 'critical')
        OR c.new_status NOT IN ('healthy', 'warning', 'critical'))
    ORDER BY time`.execute(db);
  return rows;
}
