import type { DiscoveryJob, DiscoveryJobListQuery } from '@stratora/contract';
import { sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';
import { type JobRow, type RunRow, shownJob } from './job-row.ts';
import { listLastRuns } from './run-queries.ts';

const COLUMNS = sql`j.id, j.name, j.targets, j.crawl, j.addresses, j.collector_id, k.name AS collector_name, j.site_id,
  s.name AS site_name, j.options, j.schedule, j.next_run_at, j.created_by, j.created_at, j.updated_at,
  ARRAY(SELECT c.id::text FROM unnest(j.credential_ids) WITH ORDINALITY AS w(id, place) JOIN credentials c ON c.id = w.id
    ORDER BY w.place) AS credential_ids`;

const TABLES = sql`discovery_jobs j LEFT JOIN remote_components k ON k.id = j.collector_id
  LEFT JOIN sites s ON s.id = j.site_id`;

const SORT_FIELDS: SortFields = {
  name: nameField(sql`j.name`),
  created_at: { expression: sql`j.created_at`, type: 'timestamptz' },
};

/** The state of a device `d`, as the API has it. */
export const DEVICE_STATE = sql<string>`CASE WHEN d.is_ignored AND d.node_id IS NULL THEN 'ignored'
  WHEN d.is_gone THEN 'gone' WHEN d.node_id IS NOT NULL THEN 'monitored' ELSE 'new' END`;

/** Lists jobs, the newest first unless the query says otherwise. */
export async function listJobs(db: Database, query: DiscoveryJobListQuery) {
  const page = pageOf(query, SORT_FIELDS, '-created_at', sql`j.id`);
  const { status, collector_id: collectorId, site_id: siteId } = query;
  const matches = sql<boolean>`${contains([sql`j.name`, sql`j.targets::text`], query.search)}
    AND (${collectorId ?? null}::uuid IS NULL OR j.collector_id = ${collectorId ?? null})
    AND (${siteId ?? null}::uuid IS NULL OR j.site_id = ${siteId ?? null})
    AND (${status ?? null}::text IS NULL OR ${status ?? null} = coalesce((SELECT r.status FROM discovery_runs r
      WHERE r.job_id = j.id ORDER BY r.number DESC LIMIT 1), 'done'))`;
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM discovery_jobs j WHERE ${matches}`.execute(db);
  const { rows } = await sql<JobRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM ${TABLES} WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  const ids = rows.map(({ id }) => id);
  const [runs, counts] = [await listLastRuns(db, ids), await countDevices(db, ids)];
  return listAnswer(rows, page, counted[0]?.total ?? 0, (row) => shown(row, runs, counts));
}

export async function findJobRow(db: Database | Tx, id: string): Promise<JobRow | undefined> {
  const { rows } = await sql<JobRow>`SELECT ${COLUMNS} FROM ${TABLES} WHERE j.id = ${id}`.execute(db);
  return rows[0];
}

export async function findJob(db: Database | Tx, id: string): Promise<DiscoveryJob | undefined> {
  const row = await findJobRow(db, id);
  if (!row) return undefined;
  return shown(row, await listLastRuns(db, [id]), await countDevices(db, [id]));
}

function shown(
  row: JobRow,
  runs: ReadonlyMap<string, RunRow>,
  counts: ReadonlyMap<string, DiscoveryJob['devices']>,
): DiscoveryJob {
  return shownJob(row, runs.get(row.id), counts.get(row.id) ?? NO_DEVICES);
}

const NO_DEVICES = { new: 0, monitored: 0, ignored: 0, gone: 0 };

async function countDevices(
  db: Database | Tx,
  jobIds: readonly string[],
): Promise<Map<string, DiscoveryJob['devices']>> {
  const { rows } = await sql<{ job_id: string; state: keyof DiscoveryJob['devices']; count: number }>`
    SELECT d.job_id, ${DEVICE_STATE} AS state, count(*)::int AS count FROM discovered_devices d
    WHERE d.job_id = ANY(${[...jobIds]}::uuid[]) GROUP BY 1, 2`.execute(db);
  const counts = new Map<string, DiscoveryJob['devices']>();
  for (const { job_id: id, state, count } of rows)
    counts.set(id, { ...(counts.get(id) ?? NO_DEVICES), [state]: count });
  return counts;
}

/**
 * Locks a job against others who change it or what it found; what only refers to it goes on. Always before its run.
 * @returns whether there is one
 */
export async function lockJob(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`SELECT FROM discovery_jobs WHERE id = ${id} FOR NO KEY UPDATE`.execute(tx);
  return rows.length > 0;
}

/** Lists jobs whose time has come. */
export async function listDueJobs(db: Database | Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM discovery_jobs WHERE next_run_at <= now() ORDER BY next_run_at, id LIMIT 100`.execute(db);
  return rows.map(({ id }) => id);
}

/** What a job refers to, as far as it can be used. */
export interface JobReferences {
  hasCollector: boolean;
  hasSite: boolean;
  /** Types of the credentials that there are, by their ids. */
  credentials: ReadonlyMap<string, string>;
}

export async function findReferences(
  tx: Tx,
  {
    collector_id,
    site_id,
    credential_ids,
  }: Pick<DiscoveryJob, 'collector_id' | 'site_id' | 'credential_ids'>,
): Promise<JobReferences> {
  const { rows } = await sql<{ has_collector: boolean; has_site: boolean }>`
    SELECT EXISTS (SELECT FROM remote_components WHERE id = ${collector_id} AND component_type = 'collector'
        AND approval = 'approved') AS has_collector,
      EXISTS (SELECT FROM sites WHERE id = ${site_id}) AS has_site`.execute(tx);
  const { rows: credentials } = await sql<{ id: string; type: string }>`
    SELECT id, type FROM credentials WHERE id = ANY(${credential_ids}::uuid[])`.execute(tx);
  return {
    hasCollector: rows[0]?.has_collector === true,
    hasSite: rows[0]?.has_site === true,
    credentials: new Map(credentials.map(({ id, type }) => [id, type])),
  };
}

export async function findCredentialType(tx: Tx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ type: string }>`SELECT type FROM credentials WHERE id = ${id}`.execute(tx);
  return rows[0]?.type;
}
