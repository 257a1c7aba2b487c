import {
  createDiscoveryJobSchema,
  type DiscoveryJob,
  discoveryChangeListSchema,
  discoveryChangesQuerySchema,
  discoveryJobListQuerySchema,
  discoveryJobListSchema,
  discoveryJobSchema,
  discoveryLedgerListSchema,
  discoveryLedgerQuerySchema,
  discoveryRunListSchema,
  idSchema,
  listQuerySchema,
  replaceDiscoveryJobSchema,
  updateDiscoveryJobSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import { type JobService, WRITTEN_FIELDS } from './job-service.ts';

const tags = ['discovery'];
const params = z.object({ id: idSchema });
const entity = entityKind<DiscoveryJob>(...WRITTEN_FIELDS, 'updated_at');
const answer = { tags, params, response: { 200: discoveryJobSchema } };
const begun = { tags, params, response: { 202: discoveryJobSchema } };

/** Routes of discovery jobs and their runs. */
export function jobRoutes(jobs: JobService): (routes: Routes) => void {
  return (routes) => {
    addReading(routes, jobs);
    addRecords(routes, jobs);
    addWriting(routes, jobs);
    addRuns(routes, jobs);
  };
}

function addReading(routes: Routes, jobs: JobService): void {
  routes.get(
    '/api/v1/discovery/jobs',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'List discovery jobs',
        tags,
        querystring: discoveryJobListQuerySchema,
        response: { 200: discoveryJobListSchema },
      },
    },
    (request) => jobs.list(request.query),
  );
  routes.get(
    '/api/v1/discovery/jobs/:id',
    {
      ...userAccess('monitoring:read', { entity }),
      schema: { summary: 'One discovery job, with its last run', ...answer },
    },
    (request) => jobs.get(request.params.id),
  );
  routes.get(
    '/api/v1/discovery/jobs/:id/runs',
    {
      ...userAccess('monitoring:read'),
      schema: {
        operationId: 'listDiscoveryRuns',
        summary: 'The runs of a discovery job, the newest first',
        tags,
        params,
        querystring: listQuerySchema,
        response: { 200: discoveryRunListSchema },
      },
    },
    (request) => jobs.runsOf(request.params.id, request.query),
  );
}

function addRecords(routes: Routes, jobs: JobService): void {
  routes.get(
    '/api/v1/discovery/jobs/:id/changes',
    {
      ...userAccess('monitoring:read'),
      schema: {
        operationId: 'listDiscoveryChanges',
        summary: 'What a run found otherwise than the one before; the last run where none is named',
        tags,
        params,
        querystring: discoveryChangesQuerySchema,
        response: { 200: discoveryChangeListSchema },
      },
    },
    (request) => jobs.changes(request.params.id, request.query),
  );
  routes.get(
    '/api/v1/discovery/jobs/:id/ledger',
    {
      ...userAccess('monitoring:read'),
      schema: {
        operationId: 'listDiscoveryLedger',
        summary: 'Every kind of packet that a run sent to each address; the last run where none is named',
        tags,
        params,
        querystring: discoveryLedgerQuerySchema,
        response: { 200: discoveryLedgerListSchema },
      },
    },
    (request) => jobs.ledger(request.params.id, request.query),
  );
}

function addWriting(routes: Routes, jobs: JobService): void {
  routes.post(
    '/api/v1/discovery/jobs',
    {
      ...userAccess('discovery:manage', { entity, isRepeatable: true }),
      schema: {
        summary: 'Create a discovery job; the scan begins at once unless start is false',
        tags,
        body: createDiscoveryJobSchema,
        response: { 202: discoveryJobSchema },
      },
    },
    async (request, reply) => reply.code(202).send(await jobs.create(actorOf(request), request.body)),
  );
  const change = userAccess('discovery:manage', { entity, refusals: ['invalid_state'] });
  routes.patch(
    '/api/v1/discovery/jobs/:id',
    {
      ...change,
      schema: {
        summary:
          'Change a discovery job; what is absent stays, and a run that is under way goes on as it began',
        body: updateDiscoveryJobSchema,
        ...answer,
      },
    },
    (request) => jobs.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    '/api/v1/discovery/jobs/:id',
    { ...change, schema: { summary: 'Replace a discovery job', body: replaceDiscoveryJobSchema, ...answer } },
    (request) => jobs.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.delete(
    '/api/v1/discovery/jobs/:id',
    {
      ...userAccess('discovery:manage', { entity }),
      schema: {
        summary: 'Delete a discovery job with what it found; nodes that were made of that stay',
        tags,
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await jobs.delete(actorOf(request), request.params.id, ifMatch(request, entity));
      return reply.code(204).send(null);
    },
  );
}

function addRuns(routes: Routes, jobs: JobService): void {
  const act = userAccess('discovery:manage', { isRepeatable: true, refusals: ['invalid_state'] });
  routes.post(
    '/api/v1/discovery/jobs/:id/rerun',
    { ...act, schema: { operationId: 'rerunDiscoveryJob', summary: 'Scan a job again', ...begun } },
    async (request, reply) => reply.code(202).send(await jobs.rerun(actorOf(request), request.params.id)),
  );
  routes.post(
    '/api/v1/discovery/jobs/:id/cancel',
    {
      ...act,
      schema: {
        operationId: 'cancelDiscoveryJob',
        summary: 'End the scan of a job at once; what it found so far stays',
        ...answer,
      },
    },
    (request) => jobs.cancel(actorOf(request), request.params.id),
  );
}
