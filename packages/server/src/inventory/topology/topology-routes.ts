import {
  createTopologyLinkSchema,
  idSchema,
  type NodeParents,
  nodeParentsSchema,
  replaceNodeParentsSchema,
  type TopologyLink,
  topologyLinkSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { type EntityKind, entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import type { TopologyService } from './topology-service.ts';

const params = z.object({ id: idSchema });
const tags = ['topology'];
const parents = entityKind<NodeParents>('node_ids');
const link: EntityKind<TopologyLink> = {
  writtenOf: ({ a, b }) => [a.node_id, a.interface, b.node_id, b.interface],
};

export function topologyRoutes(topology: TopologyService): (routes: Routes) => void {
  return (routes) => {
    addLinks(routes, topology);
    addParents(routes, topology);
  };
}

function addLinks(routes: Routes, topology: TopologyService): void {
  routes.post(
    '/api/v1/topology/links',
    {
      ...userAccess('inventory:write', { entity: link, isRepeatable: true, refusals: ['link_exists'] }),
      schema: {
        summary: 'Link two nodes',
        tags,
        body: createTopologyLinkSchema,
        response: { 201: topologyLinkSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await topology.createLink(actorOf(request), request.body)),
  );
  routes.get(
    '/api/v1/topology/links/:id',
    {
      ...userAccess('monitoring:read', { entity: link }),
      schema: { summary: 'One link', tags, params, response: { 200: topologyLinkSchema } },
    },
    (request) => topology.getLink(request.params.id),
  );
  routes.delete(
    '/api/v1/topology/links/:id',
    {
      ...userAccess('inventory:write', { entity: link, refusals: ['invalid_state'] }),
      schema: {
        summary: 'Delete a link that was drawn, or that nobody sees any more',
        tags,
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await topology.deleteLink(actorOf(request), request.params.id, ifMatch(request, link));
      return reply.status(204).send(null);
    },
  );
}

function addParents(routes: Routes, topology: TopologyService): void {
  const answer = { tags, params, response: { 200: nodeParentsSchema } };
  routes.get(
    '/api/v1/nodes/:id/parents',
    {
      ...userAccess('monitoring:read', { entity: parents }),
      schema: { summary: 'The nodes that a node is reached through', ...answer },
    },
    (request) => topology.getParents(request.params.id),
  );
  routes.put(
    '/api/v1/nodes/:id/parents',
    {
      ...userAccess('inventory:write', { entity: parents }),
      schema: {
        summary: 'Set the nodes that a node is reached through; none: its links say it again',
        body: replaceNodeParentsSchema,
        ...answer,
      },
    },
    (request) => {
      const { node_ids: ids } = request.body;
      return topology.setParents(actorOf(request), request.params.id, ids, ifMatch(request, parents));
    },
  );
}
