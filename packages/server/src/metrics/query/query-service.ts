import { type AppError, OutboundError, sleep } from '@stratora/runtime';
import { type QueryClient, refusalOfRead } from '@stratora/victoriametrics';
import { appError, type CallerPlaces } from '../../platform/http/index.ts';
import { type QueryCall, type QueryLimits, readParameters } from './query-parameters.ts';

export interface QueryServiceOptions {
  client: QueryClient;
  limits: QueryLimits;
  timeoutMs: number;
  /** Where queries wait for their turn. */
  places: CallerPlaces;
}

/** Who asks, and what ends the query when they are gone. */
export interface QueryCaller {
  caller: string;
  signal?: AbortSignal;
  /** Name of the label, for `label_values`. */
  label?: string;
}

const OBJECT_START = 0x7b;
/** A query that takes longer than the first is asked about: the store that works on it answers within the second. */
const LOOK_EVERY_MS = 1_500;
const LOOK_TIMEOUT_MS = 2_500;
/** Milliseconds that a query has at least, however long it waited for its turn. */
const LEFT_MIN_MS = 1_000;

/** The service that asks the store on a user's behalf, within limits. */
export class QueryService {
  readonly #options: QueryServiceOptions;

  constructor(options: QueryServiceOptions) {
    this.#options = options;
  }

  /**
   * Asks the store.
   *
   * @returns the JSON text of a successful answer
   * @throws AppError 400, 422, 429 or 503; while it has its turn, the last within 5 s of the store's last sign of life
   */
  async ask(call: QueryCall, given: URLSearchParams, who: QueryCaller): Promise<Buffer> {
    const parameters = readParameters(call, given, this.#options.limits);
    const { timeoutMs, places } = this.#options;
    const startedAt = performance.now();
    const giveBack = await places.wait(who.caller, { timeoutMs, signal: who.signal });
    try {
      const leftMs = Math.max(LEFT_MIN_MS, Math.round(timeoutMs - (performance.now() - startedAt)));
      return await this.#askNow(call, parameters, { ...who, timeoutMs: leftMs });
    } finally {
      giveBack();
    }
  }

  async #askNow(
    call: QueryCall,
    parameters: URLSearchParams,
    { label, signal, timeoutMs }: QueryCaller & { timeoutMs: number },
  ): Promise<Buffer> {
    parameters.set('timeout', `${timeoutMs}ms`);
    const path = call === 'label_values' ? `label/${encodeURIComponent(label ?? '')}/values` : call;
    const answered = new AbortController();
    const frozen = new AbortController();
    void this.#watchStore(answered.signal, frozen);
    try {
      const answer = await this.#options.client.forward(path, parameters, {
        // The store's own limit ends the query first, and says what was wrong.
        timeoutMs: timeoutMs + 2_000,
        signal: signal ? AbortSignal.any([signal, frozen.signal]) : frozen.signal,
      });
      // A page of something in between comes with 200 as well.
      if (answer.status === 200 && answer.body[0] === OBJECT_START) return answer.body;
      throw refusal(answer.status, answer.body);
    } catch (error) {
      if (frozen.signal.aborted) throw storeGone(error);
      throw error instanceof OutboundError ? unanswered(error) : error;
    } finally {
      answered.abort();
    }
  }

  /** Aborts `frozen` when the store gives no sign of life while a query runs: a slow query and a dead store look alike. */
  async #watchStore(answered: AbortSignal, frozen: AbortController): Promise<void> {
    for (;;) {
      await sleep(LOOK_EVERY_MS, undefined, answered);
      if (answered.aborted) return;
      if (!(await this.#options.client.isAnswering(LOOK_TIMEOUT_MS))) return frozen.abort();
    }
  }
}

function refusal(status: number, body: Buffer): AppError {
  const text = body.toString('utf8');
  const { retry, cause, words, isInPart } = refusalOfRead(status, text);
  // Not about the query: a wrong path, a login, a proxy's page, a part of a cluster that is away. The person who asked can
  // do nothing about it.
  if (retry || isInPart === true) {
    return appError('metrics_unavailable', 'The metric store cannot answer at the moment.', { cause });
  }
  return appError('query_failed', words ?? 'The metric store refuses the query.', { cause });
}

function unanswered(error: OutboundError): AppError {
  if (error.reason === 'too_large') return appError('query_failed', 'The answer is too large; ask for less.');
  if (error.reason === 'timeout') return appError('query_failed', 'The query took too long.');
  return storeGone(error);
}

function storeGone(cause: unknown): AppError {
  return appError('metrics_unavailable', 'The metric store is not available.', { cause });
}
