import {
  type CreateDiscoveryJob,
  DISCOVERY_ADDRESSES_MAX,
  type DiscoveryChangesQuery,
  type DiscoveryJob,
  type DiscoveryJobListQuery,
  type DiscoveryLedgerQuery,
  type ListQuery,
  planTargets,
  type UpdateDiscoveryJob,
} from '@stratora/contract';
import { AppError, type Clock } from '@stratora/runtime';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { appError, changedFields, isEmpty, notFound, type Precondition } from '../../platform/http/index.ts';
import { listChanges } from './change-queries.ts';
import { listDevices } from './device-queries.ts';
import { findJob, findJobRow, findReferences, listJobs } from './job-queries.ts';
import type { JobRow } from './job-row.ts';
import { deleteJob, insertJob, setNextRun, updateJob, type WrittenJob } from './job-writing-queries.ts';
import { listLedger } from './ledger-queries.ts';
import { findRun, listLastRuns, listRuns } from './run-queries.ts';
import { getLockedJob, type ScanRuns } from './scan-runs.ts';
import { nextScheduled, scheduleFault } from './scan-schedule.ts';

export interface JobServiceOptions {
  db: Database;
  clock: Pick<Clock, 'now'>;
  runs: ScanRuns;
  /** Called when a run was put on the list or ended by somebody, after the commit. */
  onRunsChanged: () => void;
}

/** What people write of a job. */
export type WrittenFields = Omit<CreateDiscoveryJob, 'start'>;
export const WRITTEN_FIELDS = [
  'name',
  'targets',
  'crawl',
  'collector_id',
  'site_id',
  'credential_ids',
  'options',
  'schedule',
] as const;

interface Fault {
  path: string;
  message: string;
}

/** The service of discovery jobs. */
export class JobService {
  readonly #options: JobServiceOptions;

  constructor(options: JobServiceOptions) {
    this.#options = options;
  }

