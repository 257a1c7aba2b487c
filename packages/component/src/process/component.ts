import { join } from 'node:path';
import type { ComponentType } from '@stratora/contract';
import {
  type Clock,
  createLogger,
  type EnvironmentSource,
  errorMessage,
  Lifecycle,
  type Logger,
  makeDirectory,
  periodic,
  systemClock,
} from '@stratora/runtime';
import { type Failpoint, noFailpoint } from '../failpoint.ts';
import { renewAuthority } from './authority-renewal.ts';
import { type ComponentParts, KINDS, openParts } from './component-parts.ts';
import { type ComponentSettings, readEngineSettings, readSettings } from './component-settings.ts';
import { AUTHORITY_FILE } from './server-authority.ts';
import { lockState } from './state-lock.ts';
import { type ComponentStatus, writeStatus } from './status-file.ts';
import { agentReporter, collectorReporter, type StatusReporter } from './status-report.ts';

export interface RunOptions {
  /** Version of the product, which the component registers with and reports. */
  version: string;
  /** Made from STRATORA_LOG_LEVEL unless given. */
  logger?: Logger;
  clock?: Clock;
  failpoint?: Failpoint;
  /** Milliseconds between config pulls and between reports; 10 s each by default. */
  intervals?: { pullMs: number; reportMs: number };
}

export interface RunningComponent {
  readonly status: ComponentStatus;
  /** Resolves once everything has stopped. */
  readonly finished: Promise<void>;
  /** Stops in order within about 9 s: the engine flushes, the queue is synced, a last batch is tried. */
  stop(): Promise<void>;
}

const STOP_DEADLINE_MS = 9000;
const LAST_SEND_MS = 2000;
const LOCK_WAIT_MS = 10_000;
const STATUS_INTERVAL_MS = 5000;
const AUTHORITY_INTERVAL_MS = 24 * 3600 * 1000;

/**
 * Runs a collector or an agent until it is stopped. It returns as soon as the parts are up; enrolment and everything
 * else with the server goes on behind, for as long as it takes.
 *
 * @throws EnvironmentError, StateBusyError
 */
export async function runComponent(
  type: ComponentType,
  source: EnvironmentSource,
  options: RunOptions,
): Promise<RunningComponent> {
  const settings = await readSettings(source);
  const engineSettings = readEngineSettings(source);
  const logger = options.logger ?? createLogger({ name: type, level: settings.logLevel });
  const clock = options.clock ?? systemClock;
  const lifecycle = new Lifecycle(logger, clock);
  await makeDirectory(settings.stateDirectory);
  lifecycle.onStop('state lock', await lockState(settings.stateDirectory, LOCK_WAIT_MS, clock));
  let reporter: StatusReporter | undefined;
  try {
    const parts = await openParts({
      kind: KINDS[type],
      settings,
      engineSettings,
      version: options.version,
      clock,
      logger,
      failpoint: options.failpoint ?? noFailpoint,
      lifecycle,
      pullIntervalMs: options.intervals?.pullMs,
      onReport: () => reporter?.soon(),
      onReconnected: () => {
        parts.lanes.live.retryNow();
        parts.lanes.backlog.retryNow();
        reporter?.soon();
      },
    });
    const makeReporter = type === 'collector' ? collectorReporter : agentReporter;
    const reportIntervalMs = options.intervals?.reportMs;
    reporter = makeReporter({ ...parts, version: options.version, clock, logger, reportIntervalMs });
    return await start({ type, settings, parts, reporter, lifecycle, clock, logger, options });
  } catch (error) {
    await lifecycle.stop(STOP_DEADLINE_MS);
    throw error;
  }
}

interface Started {
  type: ComponentType;
  settings: ComponentSettings;
  parts: ComponentParts;
  reporter: StatusReporter;
  lifecycle: Lifecycle;
  clock: Clock;
  logger: Logger;
  options: RunOptions;
}

