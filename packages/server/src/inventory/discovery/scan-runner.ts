import type { DiscoveryOrder, DiscoveryPartInput } from '@stratora/contract';
import { type Clock, errorMessage, type Logger, type Periodic, sleep } from '@stratora/runtime';
import { type Database, LedLoop, type LedRound } from '../../platform/db/index.ts';
import { listDueJobs } from './job-queries.ts';
import type { RunRow } from './job-row.ts';
import type { JobService } from './job-service.ts';
import { hasWork } from './run-queries.ts';
import type { Begun, ScanRuns } from './scan-runs.ts';

/** What a scan is given beside its order. */
export interface ScanMeans {
  /** Aborted when nobody wants more of it. */
  readonly signal: AbortSignal;
  /** Takes a part of what came of it. @returns whether more is wanted */
  readonly take: (part: DiscoveryPartInput) => Promise<boolean>;
}

/** Scans a network; resolves after its last part was taken, or once it was told that nobody wants more. */
export type Scan = (order: DiscoveryOrder, means: ScanMeans) => Promise<void>;

export interface ScanRunnerOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  runs: ScanRuns;
  jobs: Pick<JobService, 'runScheduled'>;
  scan: Scan;
}

const ROUND_MS = 1000;
/** Scans of the server at a time: each has its own pace, and more would add up to what nobody asked for. */
const SCANS_MAX = 3;
/** Silence of a scan after which it counts as hung: a part comes every two seconds. */
const SILENT_MS = 120_000;
const TAKE_TRIES = 4;
const TAKE_AGAIN_MS = 500;

interface RunningScan {
  readonly attempt: number;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/**
 * Runs the discovery jobs of the server in the background, and begins those whose time has come, on one of several servers.
 * Everything that a scan has found is in the database with the place where it goes on, so that another server, or this one after it was
 * killed, resumes it there.
 */
export class ScanRunner {
  readonly #options: ScanRunnerOptions;
  readonly #loop: LedLoop;
  readonly #scans = new Map<string, RunningScan>();

  constructor(options: ScanRunnerOptions) {
    this.#options = options;
    const { db, clock, logger } = options;
    this.#loop = new LedLoop({
      name: 'discovery',
      intervalMs: ROUND_MS,
      db,
      clock,
      logger,
      isWanted: async () => this.#scans.size > 0 || (await hasWork(db)),
      run: (round) => this.#round(round),
    });
  }

  get loop(): Periodic {
    return this.#loop;
  }

  /** Scans that run here now. */
  get running(): number {
    return this.#scans.size;
  }

  /** Looks for something to do at once. */
  hurry(): void {
    this.#loop.trigger();
  }

  /** Breaks all scans off; they go on where they are when a server runs again. */
  async stop(): Promise<void> {
    for (const { abort } of this.#scans.values()) abort.abort();
    await Promise.all([...this.#scans.values()].map(({ done }) => done));
  }

  async #round(round: LedRound): Promise<void> {
    // Another server may have led meanwhile, and have gone on with what is still in our memory.
    if (round.isNew) await this.stop();
    await this.#beginDue(round);
    const open = await this.#options.runs.listOpen(this.#options.db, 'server');
    this.#breakOff(open);
    const now = this.#options.clock.now();
    for (const run of open) {
      if (this.#scans.size >= SCANS_MAX || round.signal.aborted) return;
      const isDue = run.not_before === null || run.not_before.getTime() <= now;
      if (!this.#scans.has(run.id) && isDue) await this.#begin(round, run);
    }
  }

  async #beginDue({ fenced, signal }: LedRound): Promise<void> {
    const { db, jobs } = this.#options;
    for (const id of await listDueJobs(db)) {
      if (signal.aborted) return;
      await fenced((tx) => jobs.runScheduled(tx, id));
    }
  }

  /** Breaks off what has ended in the database, is told elsewhere, or has hung. */
  #breakOff(open: readonly RunRow[]): void {
    const byId = new Map(open.map((run) => [run.id, run]));
    const now = this.#options.clock.now();
    for (const [id, { attempt, abort }] of this.#scans) {
      const run = byId.get(id);
      const isSilent = run?.heard_at != null && now - run.heard_at.getTime() > SILENT_MS;
      if (run?.attempt === attempt && !isSilent) continue;
      if (isSilent) this.#options.logger.warn({ run_id: id }, 'scan is silent and is begun again');
      abort.abort();
      if (isSilent) this.#scans.delete(id);
    }
  }

  async #begin({ fenced }: LedRound, { id }: RunRow): Promise<void> {
    const begun: Begun | undefined = await fenced((tx) => this.#options.runs.begin(tx, id));
    if (begun?.kind !== 'order') return;
    const { order, attempt } = begun;
    const abort = new AbortController();
    const done = this.#run(order, { attempt, abort }).finally(() => {
      if (this.#scans.get(id)?.attempt === attempt) this.#scans.delete(id);
    });
    this.#scans.set(id, { attempt, abort, done });
  }

  async #run(
    order: DiscoveryOrder,
    { attempt, abort }: Pick<RunningScan, 'attempt' | 'abort'>,
  ): Promise<void> {
    const { logger, scan } = this.#options;
    const { run_id: runId } = order;
    let keepFault: unknown;
    const take = async (part: DiscoveryPartInput): Promise<boolean> => {
      try {
        const isWanted = !abort.signal.aborted && (await this.#take(runId, { part, attempt, abort }));
        if (!isWanted) abort.abort();
        return isWanted;
      } catch (error) {
        keepFault = error;
        throw error;
      }
    };
    logger.info({ run_id: runId, resumes: order.cursor !== null }, 'scan begun');
    let words = 'The scan ended without saying how.';
    try {
      await scan(order, { signal: abort.signal, take });
    } catch (error) {
      words = `The scan failed: ${errorMessage(error)}.`;
      logger.error({ run_id: runId, reason: errorMessage(error) }, 'scan failed');
    }
    // What could not be kept is found again: the next round goes on where the last part ended.
    if (keepFault !== undefined || abort.signal.aborted) return;
    await this.#end(runId, { words, attempt });
  }

  /** Keeps a part, in several tries: a database that is away for a moment ends no scan. */
  async #take(
    runId: string,
    { part, attempt, abort }: { part: DiscoveryPartInput; attempt: number; abort: AbortController },
  ): Promise<boolean> {
    const { db, clock, runs, logger } = this.#options;
    for (let tries = 1; ; tries += 1) {
      try {
        return await db.transaction().execute((tx) => runs.take(tx, runId, part, attempt));
      } catch (error) {
        if (tries >= TAKE_TRIES || abort.signal.aborted) throw error;
        logger.debug({ run_id: runId, reason: errorMessage(error) }, 'part of a scan not kept');
        await sleep(TAKE_AGAIN_MS, clock, abort.signal);
      }
    }
  }

  /** Ends the run of a scan that is over and said nothing of it. */
  async #end(runId: string, { words, attempt }: { words: string; attempt: number }): Promise<void> {
    const { db, runs, logger } = this.#options;
    try {
      await db.transaction().execute((tx) => runs.failAttempt(tx, runId, { attempt, message: words }));
    } catch (error) {
      // The next round finds it under way and nobody at it, and goes on with it.
      logger.debug({ run_id: runId, reason: errorMessage(error) }, 'end of a scan not kept');
    }
  }
}
