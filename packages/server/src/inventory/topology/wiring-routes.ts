import {
  approveWiringSchema,
  impactQuerySchema,
  impactSchema,
  importedNeighboursSchema,
  importNeighboursSchema,
  singlePointsSchema,
  siteOfTopologySchema,
  topologyEventListSchema,
  topologyEventQuerySchema,
  wiringSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { ImpactService } from './impact/impact-service.ts';
import type { ImportService } from './neighbours/import-service.ts';
import type { ApprovalService } from './wiring/approval-service.ts';
import { listEvents } from './wiring/event-queries.ts';

const tags = ['topology'];

export interface WiringRoutesOptions {
  db: Database;
  approvals: ApprovalService;
  impact: ImpactService;
  imports: ImportService;
}

/** Routes of approved wiring, of what happens to links, and of what hangs on them. */
export function wiringRoutes({
  db,
  approvals,
  impact,
  imports,
}: WiringRoutesOptions): (routes: Routes) => void {
  return (routes) => {
    addApprovals(routes, approvals);
    addEvents(routes, db);
    addImpact(routes, impact);
    addImport(routes, imports);
  };
}

function addApprovals(routes: Routes, approvals: ApprovalService): void {
  const answer = { tags, response: { 200: wiringSchema } };
  routes.get(
    '/api/v1/topology/approval',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'The wiring that somebody approved, and what is not so any more',
        ...answer,
        querystring: siteOfTopologySchema,
      },
    },
    (request) => approvals.show(request.query.site_id),
  );
  routes.post(
    '/api/v1/topology/approval',
    {
      ...userAccess('inventory:write', { isRepeatable: true }),
      schema: {
        summary: 'Approve the wiring as it is now: of all sites, of one, or some links',
        operationId: 'approveWiring',
        ...answer,
        body: approveWiringSchema,
      },
    },
    (request) => approvals.approve(actorOf(request), request.body),
  );
  routes.delete(
    '/api/v1/topology/approval',
    {
      ...userAccess('inventory:write'),
      schema: {
        summary: 'Forget the approved wiring of all sites, or of one',
        tags,
        querystring: siteOfTopologySchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await approvals.withdraw(actorOf(request), request.query.site_id);
      return reply.status(204).send(null);
    },
  );
}

function addEvents(routes: Routes, db: Database): void {
  routes.get(
    '/api/v1/topology/events',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'What happened to links and devices, newest first',
        tags,
        querystring: topologyEventQuerySchema,
        response: { 200: topologyEventListSchema },
      },
    },
    (request) => listEvents(db, request.query),
  );
}

function addImpact(routes: Routes, impact: ImpactService): void {
  routes.get(
    '/api/v1/topology/impact',
    {
      ...userAccess('monitoring:read', { refusals: ['not_found'] }),
      schema: {
        summary:
          'What goes dark when a node is switched off or a link unplugged, and what has no second way then',
        tags,
        querystring: impactQuerySchema,
        response: { 200: impactSchema },
      },
    },
    (request) => impact.show(request.query),
  );
  routes.get(
    '/api/v1/topology/single-points',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'Nodes, devices and links that take others with them',
        tags,
        querystring: siteOfTopologySchema,
        response: { 200: singlePointsSchema },
      },
    },
    (request) => impact.listSinglePoints(request.query.site_id),
  );
}

function addImport(routes: Routes, imports: ImportService): void {
  routes.post(
    '/api/v1/topology/neighbours/import',
    {
      ...userAccess('inventory:write'),
      schema: {
        summary: 'Make nodes of devices that neighbours tell of',
        operationId: 'importNeighbours',
        tags,
        body: importNeighboursSchema,
        response: { 200: importedNeighboursSchema },
      },
    },
    (request) => imports.import(actorOf(request), request.body),
  );
}
