import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  createHttpClient,
  type HttpClient,
  OutboundError,
  type OutboundGuard,
  OutboundRefused,
} from '@stratora/runtime';
import {
  answerEndedEarly,
  answerTooLarge,
  noAnswerInTime,
  redirectToNowhere,
  tooManyRedirects,
} from '../../target-words.ts';
import { connectionFault, placeOf } from '../connection-fault.ts';
import { CookieJar } from './cookie-jar.ts';
import type { HttpResponseOptions } from './http-options.ts';

/** The outcome of one check of a URL. */
export type Exchange =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly body: Buffer }
  /** Status and headers came, the body did not come whole. */
  | {
      readonly kind: 'cut';
      readonly answer: Answer;
      readonly receivedBytes: number;
      readonly reason: string;
      readonly detail?: string | undefined;
    }
  | {
      readonly kind: 'failed';
      readonly result: 'connection_failed' | 'timeout' | 'dns_error';
      readonly reason: string;
      /** The own words of what is behind it. */
      readonly detail?: string | undefined;
    };

/** The last answer; `elapsedMs` runs from the start of the check to its headers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly elapsedMs: number;
}

const unpack = promisify(gunzip);

/** Most redirects that are followed, as many as browsers follow. */
const MAX_REDIRECTS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly body: string | undefined;
  /** False once a redirect has left the first host: logins stay behind. */
  readonly isHome: boolean;
}

/** Checks one URL. Every host on the way is judged by the guard, and the connection goes to the address that passed. */
export async function exchange(
  url: URL,
  options: HttpResponseOptions,
  guard: OutboundGuard,
  signal: AbortSignal,
): Promise<Exchange> {
  const startedAt = performance.now();
  const run = { options, guard, signal, startedAt, cookies: new CookieJar() };
  let hop: Hop = { url, method: options.method, body: options.body, isHome: true };
  for (let redirects = 0; ; redirects += 1) {
    const result = await oneHop(hop, run);
    const next = options.followRedirects ? nextHop(hop, url, result) : undefined;
    if (next === undefined) return result;
    if (next === 'nowhere') {
      return { kind: 'failed', result: 'connection_failed', reason: redirectToNowhere() };
    }
    if (redirects === MAX_REDIRECTS) {
      return { kind: 'failed', result: 'connection_failed', reason: tooManyRedirects() };
    }
    hop = next;
  }
}

interface Run {
  readonly options: HttpResponseOptions;
  readonly guard: OutboundGuard;
  readonly signal: AbortSignal;
  readonly startedAt: number;
  readonly cookies: CookieJar;
}

async function oneHop(hop: Hop, run: Run): Promise<Exchange> {
  const { options } = run;
  const leftMs = options.timeoutMs - (performance.now() - run.startedAt);
  let answer: Answer | undefined;
  let receivedBytes = 0;
  let client: HttpClient | undefined;
  try {
    const host = hop.url.hostname.replace(/^\[|\]$/g, '');
    const addresses = await run.guard.resolve(host);
    client = createHttpClient({
      baseUrl: hop.url.origin,
      addresses,
      refusesCommonName: true,
      takesOddAnswers: true,
      ...(options.serverName === undefined ? {} : { serverName: options.serverName }),
      timeoutMs: Math.max(1, Math.ceil(leftMs)),
      maxResponseBytes: options.maxBodyBytes,
    });
    const whole = await client.request({
      method: hop.method,
      path: `${hop.url.pathname}${hop.url.search}`,
      headers: {
        'user-agent': 'Stratora',
        connection: 'close',
        ...packingHeader(hop),
        ...headersFor(hop, run),
      },
      ...(hop.body === undefined ? {} : { body: hop.body }),
      signal: run.signal,
      onHeaders: (status, _, distinct) => {
        run.cookies.take(distinct['set-cookie'] ?? [], hop.url);
        answer = { status, headers: firstValues(distinct), elapsedMs: performance.now() - run.startedAt };
      },
      onProgress: (bytes) => {
        receivedBytes = bytes;
      },
    });
    answer ??= { status: whole.status, headers: whole.headers, elapsedMs: performance.now() - run.startedAt };
    return await unpacked(answer, whole.body, options);
  } catch (error) {
    if (run.signal.aborted) throw run.signal.reason;
    if (answer !== undefined) {
      const isTooLarge = error instanceof OutboundError && error.reason === 'too_large';
      const bytes = isTooLarge ? options.maxBodyBytes + 1 : receivedBytes;
      const reason = isTooLarge ? answerTooLarge() : answerEndedEarly();
      return { kind: 'cut', answer, receivedBytes: bytes, reason, detail: (error as Error).message };
    }
    return failed(error, hop.url, options);
  } finally {
    client?.close();
  }
}

