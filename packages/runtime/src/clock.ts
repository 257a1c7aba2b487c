/** The source of time, which tests can move by hand. */
export interface Clock {
  /** Returns the wall clock, milliseconds since the Unix epoch. */
  now(): number;
  /** Returns milliseconds from an arbitrary origin; never goes backwards. */
  monotonic(): number;
  /** Calls back once after a delay; the timer keeps the process alive until it fired or was cleared. */
  setTimeout(callback: () => void, delayMs: number): TimerHandle;
  clearTimeout(timer: TimerHandle | undefined): void;
}

/** An opaque timer: only the clock that made it may clear it. */
export interface TimerHandle {
  readonly timer: unknown;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (callback, delayMs) => ({ timer: setTimeout(callback, Math.max(0, delayMs)) }),
  clearTimeout: (handle) => {
    if (handle) clearTimeout(handle.timer as NodeJS.Timeout);
  },
};

/** Resolves after `delayMs`, or at once (without an error) when `signal` aborts. */
export function sleep(delayMs: number, clock: Clock = systemClock, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const finish = () => {
      clock.clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.setTimeout(finish, delayMs);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
