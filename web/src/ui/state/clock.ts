import { useSyncExternalStore } from 'react';

// One timer for the page: everything that shows an age ticks together.
const TICK_MS = 1_000;
/** Milliseconds by which two clocks may differ in one answer: the server tells whole seconds, and an answer takes a while. */
const UNSURE_MS = 1_500;
const listeners = new Set<() => void>();
/** Milliseconds that the server's clock is ahead of the browser's. */
let aheadMs = 0;
let now = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;

/** The time now by the server's clock: the one that ages and ranges are told by, since the browser's may be wrong. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}

/** Turns a moment that the browser noted by its own clock into the server's time. */
export function toServerTime(browserMs: number): number {
  return browserMs + aheadMs;
}

/** Learns the server's time from an answer that has just come. Small differences change nothing, so that ages stay calm. */
export function noteServerTime(answeredAtMs: number): void {
  // The server cuts its time to whole seconds: on average half a second is missing.
  const ahead = answeredAtMs + 500 - Date.now();
  if (!Number.isFinite(ahead) || Math.abs(ahead - aheadMs) <= UNSURE_MS) return;
  aheadMs = Math.abs(ahead) <= UNSURE_MS ? 0 : ahead;
  tick();
}

function tick(): void {
  now = serverNow();
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The server's time now in steps of `stepMs`, so that what shows minutes is not drawn again every second. */
export function useNow(stepMs = TICK_MS): number {
  return useSyncExternalStore(subscribe, () => {
    if (timer === undefined) now = serverNow();
    return Math.floor(now / stepMs) * stepMs;
  });
}
