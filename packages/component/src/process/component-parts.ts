import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentType } from '@stratora/contract';
import type { Clock, HttpClient, Lifecycle, Logger } from '@stratora/runtime';
import { ConfigApplier } from '../config/config-applier.ts';
import { ConfigFiles } from '../config/config-files.ts';
import { configuredTargets, engineTexts } from '../config/engine-texts.ts';
import { EngineHost } from '../engine/engine-host.ts';
import { EnginePrograms } from '../engine/engine-programs.ts';
import { TelegrafTargets } from '../engine/telegraf-targets.ts';
import type { EnrollmentOptions } from '../enrollment/enroll.ts';
import { type Identity, IdentityStore } from '../enrollment/identity.ts';
import { readInstallationId } from '../enrollment/installation-id.ts';
import type { Failpoint } from '../failpoint.ts';
import { readHostFacts } from '../host/host-facts.ts';
import { readMachineId } from '../host/machine-id.ts';
import { addressReader } from '../host/source-address.ts';
import { IntakeServer } from '../intake/intake-server.ts';
import { chooseSocketPath } from '../intake/socket-path.ts';
import { TargetBoard, type TargetReport } from '../intake/target-report.ts';
import type { JobWorker } from '../jobs/job-worker.ts';
import { openJobWorker } from '../jobs/open-job-worker.ts';
import { openOutageWatch } from '../outage/open-outage-watch.ts';
import type { OutageWatch } from '../outage/outage-watch.ts';
import { LaneSender } from '../sender/lane-sender.ts';
import { Quarantine } from '../sender/quarantine.ts';
import { Spool } from '../spool/spool.ts';
import type { ComponentSettings, EngineSettings } from './component-settings.ts';
import type { ConnectionState } from './connection.ts';
import { openClient } from './server-client.ts';
import { ServerLink } from './server-link.ts';

/** The kind of a component, with the sizes of its spool. */
export interface ComponentKind {
  type: ComponentType;
  spoolMaxBytes: number;
  segmentBytes: number;
}

export const KINDS: Readonly<Record<ComponentType, ComponentKind>> = {
  collector: { type: 'collector', spoolMaxBytes: 8 * 1024 ** 3, segmentBytes: 16 * 1024 ** 2 },
  agent: { type: 'agent', spoolMaxBytes: 256 * 1024 ** 2, segmentBytes: 2 * 1024 ** 2 },
};

export interface PartsOptions {
  kind: ComponentKind;
  settings: ComponentSettings;
  engineSettings: EngineSettings;
  version: string;
  clock: Clock;
  logger: Logger;
  failpoint: Failpoint;
  /** Stops everything that is started, last in first out. */
  lifecycle: Lifecycle;
  pullIntervalMs: number | undefined;
  onReport: () => void;
  onReconnected: () => void;
}

/** The parts that a component consists of, wired. */
export interface ComponentParts {
  spool: Spool;
  intake: IntakeServer;
  targets: TargetBoard;
  engine: EngineHost;
  applier: ConfigApplier;
  link: ServerLink;
  lanes: Record<'live' | 'backlog', LaneSender>;
  quarantine: Quarantine;
  /** Tells people when the server is away; undefined in an agent. */
  outageWatch: OutageWatch | undefined;
  /** Works on the server's jobs; undefined in an agent. */
  jobs: JobWorker | undefined;
  /** Client for all calls except those with data. */
  client: HttpClient;
  hostname: string;
  readAddresses: () => Promise<string[]>;
}

const CALL_TIMEOUT_MS = 15_000;
/** Timeout of a batch: 2 MiB over a thin line, and a store that takes its time. */
const SEND_TIMEOUT_MS = 60_000;
/** One call waits for jobs, another reports on one. */
const JOB_SOCKETS = 2;

