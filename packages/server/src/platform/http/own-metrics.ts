import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { ClientAddress } from './client-address.ts';
import { publicAccess } from './route-access.ts';

export function createMetricsRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'stratora_' });
  return registry;
}

/** Adds `GET /metrics`, for callers on the internal port only: not through the front door, not over TLS. */
export function addMetricsRoute(app: FastifyInstance, registry: Registry, address: ClientAddress): void {
  app.get(
    '/metrics',
    { config: { access: publicAccess }, schema: { hide: true } },
    async (request, reply) => {
      const overTls = 'encrypted' in request.raw.socket;
      const forwarded = request.headers['x-forwarded-for'] !== undefined;
      if (overTls || forwarded || address.isProxied(request)) return reply.callNotFound();
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );
}
