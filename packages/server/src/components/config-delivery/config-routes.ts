import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  appError,
  componentAccess,
  namesTag,
  type RouteDocument,
  type Routes,
  requireComponentId,
} from '../../platform/http/index.ts';
import type { ConfigDeliveryService, DeliveredConfig } from './config-delivery-service.ts';

export const COLLECTOR_CONFIG_ROUTE = '/api/v1/remote-collectors/:id/config';
export const AGENT_CONFIG_ROUTE = '/api/v1/agents/:node_id/config';
export const CONFIG_TYPE = 'application/toml; charset=utf-8';

const CONFIG_DOCUMENT: RouteDocument = {
  refusals: ['not_found'],
  requestHeaders: ['if-none-match'],
  answerHeaders: ['etag'],
};

/** Called for each pull, a collector's sign of life, with the hash that the component says it runs. */
export type OnPull = (componentId: string, runningHash: string | undefined) => void;

export interface ConfigRoutesOptions {
  service: Pick<ConfigDeliveryService, 'peek' | 'find'>;
  onPull: OnPull;
}

/** Routes of the config pull of collectors and agents: 304 while nothing changed, else the telegraf.conf with a strong ETag. */
export function configRoutes({ service, onPull }: ConfigRoutesOptions): (routes: Routes) => void {
  async function deliver(
    request: FastifyRequest,
    reply: FastifyReply,
    componentId: string,
  ): Promise<FastifyReply> {
    const known = request.headers['if-none-match'];
    onPull(componentId, runningHashOf(known));
    const config = service.peek(componentId) ?? (await service.find(componentId));
    if (!config) throw appError('not_found', 'There is no config for this component.');
    return send(reply, config, known);
  }

  return (routes) => {
    routes.get<{ Params: { id: string } }>(
      COLLECTOR_CONFIG_ROUTE,
      {
        ...componentAccess('collector', CONFIG_DOCUMENT),
        schema: documentation('The config that a collector should run'),
      },
      async (request, reply) =>
        deliver(request, reply, requireComponentId(request, request.params.id).componentId),
    );
    routes.get<{ Params: { node_id: string } }>(
      AGENT_CONFIG_ROUTE,
      {
        ...componentAccess('agent', CONFIG_DOCUMENT),
        schema: documentation('The config that an agent should run'),
      },
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
  if (isKnown(config, known)) return reply.code(304).send();
  return reply.header('content-type', CONFIG_TYPE).send(config.text);
}

/** Whether an `If-None-Match` names this config. */
export function isKnown({ etag }: DeliveredConfig, tags: string | undefined): boolean {
  return tags !== undefined && (tags === etag || namesTag(tags, etag));
}

/** Reads the hash that runs, the first tag of an `If-None-Match`. Others are configs that failed, and need not be sent again. */
export function runningHashOf(tags: string | undefined): string | undefined {
  if (tags === undefined) return undefined;
  const comma = tags.indexOf(',');
  const first = (comma < 0 ? tags : tags.slice(0, comma)).trim();
  return first === '*' ? undefined : first.replace(/^W\//, '').replaceAll('"', '');
}
