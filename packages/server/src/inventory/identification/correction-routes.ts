import {
  type IdentityCorrection,
  identityCorrectionListSchema,
  identityCorrectionSchema,
  idSchema,
  listQuerySchema,
  type NodeCorrection,
  nodeCorrectionSchema,
  replaceNodeCorrectionSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import type { CorrectionService } from './correction-service.ts';

const params = z.object({ id: idSchema });
const tags = ['discovery'];
const WRITTEN = [
  'vendor',
  'model',
  'os',
  'family',
  'device_type',
  'template',
  'for_alike',
  'sys_object_id',
  'sys_descr',
  'sys_name',
] as const;
const ofNode = entityKind<NodeCorrection>(...WRITTEN);
const single = entityKind<IdentityCorrection>(...WRITTEN);

/** Adds the routes of what people say that devices are. */
export function correctionRoutes(corrections: CorrectionService): (routes: Routes) => void {
  return (routes) => {
    addOfNode(routes, corrections);
    addList(routes, corrections);
  };
}

function addOfNode(routes: Routes, corrections: CorrectionService): void {
  const answer = { tags, params, response: { 200: nodeCorrectionSchema } };
  routes.get(
    '/api/v1/nodes/:id/identity-correction',
    {
      ...userAccess('monitoring:read', { entity: ofNode }),
      schema: { summary: 'What somebody said that a node is', ...answer },
    },
    (request) => corrections.getOfNode(request.params.id),
  );
  routes.put(
    '/api/v1/nodes/:id/identity-correction',
    {
      ...userAccess('inventory:write', { entity: ofNode }),
      schema: {
        summary: 'Say what a node is, which wins over every rule; an identity of nulls takes it back',
        body: replaceNodeCorrectionSchema,
        ...answer,
      },
    },
    (request) =>
      corrections.setOfNode(actorOf(request), request.params.id, request.body, ifMatch(request, ofNode)),
  );
}

function addList(routes: Routes, corrections: CorrectionService): void {
  routes.get(
    '/api/v1/identity-corrections',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'All corrections of identities: cases that rules can be tested by',
        tags,
        querystring: listQuerySchema,
        response: { 200: identityCorrectionListSchema },
      },
    },
    (request) => corrections.list(request.query),
  );
  routes.get(
    '/api/v1/identity-corrections/:id',
    {
      ...userAccess('monitoring:read', { entity: single }),
      schema: { summary: 'One correction', tags, params, response: { 200: identityCorrectionSchema } },
    },
    (request) => corrections.get(request.params.id),
  );
  routes.delete(
    '/api/v1/identity-corrections/:id',
    {
      ...userAccess('inventory:write', { entity: single }),
      schema: { summary: 'Take a correction back', tags, params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await corrections.delete(actorOf(request), request.params.id, ifMatch(request, single));
      return reply.status(204).send(null);
    },
  );
}
