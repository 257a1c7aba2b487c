import {
  approvalSchema,
  componentListSchema,
  componentSchema,
  componentTypeSchema,
  configPinSchema,
  idSchema,
  listQuerySchema,
  rotatedKeySchema,
  updateComponentSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { ComponentService } from './component-service.ts';

const params = z.object({ id: idSchema });
const tags = ['components'];
const querySchema = listQuerySchema.extend({
  component_type: componentTypeSchema.optional(),
  approval: approvalSchema.optional(),
});

/** Routes for users: collectors and agents. */
export function componentRoutes(components: ComponentService): (routes: Routes) => void {
  return (routes) => {
    addReading(routes, components);
    addChanges(routes, components);
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

function addChanges(routes: Routes, components: ComponentService): void {
  const manage = userAccess('components:manage');
  const answer = { params, response: { 200: componentSchema } };
  routes.patch(
    '/api/v1/components/:id',
    {
      ...manage,
      schema: {
        summary: 'Change a component; what is absent stays',
        tags,
        body: updateComponentSchema,
        ...answer,
      },
    },
    (request) => components.update(actorOf(request), request.params.id, request.body),
  );
  routes.put(
    '/api/v1/components/:id/config-pin',
    {
      ...manage,
      schema: { summary: 'Hold a component at one of its configs', tags, body: configPinSchema, ...answer },
    },
    (request) => components.pin(actorOf(request), request.params.id, request.body.generation),
  );
  routes.delete(
    '/api/v1/components/:id/config-pin',
    { ...manage, schema: { summary: 'Give a component the newest config again', tags, ...answer } },
    (request) => components.pin(actorOf(request), request.params.id, null),
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
