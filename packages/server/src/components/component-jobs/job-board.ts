import { type ComponentJob, type ComponentJobReport, JOBS_AT_ONCE } from '@stratora/contract';
import type { Database, Tx } from '../../platform/db/index.ts';
import { appError, notFound } from '../../platform/http/index.ts';
import type { JobBell } from './job-bell.ts';
import type { JobKind, JobReporter, JobSubject } from './job-kind.ts';
import {
  countLive,
  deleteOldJobs,
  endJobs,
  findJob,
  findLike,
  findNewest,
  insertJob,
  keepResult,
  type LiveJob,
  listSilent,
  lockOpenJob,
  type StoredJob,
  takeJobs,
} from './job-queries.ts';

/** Most jobs that wait for a component or run there. */
const JOBS_MAX = 200;

export interface AskedJob {
  componentId: string;
  subject: JobSubject;
  /** Whose job it is: those of several people take turns. */
  requestedBy: string;
}

export interface JobBoardOptions {
  db: Database;
  bell: JobBell;
}

/** The board of jobs: what is to be done by components, which fetch it and report what came of it. */
export class JobBoard {
  readonly #options: JobBoardOptions;
  readonly #kinds = new Map<string, JobKind>();

  constructor(options: JobBoardOptions) {
    this.#options = options;
  }

  /** Adds a kind of jobs. Before anybody is served. */
  add(kind: JobKind): void {
    if (this.#kinds.has(kind.name)) throw new Error(`two kinds of jobs have the name ${kind.name}`);
    this.#kinds.set(kind.name, kind);
  }

  /**
   * Puts a job on the board; where one that is about the same waits or runs, there is no second one.
   *
   * @returns its id @throws AppError overloaded where too many wait for the component
   */
  async put(tx: Tx, kind: JobKind, { componentId, subject, requestedBy }: AskedJob): Promise<string> {
    const { name, waitSeconds, runSeconds, silentSeconds } = kind;
    const like = await findLike(tx, { componentId, kind: name, subject });
    if (like !== undefined) return like;
    if ((await countLive(tx, componentId)) >= JOBS_MAX)
      throw appError('overloaded', 'Too much work waits for this collector; try again shortly.');
    return insertJob(tx, {
      componentId,
      kind: name,
      subject,
      requestedBy,
      waitSeconds,
      runSeconds,
      silentSeconds,
    });
  }

  /** Puts a job on the board that has ended already, since nobody can do it. @returns its id */
  async putEnded(
    tx: Tx,
    kind: JobKind,
    job: Omit<AskedJob, 'componentId'> & { componentId: string | null; ended: Record<string, unknown> },
  ): Promise<string> {
    const { name, waitSeconds, runSeconds } = kind;
    return insertJob(tx, { ...job, kind: name, waitSeconds, runSeconds });
  }

  find(db: Database | Tx, kind: JobKind, id: string): Promise<StoredJob | undefined> {
    return findJob(db, kind.name, id);
  }

  /** Finds the newest job of a kind whose subject has these fields. */
  findNewest(db: Database | Tx, kind: JobKind, subject: JobSubject): Promise<StoredJob | undefined> {
    return findNewest(db, kind.name, subject);
  }

  /** Ends the jobs of a kind whose subject has these fields; their component is told with its next report. */
  end(tx: Tx, kind: JobKind, subject: JobSubject): Promise<number> {
    return endJobs(tx, kind.name, subject);
  }

  /** Calls to their jobs those components that have long said nothing of one: they may have been started anew. */
  async recall(): Promise<void> {
    const { db, bell } = this.#options;
    for (const componentId of await listSilent(db)) bell.ring(componentId);
  }

  /**
   * Gives a component its jobs, and waits for one where there is none.
   *
   * @param running ids of those that it works on
   */
  async give(
    componentId: string,
    { running, waitMs, signal }: { running: readonly string[]; waitMs: number; signal: AbortSignal },
  ): Promise<ComponentJob[]> {
    const { bell } = this.#options;
    bell.hush(componentId);
    const jobs = await this.#take(componentId, running);
    if (jobs.length > 0 || waitMs === 0) return jobs;
    await bell.wait(componentId, waitMs, signal);
    if (!bell.isRinging(componentId) || signal.aborted) return [];
    bell.hush(componentId);
    return this.#take(componentId, running);
  }

  async #take(componentId: string, running: readonly string[]): Promise<ComponentJob[]> {
    const most = JOBS_AT_ONCE - running.length;
    if (most <= 0) return [];
    return this.#options.db.transaction().execute(async (tx) => {
      const given: ComponentJob[] = [];
      for (const job of await takeJobs(tx, componentId, { except: running, most })) {
        const told = await this.#brief(tx, componentId, job);
        if (told) given.push(told);
      }
      return given;
    });
  }

  async #brief(tx: Tx, componentId: string, job: LiveJob): Promise<ComponentJob | undefined> {
    const { id, subject, run_seconds } = job;
    const kind = this.#kinds.get(job.kind);
    // A newer server put it there; it will give it out.
    if (!kind) return undefined;
    const brief = await kind.brief(tx, { id, componentId, subject });
    if ('order' in brief) return { id, kind: kind.name, run_seconds, order: brief.order };
    await keepResult(tx, id, { result: brief.ended, isEnd: true });
    return undefined;
  }

  /**
   * Takes what a component reports of a job; of one that has ended nothing more.
   *
   * @returns whether more of it is wanted @throws AppError not_found
   */
  async report(
    componentId: string,
    id: string,
    report: ComponentJobReport,
    call: Omit<JobReporter, 'componentName'>,
  ): Promise<boolean> {
    return this.#options.db.transaction().execute(async (tx) => {
      const job = await lockOpenJob(tx, componentId, id);
      if (!job) throw notFound('This job');
      if (job === 'ended') return false;
      const kind = this.#kinds.get(job.kind);
      if (!kind) throw notFound('This kind of job');
      const { subject, componentName } = job;
      const open = { id, componentId, subject };
      const result = await kind.take(tx, open, report, { componentName, ...call });
      const isEnd = report.state !== 'running' || (await kind.isOver?.(tx, open)) === true;
      await keepResult(tx, id, { result, isEnd });
      return !isEnd;
    });
  }

  /** Deletes what nobody can read any more. */
  async cleanUp(): Promise<void> {
    for (const { name, keepHours } of this.#kinds.values())
      await deleteOldJobs(this.#options.db, name, keepHours);
  }
}
