import {
  DISCOVERY_PART_DEVICES,
  type DiscoveryOrder,
  type DiscoveryRun,
  discoveryPartSchema,
  effectiveOptions,
  parseWholeRange,
  planTargets,
} from '@stratora/contract';
import { type Clock, type Logger, sanitizeText } from '@stratora/runtime';
import { z } from 'zod';
import type { Database, Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { appError, fieldFaults, notFound, plainWords } from '../../platform/http/index.ts';
import { listAtEnd } from './device-queries.ts';
import { deleteEmptyDevices, dropUnseenAddresses, noteChanges } from './device-writing-queries.ts';
import { findJobRow, lockJob } from './job-queries.ts';
import { type JobRow, progressOf, type RunRow } from './job-row.ts';
import { type MatchScope, matchNodesByAddress } from './node-match-queries.ts';
import { type DeviceIdentifier, type GivenPart, keepPart } from './part-taking.ts';
import { countChanges, runChanges } from './run-changes.ts';
import {
  deleteOldRuns,
  findOpenRun,
  findRun,
  insertRun,
  listOpenRuns,
  listSealed,
  lockRun,
  type RunChange,
  updateRun,
} from './run-queries.ts';
import { openHours } from './scan-hours.ts';
import { makeOrder, type OpenSecret } from './scan-order.ts';

export interface ScanRunsOptions {
  db: Database;
  clock: Pick<Clock, 'now'>;
  logger: Logger;
  openSecret: OpenSecret;
  identification: DeviceIdentifier & { readonly packedRules: string };
}

/** Times that a run is broken off at one place before it is given up: something there ends whoever scans it. */
const STALLS_MAX = 5;
/** Runs of a job whose packets, and those that themselves, are kept. */
const KEPT = { ledgers: 3, runs: 100 };

/** A part as it comes in: each of its devices is read by itself. */
const givenPartSchema = discoveryPartSchema.extend({
  devices: z.array(z.unknown()).max(DISCOVERY_PART_DEVICES).default([]),
});

/** What there is to do for a run that somebody wants to begin. */
export type Begun =
  | { readonly kind: 'order'; readonly order: DiscoveryOrder; readonly attempt: number }
  /** Not now, since its hours are over; the run says so itself. */
  | { readonly kind: 'later' }
  /** Never: it has ended, or it is given up. */
  | { readonly kind: 'over' };

/**
 * The runs of discovery jobs: how they begin, take what was found, and end. Whoever scans, the server or a collector, calls
 * these functions in a transaction; that a run is not left under way is theirs to see to.
 */
export class ScanRuns {
  readonly #options: ScanRunsOptions;

  constructor(options: ScanRunsOptions) {
    this.#options = options;
  }

  listOpen(tx: Database | Tx, where: 'server' | 'collectors'): Promise<RunRow[]> {
    return listOpenRuns(tx, where);
  }

  /** Puts a run of a job on the list. The caller has locked the job. @returns undefined where one is open already */
  async queue(
    tx: Tx,
    job: JobRow,
    { trigger, by }: { trigger: DiscoveryRun['trigger']; by: string },
  ): Promise<string | undefined> {
    const { targets, crawl, collector_id, credential_ids, options } = job;
    const plan = { targets, crawl, collector_id, credential_ids, options: effectiveOptions(options) };
    const id = await insertRun(tx, { jobId: job.id, trigger, plan, requestedBy: by });
    if (id === undefined) return undefined;
    await deleteOldRuns(tx, job.id, KEPT);
    await this.#tell(tx, id);
    return id;
  }

  /** Lets a run wait whose hours are over. @returns whether it waits */
  async rests(tx: Tx, runId: string): Promise<boolean> {
    const locked = await this.#lock(tx, runId);
    const hours = locked?.run.plan.options.hours;
    if (!locked || !hours) return false;
    const now = this.#options.clock.now();
    const { from } = openHours(hours, now);
    if (from > now) await this.#rest(tx, locked.run, from);
    return from > now;
  }

  /** Begins a run, or goes on with one that was broken off: who was told to scan it before is heard no more. */
  async begin(tx: Tx, runId: string): Promise<Begun> {
    const locked = await this.#lock(tx, runId);
    if (!locked) return { kind: 'over' };
    const { run, job } = locked;
    if (await this.rests(tx, runId)) return { kind: 'later' };
    const now = this.#options.clock.now();
    const hours = run.plan.options.hours === null ? undefined : openHours(run.plan.options.hours, now);
    const isAgain = run.status === 'running';
    if (run.stalled >= STALLS_MAX) {
      const words = `The scan was broken off ${STALLS_MAX} times in a row without getting any further.`;
      await this.#end(tx, { run, job }, { how: 'failed', message: words });
      return { kind: 'over' };
    }
    const sealed = await listSealed(tx, run.plan.credential_ids);
    const { order, remarks } = makeOrder(run, sealed, {
      ...this.#options,
      now,
      stopAt: hours?.to,
      // The server has the rules at hand.
      rules: run.plan.collector_id === null ? null : this.#options.identification.packedRules,
    });
    const attempt = run.attempt + 1;
    await updateRun(tx, runId, {
      status: 'running',
      message: null,
      attempt,
      not_before: null,
      started_at: run.started_at ?? new Date(now),
      heard_at: new Date(now),
      ...(isAgain ? { resumed: run.resumed + 1, stalled: run.stalled + 1 } : {}),
      remarks: [...new Set([...run.remarks, ...remarks])],
    });
    await this.#tell(tx, runId);
    return { kind: 'order', order, attempt };
  }

  /**
   * Takes a part of what came of a run.
   *
   * @param attempt of whom it comes; undefined where only one can be told to scan at a time
   * @returns whether more is wanted
   * @throws AppError validation_failed for what is no part
   */
  async take(tx: Tx, runId: string, given: unknown, attempt?: number): Promise<boolean> {
    const locked = await this.#lock(tx, runId);
    if (!locked || (attempt !== undefined && locked.run.attempt !== attempt)) return false;
    const { run, job } = locked;
    const part = readPart(given);
    if (part.part < run.next_part) return true;
    const { found, packets, remarks } = await keepPart(tx, {
      run,
      scope: scopeOf(job),
      part,
      identifier: this.#options.identification,
    });
    const { phase, done, total } = part.progress;
    const now = new Date(this.#options.clock.now());
    await updateRun(tx, runId, {
      status: 'running',
      message: null,
      phase,
      done: Math.min(done, total),
      total,
      found,
      cursor: part.cursor,
      next_part: part.part + 1,
      stalled: part.cursor === run.cursor ? run.stalled : 0,
      heard_at: now,
      addedPackets: packets,
      remarks,
    });
    if (part.end === null) await this.#tell(tx, runId);
    else await this.#takeEnd(tx, runId, { job, end: part.end });
    return part.end === null;
  }

  async #takeEnd(
    tx: Tx,
    runId: string,
    { job, end }: { job: JobRow; end: NonNullable<GivenPart['end']> },
  ): Promise<void> {
    const run = await lockRun(tx, runId);
    if (!run) return;
    const { hours } = run.plan.options;
    // Only hours end a scan in its midst: it would begin again and again.
    const how = end.how === 'paused' && hours === null ? 'failed' : end.how;
    if (how !== 'paused' || hours === null) {
      const said = end.message === null ? null : sanitizeText(end.message);
      const message = said ?? (how === 'failed' ? 'The scan failed, and did not say why.' : null);
      await this.#end(tx, { run, job }, { how: how === 'paused' ? 'failed' : how, message });
      return;
    }
    const now = this.#options.clock.now();
    await this.#rest(tx, run, Math.max(now, openHours(hours, now + 1).from));
  }

  /** Lets a run wait until its hours. */
  async #rest(tx: Tx, run: RunRow, until: number): Promise<void> {
    const message = `Waits for the hours in which it may send, from ${new Date(until).toISOString()} on.`;
    await updateRun(tx, run.id, { status: 'queued', message, not_before: new Date(until) });
    await this.#tell(tx, run.id);
  }

  /** Says of a run that waits what it waits for; a run that was broken off waits again. */
  async wait(tx: Tx, runId: string, message: string): Promise<void> {
    const locked = await this.#lock(tx, runId);
    if (!locked || (locked.run.message === message && locked.run.status === 'queued')) return;
    const { run } = locked;
    const more = run.status === 'running' ? 1 : 0;
    const counts = { resumed: run.resumed + more, stalled: run.stalled + more };
    await updateRun(tx, runId, { status: 'queued', message, ...counts });
    await this.#tell(tx, runId);
  }

  /** Ends a run that cannot go on. */
  async fail(tx: Tx, runId: string, message: string): Promise<void> {
    const locked = await this.#lock(tx, runId);
    if (locked) await this.#end(tx, locked, { how: 'failed', message });
  }

  /** Ends a run whose scan is over without its last part; not one that has ended, rests, or was begun again. */
  async failAttempt(
    tx: Tx,
    runId: string,
    { attempt, message }: { attempt: number; message: string },
  ): Promise<void> {
    const locked = await this.#lock(tx, runId);
    if (locked?.run.attempt === attempt && locked.run.status === 'running')
      await this.#end(tx, locked, { how: 'failed', message });
  }

  /** Ends the open run of a job, which the caller has locked. @returns it; undefined where none is open */
  async cancel(tx: Tx, job: JobRow, by: string): Promise<RunRow | undefined> {
    const run = await findOpenRun(tx, job.id);
    if (run) await this.#end(tx, { run, job }, { how: 'cancelled', message: `Cancelled by ${by}.` });
    return run;
  }

  async #end(
    tx: Tx,
    { run, job }: { run: RunRow; job: JobRow },
    { how, message }: { how: 'done' | 'failed' | 'cancelled'; message: string | null },
  ): Promise<void> {
    if (how === 'done') {
      await dropUnseenAddresses(tx, job.id, run.id);
      await deleteEmptyDevices(tx, job.id);
    }
    // A crawl whose seed is silent looked nowhere.
    const hasLooked = run.plan.crawl === null || run.found > 0;
    const scanned = how === 'done' && hasLooked ? scannedBy(run) : undefined;
    const changes = runChanges(await listAtEnd(tx, job.id, run.id), scanned);
    await noteChanges(tx, job.id, { runId: run.id, changes });
    await matchNodesByAddress(tx, scopeOf(job));
    const ended: RunChange = { status: how, message, ended_at: new Date(this.#options.clock.now()) };
    await updateRun(tx, run.id, { ...ended, cursor: null, not_before: null, changes: countChanges(changes) });
    await this.#tell(tx, run.id);
  }

  /** Locks a run that is open, and its job before it. */
  async #lock(tx: Tx, runId: string): Promise<{ run: RunRow; job: JobRow } | undefined> {
    const seen = await findRun(tx, runId);
    if (!seen || !(await lockJob(tx, seen.job_id))) return undefined;
    const [job, run] = [await findJobRow(tx, seen.job_id), await lockRun(tx, runId)];
    return job && run && run.ended_at === null ? { run, job } : undefined;
  }

  async #tell(tx: Tx, runId: string): Promise<void> {
    const run = await findRun(tx, runId);
    if (!run) return;
    const data = { job_id: run.job_id, run_id: run.id, status: run.status, progress: progressOf(run) };
    await publishEvents(tx, [{ name: 'discovery_changed', data }]);
  }
}

