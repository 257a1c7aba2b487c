import { type Clock, sleep, systemClock } from './clock.ts';
import type { Logger } from './logger.ts';

export interface PeriodicOptions {
  name: string;
  intervalMs: number;
  run: (signal: AbortSignal) => Promise<void>;
  clock?: Clock;
  logger?: Logger;
  /** Key of the loop: many loops are spread over the interval by a stable offset per key. */
  key?: string;
  /**
   * Milliseconds after whole multiples of the interval, by the wall clock, at which to run, in place of an offset. A clock
   * that jumps moves the next run by half an interval at most.
   */
  wallPhaseMs?: number;
  /** True to run at once instead of after the first offset. */
  runAtStart?: boolean;
}

/** The figures of a loop. Durations in milliseconds, times in epoch milliseconds. */
export interface PeriodicStats {
  runs: number;
  failures: number;
  /** Number of whole intervals that passed while a run was still going. */
  missed: number;
  durationMs: number;
  lastSuccessAt: number | undefined;
}

export interface Periodic {
  readonly name: string;
  readonly stats: Readonly<PeriodicStats>;
  start(): void;
  /** Aborts the current run's signal and waits for the run to end. */
  stop(): Promise<void>;
  /** Runs as soon as the current run, if any, has ended. */
  trigger(): void;
}

/** Computes a stable number in [0, 1) for a key (FNV-1a, 32 bit). */
export function stableFraction(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) / 0x100000000;
}

/** Moves a point of a grid, in time of the monotonic clock, to the nearest one that has the phase by the wall clock. */
function atPhase(next: number, { clock, intervalMs, wallPhaseMs }: Grid): number {
  if (wallPhaseMs === undefined) return next;
  const now = clock.monotonic();
  const wall = clock.now() + next - now;
  const late = wall - wallPhaseMs - intervalMs * Math.round((wall - wallPhaseMs) / intervalMs);
  const moved = next - late;
  return moved > now ? moved : moved + intervalMs;
}

interface Grid {
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly wallPhaseMs: number | undefined;
}

/**
 * Runs on a fixed grid of `intervalMs`; never overlaps with itself; a run that overruns skips the grid points it
 * missed and counts them. A run that throws is counted and logged, and the loop goes on.
 */
export function periodic(options: PeriodicOptions): Periodic {
  const { name, intervalMs, run, clock = systemClock, logger, wallPhaseMs } = options;
  const grid: Grid = { clock, intervalMs, wallPhaseMs };
  const stats: PeriodicStats = { runs: 0, failures: 0, missed: 0, durationMs: 0, lastSuccessAt: undefined };
  let stopper: AbortController | undefined;
  let wake: AbortController | undefined;
  let triggered = false;
  let loop: Promise<void> | undefined;

  async function once(signal: AbortSignal): Promise<void> {
    const startedAt = clock.monotonic();
    stats.runs += 1;
    try {
      await run(signal);
      stats.lastSuccessAt = clock.now();
    } catch (error) {
      if (!signal.aborted) {
        stats.failures += 1;
        logger?.warn({ err: error, loop: name }, 'periodic run failed');
      }
    }
    stats.durationMs = clock.monotonic() - startedAt;
  }

  async function waitUntil(at: number, signal: AbortSignal): Promise<void> {
    wake = new AbortController();
    if (!triggered) await sleep(at - clock.monotonic(), clock, AbortSignal.any([signal, wake.signal]));
    triggered = false;
  }

  async function forever(signal: AbortSignal): Promise<void> {
    const offsetMs = options.key ? stableFraction(options.key) * intervalMs : intervalMs;
    let next = atPhase(clock.monotonic() + offsetMs, grid);
    if (options.runAtStart) await once(signal);
    while (!signal.aborted) {
      if (next > clock.monotonic()) await waitUntil(next, signal);
      if (signal.aborted) break;
      await once(signal);
      const behind = Math.floor((clock.monotonic() - next) / intervalMs);
      if (behind > 0) stats.missed += behind;
      if (clock.monotonic() >= next) next = atPhase(next + (Math.max(0, behind) + 1) * intervalMs, grid);
    }
  }

  return {
    name,
    stats,
    start() {
      if (loop) return;
      stopper = new AbortController();
      loop = forever(stopper.signal);
    },
    async stop() {
      stopper?.abort();
      await loop;
      loop = undefined;
    },
    trigger() {
      triggered = true;
      wake?.abort();
    },
  };
}