export async function enrollmentOptions(
  type: ComponentType,
  client: HttpClient,
  options: Pick<PartsOptions, 'settings' | 'version' | 'clock' | 'logger' | 'failpoint'>,
): Promise<EnrollmentOptions> {
  const { settings, version, clock, logger, failpoint } = options;
  const facts = await readHostFacts();
  return {
    client,
    store: new IdentityStore(settings.stateDirectory),
    componentType: type,
    serverUrl: settings.serverUrl,
    caFingerprint: settings.caFingerprint,
    host: {
      hostname: settings.hostname ?? facts.hostname,
      os: facts.os,
      arch: facts.arch,
      machineId:
        (await readMachineId(settings.stateDirectory)) ?? (await readInstallationId(settings.stateDirectory)),
      readAddresses: addressReader(wayToServer(settings)),
    },
    version,
    ...(settings.name === undefined ? {} : { name: settings.name }),
    ...(settings.siteName === undefined ? {} : { siteName: settings.siteName }),
    token: settings.token,
    clock,
    logger,
    failpoint,
  };
}

/** Finds the peer that calls to the server go to: itself, or the proxy before it. */
function wayToServer({ serverUrl, proxy }: ComponentSettings): { host: string; port: number } {
  const { protocol, hostname: host, port: given } = new URL(serverUrl);
  const port = given === '' ? (protocol === 'http:' ? 80 : 443) : Number(given);
  return proxy && !proxy.bypasses(host, port) ? proxy : { host, port };
}

async function readIdentity(options: PartsOptions, store: IdentityStore): Promise<Identity | undefined> {
  const { logger, settings, kind } = options;
  const found = await store.read();
  for (const path of found.damaged) logger.error({ path }, 'identity file was damaged');
  const identity = found.value;
  if (!identity) return undefined;
  if (identity.component_type !== kind.type) {
    throw new Error(`${settings.stateDirectory} is the state directory of a ${identity.component_type}`);
  }
  if (plainHash(identity.ca_fingerprint) !== settings.caFingerprint) {
    logger.warn({ fingerprint: settings.caFingerprint }, 'the CA is another one than at enrollment');
  }
  return identity;
}

/** Normalizes a fingerprint: identities of earlier versions hold it with colons and capitals. */
function plainHash(fingerprint: string | null): string | null {
  return fingerprint === null ? null : fingerprint.replaceAll(':', '').toLowerCase();
}

export async function openParts(options: PartsOptions): Promise<ComponentParts> {
  const { kind, settings, clock, logger, lifecycle } = options;
  const directory = settings.stateDirectory;
  const client = openClient(settings, { timeoutMs: CALL_TIMEOUT_MS, maxSockets: 2 });
  lifecycle.onStop('client', () => client.close());
  const enrollment = await enrollmentOptions(kind.type, client, options);
  const identity = await readIdentity(options, enrollment.store);
  const spool = await Spool.open({
    directory: join(directory, 'spool'),
    maxBytes: kind.spoolMaxBytes,
    segmentBytes: kind.segmentBytes,
    logger,
    clock,
  });
  lifecycle.onStop('spool', () => spool.close());
  const gathering = await openGathering(options, spool);
  const { applier } = gathering;
  const link = new ServerLink(
    {
      componentType: kind.type,
      client,
      store: enrollment.store,
      enrollment,
      applier,
      clock,
      logger,
      pullIntervalMs: options.pullIntervalMs,
      onConnection: (state, before) => followConnection(state, before, options, applier),
      onJobs: () => jobs?.notice(),
    },
    identity,
  );
  const jobs = kind.type === 'collector' ? openJobs(options, link) : undefined;
  const quarantine = new Quarantine(join(directory, 'spool', 'quarantine'), clock, logger);
  const lanes = openLanes(options, { spool, link, quarantine });
  const { hostname, readAddresses } = enrollment.host;
  const { version } = options;
  const { targets } = gathering;
  const outageWatch =
    kind.type === 'collector'
      ? openOutageWatch({ settings, version, hostname, client, link, lanes, targets, spool, clock, logger })
      : undefined;
  return { ...gathering, spool, link, lanes, quarantine, outageWatch, jobs, client, hostname, readAddresses };
}

type Gathering = Pick<ComponentParts, 'intake' | 'targets' | 'engine' | 'applier'>;