/** Returns where a job looks. */
export function scopeOf({ id, collector_id, site_id }: JobRow): MatchScope {
  return { jobId: id, collectorId: collector_id, siteId: site_id };
}

/** Refuses to touch a job whose run is open. @throws AppError invalid_state */
export async function requireIdle(tx: Tx, jobId: string): Promise<void> {
  if (await findOpenRun(tx, jobId))
    throw appError('invalid_state', 'This job is being scanned; cancel that first.');
}

/** Returns the ranges that a run scanned; a crawl looks wherever its seed leads. */
function scannedBy({ plan }: RunRow) {
  if (plan.crawl === null) return planTargets(plan.targets, plan.options.exclude).ranges;
  return plan.crawl.fence.flatMap((text) => parseWholeRange(text).range ?? []);
}

function readPart(given: unknown): GivenPart {
  const read = givenPartSchema.safeParse(given, { error: plainWords });
  if (read.success) return read.data;
  throw appError('validation_failed', 'The result is no part of a scan.', {
    details: { errors: fieldFaults(read.error, ['result']) },
  });
}

/** Finds a job that the caller then changes, locked. @throws AppError not_found */
export async function getLockedJob(tx: Tx, id: string): Promise<JobRow> {
  const job = (await lockJob(tx, id)) ? await findJobRow(tx, id) : undefined;
  if (!job) throw notFound('This discovery job');
  return job;
}
