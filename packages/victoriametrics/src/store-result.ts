import { OutboundError } from '@stratora/runtime';
import { storeWords, withoutQuery } from './store-words.ts';

/** Reasons of the store not to take or answer a call: a closed set, which also labels counters. */
export type StoreFailure =
  /** No connection, or it broke. */
  | 'unavailable'
  | 'timeout'
  /** 429, or 5xx. */
  | 'overloaded'
  /** Whatever else is not about the content: a wrong path, wrong credentials, a proxy's page, a redirect. */
  | 'misconfigured'
  /** The store refuses this very content: it names a line of it, or a fault in an expression. */
  | 'rejected';

export interface StoreRefusal {
  ok: false;
  /** True when the same call may succeed later. */
  retry: boolean;
  reason: StoreFailure;
  /** Cause for logs; may hold the store's own words. */
  cause: string;
  /** What the store has against this very content, for people; undefined where the refusal is not about that. */
  words?: string;
  /** Whether that is about the state that the store is in, not about the content. */
  isOfState?: boolean;
  /** Whether a part of a cluster is away, so that an answer would lack what is in it. */
  isInPart?: boolean;
  /** Status of the answer; undefined where there was none. */
  status?: number;
  /** True when the answer was that of `/metrics`, which is read before a write. */
  isOfMetrics?: boolean;
}

/**
 * The words by which a store names a line that it refuses: VictoriaMetrics ("incorrect influx line"), InfluxDB ("unable
 * to parse"). A 400 without them is about the path, the size or the headers: for a path that it does not know
 * VictoriaMetrics answers 400 as well.
 */
const NAMES_A_LINE = /incorrect influx line|unable to parse/i;

/** Classifies the answer to a write, other than 204. */
export function refusalOfWrite(status: number, body: string): StoreRefusal {
  return refusal(status, body, status === 400 && NAMES_A_LINE.test(body));
}

/** Classifies the answer to a call of the Prometheus API, other than 200. */
export function refusalOfRead(status: number, body: string): StoreRefusal {
  return refusal(status, body, (status === 400 || status === 422) && isPrometheusError(body));
}

/** Reads the store's message on a bad expression; undefined when the body is not such an answer. */
function prometheusErrorOf(body: string): string | undefined {
  try {
    const { status, error } = JSON.parse(body) as { status?: unknown; error?: unknown };
    return status === 'error' && typeof error === 'string' ? error : undefined;
  } catch {
    // A page, or the plain text of a path that the store does not know.
    return undefined;
  }
}

/** What a store says of the state that it is in, in the form of an answer about the expression. */
const SAYS_NOTHING_OF_IT =
  /partial response|vmstorage|cannot fetch|timeout exceeded|not enough memory|canceled/i;

/** What a cluster says while some of its nodes are away: with all of them there it would answer the same question. */
const SAYS_A_PART_IS_AWAY = /partial response|vmstorage|cannot fetch/i;

/** Says whether a read was refused for its expression, and would be again: not since a part of a cluster is away. */
export function isAboutExpression({ reason, isOfState }: StoreRefusal): boolean {
  return reason === 'rejected' && isOfState !== true;
}

function isPrometheusError(body: string): boolean {
  return prometheusErrorOf(body) !== undefined;
}

function refusal(status: number, body: string, isAboutContent: boolean): StoreRefusal {
  const cause = `status ${status}: ${body.slice(0, 500)}`;
  if (isAboutContent) {
    const message = prometheusErrorOf(body) ?? body;
    // A query may have any of these words in it.
    const said = withoutQuery(message);
    const isOfState = SAYS_NOTHING_OF_IT.test(said);
    const isInPart = SAYS_A_PART_IS_AWAY.test(said);
    return {
      ok: false,
      retry: false,
      reason: 'rejected',
      cause,
      words: storeWords(message),
      isOfState,
      isInPart,
      status,
    };
  }
  const isBusy = status === 429 || status >= 500;
  return { ok: false, retry: true, reason: isBusy ? 'overloaded' : 'misconfigured', cause, status };
}

/** The store did not tell its own metrics. */
export class StoreAnswerError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Classifies a call without an answer, or without one that is of use. */
export function refusalOfError(error: unknown): StoreRefusal {
  if (error instanceof StoreAnswerError) {
    return { ...refusal(error.status, error.message, false), isOfMetrics: true };
  }
  const cause = error instanceof Error ? error.message : String(error);
  const isTimeout = error instanceof OutboundError && error.reason === 'timeout';
  return { ok: false, retry: true, reason: isTimeout ? 'timeout' : 'unavailable', cause };
}
