import {
  attachCredentialSchema,
  bulkAnswerSchema,
  bulkNodesSchema,
  createNodeSchema,
  credentialPurposeSchema,
  idSchema,
  type NodeDetail,
  nodeDetailSchema,
  nodeListQuerySchema,
  nodeListSchema,
  replaceNodeSchema,
  updateNodeSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import {
  appError,
  type EntityKind,
  ifMatch,
  notFound,
  type Routes,
  roleMay,
  userAccess,
  userOf,
} from '../../platform/http/index.ts';
import { type BulkMeans, changeMany } from './node-bulk.ts';
import { findNodeDetail, listNodes } from './node-queries.ts';
import type { NodeService } from './node-service.ts';

const tags = ['nodes'];
const params = z.object({ id: idSchema });
/** Of a node people write its settings and what is attached to it; its status and what its agent tells are found out. */
const entity: EntityKind<NodeDetail> = {
  writtenOf: (node) => [
    node.name,
    node.ip_address,
    node.node_type,
    node.site_id,
    node.template,
    node.collector_id,
    node.collector_chosen,
    node.environment,
    node.group_ids,
    node.snmp_port,
    node.url,
    node.snmp_pace,
    node.credentials.map(({ purpose, credential_id: id }) => [purpose, id]),
  ],
};

export function nodeRoutes(means: BulkMeans, service: NodeService) {
  return (routes: Routes): void => {
    addReading(routes, means.db);
    addWriting(routes, service);
    addBulk(routes, means);
    addCredentials(routes, service);
  };
}

function addReading(routes: Routes, db: Database): void {
  routes.get(
    '/api/v1/nodes',
    {
      ...userAccess('monitoring:read'),
      schema: { summary: 'Nodes', tags, querystring: nodeListQuerySchema, response: { 200: nodeListSchema } },
    },
    (request) => {
      const { status, site_id, group_id, node_type, collector_id, credential_id, ...query } = request.query;
      return listNodes(db, query, { status, site_id, group_id, node_type, collector_id, credential_id });
    },
  );
  routes.get(
    '/api/v1/nodes/:id',
    {
      ...userAccess('monitoring:read', { entity }),
      schema: {
        summary: 'One node, with how gathering from it goes',
        tags,
        params,
        response: { 200: nodeDetailSchema },
      },
    },
    async (request) => {
      const node = await findNodeDetail(db, request.params.id);
      if (!node) throw notFound('This node');
      return node;
    },
  );
}

function addWriting(routes: Routes, service: NodeService): void {
  routes.post(
    '/api/v1/nodes',
    {
      ...userAccess('inventory:write', { entity, isRepeatable: true, refusals: ['node_exists'] }),
      schema: { summary: 'Create a node', tags, body: createNodeSchema, response: { 201: nodeDetailSchema } },
    },
    async (request, reply) => reply.code(201).send(await service.create(actorOf(request), request.body)),
  );
  const write = userAccess('inventory:write', { entity, refusals: ['node_exists'] });
  const answer = { tags, params, response: { 200: nodeDetailSchema } };
  routes.patch(
    '/api/v1/nodes/:id',
    {
      ...write,
      schema: { summary: 'Change a node; what is absent stays', body: updateNodeSchema, ...answer },
    },
    (request) => service.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    '/api/v1/nodes/:id',
    { ...write, schema: { summary: 'Replace a node', body: replaceNodeSchema, ...answer } },
    (request) => service.replace(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.delete(
    '/api/v1/nodes/:id',
    {
      ...userAccess('nodes:delete', { entity }),
      schema: { summary: 'Delete a node', tags, params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await service.delete(actorOf(request), request.params.id, ifMatch(request, entity));
      return reply.code(204).send(null);
    },
  );
}

function addBulk(routes: Routes, means: BulkMeans): void {
  routes.post(
    '/api/v1/nodes/bulk',
    {
      ...userAccess('inventory:write', { isRepeatable: true, refusals: ['not_found', 'node_exists'] }),
      schema: {
        operationId: 'changeManyNodes',
        summary: 'One action on many nodes, all or none',
        tags,
        body: bulkNodesSchema,
        response: { 200: bulkAnswerSchema },
      },
    },
    async (request) => {
      const { role } = userOf(request);
      if (request.body.action === 'maintenance' && !roleMay(role, 'maintenance:write')) {
        throw appError('forbidden', `The role ${role} may not put nodes into maintenance.`);
      }
      if (request.body.action === 'delete' && !roleMay(role, 'nodes:delete')) {
        throw appError('forbidden', `The role ${role} may not delete nodes.`);
      }
      return changeMany(means, actorOf(request), request.body);
    },
  );
}

function addCredentials(routes: Routes, service: NodeService): void {
  const purposeParams = z.object({ id: idSchema, purpose: credentialPurposeSchema });
  routes.put(
    '/api/v1/nodes/:id/credentials/:purpose',
    {
      ...userAccess('credentials:attach', { entity }),
      schema: {
        summary: 'Attach a credential',
        tags,
        params: purposeParams,
        body: attachCredentialSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id, purpose } = request.params;
      const attachment = { nodeId: id, purpose, match: ifMatch(request, entity) };
      await service.attachCredential(actorOf(request), attachment, request.body.credential_id);
      return reply.code(204).send(null);
    },
  );
  routes.delete(
    '/api/v1/nodes/:id/credentials/:purpose',
    {
      ...userAccess('credentials:attach', { entity }),
      schema: { summary: 'Detach a credential', tags, params: purposeParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { id, purpose } = request.params;
      await service.detachCredential(actorOf(request), {
        nodeId: id,
        purpose,
        match: ifMatch(request, entity),
      });
      return reply.code(204).send(null);
    },
  );
}
