import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type Logger, periodic } from '@stratora/runtime';
import { createQueryClient, createWriteClient } from '@stratora/victoriametrics';
import { AuthService, BearerTokens, deleteEndedSessions } from './access/auth/index.ts';
import { ensureInitialAdmin, PasswordHasher, UserService } from './access/users/index.ts';
import { ComponentAuthenticator, KeyRotation, replaceKeys } from './components/component-keys/index.ts';
import {
  ComponentCalls,
  ComponentReportLog,
  ComponentStateLog,
  InstanceWatch,
} from './components/component-reports/index.ts';
import { adoptOrphans, ComponentService } from './components/components/index.ts';
import { ensureLocalToken, RegistrationService } from './components/enrollment/index.ts';
import { InstallService } from './components/install/index.ts';
import { buildDelivery } from './delivery-modules.ts';
import { SummaryService } from './home/summary/index.ts';
import { CredentialService } from './inventory/credentials/index.ts';
import { NodeGroupService } from './inventory/node-groups/index.ts';
import { NodeService } from './inventory/nodes/index.ts';
import { SiteService } from './inventory/sites/index.ts';
import { TemplateRegistry } from './inventory/templates/index.ts';
import { FirstData, NodeStatusService } from './judge/node-status/index.ts';
import { createIngest } from './metrics/ingest/index.ts';
import { createQuery } from './metrics/query/index.ts';
import { DatabaseListener, Lease, openDatabase } from './platform/db/index.ts';
import { markAllDirty } from './platform/dirty-marks/index.ts';
import { EventBus, publishEvents } from './platform/events/index.ts';
import { exportLoops, exportValue, isMoving, SystemHealth } from './platform/health/index.ts';
import { createMetricsRegistry } from './platform/http/index.ts';
import { KeyRing, readOrCreateKeyFile, ServerSecrets } from './platform/secrets/index.ts';
import { SettingsStore } from './platform/settings/index.ts';
import type { ServerConfig } from './server-config.ts';

export interface ModuleOptions {
  config: ServerConfig;
  clock: Clock;
  logger: Logger;
}

export type Modules = Awaited<ReturnType<typeof buildModules>>;

/** A decision on statuses that is this late turns health red. */
const STALLED_MS = 60_000;
const HOUSEKEEPING_MS = 600_000;

/** Every module with what it needs, bottom up. Nothing is connected yet. */
export async function buildModules({ config, clock, logger }: ModuleOptions) {
  const registry = createMetricsRegistry();
  const database = openDatabase({ url: config.databaseUrl, logger });
  const { db } = database;
  const listener = new DatabaseListener({ url: config.databaseUrl, clock, logger });
  const stores = {
    query: createQueryClient({ url: config.metricsReadUrl }),
    writer: createWriteClient({ url: config.metricsWriteUrl, clock }),
  };
  const keys = await openKeyRing(config);
  const secrets = new ServerSecrets();
  const templates = new TemplateRegistry(config.templatesDir, logger);
  const settings = new SettingsStore(db, logger);
  const people = buildPeople({ config, clock, db, secrets });
  const credentials = new CredentialService(db, keys);
  const ground = { db, clock, logger, registry, keys, secrets, settings, credentials, templates };
  const delivery = buildDelivery({ ...ground, version: config.version });
  const fleet = buildFleet({ db, listener, clock, logger, secrets, settings, templates });
  const status = buildNodeStatus({ db, clock, logger, settings, query: stores.query });
  const onData = (_: unknown, nodes: ReadonlySet<string>) => status.firstData.note(nodes);
  return {
    clock,
    registry,
    database,
    listener,
    stores,
    keys,
    secrets,
    templates,
    settings,
    ...people,
    credentials,
    ...delivery,
    ...fleet,
    ...status,
    ingest: createIngest({
      db,
      listener,
      writer: stores.writer,
      registry,
      logger,
      clock,
      normalizer: () => templates.normalizer,
      onData,
    }),
    query: createQuery({ client: stores.query }),
    install: new InstallService({ ...config, nodePath: process.execPath }),
    events: new EventBus(listener),
    summary: new SummaryService({ db, clock }),
    nodes: new NodeService({ db, findTemplate: (slug) => templates.find(slug) }),
    sites: new SiteService(db),
    groups: new NodeGroupService(db),
    systemHealth: new SystemHealth({ ...config, db, conditions: [status.isDeciding] }),
    housekeeping: buildHousekeeping({ db, clock, logger, ...delivery }),
  };
}

function buildHousekeeping(
  parts: Pick<ModuleOptions, 'clock' | 'logger'> &
    Pick<ReturnType<typeof buildDelivery>, 'rollouts' | 'templateService'> & { db: Db },
) {
  const { db, clock, logger, rollouts, templateService } = parts;
  return periodic({
    name: 'housekeeping',
    intervalMs: HOUSEKEEPING_MS,
    clock,
    logger,
    run: async () => {
      await deleteEndedSessions(db);
      await rollouts.prune();
      await templateService.prune();
    },
  });
}

async function openKeyRing(config: ServerConfig): Promise<KeyRing> {
  if (config.credentialKeys.size > 0) return new KeyRing(config.credentialKeys);
  const file = config.credentialKeyFile ?? join(config.dataDir, 'credential.key');
  return new KeyRing(new Map([[1, await readOrCreateKeyFile(file)]]));
}

type Db = ReturnType<typeof openDatabase>['db'];

function buildPeople(parts: { config: ServerConfig; clock: Clock; db: Db; secrets: ServerSecrets }) {
  const { config, clock, db, secrets } = parts;
  const hasher = new PasswordHasher();
  const auth = new AuthService({
    db,
    clock,
    hasher,
    bearer: new BearerTokens(secrets),
    publicOrigin: new URL(config.publicUrl).origin,
    dataDir: config.dataDir,
  });
  return { hasher, auth, users: new UserService(db, hasher) };
}

