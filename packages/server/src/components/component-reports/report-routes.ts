import {
  type EngineState,
  heartbeatRequestSchema,
  heartbeatResponseSchema,
  idSchema,
  type QueueGap,
  type QueueState,
  reportRequestSchema,
  type TargetStatus,
} from '@stratora/contract';
import { type Clock, sanitizeText } from '@stratora/runtime';
import { z } from 'zod';
import { keepTargets } from '../../inventory/node-states/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { componentAccess, type Routes, requireComponentId } from '../../platform/http/index.ts';
import type { ConfigDeliveryService } from '../config-delivery/index.ts';
import type { ComponentPatch } from './component-patch.ts';
import type { ComponentReportLog, ConfigReport } from './component-report-log.ts';
import type { ComponentStateLog } from './component-state-log.ts';
import { HostnameWatch } from './hostname-watch.ts';
import { findConfigTime } from './report-queries.ts';

export interface ReportRoutesOptions {
  db: Database;
  clock: Clock;
  states: ComponentStateLog;
  reports: ComponentReportLog;
  configs: Pick<ConfigDeliveryService, 'peek' | 'find'>;
}

/** Most bytes of a report: tens of thousands of targets. */
const REPORT_LIMIT_BYTES = 16 * 1024 * 1024;
const tags = ['components'];

/** Adds the routes by which components report on themselves. */
export function reportRoutes(options: ReportRoutesOptions): (routes: Routes) => void {
  return (routes) => {
    addReport(routes, options);
    addHeartbeat(routes, options);
  };
}

