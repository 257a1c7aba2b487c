import { createHttpClient, type HttpAnswer, type HttpClient } from '@stratora/runtime';
import { parseStoreUrl } from './store-endpoint.ts';
import { refusalOfError, refusalOfRead, type StoreRefusal } from './store-result.ts';

export interface QueryClientOptions {
  /** URL above `/api/v1/query`: the single node's root, or `.../select/<tenant>/prometheus` of a vmselect. */
  url: string;
  /** 30 s by default. */
  timeoutMs?: number;
  /** 64 MiB by default. */
  maxResponseBytes?: number;
  maxSockets?: number;
  /**
   * Called with the result of every call but `forward`; undefined for one that was answered. Not for calls that were
   * ended by their signal.
   */
  onResult?: (refusal: StoreRefusal | undefined) => void;
}

export type Labels = Readonly<Record<string, string>>;

export interface InstantSample {
  metric: Labels;
  timeMs: number;
  value: number;
}

export interface RangeSeries {
  metric: Labels;
  /** Times in milliseconds with their values, oldest first. */
  points: readonly (readonly [number, number])[];
}

export interface ReadOptions {
  /** Selectors (`{node_id="..."}`) that limit which series the call may see; joined by "or". */
  extraFilters?: readonly string[];
  timeoutMs?: number;
  signal?: AbortSignal;
  /**
   * Whether only what the store holds now and as a whole will do: nothing of its cache, and of a cluster no answer that
   * lacks a part of the nodes.
   */
  isWhole?: boolean;
}

export type QueryResult<T> = { ok: true; value: T } | StoreRefusal;

export interface QueryClient {
  /**
   * Makes one call of the Prometheus API with any parameters; returns the store's own answer, whatever its status.
   * @throws OutboundError when there is no answer
   */
  forward(path: string, parameters: URLSearchParams, options?: ReadOptions): Promise<HttpAnswer>;
  /** Evaluates an instant query. Samples that are not finite are kept as NaN or infinities. */
  query(expression: string, timeMs?: number, options?: ReadOptions): Promise<QueryResult<InstantSample[]>>;
  queryRange(
    expression: string,
    range: { startMs: number; endMs: number; stepMs: number },
    options?: ReadOptions,
  ): Promise<QueryResult<RangeSeries[]>>;
  series(match: string, range: TimeRange, options?: ReadOptions): Promise<QueryResult<Labels[]>>;
  labels(range: TimeRange, options?: ReadOptions): Promise<QueryResult<string[]>>;
  labelValues(label: string, range: TimeRange, options?: ReadOptions): Promise<QueryResult<string[]>>;
  /** Resolves to whether anything answers at the store's address, whatever it says: a frozen one does not. */
  isAnswering(timeoutMs: number): Promise<boolean>;
  close(): void;
}

export interface TimeRange {
  startMs?: number;
  endMs?: number;
}

interface VectorItem {
  metric: Labels;
  value: [number, string];
}

interface MatrixItem {
  metric: Labels;
  values: [number, string][];
}

export function createQueryClient(options: QueryClientOptions): QueryClient {
  return new PrometheusClient(options);
}

class PrometheusClient implements QueryClient {
  readonly #client: HttpClient;
  readonly #root: HttpClient;
  readonly #onResult: (refusal: StoreRefusal | undefined) => void;