/** Returns the header that asks for packing, as Go's client does, which unpacks what it asked for. */
function packingHeader(hop: Hop): Record<string, string> {
  return hop.method === 'HEAD' ? {} : { 'accept-encoding': 'gzip' };
}

/**
 * Returns the answer with its body as the page's author wrote it; where the config asks for a packing itself, the body
 * stays packed.
 */
async function unpacked(answer: Answer, body: Buffer, options: HttpResponseOptions): Promise<Exchange> {
  const isPacked = answer.headers['content-encoding'] === 'gzip' && body.length > 0;
  if (!isPacked || options.headers['accept-encoding'] !== undefined)
    return { kind: 'answered', answer, body };
  // What described the packed body is gone with it.
  const { 'content-encoding': _, 'content-length': __, ...headers } = answer.headers;
  const bare = { ...answer, headers };
  try {
    const text = await unpack(body, { maxOutputLength: options.maxBodyBytes });
    return { kind: 'answered', answer: bare, body: text };
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const receivedBytes = isTooLarge ? options.maxBodyBytes + 1 : 0;
    const reason = isTooLarge ? answerTooLarge() : answerEndedEarly();
    return { kind: 'cut', answer: bare, receivedBytes, reason, detail: (error as Error).message };
  }
}

/** Reduces headers to their first values: of one that came several times the first counts. */
function firstValues(distinct: NodeJS.Dict<string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(distinct).map(([name, values]) => [name, values?.[0] ?? '']));
}

function headersFor({ url, isHome }: Hop, { options, cookies }: Run): Record<string, string> {
  const headers = { ...options.headers };
  if (!isHome) {
    for (const name of ['authorization', 'cookie', 'host']) delete headers[name];
  }
  // A redirect may name the login itself.
  const login = loginOf(url);
  if (login !== ':') headers['authorization'] ??= `Basic ${Buffer.from(login).toString('base64')}`;
  const cookie = [headers['cookie'], cookies.headerFor(url)].filter((part) => part !== undefined).join('; ');
  return cookie === '' ? headers : { ...headers, cookie };
}

/** Returns user and password of a URL with a colon between them. */
function loginOf({ username, password }: URL): string {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return `${username}:${password}`;
  }
}

function failed(error: unknown, url: URL, options: HttpResponseOptions): Exchange {
  if (error instanceof OutboundRefused) {
    const result = error.reason === 'dns' ? 'dns_error' : 'connection_failed';
    return { kind: 'failed', result, reason: error.message };
  }
  if (!(error instanceof OutboundError)) throw error;
  if (error.reason === 'timeout') {
    return { kind: 'failed', result: 'timeout', reason: noAnswerInTime(options.timeoutMs / 1000) };
  }
  const result = error.reason === 'dns' ? 'dns_error' : 'connection_failed';
  const { message: reason } = connectionFault(error, placeOf(url));
  return { kind: 'failed', result, reason, detail: error.message };
}

/** Returns a header with the letters that its octets say: Node reads each octet as one. */
function asSent(header: string): string {
  const octets = Buffer.from(header, 'latin1');
  return isUtf8(octets) ? octets.toString() : header;
}

/** Returns the request that a redirect leads to; undefined where there is none to follow. */
function nextHop(hop: Hop, first: URL, result: Exchange): Hop | 'nowhere' | undefined {
  if (result.kind === 'failed' || !REDIRECTS.has(result.answer.status)) return undefined;
  const location = asSent(result.answer.headers['location'] ?? '');
  if (location === '') return undefined;
  const url = URL.canParse(location, hop.url.href) ? new URL(location, hop.url) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return 'nowhere';
  const keepsBody = result.answer.status >= 307 || hop.method === 'GET' || hop.method === 'HEAD';
  return {
    url,
    method: keepsBody ? hop.method : 'GET',
    body: keepsBody ? hop.body : undefined,
    isHome: hop.isHome && url.origin === first.origin,
  };
}
