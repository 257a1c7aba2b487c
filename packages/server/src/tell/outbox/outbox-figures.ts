import { type Clock, type Logger, type Periodic, periodic } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { ModuleMetric } from '../../platform/module.ts';
import { countOutbox, type OutboxCounts } from './outbox-figure-queries.ts';

const COUNT_EVERY_MS = 10_000;
/** Age of a notice at which nobody seems to send. */
const STUCK_SECONDS = 600;

/** The figures of the outbox, counted every ten seconds: a scrape asks nobody. */
export class OutboxFigures {
  readonly loop: Periodic;
  #counts: OutboxCounts = { queued: 0, oldestSeconds: 0, failedLanes: 0, stuckSeconds: 0, recent: {} };

  #stuckCounts = 0;

  constructor({ db, clock, logger }: { db: Database; clock: Clock; logger: Logger }) {
    this.loop = periodic({
      name: 'outbox-figures',
      intervalMs: COUNT_EVERY_MS,
      clock,
      logger,
      run: async () => {
        this.#counts = await countOutbox(db);
        this.#stuckCounts = this.#counts.stuckSeconds < STUCK_SECONDS ? 0 : this.#stuckCounts + 1;
      },
    });
  }

  /** Whether what waits for a channel that works goes out in time; an outage of a channel is not ours. */
  get isDelivering(): boolean {
    // At the end of an outage what waited is old, and gone at the next count.
    return this.#stuckCounts < 2;
  }

  metrics(planFailures: () => number): ModuleMetric[] {
    const ended = (state: string): ModuleMetric => ({
      name: `outbox_${state}_last_hour`,
      help: `Notices that became ${state} within the last hour.`,
      read: () => this.#counts.recent[state] ?? 0,
    });
    return [
      {
        name: 'outbox_queued',
        help: 'Notices that wait or are being sent.',
        read: () => this.#counts.queued,
      },
      {
        name: 'outbox_oldest_seconds',
        help: 'Age of the oldest notice that waits and may go out.',
        read: () => this.#counts.oldestSeconds,
      },
      {
        name: 'outbox_failing_channels',
        help: 'Channels by which the last message did not get through.',
        read: () => this.#counts.failedLanes,
      },
      {
        name: 'outbox_plan_failures_total',
        help: 'Changes of alerts that were written without their notices, which were planned later.',
        read: planFailures,
      },
      ...['sent', 'failed', 'skipped', 'merged'].map(ended),
    ];
  }
}
