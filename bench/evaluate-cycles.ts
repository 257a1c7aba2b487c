import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from './process-cost.ts';

/** What an evaluator has done since its start. */
export interface CycleCounters {
  readonly cycles: number;
  /** Cycles that were left out, since the one before was still running. */
  readonly missed: number;
  /** Seconds of all cycles together. */
  readonly seconds: number;
  /** Series that the last cycle read, where it is told: an evaluator may give up what takes too long. */
  readonly series?: number;
}

/** An evaluator at work on the store of the bench. */
export interface RunningEvaluator {
  readonly pids: readonly number[];
  counters(): Promise<CycleCounters>;
}

/** What an evaluator used in a measured time. */
export interface Measurement {
  /** Seconds of each cycle that ended in that time. */
  readonly cycleSeconds: readonly number[];
  /** Series that each of them read, where it is told. */
  readonly series: readonly number[];
  readonly missed: number;
  readonly intervals: number;
  /** CPU seconds in each interval: of the evaluator, and of the store. */
  readonly own: readonly number[];
  readonly store: readonly number[];
}

export const INTERVAL_MS = 10_000;
/** Time between two looks at the counters: less than an interval, so that no two cycles end between them. */
const LOOK_MS = 1_000;

/** Measures an evaluator over whole intervals; without one the store alone. */
export async function measureCycles(
  storePid: number,
  intervals: number,
  evaluator?: RunningEvaluator,
): Promise<Measurement> {
  const own: number[] = [];
  const store: number[] = [];
  const cycleSeconds: number[] = [];
  const series: number[] = [];
  const first = await evaluator?.counters();
  let last = first;
  const startedAt = performance.now();
  let used = usage(storePid, evaluator);
  for (let interval = 1; interval <= intervals; interval += 1) {
    const endsAt = startedAt + interval * INTERVAL_MS;
    for (let left = endsAt - performance.now(); left > 0; left = endsAt - performance.now()) {
      await sleep(Math.min(LOOK_MS, left));
      const next = await evaluator?.counters();
      const ended = cyclesBetween(last, next);
      cycleSeconds.push(...ended);
      if (ended.length > 0 && next?.series !== undefined) series.push(next.series);
      last = next;
    }
    const now = usage(storePid, evaluator);
    own.push(now.own - used.own);
    store.push(now.store - used.store);
    used = now;
  }
  const missed = (last?.missed ?? 0) - (first?.missed ?? 0);
  return { cycleSeconds, series, missed, intervals, own, store };
}

/** Waits for the end of cycles that began after the evaluator did: the first ones fill caches. */
export async function waitForCycles(
  evaluator: RunningEvaluator,
  cycles: number,
  timeoutMs: number,
): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  while ((await evaluator.counters()).cycles < cycles) {
    if (performance.now() > giveUpAt) throw new Error(`no ${cycles} cycles within ${timeoutMs} ms`);
    await sleep(LOOK_MS);
  }
}

/** The duration of the cycle that ended between two looks; the mean of two where there were two. */
export function cyclesBetween(before: CycleCounters | undefined, after: CycleCounters | undefined): number[] {
  if (before === undefined || after === undefined) return [];
  const ended = after.cycles - before.cycles;
  return Array.from({ length: ended }, () => (after.seconds - before.seconds) / ended);
}

function usage(storePid: number, evaluator?: RunningEvaluator): { own: number; store: number } {
  return { own: evaluator === undefined ? 0 : cpuSeconds(evaluator.pids), store: cpuSeconds([storePid]) };
}
