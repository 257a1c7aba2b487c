import type { HttpSecret } from '@stratora/contract';
import {
  createHttpClient,
  type HttpAnswer,
  OutboundError,
  OutboundGuard,
  OutboundRefused,
  sanitizeText,
} from '@stratora/runtime';
import { connectionFault, placeOf } from '../inputs/connection-fault.ts';
import { answerTooLarge, noAnswerInTime, targetForbidden } from '../target-words.ts';
import { type LoginAnswer, type LoginCall, loggedIn, notLoggedIn } from './login.ts';

const TIMEOUT_MS = 10_000;
/** Most bytes of a page that are read. */
const PAGE_MAX_BYTES = 4 * 1024 * 1024;

/** Asks for a web page once without the login and once with it, at the node's own address: redirects are not followed. */
export async function tryToReadPage(call: LoginCall): Promise<LoginAnswer> {
  const { order, outboundAllow, signal } = call;
  if (order.url === null) return notLoggedIn('unsupported', 'The node has no web address to log in at.');
  const url = new URL(order.url);
  const { host, port } = placeOf(url);
  const guard = new OutboundGuard({ allow: outboundAllow, refusal: targetForbidden });
  try {
    const addresses = await guard.resolve(host, { port });
    const client = createHttpClient({
      baseUrl: url.origin,
      addresses,
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: PAGE_MAX_BYTES,
    });
    const ask = (headers: Record<string, string>) =>
      client.request({ method: 'GET', path: `${url.pathname}${url.search}`, headers, signal });
    try {
      // A page that asks for no login says nothing of this one.
      const open = await ask({});
      const known = await ask({ authorization: authorizationOf(order.secret as HttpSecret) });
      return judge(open.status, known);
    } finally {
      client.close();
    }
  } catch (error) {
    if (signal.aborted) throw error;
    return failure(error, { host, port });
  }
}

function authorizationOf({ scheme, username, password, token }: HttpSecret): string {
  if (scheme === 'bearer') return `Bearer ${token ?? ''}`;
  return `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64')}`;
}

function judge(openStatus: number, known: HttpAnswer): LoginAnswer {
  const { status, headers } = known;
  if (status === 401 || status === 403) {
    const words =
      status === 401
        ? 'The server refuses the login (401).'
        : 'The server answers 403: the login may be right, but is not allowed to see this page.';
    return notLoggedIn('auth', words);
  }
  if (status >= 400) {
    const words = `The server answers ${status} to this address, which says nothing of the login.`;
    return notLoggedIn('bad_answer', words);
  }
  const server = headers['server'];
  const device = server === undefined ? {} : { description: sanitizeText(server, 300) };
  if (openStatus < 400) {
    const words = `The server answers ${status} with the login, and ${openStatus} without it: this page asks for none.`;
    return loggedIn(words, device);
  }
  return loggedIn(`The server takes the login (${status}).`, device);
}

function failure(error: unknown, place: { host: string; port: number }): LoginAnswer {
  if (error instanceof OutboundRefused) return notLoggedIn('refused', error.message);
  if (!(error instanceof OutboundError)) throw error;
  if (error.reason === 'timeout') return notLoggedIn('timeout', noAnswerInTime(TIMEOUT_MS / 1000));
  if (error.reason === 'too_large') return notLoggedIn('bad_answer', answerTooLarge());
  const { status, message } = connectionFault(error, place);
  if (error.reason === 'tls')
    return notLoggedIn('untrusted', `${message} The login was not sent.`, error.message);
  return notLoggedIn(status, message, error.message);
}
