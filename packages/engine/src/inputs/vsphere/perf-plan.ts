import type { MeasuredObject } from './inventory.ts';
import type { PerfCounter } from './performance-counters.ts';
import { REALTIME_SAMPLING_SECONDS } from './resource-kinds.ts';
import type { PerfQuery } from './vim-requests.ts';
import type { MeasuredKind, VsphereOptions } from './vsphere-options.ts';

/** The times up to which samples have been read, by object and counter. */
export class SampleMarks {
  readonly #marks = new Map<string, Map<number, number>>();

  get(objectId: string, counterId: number): number | undefined {
    return this.#marks.get(objectId)?.get(counterId);
  }

  put(objectId: string, counterId: number, timeMs: number): void {
    let counters = this.#marks.get(objectId);
    if (counters === undefined) {
      counters = new Map();
      this.#marks.set(objectId, counters);
    }
    counters.set(counterId, Math.max(timeMs, counters.get(counterId) ?? timeMs));
  }

  /** Forgets the objects that are no more, and all where the numbers of the counters are others. */
  keep(objectIds: ReadonlySet<string>): void {
    for (const id of this.#marks.keys()) if (!objectIds.has(id)) this.#marks.delete(id);
  }
}

export interface PlanFacts {
  readonly kind: MeasuredKind;
  readonly objects: readonly MeasuredObject[];
  readonly counters: readonly PerfCounter[];
  readonly marks: SampleMarks;
  /** The server's time. */
  readonly nowMs: number;
  /** Time of the newest sample of the kind; undefined where there was none yet. */
  readonly latestMs: number | undefined;
}

/** Counters of one question to hosts and VMs, whose answer then has a few megabytes; fewer where each has instances. */
const REALTIME_COUNTERS = 2000;
const REALTIME_COUNTERS_BY_INSTANCE = 500;
/** How far back hosts are asked after a time without answers; they keep an hour. */
const REALTIME_MAX_MS = 15 * 60_000;
const HISTORICAL_MAX_SAMPLES = 10;
/** Seconds by which a sample may come early. */
const EARLY_MS = 5000;

/** Plans what is asked for a kind: the questions of each call, none where nothing new can be there. */
export function planQueries(
  facts: PlanFacts,
  options: Pick<VsphereOptions, 'historicalSeconds' | 'lookback' | 'maxCounters'>,
): readonly (readonly PerfQuery[])[] {
  const { kind, nowMs, latestMs } = facts;
  const samplingSeconds = kind.isRealtime ? REALTIME_SAMPLING_SECONDS : options.historicalSeconds;
  const samplingMs = samplingSeconds * 1000;
  if (!kind.isRealtime && latestMs !== undefined && nowMs - latestMs + EARLY_MS < samplingMs) return [];
  const unknownFrom = (latestMs ?? nowMs - samplingMs) - samplingMs * (options.lookback - 1);
  const earliest = nowMs - (kind.isRealtime ? REALTIME_MAX_MS : samplingMs * HISTORICAL_MAX_SAMPLES);
  const limit = limitOf(kind, options.maxCounters);
  const queries: PerfQuery[] = [];
  for (const { ref } of facts.objects) {
    const byStart = new Map<number, number[]>();
    for (const { id } of facts.counters) {
      const from = Math.max(earliest, facts.marks.get(ref.id, id) ?? unknownFrom);
      // A question that ends where it begins is a fault to the server, which counts whole seconds.
      if (Math.floor(from / 1000) >= Math.floor(nowMs / 1000)) continue;
      byStart.set(from, [...(byStart.get(from) ?? []), id]);
    }
    for (const [fromMs, ids] of byStart) {
      for (let at = 0; at < ids.length; at += limit) {
        queries.push({
          entity: ref,
          counterIds: ids.slice(at, at + limit),
          instance: kind.hasInstances ? '*' : '',
          fromMs,
          untilMs: nowMs,
          samplingSeconds,
          maxSamples: kind.isRealtime ? REALTIME_MAX_MS / samplingMs : HISTORICAL_MAX_SAMPLES,
        });
      }
    }
  }
  return inCalls(queries, limit);
}

function limitOf(kind: MeasuredKind, maxCounters: number): number {
  if (!kind.isRealtime) return Math.min(maxCounters, kind.maxCounters ?? maxCounters);
  return kind.hasInstances ? REALTIME_COUNTERS_BY_INSTANCE : REALTIME_COUNTERS;
}

function inCalls(queries: readonly PerfQuery[], limit: number): PerfQuery[][] {
  const calls: PerfQuery[][] = [];
  let counted = Number.POSITIVE_INFINITY;
  for (const query of queries) {
    const { length } = query.counterIds;
    if (counted + length > limit) {
      calls.push([]);
      counted = 0;
    }
    calls.at(-1)?.push(query);
    counted += length;
  }
  return calls;
}