/** Opens the engine, its config and the intake of its output. */
async function openGathering(options: PartsOptions, spool: Spool): Promise<Gathering> {
  const { settings, clock, logger, failpoint, lifecycle, onReport } = options;
  const targets = new TargetBoard();
  const socket = await chooseSocketPath(settings.stateDirectory);
  lifecycle.onStop('intake folder', async () => {
    if (socket.remove) await rm(socket.remove, { recursive: true, force: true });
  });
  const files = new ConfigFiles(settings.stateDirectory);
  const learn = (reports: readonly TargetReport[]): void => {
    targets.update(reports);
    if (targets.unreportedCount > 0) onReport();
  };
  const telegraf = new TelegrafTargets(clock, learn);
  const engine = openEngine(options, { files, telegraf });
  engine.onChange(onReport);
  lifecycle.onStop('engine host', () => engine.close());
  const applier = new ConfigApplier({
    files,
    engine,
    outputUrl: () => intake.url,
    texts: engineTexts(options.kind.type),
    onRun: (kind, text, hash) => {
      targets.begin(hash);
      telegraf.configure(kind === 'telegraf' ? configuredTargets(text, options.kind.type) : []);
    },
    clock,
    logger,
    failpoint,
    onReport,
  });
  const intake = new IntakeServer({
    socketPath: socket.path,
    logger,
    append: async (lines, generation) => {
      await spool.append(lines);
      // What an engine flushes at its end says nothing of the next config's targets.
      if (engine.state.kind === 'telegraf' && applier.isCurrent(generation)) telegraf.takeSamples(lines);
    },
    onOutput: (generation) => {
      engine.noteLife();
      applier.noteOutput(generation);
    },
    onTargets: (reports, generation) => {
      engine.noteLife();
      if (applier.isCurrent(generation)) learn(reports);
      applier.noteOutput(generation);
    },
  });
  await engine.open();
  return { intake, targets, engine, applier };
}

function openEngine(
  options: PartsOptions,
  { files, telegraf }: { files: ConfigFiles; telegraf: TelegrafTargets },
): EngineHost {
  const { settings, engineSettings, clock, logger, version } = options;
  const { environment } = engineSettings;
  return new EngineHost({
    programs: new EnginePrograms({
      embeddedCommand: engineSettings.command,
      version,
      telegraf: engineSettings.telegraf,
      environment,
    }),
    configPath: files.enginePath,
    stateDirectory: settings.stateDirectory,
    environment,
    limits: engineSettings.limits,
    logger: logger.child({ part: 'engine' }),
    clock,
    onTelegrafLine: (line) => telegraf.takeLogLine(line) === 'known',
  });
}

/** Opens the worker on the server's jobs, with a client of its own: a call that waits for one must not hold up others. */
function openJobs(options: PartsOptions, link: ServerLink): JobWorker {
  const { settings, clock, logger, lifecycle } = options;
  const client = openClient(settings, { timeoutMs: CALL_TIMEOUT_MS, maxSockets: JOB_SOCKETS });
  lifecycle.onStop('job client', () => client.close());
  const caller = () => link.identity && { componentId: link.identity.component_id, apiKey: link.apiKey };
  return openJobWorker({ settings, client, caller, clock, logger });
}

type Senders = ComponentParts['lanes'];

function openLanes(
  options: PartsOptions,
  parts: Pick<ComponentParts, 'spool' | 'link' | 'quarantine'>,
): Senders {
  const { settings, clock, logger } = options;
  const { spool, link, quarantine } = parts;
  const open = (lane: 'live' | 'backlog') =>
    new LaneSender({
      lane,
      spool,
      client: openClient(settings, { timeoutMs: SEND_TIMEOUT_MS, maxSockets: 1 }),
      apiKey: () => link.apiKey,
      quarantine,
      clock,
      logger,
      onRefused: (refusal) => link.noteRefusal(refusal),
    });
  return { live: open('live'), backlog: open('backlog') };
}

/**
 * Stops gathering with credentials when the component loses the right to it, and resumes it later; the queue is never
 * touched.
 */
function followConnection(
  state: ConnectionState,
  before: ConnectionState,
  options: PartsOptions,
  applier: ConfigApplier,
): void {
  if (state === 'revoked' || before === 'revoked') {
    applier.suspend(state === 'revoked').catch((error: unknown) => {
      options.logger.error({ err: error }, 'engine could not be told');
    });
  }
  if (state === 'connected') options.onReconnected();
}
