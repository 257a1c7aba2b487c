import type { Clock, Logger } from '@stratora/runtime';
import { createQueryClient, createSeriesClient, createWriteClient } from '@stratora/victoriametrics';
import type { Registry } from 'prom-client';
import { DatabaseListener, migrate, openDatabase } from './platform/db/index.ts';
import { StoreCheck, StoreState } from './platform/health/index.ts';
import type { ServerModule } from './platform/module.ts';
import { createRepeats } from './platform/repeats/index.ts';
import { createSecrets, openKeyRing } from './platform/secrets/index.ts';
import { createSettings } from './platform/settings/index.ts';
import type { ServerConfig } from './server-config.ts';
import { checkOutageSetting } from './tell/outage-notices/index.ts';

export interface Surroundings {
  config: ServerConfig;
  clock: Clock;
  logger: Logger;
  /** Cost of bcrypt for passwords and API keys. */
  hashCost: number;
  registry: Registry;
}

export type Ground = Awaited<ReturnType<typeof buildGround>>;

/** Builds what all modules stand on: database, store, listener, secrets and settings. Nothing is connected yet. */
export async function buildGround(surroundings: Surroundings) {
  const { config, clock, logger } = surroundings;
  const database = openDatabase({ url: config.databaseUrl, logger });
  const { db, pool } = database;
  const listener = new DatabaseListener({ url: config.databaseUrl, clock, logger });
  const { query, writer, series, storeCheck } = buildStore(surroundings);
  const keys = await openKeyRing(config);
  const secretsModule = createSecrets({ db, keys });
  const settings = createSettings({ db, sealer: keys, logger, check: checkOutageSetting });
  const repeats = createRepeats({ db, keys, clock, logger });
  // What broke the listener's connection may have broken others, which would notice only after their timeouts.
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
        series.close();
      },
    },
    listenerModule(listener),
    secretsModule,
    repeats,
  ];
  const { secrets } = secretsModule;
  return {
    ...surroundings,
    database,
    db,
    listener,
    query,
    writer,
    series,
    storeCheck,
    keys,
    secrets,
    settings,
    repeats,
    list,
  };
}

function buildStore({ config, clock, logger }: Surroundings) {
  const { metricsReadUrl, metricsWriteUrl } = config;
  const state = new StoreState(clock);
  const query = createQueryClient({ url: metricsReadUrl, onResult: (refusal) => state.noteRead(refusal) });
  const writer = createWriteClient({
    url: metricsWriteUrl,
    clock,
    onResult: (result) => state.noteWrite(result),
  });
  const series = createSeriesClient({ url: metricsWriteUrl });
  const urls = { metricsReadUrl, metricsWriteUrl };
  return {
    query,
    writer,
    series,
    storeCheck: new StoreCheck({ state, writer, query, ...urls, clock, logger }),
  };
}

function listenerModule(listener: DatabaseListener): ServerModule {
  return {
    name: 'listener',
    metrics: [
      {
        name: 'database_notes_heard',
        help: 'Notes of the server to itself that came back: while it grows, notifications are heard.',
        read: () => listener.proven,
      },
    ],
    start: () => listener.start(),
    stop: () => listener.stop(),
  };
}
