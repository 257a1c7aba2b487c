import { type Clock, createLogger, Lifecycle, type Logger, systemClock } from '@stratora/runtime';
import type { FastifyInstance } from 'fastify';
import { migrate, openDatabase } from './db/index.ts';
import { healthRoutes, SystemHealth } from './health/index.ts';
import {
  addApiDocumentRoutes,
  addMetricsRoute,
  appError,
  clientAddress,
  createHttpMetrics,
  createHttpServer,
  createMetricsRegistry,
  createTlsListener,
  installApiDocument,
  installNotFound,
  installWebFiles,
  type RouteEntry,
  registerScopes,
  requireRouteAccess,
  type TlsListener,
} from './http/index.ts';
import type { ServerConfig } from './server-config.ts';

/** What tests replace. */
export interface AppOverrides {
  logger?: Logger;
  clock?: Clock;
}

export interface App {
  readonly http: FastifyInstance;
  /** Every route with who may call it. */
  readonly routes: readonly RouteEntry[];
  /** Migrates, loads, listens. @returns the ports that it listens on */
  start(): Promise<{ internalPort: number; httpsPort: number | undefined }>;
  /** Serves the certificate that is on disk now; without it a new one is noticed within seconds. */
  reloadCertificate(): void;
  /** Idempotent; ends within the deadline. */
  stop(): Promise<void>;
}

const STOP_DEADLINE_MS = 8000;

/** Builds the whole backend by hand, bottom up. Nothing is connected before `start`. */
export async function createApp(config: ServerConfig, overrides: AppOverrides = {}): Promise<App> {
  const logger = overrides.logger ?? createLogger({ name: 'server' });
  const clock = overrides.clock ?? systemClock;
  const lifecycle = new Lifecycle(logger, clock);
  const registry = createMetricsRegistry();
  const database = openDatabase({ url: config.databaseUrl, logger });
  const address = clientAddress(config.proxySecret);
  const systemHealth = new SystemHealth({ ...config, db: database.db });

  const http = createHttpServer({ logger, metrics: createHttpMetrics(registry), address });
  const routes = requireRouteAccess(http);
  installApiDocument(http, config.version);
  registerScopes(
    http,
    {
      authenticateUser: async () => {
        throw appError('not_authenticated', 'Log in first.');
      },
      authenticateComponent: async () => {
        throw appError('api_key_invalid', 'The API key is not valid.');
      },
    },
    { public: [healthRoutes(systemHealth)], component: [], user: [] },
  );
  http.register(async (scope) => {
    addApiDocumentRoutes(scope);
    addMetricsRoute(scope, registry, address);
  });
  const fallback = config.webDir === undefined ? undefined : installWebFiles(http, config.webDir);
  installNotFound(http, routes, fallback);

  let listener: TlsListener | undefined;
  return {
    http,
    routes,
    reloadCertificate: () => listener?.reload(),
    async start() {
      lifecycle.onStop('database', () => database.close());
      lifecycle.onStop('metric store checks', () => systemHealth.close());
      await migrate(config.databaseUrl, config.migrationsDir, logger);
      lifecycle.onStop('http', () => http.close());
      const url = await http.listen({ host: '127.0.0.1', port: config.internalPort, backlog: 1024 });
      const internalPort = Number(new URL(url).port);
      if (!config.tls) return { internalPort, httpsPort: undefined };
      listener = createTlsListener({
        ...config.tls,
        logger,
        handle: (request, response) => http.routing(request, response),
      });
      lifecycle.onStop('https', () => listener?.close());
      return { internalPort, httpsPort: await listener.listen() };
    },
    stop: () => lifecycle.stop(STOP_DEADLINE_MS),
  };
}
