import {
  addressConflictsSchema,
  idSchema,
  nodeNeighboursSchema,
  putTopologyLayoutSchema,
  resetTopologyLayoutSchema,
  siteOfTopologySchema,
  topologyLayoutSchema,
  topologyQuerySchema,
  topologySchema,
  whereAnswerSchema,
  whereQuerySchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { LayoutService } from './layout/layout-service.ts';
import type { MapService } from './map/map-service.ts';
import type { WhereService } from './places/where-service.ts';

const tags = ['topology'];

export interface MapRoutesOptions {
  map: MapService;
  layout: LayoutService;
  where: WhereService;
}

/** Routes of the map and of what stands where on it. */
export function mapRoutes({ map, layout, where }: MapRoutesOptions): (routes: Routes) => void {
  return (routes) => {
    addMap(routes, map);
    addLayout(routes, layout);
    addWhere(routes, where);
  };
}

function addMap(routes: Routes, map: MapService): void {
  routes.get(
    '/api/v1/topology',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'Nodes and the links between them; of a site, or of a node with what is next to it',
        tags,
        querystring: topologyQuerySchema,
        response: { 200: topologySchema },
      },
    },
    (request) => map.show(request.query),
  );
  routes.get(
    '/api/v1/topology/nodes/:id',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'What a node says of its neighbours, table by table',
        operationId: 'getNodeNeighbours',
        tags,
        params: z.object({ id: idSchema }),
        response: { 200: nodeNeighboursSchema },
      },
    },
    (request) => map.showNode(request.params.id),
  );
}

function addLayout(routes: Routes, layout: LayoutService): void {
  routes.get(
    '/api/v1/topology/layout',
    {
      ...userAccess('monitoring:read'),
      schema: { summary: 'Where things stand on the map', tags, response: { 200: topologyLayoutSchema } },
    },
    () => layout.show(),
  );
  routes.put(
    '/api/v1/topology/layout',
    {
      ...userAccess('inventory:write'),
      schema: {
        summary: 'Place things on the map by hand; what is not named stays',
        tags,
        body: putTopologyLayoutSchema,
        response: { 200: topologyLayoutSchema },
      },
    },
    (request) => layout.place(actorOf(request), request.body),
  );
  routes.post(
    '/api/v1/topology/layout/reset',
    {
      ...userAccess('inventory:write'),
      schema: {
        summary: 'Forget where things of a site, or all, stand, and lay them out anew',
        tags,
        body: resetTopologyLayoutSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await layout.reset(actorOf(request), request.body.site_id);
      return reply.status(204).send(null);
    },
  );
}

function addWhere(routes: Routes, where: WhereService): void {
  routes.get(
    '/api/v1/topology/where',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'The ports at which a MAC or IP address is, and those that it has left',
        tags,
        querystring: whereQuerySchema,
        response: { 200: whereAnswerSchema },
      },
    },
    (request) => where.find(request.query),
  );
  routes.get(
    '/api/v1/topology/conflicts',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'Addresses that several devices have, or that are at several places',
        tags,
        querystring: siteOfTopologySchema,
        response: { 200: addressConflictsSchema },
      },
    },
    (request) => where.listConflicts(request.query.site_id),
  );
}