function buildNodeStatus(parts: {
  db: Db;
  clock: Clock;
  logger: Logger;
  settings: SettingsStore;
  query: ReturnType<typeof createQueryClient>;
}) {
  const { db, clock, logger, settings, query } = parts;
  const nodeStatus = new NodeStatusService({
    db,
    query,
    lease: new Lease(db, 'node-status'),
    clock,
    logger,
    unreachableSeconds: () => settings.current.node_unreachable_seconds,
    publish: (tx, events) =>
      publishEvents(
        tx,
        events.map((data) => ({ name: 'node_status', data })),
      ),
  });
  const firstData = new FirstData(clock, () => nodeStatus.hurry());
  const startedAt = clock.now();
  const isDeciding = () => isMoving(nodeStatus.loop, clock, { startedAt, limitMs: STALLED_MS });
  return { nodeStatus, firstData, isDeciding };
}

function buildFleet(parts: {
  db: Db;
  listener: DatabaseListener;
  clock: Clock;
  logger: Logger;
  secrets: ServerSecrets;
  settings: SettingsStore;
  templates: TemplateRegistry;
}) {
  const { db, listener, clock, logger, secrets, settings, templates } = parts;
  const authenticator = new ComponentAuthenticator({ db, listener, clock, logger, secrets });
  const agentTemplates = () =>
    templates
      .list()
      .filter((template) => template.gathered_by === 'agent')
      .map(({ slug }) => slug);
  const components = new ComponentService({ db, authenticator, agentTemplates });
  const instances = new InstanceWatch({ db, clock, logger });
  const maxAgeDays = () => settings.current.component_key_max_age_days;
  const rotation = new KeyRotation({ db, clock, authenticator, maxAgeDays });
  return {
    authenticator,
    components,
    rotation,
    componentCalls: new ComponentCalls({ instances, rotation, clock, logger }),
    states: new ComponentStateLog({ db, clock, logger }),
    reports: new ComponentReportLog({ db, clock, logger }),
    registrations: forgetting(
      authenticator,
      new RegistrationService(db, {
        mint: () => authenticator.mint(),
        proves: (key, componentId) => authenticator.proves(key, componentId),
        replace: replaceKeys,
        adoptOrphans: (tx, collectorId) => adoptOrphans(tx, collectorId, agentTemplates()),
      }),
    ),
  };
}

/** A re-enrolment kills the old key on this server with its answer. */
function forgetting(
  authenticator: ComponentAuthenticator,
  registrations: RegistrationService,
): Pick<RegistrationService, 'register'> {
  return {
    async register(call) {
      const result = await registrations.register(call);
      authenticator.forget(result.answer.component_id);
      return result;
    },
  };
}

/** What the modules tell of themselves, beside what each counts on its own. */
export function exportMetrics(modules: Modules): void {
  const { registry, clock, database, events, authenticator } = modules;
  const { configs, nodeStatus, states, reports, rollouts, settings, componentCalls, housekeeping } = modules;
  exportLoops(
    registry,
    [
      configs.loop,
      nodeStatus.loop,
      states.loop,
      reports.loop,
      rollouts.loop,
      settings.loop,
      componentCalls.loop,
      housekeeping,
    ],
    clock,
  );
  const values: [string, string, () => number][] = [
    ['database_connections', 'Connections of the pool.', () => database.pool.totalCount],
    ['database_waiting', 'Queries that wait for a connection.', () => database.pool.waitingCount],
    ['event_streams', 'Open event streams.', () => events.subscribers],
    ['api_key_bcrypt_runs', 'Keys that bcrypt had to prove since the start.', () => authenticator.bcryptRuns],
    ['component_states_waiting', 'Components whose last words are not written yet.', () => states.waiting],
    ['component_reports_waiting', 'Components with reports or gaps not written yet.', () => reports.waiting],
    ['rollouts_running', 'Rollouts that are going on.', () => rollouts.active.running],
    ['rollouts_stopped', 'Rollouts that a component did not bear.', () => rollouts.active.stopped],
    ['component_reports_written', 'Reports and gaps that were news, since the start.', () => reports.written],
  ];
  for (const [name, help, read] of values) exportValue(registry, `stratora_${name}`, help, read);
}

/** What is read and made once at the start, with the database there and its schema in place. */
export async function prepare(modules: Modules, { config, logger }: ModuleOptions): Promise<void> {
  const { database, secrets, keys, templateService, settings, hasher } = modules;
  const { db } = database;
  await secrets.load(db, keys);
  await settings.load();
  await templateService.start();
  await ensureInitialAdmin({
    db,
    hasher,
    logger,
    dataDir: config.dataDir,
    chosenPassword: config.adminPassword,
  });
  const tokenFile = config.localEnrollmentTokenFile;
  if (tokenFile !== undefined) await ensureLocalToken(db, (await readFile(tokenFile, 'utf8')).trim());
  await markAllDirty(db, { cause: 'server started', actor: null });
}

/** What other servers, and our own transactions, tell by notification. */
export function listen(modules: Modules, logger: Logger): void {
  const { listener, database, configs, templateService } = modules;
  const refreshTemplates = () => {
    templateService
      .refresh()
      .catch((error: unknown) => logger.error({ err: error }, 'device templates not read'));
  };
  listener.on('stratora_config', (componentId) => configs.forget(componentId));
  listener.on('stratora_templates', refreshTemplates);
  listener.onGap((wasLost) => {
    configs.forgetAll();
    refreshTemplates();
    // What broke the listener's connection may have broken the others, which would tell only after their timeouts.
    if (wasLost) database.pool.renew();
  });
}
