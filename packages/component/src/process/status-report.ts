import { hostname } from 'node:os';
import type { EngineState, HeartbeatRequest, QueueState, ReportRequest } from '@stratora/contract';
import { API_KEY_HEADER, componentPath } from '@stratora/contract/wire';
import { type Clock, type HttpClient, type Logger, type Periodic, periodic, sleep } from '@stratora/runtime';
import type { ConfigApplier, ConfigReport } from '../config/config-applier.ts';
import type { Engine } from '../engine/engine.ts';
import { readHostFacts } from '../host/host-facts.ts';
import { detectRoles } from '../host/host-roles.ts';
import type { TargetBoard } from '../intake/target-report.ts';
import { judgeAnswer } from '../sender/ingest-answer.ts';
import { parseJson } from '../server-answer.ts';
import type { Spool } from '../spool/spool.ts';
import type { ServerLink } from './server-link.ts';

export interface StatusReportOptions {
  link: ServerLink;
  client: HttpClient;
  applier: ConfigApplier;
  engine: Engine;
  spool: Spool;
  targets: TargetBoard;
  version: string;
  hostname: string;
  /** Reads the addresses of the host, the one that its calls leave from first. */
  readAddresses: () => Promise<string[]>;
  clock: Clock;
  logger: Logger;
  /** 10 s by default. */
  reportIntervalMs: number | undefined;
}

const INTERVAL_MS = 10_000;
/** Milliseconds after which a report is sent without news, so that the queue's figures do not grow old. */
const QUIET_REPORT_MS = 60_000;
/** Wait in which changes of one moment are collected. */
const GATHER_MS = 300;
const ROLES_EVERY = 30;
const REPORTED_GAPS = 20;
/** Most inputs whose states a heartbeat carries: more than a host has. */
const MAX_BEAT_TARGETS = 1000;

export function queueState(spool: Spool): QueueState {
  const state = spool.state;
  return {
    bytes: state.pendingBytes,
    oldest: state.oldestAt === undefined ? null : new Date(state.oldestAt).toISOString(),
    dropped: state.droppedLines,
    ...(state.gaps.length > 0 ? { gaps: state.gaps.slice(-REPORTED_GAPS) } : {}),
  };
}

/** A loop that reports the component's status to the server; `soon` brings the next report forward. */
export interface StatusReporter {
  start(): void;
  stop(): Promise<void>;
  soon(): void;
}

/** Makes the reporter of a collector: `report`, on every change. */
export function collectorReporter(options: StatusReportOptions): StatusReporter {
  let reportedKey = '';
  let reportedAt = Number.NEGATIVE_INFINITY;
  const { link, applier, engine, spool, targets, clock } = options;

  async function run(signal: AbortSignal): Promise<void> {
    await sleep(GATHER_MS, clock, signal);
    const report = applier.report;
    if (signal.aborted || !report || link.connection.state !== 'connected') return;
    const ip_addresses = await options.readAddresses();
    const key = JSON.stringify([report, engine.state, spool.state.droppedLines, ip_addresses]);
    const quiet = clock.monotonic() - reportedAt < QUIET_REPORT_MS;
    if (key === reportedKey && targets.unreportedCount === 0 && quiet) return;
    const taken = takeTargets(options);
    const body = reportBody(report, applier.runningHash, engine.state, queueState(spool));
    const component_time = new Date(clock.now()).toISOString();
    const answer = await send(options, componentPath('collectorReport', link.identity?.component_id), {
      ...body,
      ip_addresses,
      component_time,
      ...(taken.targets.length > 0 ? { targets: taken.targets } : {}),
    });
    if (!answer) {
      taken.giveBack();
      return;
    }
    reportedKey = key;
    reportedAt = clock.monotonic();
  }

  return looped('report', options, run);
}

/** Takes what is known of the targets of the config that the report says to run; nothing while that changes. */
function takeTargets({ targets, applier }: StatusReportOptions, most?: number) {
  return targets.take(targets.configHash === applier.runningHash ? most : 0);
}

function reportBody(
  report: ConfigReport,
  runningHash: string | undefined,
  engine: EngineState,
  queue: QueueState,
): ReportRequest {
  return {
    config_hash: report.hash,
    status: report.status,
    ...(runningHash === undefined ? {} : { running_hash: runningHash }),
    ...(report.message ? { message: report.message.slice(0, 4096) } : {}),
    engine,
    queue,
  };
}

