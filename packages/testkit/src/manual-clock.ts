import type { Clock, TimerHandle } from '@stratora/runtime';

interface PendingTimer {
  at: number;
  order: number;
  callback: () => void;
}

/** A clock that stands still until `advance` moves it; timers fire in the order of their times. */
export class ManualClock implements Clock {
  #now: number;
  #monotonic = 0;
  #order = 0;
  readonly #timers = new Set<PendingTimer>();

  constructor(startAt = Date.parse('2026-01-01T00:00:00Z')) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  /** Moves the wall clock alone, as an administrator or NTP would. */
  setNow(at: number): void {
    this.#now = at;
  }

  setTimeout(callback: () => void, delayMs: number): TimerHandle {
    const timer: PendingTimer = { at: this.#monotonic + Math.max(0, delayMs), order: this.#order, callback };
    this.#order += 1;
    this.#timers.add(timer);
    return { timer };
  }

  clearTimeout(handle: TimerHandle | undefined): void {
    if (handle) this.#timers.delete(handle.timer as PendingTimer);
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Moves time by `ms`, firing what falls due, and lets promise callbacks run between timers. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    await settle();
    for (;;) {
      const due = this.#next(end);
      if (!due) break;
      this.#moveTo(due.at);
      this.#timers.delete(due);
      due.callback();
      await settle();
    }
    this.#moveTo(end);
    await settle();
  }

  #next(end: number): PendingTimer | undefined {
    let first: PendingTimer | undefined;
    for (const timer of this.#timers) {
      if (timer.at > end) continue;
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  }

  #moveTo(monotonic: number): void {
    this.#now += monotonic - this.#monotonic;
    this.#monotonic = monotonic;
  }
}

/** Waits for enough turns of the event loop for chains of promises to run out. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
