import {
  idSchema,
  outageNoticesSchema,
  outageOrdersAnswerSchema,
  outageReportSchema,
} from '@stratora/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { componentAccess, type Routes, requireComponentId, userAccess } from '../../platform/http/index.ts';
import type { CallOfCollector, OutageService } from './outage-service.ts';

const params = z.object({ id: idSchema });
const tags = ['components'];
/** Most bytes of a report: its messages, each with what the other end said. */
const REPORT_LIMIT_BYTES = 4 * 1024 * 1024;
/** An entity tag that one of our marks could stand in. */
const MARK = /^"([A-Za-z0-9_-]{1,64})"$/;

/** Routes by which collectors fetch their orders and report what they told. */
export function outageCollectorRoutes(service: OutageService): (routes: Routes) => void {
  return (routes) => {
    routes.get(
      '/api/v1/remote-collectors/:id/outage-orders',
      {
        ...componentAccess('collector', { requestHeaders: ['if-none-match'], answerHeaders: ['etag'] }),
        schema: {
          operationId: 'getOutageOrders',
          summary: 'Whom a collector tells while it cannot reach the server, with the secrets for it',
          tags,
          params,
          response: { 200: outageOrdersAnswerSchema, 304: z.null().describe('nothing changed') },
        },
      },
      async (request, reply) => {
        const { componentId } = requireComponentId(request, request.params.id);
        const known = MARK.exec(request.headers['if-none-match'] ?? '')?.[1];
        const { mark, orders } = await service.deliver(componentId, known, callOf(request));
        reply.header('etag', `"${mark}"`).header('cache-control', 'no-store');
        return orders === undefined ? reply.code(304).send(null) : reply.send({ orders });
      },
    );
    routes.post(
      '/api/v1/remote-collectors/:id/outages',
      {
        ...componentAccess('collector'),
        bodyLimit: REPORT_LIMIT_BYTES,
        schema: {
          operationId: 'reportOutage',
          summary: 'An outage of the server as a collector saw it, and whom it told',
          tags,
          params,
          body: outageReportSchema,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { componentId } = requireComponentId(request, request.params.id);
        await service.report(componentId, request.body, callOf(request));
        return reply.code(204).send(null);
      },
    );
  };
}

/** The route by which people see whether a collector would tell, and what it told. */
export function outageUserRoutes(service: OutageService): (routes: Routes) => void {
  return (routes) => {
    routes.get(
      '/api/v1/components/:id/outage-notices',
      {
        ...userAccess('monitoring:read'),
        schema: {
          operationId: 'getOutageNotices',
          summary: 'Whether a collector tells people when it cannot reach the server, and what it told',
          tags,
          params,
          response: { 200: outageNoticesSchema },
        },
      },
      (request) => service.show(request.params.id),
    );
  };
}

function callOf({ id, clientAddress }: FastifyRequest): CallOfCollector {
  return { requestId: id, address: clientAddress };
}
