import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';

/** The nodes that a collector polls, or the node that an agent is. */
export async function listNodeIds(db: Database, componentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('nodes')
    .select('id')
    .where((where) =>
      where.or([where('collector_id', '=', componentId), where('agent_id', '=', componentId)]),
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** What one component sent since the last time this was written. */
export interface IngestTally {
  component_id: string;
  lines_accepted: number;
  lines_rejected: number;
  rejected_by_reason: Record<string, number>;
  last_ingest_at: string | null;
  last_rejection: string | null;
}

/** Adds tallies to the components' rows in one statement; components that are gone meanwhile are left out. */
export async function addTallies(db: Database, tallies: readonly IngestTally[]): Promise<void> {
  await sql`
    INSERT INTO component_states AS s
      (component_id, lines_accepted, lines_rejected, rejected_by_reason, last_ingest_at, last_rejection)
    SELECT t.component_id, t.lines_accepted, t.lines_rejected, t.rejected_by_reason, t.last_ingest_at, t.last_rejection
    FROM jsonb_to_recordset(${JSON.stringify(tallies)}::jsonb) AS t(
      component_id uuid, lines_accepted bigint, lines_rejected bigint, rejected_by_reason jsonb,
      last_ingest_at timestamptz, last_rejection text)
    JOIN remote_components c ON c.id = t.component_id
    ORDER BY t.component_id
    ON CONFLICT (component_id) DO UPDATE SET
      lines_accepted = s.lines_accepted + excluded.lines_accepted,
      lines_rejected = s.lines_rejected + excluded.lines_rejected,
      rejected_by_reason = CASE WHEN excluded.rejected_by_reason = '{}' THEN s.rejected_by_reason ELSE (
        SELECT jsonb_object_agg(key, total) FROM (
          SELECT key, sum(value::bigint) AS total
          FROM (SELECT * FROM jsonb_each_text(s.rejected_by_reason)
                UNION ALL SELECT * FROM jsonb_each_text(excluded.rejected_by_reason)) AS both_sides
          GROUP BY key) AS totals) END,
      last_ingest_at = greatest(s.last_ingest_at, excluded.last_ingest_at),
      last_rejection = coalesce(excluded.last_rejection, s.last_rejection)`.execute(db);
}
