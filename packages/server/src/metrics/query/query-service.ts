import { type AppError, OutboundError } from '@stratora/runtime';
import type { QueryClient } from '@stratora/victoriametrics';
import { appError } from '../../platform/http/index.ts';
import { type QueryCall, type QueryLimits, readParameters } from './query-parameters.ts';

export interface QueryServiceOptions {
  client: QueryClient;
  limits: QueryLimits;
  timeoutMs: number;
}

const STORE_MESSAGE_MAX = 1_000;

/** The service that asks the store on a user's behalf, within limits. */
export class QueryService {
  readonly #options: QueryServiceOptions;

  constructor(options: QueryServiceOptions) {
    this.#options = options;
  }

  /**
   * Asks the store.
   *
   * @param label name of the label, for `label_values`
   * @returns the JSON text of a successful answer
   * @throws AppError 400, 422 or 503
   */
  async ask(
    call: QueryCall,
    given: URLSearchParams,
    { label, signal }: { label?: string; signal?: AbortSignal } = {},
  ): Promise<Buffer> {
    const parameters = readParameters(call, given, this.#options.limits);
    const { timeoutMs } = this.#options;
    parameters.set('timeout', `${timeoutMs}ms`);
    const path = call === 'label_values' ? `label/${encodeURIComponent(label ?? '')}/values` : call;
    try {
      const answer = await this.#options.client.forward(path, parameters, {
        // The store's own limit ends the query first, and says what was wrong.
        timeoutMs: timeoutMs + 2_000,
        ...(signal ? { signal } : {}),
      });
      if (answer.status === 200) return answer.body;
      throw refusal(answer.status, answer.body);
    } catch (error) {
      throw error instanceof OutboundError ? unanswered(error) : error;
    }
  }
}

function refusal(status: number, body: Buffer): AppError {
  const message = storeMessage(body);
  if (status === 429 || status >= 500) {
    return appError('metrics_unavailable', 'The metric store cannot answer at the moment.', {
      cause: message,
    });
  }
  return appError('query_failed', message);
}

function unanswered(error: OutboundError): AppError {
  if (error.reason === 'too_large') return appError('query_failed', 'The answer is too large; ask for less.');
  if (error.reason === 'timeout') return appError('query_failed', 'The query took too long.');
  return appError('metrics_unavailable', 'The metric store is not available.', { cause: error });
}

/** Reads the store's message on a bad expression, for the person who wrote it. */
function storeMessage(body: Buffer): string {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { error?: unknown };
    if (typeof error === 'string') return error.slice(0, STORE_MESSAGE_MAX);
  } catch {
    // An answer that is not JSON comes from something in between, and is no business of the user's.
  }
  return 'The metric store refused the query.';
}