function addReport(routes: Routes, { db, clock, states, reports }: ReportRoutesOptions): void {
  routes.post(
    '/api/v1/remote-collectors/:id/report',
    {
      ...componentAccess('collector'),
      bodyLimit: REPORT_LIMIT_BYTES,
      schema: {
        operationId: 'reportCollector',
        summary: 'How the config, the engine and the targets of a collector are',
        tags,
        params: z.object({ id: idSchema }),
        body: reportRequestSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { componentId: id } = requireComponentId(request, request.params.id);
      const { status, targets } = request.body;
      const hash = sanitizeText(request.body.config_hash, 128);
      const message = request.body.message === undefined ? null : sanitizeText(request.body.message, 4096);
      const engine = cleanEngine(request.body.engine);
      const queue = cleanQueue(request.body.queue);
      states.noteSignOfLife(id, request.clientAddress, {
        ...runningHash(status, hash, request.body.running_hash),
        config_status: status,
        ...(message === null ? {} : { config_message: message }),
        engine,
        ...(queue ? { queue } : {}),
        ...ownAddresses(request.body.ip_addresses),
        ...skewOf(request.body.component_time, clock.now()),
      });
      reports.note(id, { report: { status, config_hash: hash, message, engine }, gaps: queue?.gaps });
      await states.flush();
      await reports.flush();
      const running = runningHash(status, hash, request.body.running_hash).running_config_hash;
      await db.transaction().execute(async (tx) => {
        await keepWords(tx, id, { targets: cleanTargets(targets), running });
        await publishEvents(tx, [{ name: 'component_changed', data: { id, change: 'updated' } }]);
      });
      return reply.status(204).send(null);
    },
  );
}

function addHeartbeat(routes: Routes, { db, clock, states, reports, configs }: ReportRoutesOptions): void {
  const hostnames = new HostnameWatch({ db });
  routes.post(
    '/api/v1/agents/heartbeat/:node_id',
    {
      ...componentAccess('agent'),
      schema: {
        operationId: 'sendAgentHeartbeat',
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
      const patch = heartbeatPatch(request.body, now);
      states.noteSignOfLife(componentId, request.clientAddress, patch);
      reports.note(componentId, { ...reportOf(request.body, patch), gaps: patch.queue?.gaps });
      const targets = cleanTargets(request.body.targets);
      if (targets.length > 0) {
        const running = patch.running_config_hash;
        await db.transaction().execute((tx) => keepWords(tx, componentId, { targets, running }));
      }
      // The agent is alive whether or not its name can be written.
      await hostnames.note(componentId, sanitizeText(request.body.hostname, 253)).catch(() => false);
      const config = configs.peek(componentId) ?? (await configs.find(componentId).catch(() => undefined));
      return { config_hash: config?.hash ?? null, server_time: new Date(now).toISOString() };
    },
  );
}

/** Writes what a component says of its targets, each as the config that it runs has it. */
async function keepWords(
  tx: Tx,
  componentId: string,
  { targets, running }: { targets: readonly TargetStatus[]; running: string | undefined },
): Promise<void> {
  if (targets.length === 0) return;
  await keepTargets(tx, componentId, targets, await findConfigTime(tx, componentId, running));
}

/** Finds the running hash: the reported one, else the hash that the status is about, unless that config failed. */
function runningHash(
  status: string | undefined,
  hash: string | undefined,
  reported: string | undefined,
): Pick<ComponentPatch, 'running_config_hash'> {
  const hasFailed = status === 'validation_error' || status === 'rolled_back';
  const running = reported ?? (hasFailed ? undefined : hash);
  return running === undefined ? {} : { running_config_hash: sanitizeText(running, 128) };
}

function ownAddresses(told: readonly string[] | undefined): Pick<ComponentPatch, 'ip_addresses'> {
  return told === undefined ? {} : { ip_addresses: told.map((address) => sanitizeText(address, 64)) };
}

type Heartbeat = z.infer<typeof heartbeatRequestSchema>;

function heartbeatPatch(beat: Heartbeat, now: number): ComponentPatch {
  const queue = cleanQueue(beat.queue);
  return {
    version: sanitizeText(beat.version, 64),
    os: sanitizeText(beat.os, 64),
    os_version: sanitizeText(beat.os_version, 256),
    uptime_seconds: beat.uptime_seconds,
    ...ownAddresses(beat.ip_addresses),
    engine: cleanEngine(beat.engine),
    ...(beat.fqdn === undefined ? {} : { fqdn: sanitizeText(beat.fqdn, 253) }),
    ...(beat.roles === undefined ? {} : { roles: beat.roles.map((role) => sanitizeText(role, 64)) }),
    ...(queue === undefined ? {} : { queue }),
    ...runningHash(beat.config_status, beat.config_hash, beat.running_hash),
    ...(beat.config_status === undefined ? {} : { config_status: beat.config_status }),
    ...(beat.config_message === undefined ? {} : { config_message: sanitizeText(beat.config_message, 4096) }),
    ...skewOf(beat.component_time, now),
  };
}

/** Makes the report that a heartbeat holds, once there is a config. */
function reportOf(beat: Heartbeat, patch: ComponentPatch): { report?: ConfigReport } {
  const { config_hash: hash, config_status: status } = beat;
  if (hash === undefined || status === undefined || patch.engine === undefined) return {};
  const message = patch.config_message ?? null;
  return { report: { status, config_hash: sanitizeText(hash, 128), message, engine: patch.engine } };
}

function skewOf(componentTime: string | undefined, now: number): ComponentPatch {
  const time = componentTime === undefined ? Number.NaN : Date.parse(componentTime);
  return Number.isNaN(time) ? {} : { clock_skew_seconds: (time - now) / 1000 };
}

function cleanTargets(targets: readonly TargetStatus[] = []): TargetStatus[] {
  return targets.map((target) => ({
    ...target,
    message: sanitizeText(target.message),
    detail: sanitizeText(target.detail ?? '', 2048),
  }));
}

function cleanEngine(engine: EngineState): EngineState {
  return { ...engine, version: sanitizeText(engine.version, 64) };
}

/** Leaves out times that cannot be read or that no calendar has. */
function cleanQueue(queue: QueueState | undefined): QueueState | undefined {
  if (!queue) return undefined;
  const { gaps, oldest, ...rest } = queue;
  const good = gaps?.flatMap(cleanGap);
  return {
    ...rest,
    ...(oldest === undefined ? {} : { oldest: oldest === null ? null : (cleanTime(oldest) ?? null) }),
    ...(good ? { gaps: good } : {}),
  };
}

function cleanGap({ from, to, count }: QueueGap): QueueGap[] {
  const [start, end] = [cleanTime(from), cleanTime(to)];
  return start !== undefined && end !== undefined && start <= end ? [{ from: start, to: end, count }] : [];
}

function cleanTime(text: string): string | undefined {
  const time = Date.parse(text);
  // RFC 3339 has years of four digits.
  const isOfCalendar = time >= Date.UTC(1970, 0) && time < Date.UTC(10_000, 0);
  return isOfCalendar ? new Date(time).toISOString() : undefined;
}
