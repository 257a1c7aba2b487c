import { DISCOVERY_JOB } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

/** A run, and the collector that its job is for. */
export interface Scan {
  collectorId: string | null;
  isOpen: boolean;
}

export async function findScan(tx: Tx, runId: string): Promise<Scan | undefined> {
  const { rows } = await sql<Scan>`
    SELECT j.collector_id AS "collectorId", r.ended_at IS NULL AS "isOpen"
    FROM discovery_runs r JOIN discovery_jobs j ON j.id = r.job_id WHERE r.id = ${runId}`.execute(tx);
  return rows[0];
}

/** Finds the version of a component's program. */
export async function findVersion(tx: Tx, componentId: string): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    SELECT version FROM remote_components WHERE id = ${componentId}`.execute(tx);
  return rows[0]?.version ?? '';
}

/** The collector of a scan. */
export interface ScanCollector {
  id: string;
  name: string;
  version: string;
  approval: string;
  lastSeenAt: Date | null;
  silentSeconds: number | null;
}

/** Finds the collector of a run's job. */
export async function findScanCollector(tx: Tx, runId: string): Promise<ScanCollector | undefined> {
  const { rows } = await sql<ScanCollector>`
    SELECT c.id, c.name, c.version, c.approval, s.last_seen_at AS "lastSeenAt",
      extract(epoch FROM now() - s.last_seen_at)::float8 AS "silentSeconds"
    FROM discovery_runs r JOIN discovery_jobs j ON j.id = r.job_id JOIN remote_components c ON c.id = j.collector_id
    LEFT JOIN component_states s ON s.component_id = c.id WHERE r.id = ${runId}`.execute(tx);
  return rows[0];
}

/** Counts the jobs of a run that its collector never fetched, since it fetched one or a part came. */
export async function countUnfetched(tx: Tx, runId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM component_jobs j
    WHERE j.kind = ${DISCOVERY_JOB} AND j.subject @> ${JSON.stringify({ run_id: runId })}::jsonb
      AND j.fetched_at IS NULL AND j.created_at > coalesce((
        SELECT max(o.created_at) FROM component_jobs o WHERE o.kind = j.kind AND o.subject = j.subject
          AND o.fetched_at IS NOT NULL), '-infinity')`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Lists the runs that have ended, or are gone, while a job of theirs is still on the board. */
export async function listEnded(db: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT j.subject ->> 'run_id' AS id FROM component_jobs j
    LEFT JOIN discovery_runs r ON r.id = (j.subject ->> 'run_id')::uuid
    WHERE j.kind = ${DISCOVERY_JOB} AND j.ended_at IS NULL AND (r.id IS NULL OR r.ended_at IS NOT NULL)`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Whether collectors scan or are to scan, or a job of a scan is on the board. */
export async function hasScans(db: Database): Promise<boolean> {
  const { rows } = await sql<{ wanted: boolean }>`
    SELECT EXISTS (SELECT FROM discovery_runs r JOIN discovery_jobs j ON j.id = r.job_id
        WHERE r.ended_at IS NULL AND j.collector_id IS NOT NULL)
      OR EXISTS (SELECT FROM component_jobs WHERE kind = ${DISCOVERY_JOB} AND ended_at IS NULL) AS wanted`.execute(
    db,
  );
  return rows[0]?.wanted === true;
}
