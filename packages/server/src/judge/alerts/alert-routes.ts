import {
  type AlertAction,
  type AlertDetail,
  acknowledgeAlertSchema,
  alertCountsSchema,
  alertDetailSchema,
  alertListQuerySchema,
  alertListSchema,
  alertWhyQuerySchema,
  alertWhySchema,
  bulkAlertsAnswerSchema,
  bulkAlertsSchema,
  idSchema,
  muteAlertSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import { countAlerts, listAlerts } from './alert-queries.ts';
import type { AlertService } from './alert-service.ts';
import type { WhyService } from './why-service.ts';

const tags = ['alerts'];
const params = z.object({ id: idSchema });
/** Body of what needs none. */
const nothing = z.strictObject({});
/** Of an alert people write whether they have taken it on, and whether they want to hear of it. */
const entity = entityKind<AlertDetail>('acknowledged', 'muted');

export interface AlertRoutesOptions {
  db: Database;
  service: AlertService;
  why: WhyService;
}

export function alertRoutes({ db, service, why }: AlertRoutesOptions): (routes: Routes) => void {
  return (routes) => {
    addReading(routes, db, service);
    addWhy(routes, why);
    addActions(routes, service);
    addBulk(routes, service);
  };
}

function addReading(routes: Routes, db: Database, service: AlertService): void {
  const read = userAccess('monitoring:read');
  routes.get(
    '/api/v1/alerts',
    {
      ...read,
      schema: {
        summary: 'Alerts, newest first',
        tags,
        querystring: alertListQuerySchema,
        response: { 200: alertListSchema },
      },
    },
    (request) => listAlerts(db, request.query),
  );
  routes.get(
    '/api/v1/alerts/counts',
    {
      ...read,
      schema: {
        operationId: 'countAlerts',
        summary: 'How many alerts are active',
        tags,
        response: { 200: alertCountsSchema },
      },
    },
    () => countAlerts(db),
  );
  routes.get(
    '/api/v1/alerts/:id',
    {
      ...userAccess('monitoring:read', { entity }),
      schema: {
        summary: 'One alert with its timeline, its cause and what it is the cause of',
        tags,
        params,
        response: { 200: alertDetailSchema },
      },
    },
    (request) => service.get(request.params.id),
  );
}

function addWhy(routes: Routes, why: WhyService): void {
  routes.get(
    '/api/v1/alerts/why',
    {
      ...userAccess('monitoring:read', { refusals: ['not_found'] }),
      schema: {
        operationId: 'explainSilence',
        summary: 'Why nobody was told of a node by a definition at a moment',
        tags,
        querystring: alertWhyQuerySchema,
        response: { 200: alertWhySchema },
      },
    },
    (request) => why.explain(request.query),
  );
}

function addActions(routes: Routes, service: AlertService): void {
  const access = userAccess('alerts:write', { entity, isRepeatable: true, refusals: ['invalid_state'] });
  const answer = { tags, params, response: { 200: alertDetailSchema } };
  routes.post(
    '/api/v1/alerts/:id/acknowledge',
    {
      ...access,
      schema: {
        operationId: 'acknowledgeAlert',
        summary: 'Say that somebody is on it',
        body: acknowledgeAlertSchema.nullable(),
        ...answer,
      },
    },
    (request) => {
      const { id } = request.params;
      const acting = { action: 'acknowledge' as const, ...request.body };
      return service.act(actorOf(request), { id, match: ifMatch(request, entity) }, acting);
    },
  );
  routes.post(
    '/api/v1/alerts/:id/mute',
    {
      ...access,
      schema: {
        operationId: 'muteAlert',
        summary: 'Tell nobody of it until a time, or until it resolves',
        body: muteAlertSchema.nullable(),
        ...answer,
      },
    },
    (request) => {
      const { id } = request.params;
      const acting = { action: 'mute' as const, ...request.body };
      return service.act(actorOf(request), { id, match: ifMatch(request, entity) }, acting);
    },
  );
  const undo = (action: AlertAction & `un${string}`, summary: string) =>
    routes.post(
      `/api/v1/alerts/:id/${action}`,
      { ...access, schema: { operationId: `${action}Alert`, summary, body: nothing.nullable(), ...answer } },
      (request) => {
        const { id } = request.params;
        return service.act(actorOf(request), { id, match: ifMatch(request, entity) }, { action });
      },
    );
  undo('unacknowledge', 'Take an acknowledgement back');
  undo('unmute', 'End a mute');
}

function addBulk(routes: Routes, service: AlertService): void {
  routes.post(
    '/api/v1/alerts/bulk',
    {
      ...userAccess('alerts:write', { isRepeatable: true }),
      schema: {
        operationId: 'changeManyAlerts',
        summary: 'One action on many alerts, with what became of each',
        tags,
        body: bulkAlertsSchema,
        response: { 200: bulkAlertsAnswerSchema },
      },
    },
    (request) => service.actOnMany(actorOf(request), request.body),
  );
}
