import {
  type AlertDefinition,
  alertDefinitionListQuerySchema,
  alertDefinitionListSchema,
  alertDefinitionSchema,
  cloneAlertDefinitionSchema,
  createAlertDefinitionSchema,
  idSchema,
  replaceAlertDefinitionSchema,
  updateAlertDefinitionSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import type { DefinitionService } from './definition-service.ts';
import { WRITTEN_FIELDS } from './shipped-content.ts';

const params = z.object({ id: idSchema });
const tags = ['alert definitions'];
const entity = entityKind<AlertDefinition>(...WRITTEN_FIELDS, 'updated_at');

export function definitionRoutes(definitions: DefinitionService): (routes: Routes) => void {
  return (routes) => {
    addReading(routes, definitions);
    addWriting(routes, definitions);
    addCopying(routes, definitions);
    addRemoval(routes, definitions);
  };
}

function addReading(routes: Routes, definitions: DefinitionService): void {
  routes.get(
    '/api/v1/alert-definitions',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'List alert definitions',
        tags,
        querystring: alertDefinitionListQuerySchema,
        response: { 200: alertDefinitionListSchema },
      },
    },
    (request) => definitions.list(request.query),
  );
  routes.get(
    '/api/v1/alert-definitions/:id',
    {
      ...userAccess('monitoring:read', { entity }),
      schema: { summary: 'One alert definition', tags, params, response: { 200: alertDefinitionSchema } },
    },
    (request) => definitions.get(request.params.id),
  );
}

function addWriting(routes: Routes, definitions: DefinitionService): void {
  routes.post(
    '/api/v1/alert-definitions',
    {
      ...userAccess('alerts:write', { entity, isRepeatable: true, refusals: ['name_taken'] }),
      schema: {
        summary: 'Create an alert definition, or one that replaces another within its scope',
        tags,
        body: createAlertDefinitionSchema,
        response: { 201: alertDefinitionSchema },
      },
    },
    async (request, reply) => reply.code(201).send(await definitions.create(actorOf(request), request.body)),
  );
  const change = userAccess('alerts:write', { entity, refusals: ['name_taken'] });
  const answer = { tags, params, response: { 200: alertDefinitionSchema } };
  const summary = 'Change an alert definition; what is absent stays';
  routes.patch(
    '/api/v1/alert-definitions/:id',
    { ...change, schema: { summary, body: updateAlertDefinitionSchema, ...answer } },
    (request) =>
      definitions.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    '/api/v1/alert-definitions/:id',
    {
      ...change,
      schema: { summary: 'Replace an alert definition', body: replaceAlertDefinitionSchema, ...answer },
    },
    (request) =>
      definitions.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
}

function addCopying(routes: Routes, definitions: DefinitionService): void {
  routes.post(
    '/api/v1/alert-definitions/:id/clone',
    {
      ...userAccess('alerts:write', { isRepeatable: true, refusals: ['name_taken'] }),
      schema: {
        operationId: 'cloneAlertDefinition',
        summary: 'Copy an alert definition; the copy is switched off',
        tags,
        params,
        body: cloneAlertDefinitionSchema,
        response: { 201: alertDefinitionSchema },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await definitions.clone(actorOf(request), request.params.id, request.body.name)),
  );
  routes.post(
    '/api/v1/alert-definitions/:id/reset',
    {
      ...userAccess('alerts:write', { entity, refusals: ['invalid_state', 'name_taken'] }),
      schema: {
        operationId: 'resetAlertDefinition',
        summary: 'Make a definition of the product again what the product ships',
        tags,
        params,
        response: { 200: alertDefinitionSchema },
      },
    },
    (request) => definitions.reset(actorOf(request), request.params.id, ifMatch(request, entity)),
  );
}

function addRemoval(routes: Routes, definitions: DefinitionService): void {
  routes.delete(
    '/api/v1/alert-definitions/:id',
    {
      ...userAccess('alerts:write', { entity, refusals: ['invalid_state'] }),
      schema: {
        summary:
          'Delete an alert definition and those that replace it; one of the product can only be switched off',
        tags,
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await definitions.delete(actorOf(request), request.params.id, ifMatch(request, entity));
      return reply.code(204).send(null);
    },
  );
}
