import type { CreateDiscoveryJob } from '@stratora/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

/** The columns of a job that follow from what people write. */
export interface WrittenJob extends Omit<CreateDiscoveryJob, 'start'> {
  addresses: number | null;
  next_run_at: Date | null;
}

export async function insertJob(tx: Tx, job: WrittenJob, createdBy: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO discovery_jobs (name, targets, crawl, addresses, collector_id, site_id, credential_ids, options, schedule,
      next_run_at, created_by)
    VALUES (${job.name}, ${JSON.stringify(job.targets)}, ${json(job.crawl)}, ${job.addresses}, ${job.collector_id},
      ${job.site_id}, ${job.credential_ids}::uuid[], ${JSON.stringify(job.options)}, ${json(job.schedule)},
      ${job.next_run_at}, ${createdBy})
    RETURNING id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the database gave no id');
  return id;
}

export async function updateJob(tx: Tx, id: string, job: WrittenJob): Promise<void> {
  await sql`
    UPDATE discovery_jobs SET name = ${job.name}, targets = ${JSON.stringify(job.targets)}, crawl = ${json(job.crawl)},
      addresses = ${job.addresses}, collector_id = ${job.collector_id}, site_id = ${job.site_id},
      credential_ids = ${job.credential_ids}::uuid[], options = ${JSON.stringify(job.options)},
      schedule = ${json(job.schedule)}, next_run_at = ${job.next_run_at}, updated_at = now()
    WHERE id = ${id}`.execute(tx);
}

/** Notes when a job runs by itself next. */
export async function setNextRun(tx: Tx, id: string, at: Date | null): Promise<void> {
  await sql`UPDATE discovery_jobs SET next_run_at = ${at} WHERE id = ${id}`.execute(tx);
}

export async function deleteJob(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM discovery_jobs WHERE id = ${id}`.execute(tx);
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
