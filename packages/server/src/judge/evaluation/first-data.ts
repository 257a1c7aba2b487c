import type { Clock, TimerHandle } from '@stratora/runtime';

/**
 * Milliseconds after first data at which to decide: the store shows a new series by the first, and slow ones by the
 * second.
 */
const LOOKS_AFTER_MS = [1500, 4500];
const REMEMBERED_MAX = 200_000;

/** The watch for nodes that send data for the first time since the start; it hurries the decision on their status. */
export class FirstData {
  readonly #clock: Clock;
  readonly #hurry: () => void;
  readonly #known = new Set<string>();
  readonly #timers = new Set<TimerHandle>();
  #isStopped = false;

  constructor(clock: Clock, hurry: () => void) {
    this.#clock = clock;
    this.#hurry = hurry;
  }

  note(nodes: ReadonlySet<string>): void {
    let isNews = false;
    for (const id of nodes) {
      if (this.#known.has(id)) continue;
      this.#known.add(id);
      isNews = true;
    }
    if (this.#known.size > REMEMBERED_MAX) this.#known.clear();
    // Decisions that are due anyway see these nodes too.
    if (this.#isStopped || !isNews || this.#timers.size > 0) return;
    for (const delayMs of LOOKS_AFTER_MS) {
      const timer = this.#clock.setTimeout(() => {
        this.#timers.delete(timer);
        this.#hurry();
      }, delayMs);
      this.#timers.add(timer);
    }
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) this.#clock.clearTimeout(timer);
    this.#timers.clear();
  }
}
