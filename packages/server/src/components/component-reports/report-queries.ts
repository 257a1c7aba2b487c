import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import { JOIN_DESIRED } from '../config-history/index.ts';

export interface ReportRow {
  component_id: string;
  /** Order among the reports of one component. */
  place: number;
  at: string;
  status: string;
  config_hash: string;
  message: string | null;
  engine_kind: string;
  engine_version: string;
  engine_running: boolean;
}

/** Number of reports of a component that are kept. */
const REPORTS_KEPT = 200;

const GIVEN =
  sql.raw(`t(component_id uuid, place integer, at timestamptz, status text, config_hash text, message text,
  engine_kind text, engine_version text, engine_running boolean)`);

/**
 * Writes reports that differ from the last one of their component, but for components that are gone.
 * @returns the ids of components with news
 */
export async function keepReports(tx: Tx, reports: readonly ReportRow[]): Promise<string[]> {
  if (reports.length === 0) return [];
  const given = JSON.stringify(reports);
  const { rows } = await sql<{ component_id: string }>`
    INSERT INTO component_reports (component_id, at, status, config_hash, message, engine_kind, engine_version,
      engine_running)
    SELECT t.component_id, t.at, t.status, t.config_hash, t.message, t.engine_kind, t.engine_version, t.engine_running
    FROM jsonb_to_recordset(${given}::jsonb) AS ${GIVEN}
    JOIN remote_components c ON c.id = t.component_id
    LEFT JOIN LATERAL (
      SELECT r.* FROM component_reports r WHERE r.component_id = t.component_id ORDER BY r.seq DESC LIMIT 1
    ) last ON t.place = 0
    WHERE last.seq IS NULL
      OR (last.status, last.config_hash, last.message, last.engine_kind, last.engine_version, last.engine_running)
        IS DISTINCT FROM
        (t.status, t.config_hash, t.message, t.engine_kind, t.engine_version, t.engine_running)
    ORDER BY t.component_id, t.place
    RETURNING component_id`.execute(tx);
  const ids = [...new Set(rows.map(({ component_id: id }) => id))];
  await sql`
    DELETE FROM component_reports r USING unnest(${ids}::uuid[]) AS changed(id)
    WHERE r.component_id = changed.id AND r.seq < (
      SELECT min(n.seq) FROM (
        SELECT seq FROM component_reports WHERE component_id = changed.id ORDER BY seq DESC LIMIT ${REPORTS_KEPT}
      ) AS n)`.execute(tx);
  return ids;
}

/**
 * Finds the time of which a component's config is: later changes of its nodes are not in it. Undefined where there are none,
 * or where nothing is known of what it runs.
 */
export async function findConfigTime(
  tx: Tx,
  componentId: string,
  runningHash: string | undefined,
): Promise<Date | undefined> {
  if (runningHash === undefined) return undefined;
  const { rows } = await sql<{ is_current: boolean; made_at: Date | null }>`
    SELECT desired.hash IS NOT DISTINCT FROM ${runningHash}
        AND NOT EXISTS (SELECT FROM collector_config_dirty d WHERE d.component_id = c.id) AS is_current,
      (SELECT max(g.created_at) FROM collector_configs g WHERE g.component_id = c.id AND g.hash = ${runningHash}) AS made_at
    FROM remote_components c ${JOIN_DESIRED}
    WHERE c.id = ${componentId}`.execute(tx);
  const [row] = rows;
  return row === undefined || row.is_current ? undefined : (row.made_at ?? undefined);
}

export interface GapRow {
  component_id: string;
  from_time: string;
  to_time: string;
  count: number;
}

/** Writes gaps. One that has grown is the same gap, with a later end. @returns the ids of components with news */
export async function keepGaps(tx: Tx, gaps: readonly GapRow[]): Promise<string[]> {
  if (gaps.length === 0) return [];
  const { rows } = await sql<{ component_id: string }>`
    INSERT INTO component_gaps AS known (component_id, from_time, to_time, count)
    SELECT t.component_id, t.from_time, max(t.to_time), max(t.count)
    FROM jsonb_to_recordset(${JSON.stringify(gaps)}::jsonb)
      AS t(component_id uuid, from_time timestamptz(3), to_time timestamptz(3), count bigint)
    JOIN remote_components c ON c.id = t.component_id
    GROUP BY t.component_id, t.from_time ORDER BY t.component_id, t.from_time
    ON CONFLICT (component_id, from_time) DO UPDATE SET
      to_time = greatest(known.to_time, excluded.to_time), count = greatest(known.count, excluded.count)
    WHERE excluded.to_time > known.to_time OR excluded.count > known.count
    RETURNING component_id`.execute(tx);
  return [...new Set(rows.map(({ component_id: id }) => id))];
}
