import { type Clock, sleep, systemClock } from '@stratora/runtime';
import type { PacketBudget } from './packet-budget.ts';

/** What is remembered of a host so that it is never asked faster than it may be. */
export interface PacedHost {
  /** When the last packet went to it, by the monotonic clock. */
  sentAt: number;
}

export interface HostPaceOptions {
  readonly budget: PacketBudget;
  /** Packets per second to one host. */
  readonly packetsPerSecond: number;
  readonly clock?: Clock | undefined;
  readonly signal: AbortSignal;
}

/** The pace at one host: its packets keep a distance, and each is taken from the bucket of the whole scan too. */
export class HostPace {
  readonly gapMs: number;
  readonly packetsPerSecond: number;
  readonly #options: HostPaceOptions;
  readonly #clock: Clock;

  constructor(options: HostPaceOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.packetsPerSecond = options.packetsPerSecond;
    this.gapMs = 1000 / options.packetsPerSecond;
  }

  /** Waits until a packet may be sent to the host, and takes it. @throws the signal's reason */
  async turn(host: PacedHost): Promise<void> {
    const { budget, signal } = this.#options;
    for (;;) {
      const waitMs = host.sentAt + this.gapMs - this.#clock.monotonic();
      if (waitMs <= 0) break;
      await sleep(Math.ceil(waitMs), this.#clock, signal);
      signal.throwIfAborted();
    }
    // Noted before the wait for the bucket, so that two at once keep the distance too.
    host.sentAt = this.#clock.monotonic();
    await budget.take();
    host.sentAt = this.#clock.monotonic();
  }
}
