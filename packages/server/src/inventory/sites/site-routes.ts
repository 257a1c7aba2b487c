import {
  createSiteSchema,
  idSchema,
  listQuerySchema,
  replaceSiteSchema,
  type Site,
  siteListSchema,
  siteSchema,
  updateSiteSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import type { SiteService } from './site-service.ts';

const params = z.object({ id: idSchema });
const tags = ['sites'];
const entity = entityKind<Site>('name', 'description', 'default_collector_id', 'updated_at');

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
    {
      ...userAccess('monitoring:read', { entity }),
      schema: { summary: 'One site', tags, params, response: { 200: siteSchema } },
    },
    (request) => sites.get(request.params.id),
  );
}

function addWriting(routes: Routes, sites: SiteService): void {
  const named = userAccess('inventory:write', { entity, refusals: ['name_taken'] });
  routes.post(
    '/api/v1/sites',
    {
      ...userAccess('inventory:write', { entity, isRepeatable: true, refusals: ['name_taken'] }),
      schema: { summary: 'Create a site', tags, body: createSiteSchema, response: { 201: siteSchema } },
    },
    async (request, reply) => reply.status(201).send(await sites.create(actorOf(request), request.body)),
  );
  const answer = { tags, params, response: { 200: siteSchema } };
  routes.patch(
    '/api/v1/sites/:id',
    {
      ...named,
      schema: { summary: 'Change a site; what is absent stays', body: updateSiteSchema, ...answer },
    },
    (request) => sites.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    '/api/v1/sites/:id',
    { ...named, schema: { summary: 'Replace a site', body: replaceSiteSchema, ...answer } },
    (request) => sites.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.delete(
    '/api/v1/sites/:id',
    {
      ...userAccess('inventory:write', { entity, refusals: ['in_use', 'invalid_state'] }),
      schema: { summary: 'Delete a site without nodes', tags, params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await sites.delete(actorOf(request), request.params.id, ifMatch(request, entity));
      return reply.status(204).send(null);
    },
  );
}
