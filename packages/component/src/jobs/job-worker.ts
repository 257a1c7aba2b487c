import type { ComponentJob } from '@stratora/contract';
import { JOBS_AT_ONCE } from '@stratora/contract/wire';
import { type Clock, errorMessage, type Logger, sleep } from '@stratora/runtime';
import type { JobCaller, JobLink, JobReport } from './job-link.ts';

/**
 * Tells a part of the result. A part that cannot be told now, since the server does not answer, is told again until it is.
 *
 * @returns whether it was taken, or refused for what is in it; `over`: nobody wants more of the job
 * @throws the reason of the job's signal
 */
export type TellPart = (result: Record<string, unknown>) => Promise<'taken' | 'refused' | 'over'>;

/** Work on a kind of jobs. @returns the result, or the last of it; undefined where this component cannot do it */
export type JobWork = (
  order: Record<string, unknown>,
  signal: AbortSignal,
  tell: TellPart,
) => Promise<Record<string, unknown> | undefined>;

export interface JobWorkerOptions {
  link: Pick<JobLink, 'take' | 'report'>;
  /** Who we are to the server; undefined before we are registered. */
  caller: () => JobCaller | undefined;
  /** Work by kind of job. */
  works: Readonly<Record<string, JobWork>>;
  clock: Clock;
  logger: Logger;
}

/** Milliseconds after the last job for which it goes on asking: who tests one node tests another. */
const ATTENTIVE_MS = 60_000;
const REPORT_TRIES = 4;
const REPORT_AGAIN_MS = 2000;
/** Longest wait until a part is told again: a server that is back has it soon. */
const PART_AGAIN_MAX_MS = 30_000;

/**
 * The worker on the server's jobs. The server says on the answer to any call that some wait; the worker then asks for them,
 * and goes on asking for a while, so that the next ones are there at once. Otherwise it costs nothing.
 */
export class JobWorker {
  readonly #options: JobWorkerOptions;
  readonly #stop = new AbortController();
  readonly #running = new Map<string, Promise<void>>();
  #attending: Promise<void> | undefined;

  constructor(options: JobWorkerOptions) {
    this.#options = options;
  }

  /** Number of jobs that are worked on. */
  get running(): number {
    return this.#running.size;
  }

  /** Notes that the server has said that jobs wait. */
  notice(): void {
    if (this.#stop.signal.aborted) return;
    this.#attending ??= this.#attend()
      .catch((error: unknown) => {
        // The next announcement begins anew.
        this.#options.logger.debug({ reason: errorMessage(error) }, 'jobs not fetched');
      })
      .finally(() => {
        this.#attending = undefined;
      });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#attending;
    await Promise.all(this.#running.values());
  }

  async #attend(): Promise<void> {
    const { link, caller, clock } = this.#options;
    const { signal } = this.#stop;
    let busyAt = clock.monotonic();
    while (!signal.aborted && clock.monotonic() - busyAt < ATTENTIVE_MS) {
      if (this.#running.size >= JOBS_AT_ONCE) {
        await Promise.race(this.#running.values());
        continue;
      }
      const from = caller();
      const jobs = from && (await link.take(from, [...this.#running.keys()], signal));
      if (!from || !jobs) return;
      for (const job of jobs) {
        if (this.#running.has(job.id) || this.#running.size >= JOBS_AT_ONCE) continue;
        busyAt = clock.monotonic();
        this.#begin(job, from);
      }
    }
  }

  #begin(job: ComponentJob, from: JobCaller): void {
    const run = this.#run(job, from)
      .catch((error: unknown) => {
        this.#options.logger.warn({ job: job.id, reason: errorMessage(error) }, 'job not reported');
      })
      .finally(() => this.#running.delete(job.id));
    this.#running.set(job.id, run);
  }

  async #run(job: ComponentJob, from: JobCaller): Promise<void> {
    const { clock } = this.#options;
    const deadline = new AbortController();
    const timer = clock.setTimeout(() => deadline.abort(), job.run_seconds * 1000);
    const signal = AbortSignal.any([this.#stop.signal, deadline.signal]);
    try {
      const report = await this.#work(job, from, signal);
      // After a stop nobody waits for the answer of a work that was broken off.
      if (!this.#stop.signal.aborted) await this.#report(from, job.id, report);
    } finally {
      clock.clearTimeout(timer);
    }
  }

  async #work({ id, kind, order }: ComponentJob, from: JobCaller, signal: AbortSignal): Promise<JobReport> {
    const { works, logger } = this.#options;
    const work = Object.hasOwn(works, kind) ? works[kind] : undefined;
    logger.info({ job: id, kind }, 'job begun');
    const result = await work?.(order, signal, (part) => this.#tell({ id, from, part }, signal));
    return result === undefined ? { state: 'unsupported', result: {} } : { state: 'done', result };
  }

  async #tell(
    { id, from, part }: { id: string; from: JobCaller; part: Record<string, unknown> },
    signal: AbortSignal,
  ): Promise<'taken' | 'refused' | 'over'> {
    const { link, clock, caller } = this.#options;
    const report: JobReport = { state: 'running', result: part };
    for (let waitMs = REPORT_AGAIN_MS; ; waitMs = Math.min(waitMs * 2, PART_AGAIN_MAX_MS)) {
      signal.throwIfAborted();
      try {
        // The key may have been renewed meanwhile.
        const answer = await link.report(caller() ?? from, id, report, signal);
        if (answer !== 'again') return answer;
      } catch (error) {
        this.#options.logger.debug({ job: id, reason: errorMessage(error) }, 'part of a job not told yet');
      }
      await sleep(waitMs, clock, signal);
    }
  }

  async #report(from: JobCaller, jobId: string, report: JobReport): Promise<void> {
    const { link, clock, caller } = this.#options;
    const { signal } = this.#stop;
    let failure: unknown;
    for (let tries = 0; tries < REPORT_TRIES && !signal.aborted; tries += 1) {
      if (tries > 0) await sleep(REPORT_AGAIN_MS, clock, signal);
      try {
        // The key may have been renewed meanwhile.
        if ((await link.report(caller() ?? from, jobId, report, signal)) !== 'again') return;
        failure = undefined;
      } catch (error) {
        failure = error;
      }
    }
    if (!signal.aborted) throw failure ?? new Error('the server takes no reports now');
  }
}
