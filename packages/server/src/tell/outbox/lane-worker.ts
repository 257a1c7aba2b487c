import { type Clock, type Logger, sleep } from '@stratora/runtime';
import type { MessageDelivery } from './message-delivery.ts';
import type { MessageTaker } from './message-taker.ts';

export interface LaneWorkerOptions {
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
  taker: Pick<MessageTaker, 'take'>;
  delivery: Pick<MessageDelivery, 'deliver'>;
}

/** Milliseconds after which a lane is looked at again, whatever happens. */
const LOOK_EVERY_MS = 2000;
/** Milliseconds to the next look after one that failed. */
const FAILED_MS = 1000;

/**
 * Sends what is due in one lane, by itself: another lane that stalls delays nothing here. A message that is on its way does
 * not keep the next ones from being taken.
 */
export class LaneWorker {
  readonly #options: LaneWorkerOptions;
  readonly #laneId: string;
  readonly #onWay = new Set<Promise<void>>();
  #wake = new AbortController();
  #isRetired = false;

  constructor(laneId: string, options: LaneWorkerOptions) {
    this.#laneId = laneId;
    this.#options = options;
  }

  /** Looks for messages as soon as it can. */
  wake(): void {
    this.#wake.abort();
  }

  /** Takes nothing more; what is on its way goes on. */
  retire(): void {
    this.#isRetired = true;
    this.wake();
  }

  /** Works until the signal is aborted, or until nothing of the lane waits for a time. */
  async run(signal: AbortSignal): Promise<void> {
    let nextMs: number | undefined = 0;
    // Ends where a look finds neither work nor a time for it; what comes later has a worker of its own.
    while (!signal.aborted && !this.#isRetired && (nextMs !== undefined || this.#onWay.size > 0)) {
      this.#wake = new AbortController();
      nextMs = await this.look(signal);
      if (nextMs === undefined && this.#onWay.size === 0) break;
      const woken = AbortSignal.any([signal, this.#wake.signal]);
      await sleep(Math.min(nextMs ?? LOOK_EVERY_MS, LOOK_EVERY_MS), this.#options.clock, woken);
    }
    await this.settled();
  }

  /** Takes what is due and begins to send it. @returns milliseconds to when more is due; undefined where none will be */
  async look(signal: AbortSignal): Promise<number | undefined> {
    const { taker, delivery, logger } = this.#options;
    try {
      const { messages, nextMs } = await taker.take(this.#laneId);
      for (const message of messages) {
        const sending = delivery
          .deliver(this.#laneId, message, signal)
          .catch((error: unknown) => logger.warn({ err: error, key: message.key }, 'message not noted'))
          .finally(() => {
            this.#onWay.delete(sending);
            this.wake();
          });
        this.#onWay.add(sending);
      }
      return nextMs;
    } catch (error) {
      logger.warn({ err: error, lane: this.#laneId }, 'messages not taken');
      return FAILED_MS;
    }
  }

  /** Waits until nothing is on its way. */
  async settled(): Promise<void> {
    while (this.#onWay.size > 0) await Promise.all(this.#onWay);
  }
}
