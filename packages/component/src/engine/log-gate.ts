import type { Clock, Logger } from '@stratora/runtime';

const LINES = 200;
const WINDOW_MS = 10_000;

/** Lets the lines of a chatty engine through up to a rate, and says how many it kept back. */
export class LogGate {
  readonly #clock: Clock;
  readonly #logger: Logger;
  #windowAt = Number.NEGATIVE_INFINITY;
  #count = 0;

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** True for a line that may go to the log. */
  pass(): boolean {
    const now = this.#clock.monotonic();
    if (now - this.#windowAt >= WINDOW_MS) {
      const kept = this.#count - LINES;
      if (kept > 0) this.#logger.warn({ lines: kept }, 'lines of the engine left out of the log');
      this.#windowAt = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count <= LINES;
  }
}
