import { type Logger, type Periodic, periodic, sleep } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import { listBusyLanes } from './lane-queries.ts';
import { LaneWorker, type LaneWorkerOptions } from './lane-worker.ts';

export interface OutboxSenderOptions extends LaneWorkerOptions {
  db: Database;
  logger: Logger;
}

/** Milliseconds between two looks for lanes in which something waits, where nobody said so. */
const LOOK_EVERY_MS = 2000;
/** Milliseconds that messages on their way have at the stop of the server. */
const STOP_MS = 5000;

/** Sends what waits in the outbox: on each server, with a worker for each lane in which something does. */
export class OutboxSender {
  readonly loop: Periodic;
  readonly #options: OutboxSenderOptions;
  readonly #workers = new Map<string, { worker: LaneWorker; ended: Promise<void> }>();
  /** Ends what is on its way. */
  readonly #stopper = new AbortController();
  #isStopping = false;

  constructor(options: OutboxSenderOptions) {
    this.#options = options;
    this.loop = periodic({
      name: 'outbox-sending',
      intervalMs: LOOK_EVERY_MS,
      clock: options.clock,
      logger: options.logger,
      run: () => this.look(),
    });
  }

  /** Finds lanes in which something waits, and sees to it that somebody works at them. */
  async look(): Promise<void> {
    for (const laneId of await listBusyLanes(this.#options.db)) {
      if (this.#isStopping) return;
      const running = this.#workers.get(laneId);
      if (running) running.worker.wake();
      else this.#begin(laneId);
    }
  }

  #begin(laneId: string): void {
    const worker = new LaneWorker(laneId, this.#options);
    const ended = worker.run(this.#stopper.signal).finally(() => this.#workers.delete(laneId));
    this.#workers.set(laneId, { worker, ended });
  }

  /** Lets what is on its way come to its end, for a time; what does not is given up and sent again later. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const ended = Promise.all([...this.#workers.values()].map((one) => one.ended));
    for (const { worker } of this.#workers.values()) worker.retire();
    await Promise.race([ended, sleep(STOP_MS, this.#options.clock)]);
    this.#stopper.abort();
    await ended;
  }
}
