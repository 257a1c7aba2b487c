import {
  approvalSchema,
  type Component,
  componentListSchema,
  componentSchema,
  componentTypeSchema,
  configPinSchema,
  idSchema,
  listQuerySchema,
  replaceComponentSchema,
  rotatedKeySchema,
  updateComponentSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import type { ComponentService } from './component-service.ts';

const params = z.object({ id: idSchema });
const tags = ['components'];
const entity = entityKind<Component>('name', 'site_id', 'engine_choice', 'approval', 'pinned_generation');
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
    {
      ...userAccess('monitoring:read', { entity }),
      schema: { summary: 'One component', tags, params, response: { 200: componentSchema } },
    },
    (request) => components.get(request.params.id),
  );
}

function addChanges(routes: Routes, components: ComponentService): void {
  const manage = userAccess('components:manage', { entity });
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
    (request) =>
      components.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    '/api/v1/components/:id',
    {
      ...manage,
      schema: {
        summary: 'Replace what people set of a component',
        tags,
        body: replaceComponentSchema,
        ...answer,
      },
    },
    (request) =>
      components.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    '/api/v1/components/:id/config-pin',
    {
      ...manage,
      schema: { summary: 'Hold a component at one of its configs', tags, body: configPinSchema, ...answer },
    },
    (request) =>
      components.pin(actorOf(request), request.params.id, request.body.generation, ifMatch(request, entity)),
  );
  routes.delete(
    '/api/v1/components/:id/config-pin',
    { ...manage, schema: { summary: 'Give a component the newest config again', tags, ...answer } },
    (request) => components.pin(actorOf(request), request.params.id, null, ifMatch(request, entity)),
  );
}

function addDecisions(routes: Routes, components: ComponentService): void {
  const manage = userAccess('components:manage', { entity });
  const decide = userAccess('components:manage', {
    entity,
    isRepeatable: true,
    refusals: ['invalid_state'],
  });
  for (const decision of ['approve', 'reject', 'revoke'] as const) {
    routes.post(
      `/api/v1/components/:id/${decision}`,
      {
        ...decide,
        schema: {
          operationId: `${decision}Component`,
          summary: `Say ${decision} to a component`,
          tags,
          params,
          response: { 200: componentSchema },
        },
      },
      (request) => components.decide(actorOf(request), request.params.id, decision, ifMatch(request, entity)),
    );
  }
  routes.post(
    '/api/v1/components/:id/rotate-key',
    {
      ...userAccess('components:manage', {
        isRepeatable: true,
        requestHeaders: ['if-match'],
        refusals: ['changed_meanwhile', 'invalid_state'],
      }),
      schema: {
        operationId: 'rotateComponentKey',
        summary: 'A new key; the old one ends with its first use',
        tags,
        params,
        response: { 200: rotatedKeySchema },
      },
    },
    (request) => components.rotateKey(actorOf(request), request.params.id, ifMatch(request, entity)),
  );
  routes.delete(
    '/api/v1/components/:id',
    { ...manage, schema: { summary: 'Delete a component', tags, params, response: { 204: z.null() } } },
    async (request, reply) => {
      await components.delete(actorOf(request), request.params.id, ifMatch(request, entity));
      return reply.status(204).send(null);
    },
  );
}
