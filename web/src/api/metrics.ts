import { ApiError, request } from './client.ts';

/** One series of a Prometheus answer: `[unix seconds, value as text]`, without the moments that have no value. */
export interface MatrixSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}
export interface VectorSample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

interface PrometheusAnswer<T> {
  readonly status: 'success' | 'error';
  readonly data?: { readonly result: readonly T[] };
  readonly error?: string;
}

export interface RangeQuery {
  readonly expr: string;
  /** Unix seconds, multiples of `step`. */
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

function unwrap<T>(answer: PrometheusAnswer<T>): readonly T[] {
  if (answer.status !== 'success' || answer.data === undefined) {
    throw new ApiError(422, { code: 'query_failed', detail: answer.error ?? 'The query failed.' });
  }
  return answer.data.result;
}

export async function queryRange(query: RangeQuery, signal: AbortSignal): Promise<readonly MatrixSeries[]> {
  const answer = await request<PrometheusAnswer<MatrixSeries>>('/metrics/query_range', {
    query: { query: query.expr, start: query.start, end: query.end, step: `${query.step}s` },
    signal,
  });
  return unwrap(answer);
}

/** The newest value of each series. */
export async function queryInstant(expr: string, signal: AbortSignal): Promise<readonly VectorSample[]> {
  const answer = await request<PrometheusAnswer<VectorSample>>('/metrics/query', {
    query: { query: expr },
    signal,
  });
  return unwrap(answer);
}

/** The matcher of one node, to stand for `$node` in a template's expression. */
export function nodeMatcher(nodeId: string): string {
  return `node_id="${nodeId.replaceAll(/[\\"\n]/g, '')}"`;
}

/** Fills the placeholders of a template's expression. */
export function bindExpression(expr: string, nodeId: string, windowSeconds: number): string {
  return expr.replaceAll('$node', nodeMatcher(nodeId)).replaceAll('$window', `${windowSeconds}s`);
}

async function listTexts(path: string, metric: string): Promise<readonly string[]> {
  const answer = await request<{ readonly status: string; readonly data?: readonly string[] }>(path, {
    query: { 'match[]': /^[a-zA-Z_:][\w:]*$/.test(metric) ? metric : undefined },
  });
  return answer.data ?? [];
}

/** The names of the labels that series have, those of one metric where it is named. */
export function listLabelNames(metric: string): Promise<readonly string[]> {
  return listTexts('/metrics/labels', metric);
}

/** The values of a label, those on one metric where it is named. */
export function listLabelValues(label: string, metric: string): Promise<readonly string[]> {
  return listTexts(`/metrics/label/${encodeURIComponent(label)}/values`, metric);
}
