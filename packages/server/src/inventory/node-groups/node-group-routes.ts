import {
  createNodeGroupSchema,
  idSchema,
  listQuerySchema,
  nodeGroupListSchema,
  nodeGroupSchema,
  updateNodeGroupSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { NodeGroupService } from './node-group-service.ts';

const params = z.object({ id: idSchema });
const tags = ['node groups'];

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
    { ...read, schema: { summary: 'One group', tags, params, response: { 200: nodeGroupSchema } } },
    (request) => groups.get(request.params.id),
  );
}

function addWriting(routes: Routes, groups: NodeGroupService): void {
  const write = userAccess('inventory:write');
  routes.post(
    '/api/v1/node-groups',
    {
      ...write,
      schema: {
        summary: 'Create a group',
        tags,
        body: createNodeGroupSchema,
        response: { 201: nodeGroupSchema },
      },
    },
    async (request, reply) => reply.status(201).send(await groups.create(actorOf(request), request.body)),
  );
  routes.route({
    method: ['PATCH', 'PUT'],
    url: '/api/v1/node-groups/:id',
    ...write,
    schema: {
      summary: 'Change a group',
      tags,
      params,
      body: updateNodeGroupSchema,
      response: { 200: nodeGroupSchema },
    },
    handler: (request) => groups.update(actorOf(request), request.params.id, request.body),
  });
  routes.delete(
    '/api/v1/node-groups/:id',
    {
      ...write,
      schema: { summary: 'Delete a group, not its nodes', tags, params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await groups.delete(actorOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}
