import { type Clock, type Logger, sleep } from '@stratora/runtime';
import type { AcceptedMessage } from './claim-queries.ts';
import type { MessageDelivery } from './message-delivery.ts';
import type { MessageTaker, TakenMessage } from './message-taker.ts';

export interface LaneWorkerOptions {
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
  taker: Pick<MessageTaker, 'take' | 'note'>;
  delivery: Pick<MessageDelivery, 'deliver' | 'noted'>;
}

/** Milliseconds after which a lane is looked at again, whatever happens. */
const LOOK_EVERY_MS = 2000;
/** Milliseconds to the next look after one that failed. */
const FAILED_MS = 1000;

/**
 * Sends what is due in one lane, by itself: another lane that stalls delays nothing here. A message that is on its way does
 * not keep the next ones from being taken, and what was accepted is noted with the next look.
 */
export class LaneWorker {
  readonly #options: LaneWorkerOptions;
  readonly #laneId: string;
  readonly #onWay = new Set<Promise<void>>();
  /** What was accepted and is not noted yet, in the order in which it was. */
  readonly #accepted: AcceptedMessage[] = [];
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
    while (!signal.aborted && !this.#isRetired && (nextMs !== undefined || this.#isBusy)) {
      this.#wake = new AbortController();
      nextMs = await this.look(signal);
      if (nextMs === undefined && !this.#isBusy) break;
      const woken = AbortSignal.any([signal, this.#wake.signal]);
      await sleep(Math.min(nextMs ?? LOOK_EVERY_MS, LOOK_EVERY_MS), this.#options.clock, woken);
    }
    await this.settled();
  }

  get #isBusy(): boolean {
    return this.#onWay.size > 0 || this.#accepted.length > 0;
  }

  /**
   * Takes what is due and begins to send it, and notes what was accepted.
   * @returns milliseconds to when more is due; undefined where none will be
   */
  async look(signal: AbortSignal): Promise<number | undefined> {
    const { taker, logger } = this.#options;
    try {
      const { messages, noted, nextMs } = await taker.take(this.#laneId, this.#accepted);
      this.#forget(noted.length);
      for (const message of messages) this.#send(message, signal);
      return nextMs;
    } catch (error) {
      logger.warn({ err: error, lane: this.#laneId }, 'messages not taken');
      // Whatever keeps messages from being taken must not let others go out once more.
      await this.#note();
      return FAILED_MS;
    }
  }

  #send(message: TakenMessage, signal: AbortSignal): void {
    const { delivery, logger } = this.#options;
    const sending = delivery
      .deliver(this.#laneId, message, signal)
      .then((accepted) => {
        if (accepted !== undefined) this.#accepted.push(accepted);
      })
      .catch((error: unknown) => logger.warn({ err: error, key: message.key }, 'message not noted'))
      .finally(() => {
        this.#onWay.delete(sending);
        this.wake();
      });
    this.#onWay.add(sending);
  }

  /** Notes what was accepted, by itself. */
  async #note(): Promise<void> {
    const { taker, logger } = this.#options;
    const accepted = [...this.#accepted];
    if (accepted.length === 0) return;
    try {
      await taker.note(this.#laneId, accepted);
      this.#forget(accepted.length);
    } catch (error) {
      logger.warn({ err: error, lane: this.#laneId }, 'accepted messages not noted');
    }
  }

  /** Forgets the first of what was accepted: it is noted. */
  #forget(count: number): void {
    this.#accepted.splice(0, count);
    if (count > 0) this.#options.delivery.noted();
  }

  /** Waits until nothing is on its way. */
  async arrived(): Promise<void> {
    while (this.#onWay.size > 0) await Promise.all(this.#onWay);
  }

  /** Waits until nothing is on its way, and notes what was accepted. */
  async settled(): Promise<void> {
    await this.arrived();
    await this.#note();
  }
}