async function start(started: Started): Promise<RunningComponent> {
  const { settings, parts, reporter, lifecycle, clock, logger } = started;
  const startedAt = clock.now();
  const status = () => describe(started, startedAt, 'running');
  lifecycle.onStop('status file', () =>
    writeStatus(settings.stateDirectory, describe(started, startedAt, 'stopped')),
  );
  // Senders stop after the intake, so that what the engine flushed at its end still goes out.
  let sending = false;
  lifecycle.onStop('senders', async () => {
    if (!sending) return;
    await Promise.all([parts.lanes.live.stop(LAST_SEND_MS), parts.lanes.backlog.stop(LAST_SEND_MS)]);
  });
  await parts.intake.start();
  lifecycle.onStop('intake', () => parts.intake.stop());
  lifecycle.onStop('reporter', () => reporter.stop());
  lifecycle.onStop('engine', () => parts.applier.close());
  await parts.applier.open();
  lifecycle.onStop('link', () => parts.link.stop());
  lifecycle.onStop('jobs', async () => parts.jobs?.stop());
  const statusLoop = periodic({
    name: 'status-file',
    intervalMs: STATUS_INTERVAL_MS,
    run: () => writeStatus(settings.stateDirectory, status()),
    clock,
    logger,
    runAtStart: true,
  });
  statusLoop.start();
  lifecycle.onStop('status loop', () => statusLoop.stop());

  await parts.outageWatch?.start();
  lifecycle.onStop('outage watch', async () => parts.outageWatch?.stop());

  const join = async () => {
    if (!(await parts.link.start()) || lifecycle.stopping) return;
    sending = true;
    watchAuthority(started);
    parts.lanes.live.start();
    parts.lanes.backlog.start();
    reporter.start();
  };
  join().catch((error: unknown) => logger.error({ err: error }, 'enrollment failed'));

  const finished = Promise.withResolvers<void>();
  const stop = async () => {
    await lifecycle.stop(STOP_DEADLINE_MS);
    finished.resolve();
  };
  logger.info({ stateDirectory: settings.stateDirectory, server: settings.serverUrl }, 'started');
  return {
    get status() {
      return status();
    },
    finished: finished.promise,
    stop,
  };
}

/** Renews the server's authority once a day, where the state directory holds it. */
function watchAuthority({ settings, parts, lifecycle, clock, logger }: Started): void {
  if (settings.caFingerprint === null) return;
  const file = join(settings.stateDirectory, AUTHORITY_FILE);
  const loop = periodic({
    name: 'authority',
    intervalMs: AUTHORITY_INTERVAL_MS,
    run: async () => {
      await renewAuthority({ client: parts.client, file, logger }).catch((error: unknown) => {
        logger.debug({ reason: errorMessage(error) }, 'authority not asked for');
      });
    },
    clock,
    logger,
    runAtStart: true,
  });
  loop.start();
  lifecycle.onStop('authority loop', () => loop.stop());
}

/** Returns the label of the proxy that the server is reached through; null without one. */
function proxyOf({ proxy, serverUrl }: ComponentSettings): string | null {
  const { protocol, hostname, port } = new URL(serverUrl);
  if (!proxy || protocol !== 'https:') return null;
  return proxy.bypasses(hostname, port === '' ? 443 : Number(port)) ? null : proxy.label;
}

function describe(started: Started, startedAt: number, state: ComponentStatus['state']): ComponentStatus {
  const { type, settings, parts, clock, options } = started;
  const { link, applier, engine, spool, lanes, quarantine } = parts;
  return {
    component_type: type,
    version: options.version,
    pid: process.pid,
    state,
    started_at: new Date(startedAt).toISOString(),
    updated_at: new Date(clock.now()).toISOString(),
    component_id: link.identity?.component_id ?? null,
    node_id: link.identity?.node_id ?? null,
    server_url: settings.serverUrl,
    proxy: proxyOf(settings),
    connection: {
      state: link.connection.state,
      message: link.connection.message,
      since: new Date(link.connection.since).toISOString(),
    },
    config: {
      running_hash: applier.runningHash ?? null,
      status: applier.report?.status ?? null,
      message: applier.report?.message ?? null,
    },
    engine: {
      ...engine.state,
      exits: engine.exits,
      crash_loop: engine.crashLoop,
      memory_bytes: engine.figures?.memoryBytes ?? null,
      cpu_percent: engine.figures?.cpuPercent ?? null,
    },
    spool: spool.state,
    lanes: { live: { ...lanes.live.stats }, backlog: { ...lanes.backlog.stats } },
    quarantined_lines: quarantine.lines,
    outage_notice: parts.outageWatch?.standing ?? null,
    clock_skew_seconds: link.skew.seconds ?? null,
  };
}
