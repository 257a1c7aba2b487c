import { SECRET_MARK } from '@stratora/contract/wire';
import {
  createHttpClient,
  type HttpAnswer,
  OutboundError,
  type OutboundGuard,
  OutboundRefused,
  sanitizeText,
} from '@stratora/runtime';
import type { SendResult } from '../send-result.ts';
import { readPostAddress } from './post-address.ts';
import { retryAfterMs } from './retry-after.ts';

export interface PosterOptions {
  guard: Pick<OutboundGuard, 'resolve'>;
  version: string;
  now: () => Date;
  /** Milliseconds for the whole exchange. */
  timeoutMs?: number;
}

export interface Post {
  url: string;
  body: string;
  headers?: Record<string, string>;
  /** Idempotency key of the message. */
  key: string;
  mayWrite?: (() => boolean) | undefined;
  /** Texts that must not stand in what is said of a failure. */
  secrets?: readonly string[];
  /** Says in words what an answer means that is not 2xx; undefined where it knows none. */
  wordsFor?: (status: number, text: string) => string | undefined;
}

type Failure = Extract<SendResult, { ok: false }>;

const TIMEOUT_MS = 10_000;
/** Most bytes of an answer that are read. */
const ANSWER_MAX_BYTES = 64 * 1024;
/** Most bytes of an answer that are told. */
const QUOTE_MAX_BYTES = 200;

/** The one way by which messages are posted: to an address that the guard passed, without following redirects. */
export class Poster {
  readonly #options: PosterOptions;

  constructor(options: PosterOptions) {
    this.#options = options;
  }

  /** Posts JSON, once. */
  async post(post: Post, signal: AbortSignal): Promise<{ ok: true; answer: HttpAnswer } | Failure> {
    const { guard, timeoutMs = TIMEOUT_MS } = this.#options;
    const { origin, host, port, target } = readPostAddress(post.url);
    let accepted: number | undefined;
    try {
      const addresses = await guard.resolve(host, { port });
      const client = createHttpClient({
        baseUrl: origin,
        addresses,
        timeoutMs,
        maxResponseBytes: ANSWER_MAX_BYTES,
      });
      try {
        const answer = await client.request({
          method: 'POST',
          path: target,
          headers: this.#headersOf(post),
          body: post.body,
          signal,
          ...(post.mayWrite === undefined ? {} : { mayWrite: post.mayWrite }),
          onHeaders: (status) => {
            if (isAccepted(status)) accepted = status;
          },
        });
        return isAccepted(answer.status)
          ? { ok: true, answer }
          : answerFailure(answer, post, this.#options.now());
      } finally {
        client.close();
      }
    } catch (error) {
      // It was taken, whatever became of the rest of the answer: sent again it would be there twice.
      if (accepted !== undefined) return { ok: true, answer: emptyAnswer(accepted) };
      return wayFailure(error, { host, timeoutMs, isEnded: signal.aborted });
    }
  }

  #headersOf({ headers, key }: Post): Record<string, string> {
    return {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': key,
      'user-agent': `Stratora/${this.#options.version}`,
      connection: 'close',
    };
  }
}

function isAccepted(status: number): boolean {
  return status >= 200 && status < 300;
}

function emptyAnswer(status: number): HttpAnswer {
  return { status, headers: {}, body: Buffer.alloc(0), text: () => '', json: () => undefined };
}

function answerFailure(answer: HttpAnswer, post: Post, now: Date): Failure {
  const { status } = answer;
  const quote = quoteOf(answer, post);
  const words = post.wordsFor?.(status, answer.text().trim());
  const message = words ?? `The other end answered ${status}${quote === '' ? '.' : `: ${quote}`}`;
  const wait = retryAfterMs(answer.headers['retry-after'], now);
  const retry = { message, isFinal: false, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  if (status === 429) return { ok: false, reason: 'rate_limited', ...retry };
  if (status === 408 || status >= 500) return { ok: false, reason: 'server_busy', ...retry };
  if (status === 413) return { ok: false, reason: 'too_large', message, isFinal: true };
  if (status >= 300 && status < 400) {
    const redirect = `The other end answered ${status}, which leads to another address. Redirects are not followed: give the channel the address that takes the messages itself.`;
    return { ok: false, reason: 'rejected', message: redirect, isFinal: true };
  }
  return { ok: false, reason: 'rejected', message, isFinal: true };
}

/** Quotes an answer, without the secrets that it may have been told. */
function quoteOf(answer: HttpAnswer, { url, secrets = [] }: Post): string {
  const { target } = readPostAddress(url);
  let text = answer.text();
  for (const secret of [target, decoded(target), ...secrets]) {
    if (secret.length > 3) text = text.replaceAll(secret, SECRET_MARK);
  }
  return sanitizeText(text.replaceAll('\t', ' '), QUOTE_MAX_BYTES);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A way that a message takes, for the words of its failure. */
export interface Way {
  host: string;
  timeoutMs: number;
  /** Whether whoever sends has ended the try. */
  isEnded: boolean;
}

/** Says in a result why the other end was not reached, or gave no answer. @throws what is a fault of our own */
export function wayFailure(error: unknown, { host, timeoutMs, isEnded }: Way): Failure {
  if (isEnded) return failure('timeout', 'The try was ended before there was an answer.');
  if (error instanceof OutboundRefused) {
    return error.reason === 'dns'
      ? failure('name_not_found', error.message)
      : { ...failure('address_refused', error.message), isFinal: true };
  }
  if (!(error instanceof OutboundError)) throw error;
  switch (error.reason) {
    case 'timeout':
      return failure('timeout', `No answer from ${host} within ${timeoutMs / 1000} s.`);
    case 'dns':
      return failure('name_not_found', `The name ${host} has no address.`);
    case 'tls':
      return failure('tls_failed', `No TLS connection to ${host}: ${sanitizeText(error.message, 300)}`);
    case 'too_large':
      return failure('server_busy', `The answer of ${host} is too large.`);
    default:
      return failure('connection_failed', `No connection to ${host}: ${sanitizeText(error.message, 300)}`);
  }
}

function failure(reason: Failure['reason'], message: string): Failure {
  return { ok: false, reason, message, isFinal: false };
}
