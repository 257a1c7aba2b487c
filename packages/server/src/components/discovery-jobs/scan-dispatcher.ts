import type { Clock, Logger, Periodic } from '@stratora/runtime';
import type { RunRow, ScanRuns } from '../../inventory/discovery/index.ts';
import { type Database, LedLoop, type LedRound, type Tx } from '../../platform/db/index.ts';
import type { JobBoard, JobKind } from '../component-jobs/index.ts';
import { countUnfetched, findScanCollector, hasScans, listEnded } from './scan-queries.ts';
import { nextScanStep } from './scan-step.ts';

export interface ScanDispatcherOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  board: JobBoard;
  kind: JobKind;
  runs: ScanRuns;
}

const ROUND_MS = 1000;

/**
 * Has collectors scan: puts runs on the board of jobs, again where a job was lost with the collector that had it, and takes those off that
 * somebody cancelled. One server at a time does it; a transaction locks the board's rows before those of discovery, as reports do.
 */
export class ScanDispatcher {
  readonly #options: ScanDispatcherOptions;
  readonly #loop: LedLoop;

  constructor(options: ScanDispatcherOptions) {
    this.#options = options;
    const { db, clock, logger } = options;
    this.#loop = new LedLoop({
      name: 'discovery-dispatch',
      intervalMs: ROUND_MS,
      db,
      clock,
      logger,
      isWanted: () => hasScans(db),
      run: (round) => this.#round(round),
    });
  }

  get loop(): Periodic {
    return this.#loop;
  }

  /** Looks for something to do at once. */
  hurry(): void {
    this.#loop.trigger();
  }

  async #round({ fenced, signal }: LedRound): Promise<void> {
    const { db, board, kind, runs } = this.#options;
    for (const runId of await listEnded(db)) await fenced((tx) => board.end(tx, kind, { run_id: runId }));
    const busy = new Map<string, number>();
    for (const run of await runs.listOpen(db, 'collectors')) {
      if (signal.aborted) return;
      await fenced((tx) => this.#step(tx, run, busy));
    }
  }

  /** @param busy counts the scans on the board, by collector */
  async #step(tx: Tx, run: RunRow, busy: Map<string, number>): Promise<void> {
    const { board, kind, runs, clock, logger } = this.#options;
    const collector = await findScanCollector(tx, run.id);
    if (!collector) return;
    const subject = { run_id: run.id };
    const standing = (await board.findNewest(tx, kind, subject))?.standing;
    const others = busy.get(collector.id) ?? 0;
    const now = clock.now();
    const step = nextScanStep({
      collector,
      standing,
      others,
      unfetched: await countUnfetched(tx, run.id),
      isResting: run.not_before !== null && run.not_before.getTime() > now,
      quietSeconds: (now - lastMoved(run)) / 1000,
    });
    if (step.kind === 'put' || standing === 'waiting' || standing === 'running')
      busy.set(collector.id, others + 1);
    if (step.kind === 'nothing') return;
    // Whoever still works on a job before it is told that it is over. While the collector is away it may be at work, and come back.
    if (step.kind !== 'wait') await board.end(tx, kind, subject);
    if (step.kind === 'put' && (await runs.rests(tx, run.id))) return;
    if (step.kind === 'put') {
      await board.put(tx, kind, { componentId: collector.id, subject, requestedBy: run.requested_by });
      logger.debug({ run_id: run.id, component_id: collector.id }, 'scan put on the board');
    }
    if (step.kind === 'fail') await runs.fail(tx, run.id, step.words);
    else await runs.wait(tx, run.id, step.words);
  }
}

/** Returns since when nothing has come of a run, though something could: not while it rested. */
function lastMoved({ heard_at: heardAt, created_at: createdAt, not_before: notBefore }: RunRow): number {
  return Math.max((heardAt ?? createdAt).getTime(), notBefore?.getTime() ?? 0);
}
