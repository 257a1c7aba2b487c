import type { Clock } from '@stratora/runtime';

export interface AttemptLimit {
  /** Number of attempts that may fail within the window. */
  attempts: number;
  windowMs: number;
}

interface Count {
  used: number;
  startedAt: number;
}

/** Most keys in memory; beyond that the oldest windows go. */
const MAX_KEYS = 50_000;

/** Counts failed attempts per key in a fixed window. An attempt is counted before its outcome is known. */
export class AttemptLimiter {
  readonly #clock: Clock;
  readonly #limit: AttemptLimit;
  readonly #counts = new Map<string, Count>();

  constructor(clock: Clock, limit: AttemptLimit) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Takes one attempt. @returns the seconds to wait when there is none left, else undefined */
  take(key: string): number | undefined {
    const now = this.#clock.monotonic();
    let count = this.#counts.get(key);
    if (!count || now - count.startedAt >= this.#limit.windowMs) {
      this.#makeRoom();
      count = { used: 0, startedAt: now };
      this.#counts.delete(key);
      this.#counts.set(key, count);
    }
    if (count.used >= this.#limit.attempts) {
      return Math.max(1, Math.ceil((count.startedAt + this.#limit.windowMs - now) / 1000));
    }
    count.used += 1;
    return undefined;
  }

  /** Returns the number of attempts taken in the current window. */
  used(key: string): number {
    const count = this.#counts.get(key);
    return count && this.#clock.monotonic() - count.startedAt < this.#limit.windowMs ? count.used : 0;
  }

  /** Gives an attempt back that did not fail. */
  giveBack(key: string): void {
    const count = this.#counts.get(key);
    if (count && count.used > 0) count.used -= 1;
  }

  #makeRoom(): void {
    if (this.#counts.size < MAX_KEYS) return;
    for (const key of this.#counts.keys()) {
      this.#counts.delete(key);
      if (this.#counts.size < MAX_KEYS * 0.9) return;
    }
  }
}
