import {
  createMaintenanceWindowSchema,
  heldAlertsSchema,
  idSchema,
  type MaintenanceWindow,
  maintenanceCalendarQuerySchema,
  maintenanceCalendarSchema,
  maintenancePreviewSchema,
  maintenanceWindowListQuerySchema,
  maintenanceWindowListSchema,
  maintenanceWindowSchema,
  previewMaintenanceSchema,
  replaceMaintenanceWindowSchema,
  updateMaintenanceWindowSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import { type WindowService, WRITTEN_FIELDS } from './window-service.ts';

const params = z.object({ id: idSchema });
const tags = ['maintenance'];
const entity = entityKind<MaintenanceWindow>(...WRITTEN_FIELDS, 'updated_at');
const answer = { tags, params, response: { 200: maintenanceWindowSchema } };

export function windowRoutes(windows: WindowService): (routes: Routes) => void {
  return (routes) => {
    addReading(routes, windows);
    addPreview(routes, windows);
    addWriting(routes, windows);
    addEnds(routes, windows);
  };
}

function addReading(routes: Routes, windows: WindowService): void {
  routes.get(
    '/api/v1/maintenance-windows',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'List maintenance windows',
        tags,
        querystring: maintenanceWindowListQuerySchema,
        response: { 200: maintenanceWindowListSchema },
      },
    },
    (request) => windows.list(request.query),
  );
  routes.get(
    '/api/v1/maintenance-windows/calendar',
    {
      ...userAccess('monitoring:read'),
      schema: {
        operationId: 'listMaintenanceOccurrences',
        summary: 'What takes place between two times, of all windows',
        tags,
        querystring: maintenanceCalendarQuerySchema,
        response: { 200: maintenanceCalendarSchema },
      },
    },
    (request) => windows.calendar(request.query),
  );
  routes.get(
    '/api/v1/maintenance-windows/:id',
    {
      ...userAccess('monitoring:read', { entity }),
      schema: { summary: 'One maintenance window', ...answer },
    },
    (request) => windows.get(request.params.id),
  );
  routes.get(
    '/api/v1/maintenance-windows/:id/held',
    {
      ...userAccess('monitoring:read'),
      schema: {
        operationId: 'listHeldAlerts',
        summary: 'Alerts that a window held back in its running or its last occurrence',
        tags,
        params,
        response: { 200: heldAlertsSchema },
      },
    },
    (request) => windows.held(request.params.id),
  );
}

function addPreview(routes: Routes, windows: WindowService): void {
  routes.post(
    '/api/v1/maintenance-windows/preview',
    {
      ...userAccess('monitoring:read'),
      schema: {
        operationId: 'previewMaintenanceWindow',
        summary: 'The next ten occurrences of a window, saved or not, in UTC and in its time zone',
        tags,
        body: previewMaintenanceSchema,
        response: { 200: maintenancePreviewSchema },
      },
    },
    async (request) => windows.preview(request.body),
  );
}

function addWriting(routes: Routes, windows: WindowService): void {
  routes.post(
    '/api/v1/maintenance-windows',
    {
      ...userAccess('maintenance:write', { entity, isRepeatable: true }),
      schema: {
        summary: 'Create a maintenance window',
        tags,
        body: createMaintenanceWindowSchema,
        response: { 201: maintenanceWindowSchema },
      },
    },
    async (request, reply) => reply.code(201).send(await windows.create(actorOf(request), request.body)),
  );
  const change = userAccess('maintenance:write', { entity });
  const summary = 'Change a maintenance window; what is absent stays';
  routes.patch(
    '/api/v1/maintenance-windows/:id',
    { ...change, schema: { summary, body: updateMaintenanceWindowSchema, ...answer } },
    (request) => windows.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    '/api/v1/maintenance-windows/:id',
    {
      ...change,
      schema: { summary: 'Replace a maintenance window', body: replaceMaintenanceWindowSchema, ...answer },
    },
    (request) => windows.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
}

function addEnds(routes: Routes, windows: WindowService): void {
  routes.post(
    '/api/v1/maintenance-windows/:id/end',
    {
      ...userAccess('maintenance:write', { entity, isRepeatable: true, refusals: ['invalid_state'] }),
      schema: {
        operationId: 'endMaintenanceWindow',
        summary: 'End the occurrence that is running; a recurring window goes on with its next one',
        ...answer,
      },
    },
    (request) => windows.end(actorOf(request), request.params.id, ifMatch(request, entity)),
  );
  routes.delete(
    '/api/v1/maintenance-windows/:id',
    {
      ...userAccess('maintenance:write', { entity }),
      schema: {
        summary: 'Delete a maintenance window; an occurrence that is running ends',
        tags,
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await windows.delete(actorOf(request), request.params.id, ifMatch(request, entity));
      return reply.code(204).send(null);
    },
  );
}