  list(query: DiscoveryJobListQuery) {
    return listJobs(this.#options.db, query);
  }

  get(id: string): Promise<DiscoveryJob> {
    return getJob(this.#options.db, id);
  }

  async create(actor: Actor, { start, ...written }: CreateDiscoveryJob): Promise<DiscoveryJob> {
    const { db, runs } = this.#options;
    const made = await once(db, actor, async (tx) => {
      const addresses = await requireSound(tx, written);
      const id = await insertJob(tx, { ...written, addresses, next_run_at: this.#next(written) }, actor.name);
      if (start) await runs.queue(tx, await getLockedJob(tx, id), { trigger: 'created', by: actor.name });
      const job = await getJob(tx, id);
      await appendAudit(tx, actor, {
        action: 'discovery_job.create',
        ...objectOf(job),
        detail: auditOf(job),
      });
      return job;
    });
    this.#options.onRunsChanged();
    return made;
  }

  /** Changes a job; a run that is under way goes on as it began. */
  update(
    actor: Actor,
    id: string,
    input: UpdateDiscoveryJob,
    match?: Precondition<DiscoveryJob>,
  ): Promise<DiscoveryJob> {
    return once(this.#options.db, actor, async (tx) => {
      await getLockedJob(tx, id);
      const before = await getJob(tx, id);
      match?.(before);
      const change = changedFields(before, input);
      if (isEmpty(change)) return before;
      const written = { ...writtenOf(before), ...(change as Partial<WrittenFields>) };
      if (change.collector_id !== undefined && before.run?.ended_at === null)
        throw appError('invalid_state', 'The job is being scanned from its collector; cancel that first.');
      const addresses = await requireSound(tx, written);
      const next =
        change.schedule === undefined
          ? dateOf(before.next_run_at)
          : this.#next(written, Date.parse(before.created_at));
      await updateJob(tx, id, { ...written, addresses, next_run_at: next });
      await appendAudit(tx, actor, {
        action: 'discovery_job.update',
        ...objectOf(before),
        detail: { name: before.name, changed: change },
      });
      return getJob(tx, id);
    });
  }

  /** Deletes a job with what it found; nodes that were made of that stay. */
  async delete(actor: Actor, id: string, match?: Precondition<DiscoveryJob>): Promise<void> {
    await once(this.#options.db, actor, async (tx) => {
      const row = await getLockedJob(tx, id);
      const before = await getJob(tx, id);
      match?.(before);
      await this.#options.runs.cancel(tx, row, actor.name);
      await deleteJob(tx, id);
      await appendAudit(tx, actor, {
        action: 'discovery_job.delete',
        ...objectOf(before),
        detail: { name: before.name },
      });
    });
    this.#options.onRunsChanged();
  }

  /** Scans a job again. @throws AppError invalid_state while it is being scanned */
  async rerun(actor: Actor, id: string): Promise<DiscoveryJob> {
    const shown = await once(this.#options.db, actor, async (tx) => {
      const row = await getLockedJob(tx, id);
      if ((await this.#options.runs.queue(tx, row, { trigger: 'rerun', by: actor.name })) === undefined)
        throw appError('invalid_state', 'This job is being scanned already.');
      const job = await getJob(tx, id);
      await appendAudit(tx, actor, { action: 'discovery_job.rerun', ...objectOf(job), detail: auditOf(job) });
      return job;
    });
    this.#options.onRunsChanged();
    return shown;
  }

  /** Ends the scan of a job at once; what it found so far stays. @throws AppError invalid_state where it is not being scanned */
  async cancel(actor: Actor, id: string): Promise<DiscoveryJob> {
    const shown = await once(this.#options.db, actor, async (tx) => {
      const row = await getLockedJob(tx, id);
      const run = await this.#options.runs.cancel(tx, row, actor.name);
      if (!run) throw appError('invalid_state', 'This job is not being scanned.');
      await appendAudit(tx, actor, {
        action: 'discovery_job.cancel',
        ...objectOf(row),
        detail: { name: row.name, run: run.number },
      });
      return getJob(tx, id);
    });
    this.#options.onRunsChanged();
    return shown;
  }

  /** Begins the run of a job whose time has come, and notes its next time. While it is being scanned the time is passed over. */
  async runScheduled(tx: Tx, id: string): Promise<void> {
    const job = await getLockedJob(tx, id);
    await setNextRun(tx, id, this.#next(job, job.created_at.getTime()));
    await this.#options.runs.queue(tx, job, { trigger: 'schedule', by: job.created_by });
  }

  async devices(id: string, query: Parameters<typeof listDevices>[2]) {
    await requireJob(this.#options.db, id);
    return listDevices(this.#options.db, id, query);
  }

  async runsOf(id: string, query: ListQuery) {
    await requireJob(this.#options.db, id);
    return listRuns(this.#options.db, id, query);
  }

  async changes(id: string, query: DiscoveryChangesQuery) {
    return listChanges(this.#options.db, await this.#runOf(id, query.run_id), query);
  }

  async ledger(id: string, query: DiscoveryLedgerQuery) {
    return listLedger(this.#options.db, await this.#runOf(id, query.run_id), query);
  }

  /** Returns the id of a run of a job, of its last one by default. @throws AppError not_found */
  async #runOf(jobId: string, runId: string | undefined): Promise<string> {
    const { db } = this.#options;
    await requireJob(db, jobId);
    const run = runId === undefined ? (await listLastRuns(db, [jobId])).get(jobId) : await findRun(db, runId);
    if (run?.job_id !== jobId) throw notFound(runId === undefined ? 'A run of this job' : 'This run');
    return run.id;
  }

  #next({ schedule }: Pick<WrittenJob, 'schedule'>, since = this.#options.clock.now()): Date | null {
    if (schedule === null) return null;
    const at = nextScheduled(schedule, since, this.#options.clock.now());
    return at === undefined ? null : new Date(at);
  }
}

/** Checks what people wrote of a job. @returns how many addresses it scans; null for a crawl @throws AppError validation_failed */
async function requireSound(tx: Tx, written: WrittenFields): Promise<number | null> {
  const { targets, crawl, collector_id, site_id, credential_ids, options, schedule } = written;
  const faults: Fault[] = [];
  const fault = (path: string, message: string) => faults.push({ path, message });
  if (crawl === null && targets.length === 0) fault('targets', 'or a crawl is required');
  if (crawl !== null && targets.length > 0) fault('crawl', 'cannot stand together with targets');
  if (options.ot_safe && options.tcp === true) fault('options.tcp', 'is no part of an OT-safe scan');
  if (options.ot_safe && options.http === true) fault('options.http', 'is no part of an OT-safe scan');
  if (crawl !== null && !options.snmp) fault('options.snmp', 'is how a crawl finds its way');
  const known = await findReferences(tx, written);
  if (collector_id !== null && !known.hasCollector) fault('collector_id', 'is no approved collector');
  if (site_id !== null && !known.hasSite) fault('site_id', 'does not exist');
  for (const [at, id] of credential_ids.entries()) {
    const type = known.credentials.get(id);
    if (type === undefined) fault(`credential_ids.${at}`, 'does not exist');
    else if (!type.startsWith('snmp_'))
      fault(`credential_ids.${at}`, `is of type ${type}; a scan speaks SNMP alone`);
    else if (credential_ids.indexOf(id) !== at) fault(`credential_ids.${at}`, 'stands there twice');
  }
  const wrongRule = schedule === null ? undefined : scheduleFault(schedule);
  if (wrongRule !== undefined) fault('schedule.rrule', wrongRule);
  const { addresses } = planTargets(targets, options.exclude);
  if (targets.length > 0 && addresses === 0n) fault('targets', 'leave no address to scan');
  if (addresses > BigInt(DISCOVERY_ADDRESSES_MAX)) {
    fault('targets', `are ${addresses} addresses; a job may scan ${DISCOVERY_ADDRESSES_MAX} at most`);
  }
  if (faults.length > 0) throw notValid(faults);
  return crawl === null ? Number(addresses) : null;
}

function notValid(errors: readonly Fault[]): AppError {
  const [first] = errors;
  return appError('validation_failed', `${first?.path}: ${first?.message}`, { details: { errors } });
}

function writtenOf(job: DiscoveryJob): WrittenFields {
  const { name, targets, crawl, collector_id, site_id, credential_ids, options, schedule } = job;
  return { name, targets, crawl, collector_id, site_id, credential_ids, options, schedule };
}

function auditOf({ name, targets, crawl, collector_name }: DiscoveryJob) {
  const what = crawl === null ? { targets: targets.slice(0, 100) } : { seed: crawl.seed };
  return { name, ...what, from: collector_name ?? 'server' };
}

function objectOf({ id }: { id: string }) {
  return { objectType: 'discovery_job', objectId: id };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

async function requireJob(db: Database, id: string): Promise<JobRow> {
  const row = await findJobRow(db, id);
  if (!row) throw notFound('This discovery job');
  return row;
}

async function getJob(db: Database | Tx, id: string): Promise<DiscoveryJob> {
  const job = await findJob(db, id);
  if (!job) throw notFound('This discovery job');
  return job;
}
