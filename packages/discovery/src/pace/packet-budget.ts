import { type Clock, systemClock, type TimerHandle } from '@stratora/runtime';

export interface PacketBudgetOptions {
  /** Packets per second in all, above 0. */
  readonly packetsPerSecond: number;
  readonly clock?: Clock | undefined;
  /** Ends all waiting; `take` then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Time for which unused packets are kept: longer than a timer is late, short enough to be no burst. */
const BURST_MS = 25;

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** The bucket of packets of a scan: whoever sends one takes it here first. */
export class PacketBudget {
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  readonly #rate: number;
  readonly #waiting: Waiter[] = [];
  #lent = 0;
  #tokens = 1;
  #filledAt: number;
  #timer: TimerHandle | undefined;
  /** True when the last packet went to one who did not wait: the next one is for those who do. */
  #wasTried = false;

  constructor({ packetsPerSecond, clock = systemClock, signal }: PacketBudgetOptions) {
    this.#clock = clock;
    this.#rate = packetsPerSecond;
    this.#signal = signal;
    this.#filledAt = clock.monotonic();
    signal?.addEventListener('abort', () => this.#giveUp(), { once: true });
  }

  /** Packets per second in all, what is lent included. */
  get packetsPerSecond(): number {
    return this.#rate;
  }

  /** Milliseconds until one packet may be sent; 0 for now. */
  get waitMs(): number {
    this.#fill();
    return this.#tokens >= 1 ? 0 : ((1 - this.#tokens) * 1000) / this.#ownRate();
  }

  /** Takes a packet if one may be sent now. Where others wait, they and who tries are served by turns. */
  tryTake(): boolean {
    if (this.#wasTried && this.#waiting.length > 0) return false;
    this.#fill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    this.#wasTried = true;
    return true;
  }

  /** Notes packets that were sent without asking: what comes next waits for as many. */
  spend(packets = 1): void {
    this.#fill();
    this.#tokens -= packets;
  }

  /** Waits until a packet may be sent, and takes it. */
  take(): Promise<void> {
    if (this.#signal?.aborted === true) return Promise.reject(this.#signal.reason);
    if (this.#waiting.length === 0 && this.tryTake()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#arm();
    });
  }

  /** Gives a part of the rate to a program that paces itself. @returns what takes it back */
  lend(packetsPerSecond: number): () => void {
    this.#fill();
    this.#lent += packetsPerSecond;
    let isOut = true;
    return () => {
      if (!isOut) return;
      isOut = false;
      this.#fill();
      this.#lent -= packetsPerSecond;
    };
  }

  #ownRate(): number {
    // Whoever lends all of it still answers: a tenth of a percent keeps the timers finite.
    return Math.max(this.#rate - this.#lent, this.#rate / 1000);
  }

  #fill(): void {
    const now = this.#clock.monotonic();
    const rate = this.#ownRate();
    const most = Math.max(1, (rate * BURST_MS) / 1000);
    this.#tokens = Math.min(most, this.#tokens + ((now - this.#filledAt) * rate) / 1000);
    this.#filledAt = now;
  }

  #arm(): void {
    if (this.#timer !== undefined || this.#waiting.length === 0) return;
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = undefined;
      this.#serve();
    }, Math.ceil(this.waitMs));
  }

  #serve(): void {
    this.#fill();
    while (this.#tokens >= 1) {
      const waiter = this.#waiting.shift();
      if (waiter === undefined) return;
      this.#tokens -= 1;
      this.#wasTried = false;
      waiter.resolve();
    }
    this.#arm();
  }

  #giveUp(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#signal?.reason);
  }
}
