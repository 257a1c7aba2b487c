import { type Clock, systemClock, type TimerHandle } from './clock.ts';
import type { Logger } from './logger.ts';

interface StopStep {
  name: string;
  stop: () => Promise<void> | void;
}

/**
 * Stops what was started, in the reverse order under one deadline. A step that fails or overruns is logged and does not
 * keep the others from stopping. `stop` may be called any number of times; all callers share one run.
 */
export class Lifecycle {
  readonly #steps: StopStep[] = [];
  readonly #logger: Logger | undefined;
  readonly #clock: Clock;
  #stopping: Promise<void> | undefined;

  constructor(logger?: Logger, clock: Clock = systemClock) {
    this.#logger = logger;
    this.#clock = clock;
  }

  get stopping(): boolean {
    return this.#stopping !== undefined;
  }

  onStop(name: string, stop: () => Promise<void> | void): void {
    this.#steps.push({ name, stop });
  }

  stop(deadlineMs: number): Promise<void> {
    this.#stopping ??= this.#stopAll(deadlineMs);
    return this.#stopping;
  }

  async #stopAll(deadlineMs: number): Promise<void> {
    const endsAt = this.#clock.monotonic() + deadlineMs;
    for (const step of this.#steps.toReversed()) {
      const leftMs = Math.max(0, endsAt - this.#clock.monotonic());
      try {
        await this.#bounded(step, leftMs);
      } catch (error) {
        this.#logger?.error({ err: error, step: step.name }, 'stop step failed');
      }
    }
  }

  async #bounded(step: StopStep, leftMs: number): Promise<void> {
    let timer: TimerHandle | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = this.#clock.setTimeout(() => reject(new Error(`did not stop within ${leftMs} ms`)), leftMs);
    });
    try {
      await Promise.race([(async () => step.stop())(), late]);
    } finally {
      this.#clock.clearTimeout(timer);
    }
  }
}
