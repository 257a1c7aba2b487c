import type { Component } from '@stratora/contract';

export interface QueueSample {
  readonly atMs: number;
  readonly bytes: number;
}

/** The change of a queue: bytes per second (negative while it drains) and, while it drains, the seconds that remain. */
export interface QueueTrend {
  readonly bytesPerSecond: number;
  readonly secondsLeft: number | undefined;
}

const KEPT_MS = 120_000;
const SPAN_MIN_MS = 8_000;

/** Notes what was seen; what is older than two minutes, or not newer than the last, is left out. */
export function noteSample(known: readonly QueueSample[], sample: QueueSample): readonly QueueSample[] {
  const last = known.at(-1);
  if (last !== undefined && sample.atMs <= last.atMs) return known;
  return [...known.filter(({ atMs }) => sample.atMs - atMs <= KEPT_MS), sample];
}

/** The trend over the samples that are kept; undefined until they span long enough to say something. */
export function queueTrend(samples: readonly QueueSample[]): QueueTrend | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < SPAN_MIN_MS) return undefined;
  const rate = ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000;
  return {
    bytesPerSecond: rate,
    secondsLeft: rate < 0 && last.bytes > 0 ? Math.round(last.bytes / -rate) : undefined,
  };
}

const seen = new Map<string, readonly QueueSample[]>();

/** Notes the queue of a component as it is now and answers its trend since the page is open. */
export function watchQueue(component: Component): QueueTrend | undefined {
  const at = component.last_seen_at;
  if (at !== null && component.queue !== null) {
    seen.set(
      component.id,
      noteSample(seen.get(component.id) ?? [], { atMs: Date.parse(at), bytes: component.queue.bytes }),
    );
  }
  return queueTrend(seen.get(component.id) ?? []);
}
