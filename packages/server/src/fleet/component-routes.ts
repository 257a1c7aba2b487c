import {
  approvalSchema,
  componentListSchema,
  componentSchema,
  componentTypeSchema,
  idSchema,
  listQuerySchema,
  rotatedKeySchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import { type Routes, userAccess } from '../http/index.ts';
import type { ComponentService } from './component-service.ts';

const params = z.object({ id: idSchema });
const tags = ['components'];
const querySchema = listQuerySchema.extend({
  component_type: componentTypeSchema.optional(),
  approval: approvalSchema.optional(),
});

/** Collectors and agents, for users. */
export function componentRoutes(components: ComponentService): (routes: Routes) => void {
  return (routes) => {
    addReading(routes, components);
    addDecisions(routes, components);
  };
}

function addReading(routes: Routes, components: ComponentService): void {
  const read = userAccess('monitoring:read');
  routes.get(
    '/api/v1/components',
    {
      ...read,
      schema: {
        summary: 'Collectors and agents',
        tags,
        querystring: querySchema,
        response: { 200: componentListSchema },
      },
    },
    (request) => {
      const { component_type, approval, ...query } = request.query;
      return components.list(query, { component_type, approval });
    },
  );
  routes.get(
    '/api/v1/components/:id',
    { ...read, schema: { summary: 'One component', tags, params, response: { 200: componentSchema } } },
    (request) => components.get(request.params.id),
  );
}

function addDecisions(routes: Routes, components: ComponentService): void {
  const manage = userAccess('components:manage');
  for (const decision of ['approve', 'reject', 'revoke'] as const) {
    routes.post(
      `/api/v1/components/:id/${decision}`,
      {
        ...manage,
        schema: {
          summary: `Say ${decision} to a component`,
          tags,
          params,
          response: { 200: componentSchema },
        },
      },
      (request) => components.decide(actorOf(request), request.params.id, decision),
    );
  }
  routes.post(
    '/api/v1/components/:id/rotate-key',
    {
      ...manage,
      schema: {
        summary: 'A new key; the old one ends with its first use',
        tags,
        params,
        response: { 200: rotatedKeySchema },
      },
    },
    (request) => components.rotateKey(actorOf(request), request.params.id),
  );
  routes.delete(
    '/api/v1/components/:id',
    { ...manage, schema: { summary: 'Delete a component', tags, params, response: { 204: z.null() } } },
    async (request, reply) => {
      await components.delete(actorOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}
