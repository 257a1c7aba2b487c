import { type RawBuilder, sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { JobSubject } from './job-kind.ts';

/** Channel of new jobs: a payload is the id of the component that one is for. */
export const JOBS_CHANNEL = 'stratora_jobs';

export interface NewJob {
  componentId: string | null;
  kind: string;
  subject: JobSubject;
  requestedBy: string;
  waitSeconds: number;
  runSeconds: number;
  silentSeconds?: number | undefined;
  /** The result of a job that ends at once. */
  ended?: Record<string, unknown>;
}

/** Inserts a job, and tells every server of one that waits. @returns its id */
export async function insertJob(tx: Tx, job: NewJob): Promise<string> {
  const { componentId, kind, subject, requestedBy, waitSeconds, runSeconds, silentSeconds, ended } = job;
  const { rows } = await sql<{ id: string }>`
    INSERT INTO component_jobs (component_id, kind, subject, requested_by, expires_at, run_seconds, silent_seconds, ended_at,
      result)
    VALUES (${componentId}, ${kind}, ${JSON.stringify(subject)}::jsonb, ${requestedBy},
      now() + make_interval(secs => ${waitSeconds}), ${runSeconds}, ${silentSeconds ?? null}, ${ended ? sql`now()` : null},
      ${ended ? JSON.stringify(ended) : null}::jsonb)
    RETURNING id`.execute(tx);
  if (!ended) await sql`SELECT pg_notify(${JOBS_CHANNEL}, ${componentId})`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the database gave no id');
  return id;
}

/** Whether a job of a table that was fetched may still be answered: in its time, and where it reports in parts, not silent for too long. */
function isRunning(jobs: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(${jobs}.fetched_at + make_interval(secs => ${jobs}.run_seconds) > now()
    AND (${jobs}.silent_seconds IS NULL
      OR greatest(${jobs}.fetched_at, ${jobs}.heard_at) + make_interval(secs => ${jobs}.silent_seconds) > now()))`;
}

/** Whether a job can still be fetched, or answered. */
const LIVE = sql`ended_at IS NULL AND
  CASE WHEN fetched_at IS NULL THEN expires_at > now() ELSE ${isRunning(sql`component_jobs`)} END`;

/** Counts the jobs that wait for a component or run there. */
export async function countLive(tx: Tx, componentId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM component_jobs WHERE component_id = ${componentId} AND ${LIVE}`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

/** Finds a live job of a component that is about the same. */
export async function findLike(
  tx: Tx,
  { componentId, kind, subject }: Pick<NewJob, 'componentId' | 'kind' | 'subject'>,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM component_jobs
    WHERE component_id = ${componentId} AND kind = ${kind} AND subject = ${JSON.stringify(subject)}::jsonb AND ${LIVE}
    ORDER BY created_at LIMIT 1`.execute(tx);
  return rows[0]?.id;
}

export interface LiveJob {
  id: string;
  kind: string;
  subject: JobSubject;
  /** Seconds that are left for it. */
  run_seconds: number;
}

/**
 * Locks the jobs that a component is to be given now, and notes that it has been: those that it had been given before and
 * knows no more come first, then the jobs of the people who asked, in turn.
 */
export async function takeJobs(
  tx: Tx,
  componentId: string,
  { except, most }: { except: readonly string[]; most: number },
): Promise<LiveJob[]> {
  const { rows } = await sql<LiveJob>`
    WITH turns AS (
      SELECT id, fetched_at, row_number() OVER (PARTITION BY requested_by ORDER BY created_at, id) AS turn, created_at
      FROM component_jobs WHERE component_id = ${componentId} AND ${LIVE} AND id <> ALL(${[...except]}::uuid[])
    ), chosen AS (
      SELECT id FROM turns ORDER BY fetched_at NULLS LAST, turn, created_at, id LIMIT ${most}
    ), locked AS (
      SELECT id FROM component_jobs WHERE id IN (SELECT id FROM chosen) AND ended_at IS NULL FOR UPDATE SKIP LOCKED
    )
    UPDATE component_jobs AS j SET fetched_at = coalesce(j.fetched_at, now()) FROM locked WHERE j.id = locked.id
    RETURNING j.id, j.kind, j.subject,
      greatest(1, ceil(j.run_seconds - extract(epoch FROM now() - j.fetched_at)))::int AS run_seconds`.execute(
    tx,
  );
  return rows;
}

/** Locks a job of a component that has not ended yet. */
export async function lockOpenJob(
  tx: Tx,
  componentId: string,
  id: string,
): Promise<{ kind: string; subject: JobSubject; componentName: string } | 'ended' | undefined> {
  const { rows } = await sql<{ kind: string; subject: JobSubject; ended: boolean; componentName: string }>`
    SELECT j.kind, j.subject, j.ended_at IS NOT NULL AS ended, c.name AS "componentName"
    FROM component_jobs j JOIN remote_components c ON c.id = j.component_id
    WHERE j.id = ${id} AND j.component_id = ${componentId} FOR UPDATE OF j`.execute(tx);
  const [job] = rows;
  return job?.ended ? 'ended' : job;
}

/** Keeps the result of a job. @param isEnd whether it is the last of it */
export async function keepResult(
  tx: Tx,
  id: string,
  { result, isEnd }: { result: Record<string, unknown> | undefined; isEnd: boolean },
): Promise<void> {
  await sql`
    UPDATE component_jobs SET heard_at = now(), result = coalesce(${result === undefined ? null : JSON.stringify(result)}::jsonb, result),
      ended_at = ${isEnd ? sql`now()` : sql`ended_at`}
    WHERE id = ${id}`.execute(tx);
}

/** How a job stands: `expired` was never fetched, `lost` was fetched and never answered. */
export type JobStanding = 'waiting' | 'running' | 'ended' | 'expired' | 'lost';

export interface StoredJob {
  id: string;
  component_id: string | null;
  component_name: string | null;
  subject: JobSubject;
  standing: JobStanding;
  result: Record<string, unknown> | null;
  created_at: Date;
  ended_at: Date | null;
}

/** Finds the newest job of a kind whose subject has these fields. */
export async function findNewest(
  db: Database | Tx,
  kind: string,
  subject: JobSubject,
): Promise<StoredJob | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM component_jobs WHERE kind = ${kind} AND subject @> ${JSON.stringify(subject)}::jsonb
    ORDER BY created_at DESC, id DESC LIMIT 1`.execute(db);
  return rows[0] && findJob(db, kind, rows[0].id);
}

export async function findJob(db: Database | Tx, kind: string, id: string): Promise<StoredJob | undefined> {
  const { rows } = await sql<StoredJob>`
    SELECT j.id, j.component_id, c.name AS component_name, j.subject, j.result, j.created_at,
      CASE WHEN j.ended_at IS NOT NULL THEN 'ended'
        WHEN j.fetched_at IS NULL THEN CASE WHEN j.expires_at > now() THEN 'waiting' ELSE 'expired' END
        WHEN ${isRunning(sql`j`)} THEN 'running' ELSE 'lost' END AS standing,
      j.ended_at
    FROM component_jobs j LEFT JOIN remote_components c ON c.id = j.component_id
    WHERE j.id = ${id} AND j.kind = ${kind}`.execute(db);
  return rows[0];
}

/** Lists the components that have long said nothing of a job that reports in parts. */
export async function listSilent(db: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT component_id AS id FROM component_jobs
    WHERE ${LIVE} AND silent_seconds IS NOT NULL
      AND greatest(fetched_at, heard_at) + make_interval(secs => silent_seconds / 6.0) < now()`.execute(db);
  return rows.map(({ id }) => id);
}

/** Ends the open jobs of a kind whose subject has these fields. @returns how many */
export async function endJobs(tx: Tx, kind: string, subject: JobSubject): Promise<number> {
  const { rows } = await sql`
    UPDATE component_jobs SET ended_at = now()
    WHERE kind = ${kind} AND ended_at IS NULL AND subject @> ${JSON.stringify(subject)}::jsonb RETURNING id`.execute(
    tx,
  );
  return rows.length;
}

/** Lists the components for which jobs wait. */
export async function listAwaited(db: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT component_id AS id FROM component_jobs
    WHERE ended_at IS NULL AND fetched_at IS NULL AND expires_at > now()`.execute(db);
  return rows.map(({ id }) => id);
}

/** Deletes the jobs of a kind that nobody can read any more. */
export async function deleteOldJobs(db: Database, kind: string, keepHours: number): Promise<void> {
  await sql`
    DELETE FROM component_jobs
    WHERE kind = ${kind} AND created_at < now() - make_interval(hours => ${keepHours})`.execute(db);
}
