import type { Clock } from '@stratora/runtime';

/** Milliseconds for which the bell of a component rings: longer than a job waits, and it is over. */
const RINGS_MS = 120_000;

/**
 * The bells of components, in the memory of one server: that of a component rings from when a job was added for it, here or
 * on another server, until it has asked for its jobs.
 */
export class JobBell {
  readonly #clock: Clock;
  /** Until when each rings, by the monotonic clock. */
  readonly #ringing = new Map<string, number>();
  /** Who waits for a bell; one call of a component at a time. */
  readonly #waiting = new Map<string, () => void>();
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls that wait now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  ring(componentId: string): void {
    this.#ringing.set(componentId, this.#clock.monotonic() + RINGS_MS);
    this.#waiting.get(componentId)?.();
  }

  hush(componentId: string): void {
    this.#ringing.delete(componentId);
  }

  isRinging(componentId: string): boolean {
    // Nearly always nobody's does, and every call of a component asks.
    if (this.#ringing.size === 0) return false;
    const until = this.#ringing.get(componentId);
    if (until === undefined) return false;
    if (until > this.#clock.monotonic()) return true;
    this.#ringing.delete(componentId);
    return false;
  }

  /** Waits until the bell of a component rings, for some time at most. A newer call of the component ends an older one's wait. */
  async wait(componentId: string, waitMs: number, signal: AbortSignal): Promise<void> {
    if (this.#isClosed || this.isRinging(componentId) || signal.aborted) return;
    this.#waiting.get(componentId)?.();
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = () => {
      this.#clock.clearTimeout(timer);
      signal.removeEventListener('abort', end);
      if (this.#waiting.get(componentId) === end) this.#waiting.delete(componentId);
      resolve();
    };
    const timer = this.#clock.setTimeout(end, waitMs);
    this.#waiting.set(componentId, end);
    signal.addEventListener('abort', end, { once: true });
    await promise;
  }

  /** Ends all waits, also those to come: the server stops. */
  close(): void {
    this.#isClosed = true;
    for (const end of this.#waiting.values()) end();
  }
}
