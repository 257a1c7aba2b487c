import { randomUUID } from 'node:crypto';
import type { Logger } from '@stratora/runtime';
import type { FastifyInstance } from 'fastify';
import type { HttpMetrics } from './http-metrics.ts';

export const REQUEST_ID_HEADER = 'x-request-id';

export function newRequestId(): string {
  return randomUUID();
}

/**
 * Installs the log of requests: one line each, with the request id that the answer carries. What components do every 10
 * s is logged at debug level as long as it works; paths are logged without their query, which may hold a search term or
 * an expression.
 */
export function installRequestLog(app: FastifyInstance, metrics: HttpMetrics, logger: Logger): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode, elapsedTime } = reply;
    const access = request.routeOptions.config.access;
    const route = request.routeOptions.url ?? 'none';
    metrics.observe(request.method, route, statusCode, elapsedTime);
    const routine = access?.scope !== 'user' && statusCode < 400;
    const level = statusCode >= 500 ? 'warn' : routine ? 'debug' : 'info';
    if (level === 'debug' && !logger.isLevelEnabled('debug')) return;
    logger[level](
      {
        requestId: request.id,
        method: request.method,
        path: request.url.split('?', 1)[0],
        status: statusCode,
        durationMs: Math.round(elapsedTime),
        user: request.identity?.kind === 'user' ? request.identity.username : undefined,
        componentId: request.identity?.kind === 'component' ? request.identity.componentId : undefined,
      },
      'request',
    );
  });
}
