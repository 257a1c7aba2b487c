import { CSRF_HEADER, CSRF_VALUE } from '@stratora/contract';
import type { FastifyRequest } from 'fastify';
import { appError } from '../../platform/http/index.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Requires of a call that changes something, and that a browser makes with its cookie, a header that no form of another
 * site can send, and an `Origin` of our own.
 *
 * @throws AppError csrf_rejected
 */
export function requireSameSite(request: FastifyRequest, publicOrigin: string): void {
  if (SAFE_METHODS.has(request.method)) return;
  if (request.headers[CSRF_HEADER] !== CSRF_VALUE) {
    throw appError(
      'csrf_rejected',
      'Calls with a session cookie need the header X-Requested-With: stratora.',
    );
  }
  const { origin } = request.headers;
  if (origin === undefined || !isOwnOrigin(origin, request, publicOrigin)) {
    throw appError('csrf_rejected', 'Calls with a session cookie need an Origin of this site.');
  }
}

function isOwnOrigin(origin: string, request: FastifyRequest, publicOrigin: string): boolean {
  if (origin === publicOrigin) return true;
  const host = request.headers.host ?? '';
  // The machine may be reached by another name: the browser's own Host header tells which.
  return host !== '' && (origin === `https://${host}` || (isDirect(request) && origin === `http://${host}`));
}

/** Whether a request came to the internal port without a front door: plain HTTP on the loopback. */
function isDirect(request: FastifyRequest): boolean {
  return !('encrypted' in request.raw.socket) && request.headers['x-forwarded-for'] === undefined;
}
