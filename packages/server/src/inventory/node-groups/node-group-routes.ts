import {
  createNodeGroupSchema,
  idSchema,
  listQuerySchema,
  type NodeGroup,
  nodeGroupListSchema,
  nodeGroupSchema,
  replaceNodeGroupSchema,
  updateNodeGroupSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import type { NodeGroupService } from './node-group-service.ts';

const params = z.object({ id: idSchema });
const tags = ['node groups'];
const entity = entityKind<NodeGroup>('name', 'description', 'updated_at');

export function nodeGroupRoutes(groups: NodeGroupService): (routes: Routes) => void {
  return (routes) => {
    addReading(routes, groups);
    addWriting(routes, groups);
  };
}

function addReading(routes: Routes, groups: NodeGroupService): void {
  const read = userAccess('monitoring:read');
  routes.get(
    '/api/v1/node-groups',
    {
      ...read,
      schema: {
        summary: 'List node groups',
        tags,
        querystring: listQuerySchema,
        response: { 200: nodeGroupListSchema },
      },
    },
    (request) => groups.list(request.query),
  );
  routes.get(
    '/api/v1/node-groups/:id',
    {
      ...userAccess('monitoring:read', { entity }),
      schema: { summary: 'One group', tags, params, response: { 200: nodeGroupSchema } },
    },
    (request) => groups.get(request.params.id),
  );
}

function addWriting(routes: Routes, groups: NodeGroupService): void {
  const write = userAccess('inventory:write', { entity });
  const named = userAccess('inventory:write', { entity, refusals: ['name_taken'] });
  routes.post(
    '/api/v1/node-groups',
    {
      ...userAccess('inventory:write', { entity, isRepeatable: true, refusals: ['name_taken'] }),
      schema: {
        summary: 'Create a group',
        tags,
        body: createNodeGroupSchema,
        response: { 201: nodeGroupSchema },
      },
    },
    async (request, reply) => reply.status(201).send(await groups.create(actorOf(request), request.body)),
  );
  const answer = { tags, params, response: { 200: nodeGroupSchema } };
  routes.patch(
    '/api/v1/node-groups/:id',
    {
      ...named,
      schema: { summary: 'Change a group; what is absent stays', body: updateNodeGroupSchema, ...answer },
    },
    (request) => groups.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    '/api/v1/node-groups/:id',
    { ...named, schema: { summary: 'Replace a group', body: replaceNodeGroupSchema, ...answer } },
    (request) => groups.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.delete(
    '/api/v1/node-groups/:id',
    {
      ...write,
      schema: { summary: 'Delete a group, not its nodes', tags, params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await groups.delete(actorOf(request), request.params.id, ifMatch(request, entity));
      return reply.status(204).send(null);
    },
  );
}
