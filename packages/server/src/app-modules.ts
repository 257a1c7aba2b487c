import { type Clock, type Logger, periodic } from '@stratora/runtime';
import { createQueryClient, createWriteClient } from '@stratora/victoriametrics';
import type { FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { type AuthModule, createAuth } from './access/auth/index.ts';
import { deleteEndedSessions } from './access/sessions/index.ts';
import { createUsers } from './access/users/index.ts';
import { buildComponents } from './app-components.ts';
import { beginRollouts, listReferredVersions } from './components/rollouts/index.ts';
import { createSummary } from './home/summary/index.ts';
import { createCredentials } from './inventory/credentials/index.ts';
import { createNodeGroups } from './inventory/node-groups/index.ts';
import { createNodes } from './inventory/nodes/index.ts';
import { createSites } from './inventory/sites/index.ts';
import { createTemplates } from './inventory/templates/index.ts';
import { createNodeStatus, type NodeStatusModule } from './judge/node-status/index.ts';
import { createIngest } from './metrics/ingest/index.ts';
import { createNormalize } from './metrics/normalize/index.ts';
import { createQuery } from './metrics/query/index.ts';
import { ModuleList } from './module-list.ts';
import { createAudit } from './platform/audit/index.ts';
import { DatabaseListener, migrate, openDatabase } from './platform/db/index.ts';
import { createEvents } from './platform/events/index.ts';
import { createHealth } from './platform/health/index.ts';
import { createMetricsRegistry } from './platform/http/index.ts';
import type { ServerModule } from './platform/module.ts';
import { createSecrets, openKeyRing } from './platform/secrets/index.ts';
import { createSettings } from './platform/settings/index.ts';
import type { ServerConfig } from './server-config.ts';

export interface Surroundings {
  config: ServerConfig;
  clock: Clock;
  logger: Logger;
  registry: Registry;
}

export type Ground = Surroundings & Awaited<ReturnType<typeof buildGround>>;
export type Inventory = ReturnType<typeof buildInventory>;
export type Modules = Awaited<ReturnType<typeof buildModules>>;

const HOUSEKEEPING_MS = 600_000;

/** Every module with what it needs, bottom up. Nothing is connected yet. */
export async function buildModules(options: Omit<Surroundings, 'registry'>) {
  const surroundings = { ...options, registry: createMetricsRegistry() };
  const ground: Ground = { ...surroundings, ...(await buildGround(surroundings)) };
  const access = buildAccess(ground);
  const inventory = buildInventory(ground);
  const components = buildComponents(ground, inventory);
  const nodeStatus = createNodeStatus({
    ...ground,
    unreachableSeconds: () => ground.settings.current.node_unreachable_seconds,
  });
  // In the order of their starts. Stops run in the reverse order: what is in memory is written before the ways out close.
  const list = new ModuleList([
    ...ground.list,
    createHealth({ ...ground.config, db: ground.db, conditions: [() => nodeStatus.isDeciding()] }),
    ...access.list,
    createAudit(ground),
    ground.settings,
    ...inventory.list,
    ...components.list,
    ...metricsModules(ground, inventory, nodeStatus),
    nodeStatus,
    createSummary(ground),
    eventsModule(ground, access),
    housekeepingModule(ground),
  ]);
  return { ...ground, ...access, ...inventory, ...components, list };
}

/** What all others stand on: the stores, the notes of other servers, secrets and settings. */
async function buildGround({ config, clock, logger }: Surroundings) {
  const database = openDatabase({ url: config.databaseUrl, logger });
  const { db, pool } = database;
  const listener = new DatabaseListener({ url: config.databaseUrl, clock, logger });
  const query = createQueryClient({ url: config.metricsReadUrl });
  const writer = createWriteClient({ url: config.metricsWriteUrl, clock });
  const keys = await openKeyRing(config);
  const secretsModule = createSecrets({ db, keys });
  const settings = createSettings({ db, logger });
  // What broke the listener's connection may have broken the others, which would tell only after their timeouts.
  listener.onGap((wasLost) => {
    if (wasLost) pool.renew();
  });
  const list: ServerModule[] = [
    {
      name: 'database',
      metrics: [
        { name: 'database_connections', help: 'Connections of the pool.', read: () => pool.totalCount },
        {
          name: 'database_waiting',
          help: 'Queries that wait for a connection.',
          read: () => pool.waitingCount,
        },
      ],
      async prepare() {
        await migrate(config.databaseUrl, config.migrationsDir, logger);
      },
      stop: () => database.close(),
    },
    {
      name: 'metric store clients',
      stop: async () => {
        query.close();
        writer.close();
      },
    },
    { name: 'listener', start: () => listener.start(), stop: () => listener.stop() },
    secretsModule,
  ];
  const { secrets } = secretsModule;
  return { database, db, listener, query, writer, keys, secrets, settings, list };
}

function buildAccess({ config, clock, logger, db, secrets }: Ground) {
  const { dataDir, adminPassword, publicUrl } = config;
  const users = createUsers({ db, logger, dataDir, adminPassword });
  const auth = createAuth({ db, clock, hasher: users.hasher, secrets, publicUrl, dataDir });
  return { auth, list: [auth, users] };
}

function buildInventory(ground: Ground) {
  const { config, clock, db, keys, listener, logger, settings } = ground;
  const templates = createTemplates({
    db,
    listener,
    clock,
    logger,
    folder: config.templatesDir,
    version: config.version,
    onPublished: (tx, changes, why) =>
      beginRollouts(tx, changes, { ...why, soakSeconds: settings.current.rollout_soak_seconds }),
    listVersionsInUse: listReferredVersions,
  });
  const { registry } = templates;
  const credentials = createCredentials({ db, keys });
  const list: ServerModule[] = [
    createSites({ db }),
    createNodeGroups({ db }),
    createNodes({ db, findTemplate: (slug) => registry.find(slug) }),
    credentials,
    templates,
  ];
  return { templates: registry, credentials, list };
}

function metricsModules(
  ground: Ground,
  { templates }: Inventory,
  nodeStatus: NodeStatusModule,
): ServerModule[] {
  const normalize = createNormalize({ templates: () => templates.ruleTemplates, logger: ground.logger });
  const ingest = createIngest({
    ...ground,
    normalizer: () => normalize.current(),
    onData: (_, nodes) => nodeStatus.noteData(nodes),
  });
  return [ingest, createQuery({ client: ground.query })];
}

function eventsModule({ listener, config }: Ground, { auth }: { auth: AuthModule }): ServerModule {
  const isStillAllowed = (request: FastifyRequest) => auth.isStillAllowed(request, 'monitoring:read');
  return createEvents({ listener, version: config.version, isStillAllowed });
}

function housekeepingModule({ db, clock, logger }: Ground): ServerModule {
  const loop = periodic({
    name: 'housekeeping',
    intervalMs: HOUSEKEEPING_MS,
    clock,
    logger,
    run: () => deleteEndedSessions(db),
  });
  return { name: 'housekeeping', loops: [loop] };
}
