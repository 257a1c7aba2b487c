import type { VectorAnswer, VectorSample, VectorSource } from './vector-source.ts';

interface Series {
  nodeId: string;
  labels: Record<string, string>;
  /** Times in epoch milliseconds with their values. */
  samples: { at: number; value: number }[];
}

const READ = /^last_over_time\((\w+)\[((?:\d+[hms])+)\]\)$/;
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000 };

/** A source in memory that knows the newest sample of a metric, and can be away. */
export class SampleMemory implements VectorSource {
  readonly #series = new Map<string, Series>();
  readonly #heard = new Map<string, number[]>();
  /** Whether nothing answers, or nothing but the question who was heard. */
  away: 'all' | 'vectors' | undefined;

  add(nodeId: string, labels: Record<string, string>, sample: { at: number; value: number }): void {
    const key = JSON.stringify([nodeId, labels]);
    const series = this.#series.get(key) ?? { nodeId, labels: { ...labels, node_id: nodeId }, samples: [] };
    series.samples.push(sample);
    this.#series.set(key, series);
  }

  hear(nodeId: string, at: number): void {
    this.#heard.set(nodeId, [...(this.#heard.get(nodeId) ?? []), at]);
  }

  async readEvidence(timeMs: number): Promise<Map<string, number> | undefined> {
    if (this.away === 'all') return undefined;
    const evidence = new Map<string, number>();
    for (const [id, times] of this.#heard) {
      const newest = Math.max(...times.filter((at) => at <= timeMs && at > timeMs - 120_000));
      if (Number.isFinite(newest)) evidence.set(id, newest);
    }
    return evidence;
  }

  async read(expressions: readonly string[], timeMs: number): Promise<Map<string, VectorAnswer>> {
    return new Map(expressions.map((expression) => [expression, this.#answer(expression, timeMs)]));
  }

  #answer(expression: string, timeMs: number): VectorAnswer {
    if (this.away !== undefined) return { kind: 'away', reason: 'a part of the cluster does not answer' };
    const [, metric, window] = READ.exec(expression) ?? [];
    if (metric === undefined || window === undefined)
      return { kind: 'refused', reason: `not known here: ${expression}` };
    const samples: VectorSample[] = [];
    for (const { nodeId, labels, samples: all } of this.#series.values()) {
      if (labels['__name__'] !== metric) continue;
      const seen = all.filter(({ at }) => at <= timeMs && at > timeMs - durationMs(window));
      const newest = seen.toSorted((a, b) => a.at - b.at).at(-1);
      if (newest !== undefined && !Number.isNaN(newest.value))
        samples.push({ nodeId, labels, value: newest.value });
    }
    return { kind: 'vector', samples };
  }
}

function durationMs(text: string): number {
  const parts = [...text.matchAll(/(\d+)([hms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit as string] as number), 0);
}
