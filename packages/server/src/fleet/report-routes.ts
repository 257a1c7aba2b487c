import {
  heartbeatRequestSchema,
  heartbeatResponseSchema,
  idSchema,
  reportRequestSchema,
} from '@stratora/contract';
import { type Clock, sanitizeText } from '@stratora/runtime';
import { z } from 'zod';
import type { ConfigDeliveryService } from '../config-delivery/index.ts';
import type { Database } from '../db/index.ts';
import { publishEvents } from '../events/index.ts';
import { componentAccess, type Routes, requireComponentId } from '../http/index.ts';
import type { ComponentStateLog } from './component-state-log.ts';
import { writeTargets } from './target-reports.ts';

export interface ReportRoutesDependencies {
  db: Database;
  clock: Clock;
  states: ComponentStateLog;
  configs: Pick<ConfigDeliveryService, 'peek' | 'find'>;
}

/** Tens of thousands of targets in one report. */
const REPORT_LIMIT_BYTES = 16 * 1024 * 1024;
const tags = ['components'];

/** What components tell of themselves. */
export function reportRoutes(deps: ReportRoutesDependencies): (routes: Routes) => void {
  return (routes) => {
    addReport(routes, deps);
    addHeartbeat(routes, deps);
  };
}

function addReport(routes: Routes, { db, states }: ReportRoutesDependencies): void {
  routes.post(
    '/api/v1/remote-collectors/:id/report',
    {
      ...componentAccess('collector'),
      bodyLimit: REPORT_LIMIT_BYTES,
      schema: {
        summary: 'How the config, the engine and the targets of a collector are',
        tags,
        params: z.object({ id: idSchema }),
        body: reportRequestSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { componentId: id } = requireComponentId(request, request.params.id);
      const { config_hash: hash, status, message, engine, queue, targets } = request.body;
      states.seen(id, request.clientAddress, {
        ...(isFailure(status) ? {} : { running_config_hash: hash }),
        config_status: status,
        ...(message === undefined ? {} : { config_message: sanitizeText(message, 4096) }),
        engine,
        ...(queue ? { queue } : {}),
      });
      await states.flush();
      await db.transaction().execute(async (tx) => {
        await writeTargets(tx, id, targets ?? []);
        await publishEvents(tx, [{ name: 'component_changed', data: { id, change: 'updated' } }]);
      });
      return reply.status(204).send(null);
    },
  );
}

function addHeartbeat(routes: Routes, { clock, states, configs }: ReportRoutesDependencies): void {
  routes.post(
    '/api/v1/agents/heartbeat/:node_id',
    {
      ...componentAccess('agent'),
      schema: {
        summary: 'An agent is alive',
        tags,
        params: z.object({ node_id: idSchema }),
        body: heartbeatRequestSchema,
        response: { 200: heartbeatResponseSchema },
      },
    },
    async (request) => {
      const { componentId } = requireComponentId(request, request.params.node_id, 'agent');
      const now = clock.now();
      states.seen(componentId, request.clientAddress, heartbeatPatch(request.body, now));
      const config = configs.peek(componentId) ?? (await configs.find(componentId).catch(() => undefined));
      return { config_hash: config?.hash ?? null, server_time: new Date(now).toISOString() };
    },
  );
}

/** Beside such a status the hash names the config that failed, not the one that runs. */
function isFailure(status: string | undefined): boolean {
  return status === 'validation_error' || status === 'rolled_back';
}

function heartbeatPatch(beat: z.infer<typeof heartbeatRequestSchema>, now: number) {
  const componentTime = beat.component_time === undefined ? Number.NaN : Date.parse(beat.component_time);
  return {
    version: sanitizeText(beat.version, 64),
    os: sanitizeText(beat.os, 64),
    os_version: sanitizeText(beat.os_version, 256),
    uptime_seconds: beat.uptime_seconds,
    ip_addresses: beat.ip_addresses.map((address) => sanitizeText(address, 64)),
    engine: beat.engine,
    ...(beat.fqdn === undefined ? {} : { fqdn: sanitizeText(beat.fqdn, 253) }),
    ...(beat.roles === undefined ? {} : { roles: beat.roles.map((role) => sanitizeText(role, 64)) }),
    ...(beat.queue === undefined ? {} : { queue: beat.queue }),
    ...(beat.config_hash === undefined || isFailure(beat.config_status)
      ? {}
      : { running_config_hash: beat.config_hash }),
    ...(beat.config_status === undefined ? {} : { config_status: beat.config_status }),
    ...(beat.config_message === undefined ? {} : { config_message: sanitizeText(beat.config_message, 4096) }),
    ...(Number.isNaN(componentTime) ? {} : { clock_skew_seconds: (componentTime - now) / 1000 }),
  };
}
