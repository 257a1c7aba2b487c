import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

export const PROXY_HEADER = 'x-stratora-proxy';

/** The way to find out whether a request came through our own front door, and from where. */
export interface ClientAddress {
  /** Whether the request carries the secret that only our own proxy knows. */
  isProxied(request: FastifyRequest): boolean;
  of(request: FastifyRequest): string;
}

/**
 * Builds the finder of client addresses. `X-Forwarded-For` counts only beside a header equal to the proxy's secret, and
 * then only its last entry, which is the one that our proxy wrote; anyone else can write what they like and stays who
 * they are.
 */
export function clientAddress(proxySecret: string | undefined): ClientAddress {
  const expected = proxySecret === undefined ? undefined : digest(proxySecret);
  const isProxied = (request: FastifyRequest) => {
    const given = request.headers[PROXY_HEADER];
    return expected !== undefined && typeof given === 'string' && timingSafeEqual(digest(given), expected);
  };
  return {
    isProxied,
    of(request) {
      const direct = request.raw.socket.remoteAddress ?? 'unknown';
      if (!isProxied(request)) return direct;
      const header = request.headers['x-forwarded-for'];
      const last =
        (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').at(-1)?.trim() ?? '';
      return isIP(last) === 0 ? direct : last;
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
