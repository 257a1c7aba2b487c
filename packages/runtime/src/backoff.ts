export interface BackoffOptions {
  minMs: number;
  maxMs: number;
  /** Growth per attempt; 2 by default. */
  factor?: number;
  /** Share of the delay that is random, 0..1; 0.2 by default. */
  jitter?: number;
  /** Random source, uniform in [0, 1). */
  random?: () => number;
}

export interface Backoff {
  /** Returns the delay before the next attempt, in milliseconds. */
  next(): number;
  reset(): void;
  /** Number of attempts since the last reset. */
  readonly attempts: number;
}

/** Makes an exponential backoff whose jitter only shortens the delay, so that `maxMs` is a real ceiling. */
export function createBackoff(options: BackoffOptions): Backoff {
  const { minMs, maxMs, factor = 2, jitter = 0.2, random = Math.random } = options;
  let attempts = 0;
  return {
    next() {
      const full = Math.min(maxMs, minMs * factor ** Math.min(attempts, 64));
      attempts += 1;
      return Math.round(full * (1 - jitter * random()));
    },
    reset() {
      attempts = 0;
    },
    get attempts() {
      return attempts;
    },
  };
}
