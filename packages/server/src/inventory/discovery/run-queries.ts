import type { DiscoveryRun, ListQuery } from '@stratora/contract';
import { sql } from 'kysely';
import { type Database, listAnswer, pageOf, type SortFields, type Tx } from '../../platform/db/index.ts';
import { type RunPlan, type RunRow, shownRun } from './job-row.ts';

const COLUMNS = sql`r.id, r.job_id, r.number, r.trigger, r.status, r.message, r.phase, r.done, r.total, r.found, r.plan,
  r.cursor, r.next_part, r.attempt, r.resumed, r.stalled, r.not_before, r.packets, r.remarks, r.changes, r.requested_by,
  r.created_at, r.started_at, r.heard_at, r.ended_at`;

const SORT_FIELDS: SortFields = { number: { expression: sql`r.number`, type: 'integer' } };

/** Returns the last run of each of these jobs, by the job. */
export async function listLastRuns(
  db: Database | Tx,
  jobIds: readonly string[],
): Promise<Map<string, RunRow>> {
  const { rows } = await sql<RunRow>`
    SELECT DISTINCT ON (r.job_id) ${COLUMNS} FROM discovery_runs r WHERE r.job_id = ANY(${[...jobIds]}::uuid[])
    ORDER BY r.job_id, r.number DESC`.execute(db);
  return new Map(rows.map((row) => [row.job_id, row]));
}

/** Lists the runs of a job, the newest first unless the query says otherwise. */
export async function listRuns(db: Database, jobId: string, query: ListQuery) {
  const page = pageOf(query, SORT_FIELDS, '-number', sql`r.id`);
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM discovery_runs r WHERE r.job_id = ${jobId}`.execute(db);
  const { rows } = await sql<RunRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM discovery_runs r WHERE r.job_id = ${jobId} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted[0]?.total ?? 0, shownRun);
}

export async function findRun(db: Database | Tx, id: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`SELECT ${COLUMNS} FROM discovery_runs r WHERE r.id = ${id}`.execute(db);
  return rows[0];
}

/** Locks a run, whose job the caller has locked. */
export async function lockRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`
    SELECT ${COLUMNS} FROM discovery_runs r WHERE r.id = ${id} FOR UPDATE`.execute(tx);
  return rows[0];
}

/** Finds the run of a job that waits or is under way. */
export async function findOpenRun(tx: Tx, jobId: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`
    SELECT ${COLUMNS} FROM discovery_runs r WHERE r.job_id = ${jobId} AND r.ended_at IS NULL FOR UPDATE`.execute(
    tx,
  );
  return rows[0];
}

/** Lists the runs that wait or are under way: of collectors, or of the server. The oldest come first. */
export async function listOpenRuns(db: Database | Tx, where: 'server' | 'collectors'): Promise<RunRow[]> {
  const isTheirs = where === 'server' ? sql`j.collector_id IS NULL` : sql`j.collector_id IS NOT NULL`;
  const { rows } = await sql<RunRow>`
    SELECT ${COLUMNS} FROM discovery_runs r JOIN discovery_jobs j ON j.id = r.job_id
    WHERE r.ended_at IS NULL AND ${isTheirs} ORDER BY r.created_at, r.id`.execute(db);
  return rows;
}

export interface NewRun {
  jobId: string;
  trigger: DiscoveryRun['trigger'];
  plan: RunPlan;
  requestedBy: string;
}

/** Inserts a run that waits. @returns undefined where one of the job waits or is under way already */
export async function insertRun(
  tx: Tx,
  { jobId, trigger, plan, requestedBy }: NewRun,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO discovery_runs (job_id, number, trigger, plan, requested_by)
    VALUES (${jobId}, 1 + coalesce((SELECT max(number) FROM discovery_runs WHERE job_id = ${jobId}), 0), ${trigger},
      ${JSON.stringify(plan)}, ${requestedBy})
    ON CONFLICT (job_id) WHERE ended_at IS NULL DO NOTHING
    RETURNING id`.execute(tx);
  return rows[0]?.id;
}

/** The columns of a run that change while it waits or is under way. */
export type RunChange = Partial<
  Pick<
    RunRow,
    | 'status'
    | 'message'
    | 'phase'
    | 'done'
    | 'total'
    | 'found'
    | 'cursor'
    | 'next_part'
    | 'attempt'
    | 'resumed'
    | 'stalled'
    | 'not_before'
    | 'started_at'
    | 'heard_at'
    | 'ended_at'
  >
> & { addedPackets?: number; remarks?: readonly string[]; changes?: DiscoveryRun['changes'] };

export async function updateRun(tx: Tx, id: string, change: RunChange): Promise<void> {
  const { addedPackets, remarks, changes, ...columns } = change;
  const set = [
    ...Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
    ...(addedPackets === undefined ? [] : [sql`packets = packets + ${addedPackets}`]),
    ...(remarks === undefined ? [] : [sql`remarks = ${JSON.stringify(remarks)}::jsonb`]),
    ...(changes === undefined ? [] : [sql`changes = ${JSON.stringify(changes)}::jsonb`]),
  ];
  if (set.length === 0) return;
  await sql`UPDATE discovery_runs SET ${sql.join(set)} WHERE id = ${id}`.execute(tx);
}

/** Whether a server has something to do: a run of its own that waits or is under way, or a job whose time has come. */
export async function hasWork(db: Database): Promise<boolean> {
  const { rows } = await sql<{ wanted: boolean }>`
    SELECT EXISTS (SELECT FROM discovery_runs r JOIN discovery_jobs j ON j.id = r.job_id
        WHERE r.ended_at IS NULL AND j.collector_id IS NULL)
      OR EXISTS (SELECT FROM discovery_jobs WHERE next_run_at <= now()) AS wanted`.execute(db);
  return rows[0]?.wanted === true;
}

/** A credential of an order, sealed. */
export interface SealedCredential {
  id: string;
  name: string;
  type: string;
  enabled: boolean;
  secret: Buffer;
  keyVersion: number;
}

/** Lists credentials in the order of their ids here; those that are gone are left out. */
export async function listSealed(tx: Tx, ids: readonly string[]): Promise<SealedCredential[]> {
  const { rows } = await sql<SealedCredential>`
    SELECT c.id, c.name, c.type, c.enabled, c.secret, c.key_version AS "keyVersion"
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS w(id, place) JOIN credentials c ON c.id = w.id
    ORDER BY w.place`.execute(tx);
  return rows;
}

/** Deletes what is kept of runs that are long over: their packets of all but the last few, and the runs beyond a year's daily ones. */
export async function deleteOldRuns(
  tx: Tx,
  jobId: string,
  keep: { ledgers: number; runs: number },
): Promise<void> {
  await sql`
    DELETE FROM discovery_ledger l USING discovery_runs r WHERE r.id = l.run_id AND r.job_id = ${jobId}
      AND r.number <= (SELECT max(number) FROM discovery_runs WHERE job_id = ${jobId}) - ${keep.ledgers}`.execute(
    tx,
  );
  await sql`
    DELETE FROM discovery_runs WHERE job_id = ${jobId} AND ended_at IS NOT NULL
      AND number <= (SELECT max(number) FROM discovery_runs WHERE job_id = ${jobId}) - ${keep.runs}`.execute(
    tx,
  );
}
