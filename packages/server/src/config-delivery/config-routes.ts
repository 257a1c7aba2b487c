import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { appError, componentAccess, type Routes, requireComponentId } from '../http/index.ts';
import type { ConfigDeliveryService, DeliveredConfig } from './config-delivery-service.ts';

export interface ConfigRoutesDependencies {
  service: ConfigDeliveryService;
  /** The pull is a collector's sign of life; `runningHash` is what it says it has. */
  onPull: (componentId: string, runningHash: string | undefined) => void;
}

/** Config pull of collectors and agents: 304 while nothing changed, else the telegraf.conf with a strong ETag. */
export function configRoutes({ service, onPull }: ConfigRoutesDependencies): (routes: Routes) => void {
  async function deliver(
    request: FastifyRequest,
    reply: FastifyReply,
    componentId: string,
  ): Promise<FastifyReply> {
    const known = request.headers['if-none-match'];
    // The first tag is what runs; others are configs that failed, and need not be sent again.
    onPull(componentId, known?.split(',')[0]?.trim().replaceAll('"', ''));
    const config = service.peek(componentId) ?? (await service.find(componentId));
    if (!config) throw appError('not_found', 'There is no config for this component.');
    return send(reply, config, known);
  }

  return (routes) => {
    routes.get<{ Params: { id: string } }>(
      '/api/v1/remote-collectors/:id/config',
      { ...componentAccess('collector'), schema: documentation('The config that a collector should run') },
      async (request, reply) =>
        deliver(request, reply, requireComponentId(request, request.params.id).componentId),
    );
    routes.get<{ Params: { node_id: string } }>(
      '/api/v1/agents/:node_id/config',
      { ...componentAccess('agent'), schema: documentation('The config that an agent should run') },
      async (request, reply) =>
        deliver(request, reply, requireComponentId(request, request.params.node_id, 'agent').componentId),
    );
  };
}

function documentation(summary: string) {
  const response = { 200: z.string().describe('a telegraf.conf'), 304: z.null().describe('nothing changed') };
  return { summary, tags: ['components'], produces: ['application/toml'], response };
}

function send(reply: FastifyReply, config: DeliveredConfig, known: string | undefined): FastifyReply {
  reply.header('etag', config.etag);
  if (known !== undefined && known.split(',').some((tag) => tag.trim() === config.etag)) {
    return reply.code(304).send();
  }
  return reply.header('content-type', 'application/toml; charset=utf-8').send(config.text);
}