/**
 * Makes the reporter of an agent: `heartbeat`, every 10 s; its answer announces a new config and gives the server's
 * clock.
 */
export function agentReporter(options: StatusReportOptions): StatusReporter {
  let rounds = 0;
  let roles: string[] = [];
  const { link, applier, clock } = options;
  // A name that was set by hand stays; the host's own is followed when it changes.
  const followsHost = options.hostname === hostname();

  async function run(signal: AbortSignal): Promise<void> {
    if (link.connection.state === 'revoked') return;
    if (rounds % ROLES_EVERY === 0) roles = await detectRoles();
    rounds += 1;
    if (signal.aborted) return;
    const sentAt = clock.now();
    const nodeId = link.identity?.node_id ?? '';
    const beat = await heartbeat(followsHost ? { ...options, hostname: hostname() } : options, roles);
    const taken = takeTargets(options, MAX_BEAT_TARGETS);
    const answer = await send(options, componentPath('agentHeartbeat', nodeId), {
      ...beat,
      ...(taken.targets.length > 0 ? { targets: taken.targets } : {}),
    });
    if (!answer) taken.giveBack();
    const body = answer as { config_hash?: unknown; server_time?: unknown } | undefined;
    if (typeof body?.server_time !== 'string') return;
    link.skew.note(body.server_time, sentAt);
    if (typeof body.config_hash === 'string' && body.config_hash !== applier.knownHash) link.pullSoon();
  }

  return looped('heartbeat', options, run);
}

async function heartbeat(options: StatusReportOptions, roles: string[]): Promise<HeartbeatRequest> {
  const { applier, engine, spool, clock } = options;
  const facts = await readHostFacts();
  const report = applier.report;
  return {
    version: options.version,
    hostname: options.hostname,
    ...(facts.fqdn ? { fqdn: facts.fqdn } : {}),
    os: facts.os,
    os_version: facts.osVersion,
    arch: facts.arch,
    uptime_seconds: facts.uptimeSeconds,
    ip_addresses: await options.readAddresses(),
    roles,
    engine: engine.state,
    queue: queueState(spool),
    ...(report ? { config_hash: report.hash, config_status: report.status } : {}),
    ...(applier.runningHash === undefined ? {} : { running_hash: applier.runningHash }),
    ...(report?.message ? { config_message: report.message.slice(0, 4096) } : {}),
    component_time: new Date(clock.now()).toISOString(),
  };
}

/** Sends a status; undefined when the server did not take it, else the JSON of its answer or `true`. */
async function send(options: StatusReportOptions, path: string, body: unknown): Promise<unknown> {
  const { client, link, clock } = options;
  const { apiKey } = link;
  const sentAt = clock.now();
  try {
    const answer = await client.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', [API_KEY_HEADER]: apiKey },
      body: JSON.stringify(body),
    });
    if (answer.status === 204 || answer.status === 200) {
      link.noteAnswer(answer, apiKey);
      // To the second; a heartbeat's own time is finer.
      if (answer.status === 204) link.skew.note(answer.headers['date'], sentAt);
      return answer.status === 204 ? true : parseJson(answer);
    }
    const verdict = judgeAnswer(answer, clock.now());
    if (verdict.kind === 'keep' && verdict.refusal) link.noteRefusal(verdict.refusal);
    else options.logger.debug({ status: answer.status, path }, 'status not taken');
  } catch (error) {
    link.noteFailure(error);
  }
  return undefined;
}

function looped(
  name: string,
  options: StatusReportOptions,
  run: (signal: AbortSignal) => Promise<void>,
): StatusReporter {
  const { clock, logger, link } = options;
  const intervalMs = options.reportIntervalMs ?? INTERVAL_MS;
  let loop: Periodic | undefined;
  return {
    start() {
      const key = `${name}-${link.identity?.component_id ?? ''}`;
      loop ??= periodic({ name, intervalMs, run, clock, logger, key, runAtStart: true });
      loop.start();
    },
    stop: async () => loop?.stop(),
    soon: () => loop?.trigger(),
  };
}
