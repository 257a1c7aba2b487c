import { CSRF_HEADER, CSRF_VALUE } from '@stratora/contract';
import type { FastifyRequest } from 'fastify';
import { appError } from '../../platform/http/index.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Requires of a call that changes something, and that a browser makes with its cookie, a header that no form of another
 * site can send, and the word of the browser that the page is one of our own.
 *
 * @param ownOrigins origins at which browsers find the product, whatever name a request carries
 * @throws AppError csrf_rejected
 */
export function requireSameSite(request: FastifyRequest, ownOrigins: readonly string[]): void {
  if (SAFE_METHODS.has(request.method)) return;
  if (request.headers[CSRF_HEADER] !== CSRF_VALUE) {
    throw appError(
      'csrf_rejected',
      'Calls with a session cookie need the header X-Requested-With: stratora.',
    );
  }
  const { origin } = request.headers;
  if (origin !== undefined && isOwnOrigin(origin, request, ownOrigins)) return;
  if (isSameOriginByBrowser(request)) return;
  throw appError(
    'csrf_rejected',
    `Calls with a session cookie need an Origin of this site. ${advice(origin)}`,
  );
}

function isOwnOrigin(origin: string, request: FastifyRequest, ownOrigins: readonly string[]): boolean {
  if (ownOrigins.includes(origin)) return true;
  // The machine may be reached by another name: the browser's own Host header tells which, or a proxy hands it on.
  const { host = '' } = request.headers;
  if (host !== '' && (origin === `https://${host}` || (isDirect(request) && origin === `http://${host}`))) {
    return true;
  }
  // No page of another site can send this header: a browser would ask us for leave first, and we give none.
  const forwarded = request.headers['x-forwarded-host'];
  const shown = typeof forwarded === 'string' ? (forwarded.split(',')[0] ?? '').trim() : '';
  return shown !== '' && origin === `https://${shown}`;
}

/** Whether a request came to the internal port without a front door: plain HTTP on the loopback. */
function isDirect(request: FastifyRequest): boolean {
  return !('encrypted' in request.raw.socket) && request.headers['x-forwarded-for'] === undefined;
}

/**
 * Whether the browser says that the page and the address that it calls are one origin (Fetch Metadata, W3C). It holds
 * behind every proxy, since the browser compares what it sees itself, and no page can set the header.
 */
function isSameOriginByBrowser(request: FastifyRequest): boolean {
  return request.headers['sec-fetch-site'] === 'same-origin';
}

/** Most characters of an origin that a message repeats. */
const SHOWN_ORIGIN = 200;

function advice(origin: string | undefined): string {
  const isUsable =
    origin !== undefined && /^https:\/\/[^\s/@?#,"]+$/.test(origin) && origin.length <= SHOWN_ORIGIN;
  const example = isUsable ? origin : 'https://NAME[:PORT]';
  return (
    `Where a reverse proxy stands before Stratora, name the address that browsers use: --public-origin ${example} ` +
    '(STRATORA_PUBLIC_ORIGIN), or let the proxy hand on the Host header with its port.'
  );
}
