import { findNewestStore, type VictoriaMetrics } from '@stratora/testkit';
import { expect } from 'vitest';

export type Labels = Record<string, string>;

/** Samples of one series, as the store imports them. */
export interface WrittenSeries {
  metric: Labels;
  values: number[];
  timestamps: number[];
}

/** A vector: values by labels, which are written as JSON in the order of their names. */
export type Vector = Map<string, number>;

const newest = findNewestStore();

/** The stores on which expressions are tried: the one that `npm start` finds, and the newest where it was built. */
export const STORES: readonly [string, { binary?: string }, boolean][] = [
  ['the distribution’s VictoriaMetrics', {}, true],
  [
    'the newest VictoriaMetrics (skipped where it was not built)',
    { binary: newest ?? '' },
    newest !== undefined,
  ],
];

/** Builds a series of a sample every `everyMs`, where `valueAt` gives one. */
export function seriesOf(
  metric: Labels,
  range: { fromMs: number; toMs: number; everyMs: number },
  valueAt: (timeMs: number) => number | undefined,
): WrittenSeries {
  const series: WrittenSeries = { metric, values: [], timestamps: [] };
  for (let timeMs = range.fromMs; timeMs < range.toMs; timeMs += range.everyMs) {
    const value = valueAt(timeMs);
    if (value === undefined) continue;
    series.timestamps.push(timeMs);
    series.values.push(value);
  }
  return series;
}

export async function importSeries(store: VictoriaMetrics, series: readonly WrittenSeries[]): Promise<void> {
  const body = series.map((one) => JSON.stringify(one)).join('\n');
  const answer = await fetch(`${store.url}/api/v1/import`, { method: 'POST', body });
  expect(answer.status).toBe(204);
  await store.flush();
}

interface Answer {
  status: string;
  error?: string;
  data: { result: { metric: Labels; value?: [number, string]; values?: [number, string][] }[] };
}

async function ask(
  store: VictoriaMetrics,
  path: string,
  parameters: Labels,
): Promise<Answer['data']['result']> {
  const answer = await fetch(`${store.url}/api/v1/${path}`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  });
  const body = (await answer.json()) as Answer;
  if (body.status !== 'success') throw new Error(`${parameters['query']}: ${body.error}`);
  return body.data.result;
}

/** Asks as the evaluator does: at its own time, past the store's cache. */
export async function askAt(
  store: VictoriaMetrics,
  query: string,
  timeMs: number,
  more: Labels = { nocache: '1' },
): Promise<Vector> {
  const result = await ask(store, 'query', { query, time: String(timeMs / 1_000), ...more });
  return new Map(result.map(({ metric, value }) => [keyOf(metric), numberOf(value?.[1])]));
}

/** Asks as a back-test does. @returns the vector of each time that has one */
export async function askRange(
  store: VictoriaMetrics,
  query: string,
  range: { fromMs: number; toMs: number; everyMs: number },
  more: Labels = { nocache: '1' },
): Promise<Map<number, Vector>> {
  const result = await ask(store, 'query_range', {
    query,
    start: String(range.fromMs / 1_000),
    end: String(range.toMs / 1_000),
    step: String(range.everyMs / 1_000),
    ...more,
  });
  const vectors = new Map<number, Vector>();
  for (const { metric, values = [] } of result) {
    for (const [time, value] of values) {
      const timeMs = Math.round(time * 1_000);
      const vector = vectors.get(timeMs) ?? new Map<string, number>();
      vector.set(keyOf(metric), numberOf(value));
      vectors.set(timeMs, vector);
    }
  }
  return vectors;
}

/** Names what two vectors do not have alike; values may differ in their last digits. */
export function differences(a: Vector, b: Vector): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
    const [left, right] = [a.get(key), b.get(key)];
    if (left === undefined || right === undefined) return [`${key}: ${left} and ${right}`];
    const isSame = Object.is(left, right) || Math.abs(left - right) <= 1e-8 * Math.max(1, Math.abs(left));
    return isSame ? [] : [`${key}: ${left} and ${right}`];
  });
}

function keyOf(metric: Labels): string {
  return JSON.stringify(Object.fromEntries(Object.entries(metric).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function numberOf(text = 'NaN'): number {
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

/** Takes the names of metrics out of a vector. */
export function withoutNames(vector: Vector): Vector {
  return new Map(
    [...vector].map(([key, value]) => {
      const { __name__: _name, ...labels } = JSON.parse(key) as Labels;
      return [JSON.stringify(labels), value];
    }),
  );
}
