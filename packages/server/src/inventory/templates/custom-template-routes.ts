import {
  type CustomTemplate,
  customTemplateSchema,
  customTemplateTextSchema,
  templateSlugSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import type { TemplateService } from './template-service.ts';

const tags = ['device templates'];
const params = z.object({ slug: templateSlugSchema });
const entity = entityKind<CustomTemplate>('text');

/** Adds the routes of the templates that people write, in the form of a template's file. */
export function customTemplateRoutes(service: TemplateService): (routes: Routes) => void {
  return (routes) => {
    addTexts(routes, service);
    addChanges(routes, service);
  };
}

function addTexts(routes: Routes, service: TemplateService): void {
  routes.get(
    '/api/v1/device-templates/:slug/text',
    {
      ...userAccess('monitoring:read', { entity }),
      schema: {
        operationId: 'getDeviceTemplateText',
        summary: 'The text of a device template that somebody wrote',
        tags,
        params,
        response: { 200: customTemplateSchema },
      },
    },
    (request) => service.customText(request.params.slug),
  );
  routes.post(
    '/api/v1/device-templates',
    {
      ...userAccess('settings:manage', {
        entity,
        isRepeatable: true,
        refusals: ['name_taken', 'invalid_state'],
      }),
      schema: {
        operationId: 'createDeviceTemplate',
        summary: 'Write a device template, the text of its file, and put it in force',
        tags,
        body: customTemplateTextSchema,
        response: { 201: customTemplateSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await service.createCustom(actorOf(request), request.body.text)),
  );
}

function addChanges(routes: Routes, service: TemplateService): void {
  routes.put(
    '/api/v1/device-templates/:slug',
    {
      ...userAccess('settings:manage', { entity, refusals: ['invalid_state'] }),
      schema: {
        operationId: 'replaceDeviceTemplate',
        summary: 'Replace a device template that somebody wrote; If-Match takes the tag of its text',
        tags,
        params,
        body: customTemplateTextSchema,
        response: { 200: customTemplateSchema },
      },
    },
    (request) =>
      service.replaceCustom(actorOf(request), {
        slug: request.params.slug,
        text: request.body.text,
        match: ifMatch(request, entity),
      }),
  );
  routes.delete(
    '/api/v1/device-templates/:slug',
    {
      ...userAccess('settings:manage', { entity, refusals: ['in_use', 'invalid_state'] }),
      schema: {
        operationId: 'deleteDeviceTemplate',
        summary: 'Delete a device template that somebody wrote and nothing uses',
        tags,
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await service.deleteCustom(actorOf(request), request.params.slug, ifMatch(request, entity));
      return reply.status(204).send(null);
    },
  );
}
