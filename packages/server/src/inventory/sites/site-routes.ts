import {
  createSiteSchema,
  idSchema,
  listQuerySchema,
  siteListSchema,
  siteSchema,
  updateSiteSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { SiteService } from './site-service.ts';

const params = z.object({ id: idSchema });
const tags = ['sites'];

export function siteRoutes(sites: SiteService): (routes: Routes) => void {
  return (routes) => {
    addReading(routes, sites);
    addWriting(routes, sites);
  };
}

function addReading(routes: Routes, sites: SiteService): void {
  const read = userAccess('monitoring:read');
  routes.get(
    '/api/v1/sites',
    {
      ...read,
      schema: {
        summary: 'List sites',
        tags,
        querystring: listQuerySchema,
        response: { 200: siteListSchema },
      },
    },
    (request) => sites.list(request.query),
  );
  routes.get(
    '/api/v1/sites/:id',
    { ...read, schema: { summary: 'One site', tags, params, response: { 200: siteSchema } } },
    (request) => sites.get(request.params.id),
  );
}

function addWriting(routes: Routes, sites: SiteService): void {
  const write = userAccess('inventory:write');
  routes.post(
    '/api/v1/sites',
    {
      ...write,
      schema: { summary: 'Create a site', tags, body: createSiteSchema, response: { 201: siteSchema } },
    },
    async (request, reply) => reply.status(201).send(await sites.create(actorOf(request), request.body)),
  );
  routes.route({
    method: ['PATCH', 'PUT'],
    url: '/api/v1/sites/:id',
    ...write,
    schema: {
      summary: 'Change a site',
      tags,
      params,
      body: updateSiteSchema,
      response: { 200: siteSchema },
    },
    handler: (request) => sites.update(actorOf(request), request.params.id, request.body),
  });
  routes.delete(
    '/api/v1/sites/:id',
    {
      ...write,
      schema: { summary: 'Delete a site without nodes', tags, params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await sites.delete(actorOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}