  constructor(options: QueryClientOptions) {
    const { baseUrl, origin, headers } = parseStoreUrl(options.url);
    this.#client = createHttpClient({
      baseUrl,
      headers,
      timeoutMs: options.timeoutMs ?? 30_000,
      maxResponseBytes: options.maxResponseBytes ?? 64 * 1024 * 1024,
      maxSockets: options.maxSockets ?? 16,
    });
    this.#root = createHttpClient({ baseUrl: origin, headers, timeoutMs: 5_000 });
    this.#onResult = options.onResult ?? (() => {});
  }

  forward(path: string, parameters: URLSearchParams, options: ReadOptions = {}): Promise<HttpAnswer> {
    const form = new URLSearchParams(parameters);
    for (const filter of options.extraFilters ?? []) form.append('extra_filters[]', filter);
    if (options.isWhole === true) {
      form.set('nocache', '1');
      form.set('deny_partial_response', '1');
    }
    return this.#client.request({
      method: 'POST',
      path: `/api/v1/${path}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  }

  async query(
    expression: string,
    timeMs?: number,
    options?: ReadOptions,
  ): Promise<QueryResult<InstantSample[]>> {
    const parameters = new URLSearchParams({ query: expression });
    if (timeMs !== undefined) parameters.set('time', seconds(timeMs));
    const answer = await this.#read<{ result: VectorItem[] }>('query', parameters, options);
    return mapResult(answer, ({ result }) => result.map(toSample));
  }

  async queryRange(
    expression: string,
    { startMs, endMs, stepMs }: { startMs: number; endMs: number; stepMs: number },
    options?: ReadOptions,
  ): Promise<QueryResult<RangeSeries[]>> {
    const parameters = new URLSearchParams({
      query: expression,
      start: seconds(startMs),
      end: seconds(endMs),
      step: seconds(stepMs),
    });
    const answer = await this.#read<{ result: MatrixItem[] }>('query_range', parameters, options);
    return mapResult(answer, ({ result }) => result.map(toSeries));
  }

  series(match: string, range: TimeRange, options?: ReadOptions): Promise<QueryResult<Labels[]>> {
    const parameters = rangeParameters(range);
    parameters.append('match[]', match);
    return this.#read<Labels[]>('series', parameters, options);
  }

  labels(range: TimeRange, options?: ReadOptions): Promise<QueryResult<string[]>> {
    return this.#read<string[]>('labels', rangeParameters(range), options);
  }

  labelValues(label: string, range: TimeRange, options?: ReadOptions): Promise<QueryResult<string[]>> {
    return this.#read<string[]>(`label/${encodeURIComponent(label)}/values`, rangeParameters(range), options);
  }

  async isAnswering(timeoutMs: number): Promise<boolean> {
    try {
      await this.#root.request({ method: 'GET', path: '/health', timeoutMs });
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.#client.close();
    this.#root.close();
  }

  async #read<T>(path: string, parameters: URLSearchParams, options?: ReadOptions): Promise<QueryResult<T>> {
    const result = await this.#exchange<T>(path, parameters, options);
    if (options?.signal?.aborted !== true) this.#onResult(result.ok ? undefined : result);
    return result;
  }

  async #exchange<T>(
    path: string,
    parameters: URLSearchParams,
    options?: ReadOptions,
  ): Promise<QueryResult<T>> {
    try {
      const answer = await this.forward(path, parameters, options);
      const data = answer.status === 200 ? dataOf(answer) : undefined;
      if (data === undefined) return refusalOfRead(answer.status, answer.text());
      return { ok: true, value: data as T };
    } catch (error) {
      return refusalOfError(error);
    }
  }
}

/** Takes the data of an answer; undefined for a page, which is no answer of a store, whatever its status. */
function dataOf(answer: HttpAnswer): unknown {
  try {
    const body = answer.json() as { status?: unknown; data?: unknown } | null;
    return body?.status === 'success' ? body.data : undefined;
  } catch {
    return undefined;
  }
}

function mapResult<A, B>(result: QueryResult<A>, map: (value: A) => B): QueryResult<B> {
  return result.ok ? { ok: true, value: map(result.value) } : result;
}

function toSample({ metric, value: [time, text] }: VectorItem): InstantSample {
  return { metric, timeMs: Math.round(time * 1_000), value: toNumber(text) };
}

function toSeries({ metric, values }: MatrixItem): RangeSeries {
  return {
    metric,
    points: values.map(([time, text]) => [Math.round(time * 1_000), toNumber(text)] as const),
  };
}

function toNumber(text: string): number {
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

function seconds(ms: number): string {
  return String(ms / 1_000);
}

function rangeParameters({ startMs, endMs }: TimeRange): URLSearchParams {
  const parameters = new URLSearchParams();
  if (startMs !== undefined) parameters.set('start', seconds(startMs));
  if (endMs !== undefined) parameters.set('end', seconds(endMs));
  return parameters;
}
