import { type Clock, createLogger, Lifecycle, type Logger, systemClock } from '@stratora/runtime';
import type { FastifyInstance } from 'fastify';
import { buildModules, type Modules } from './app-modules.ts';
import {
  addApiDocumentRoutes,
  addMetricsRoute,
  clientAddress,
  createHttpMetrics,
  createHttpServer,
  createTlsListener,
  type HttpMetrics,
  installApiDocument,
  installFastPaths,
  installNotFound,
  installWebFiles,
  LISTEN_BACKLOG,
  type NoteComponentCall,
  type RouteEntry,
  registerScopes,
  requireRouteAccess,
  type TlsListener,
} from './platform/http/index.ts';
import { HASH_COST } from './platform/secrets/index.ts';
import type { ServerConfig } from './server-config.ts';

/** The parts that tests replace. */
export interface AppOverrides {
  logger?: Logger;
  clock?: Clock;
  /** Cost of bcrypt; `HASH_COST` by default. */
  hashCost?: number;
  /** Called at named steps; a test ends the process there. */
  failpoint?: (name: string) => void;
}

export interface App {
  readonly http: FastifyInstance;
  readonly modules: Modules;
  /** Every route with the callers that it is for. */
  readonly routes: readonly RouteEntry[];
  /** Migrates, loads, listens. @returns the ports that it listens on */
  start(): Promise<{ internalPort: number; httpsPort: number | undefined }>;
  /** Serves the certificate that is on disk now; without it a new one is noticed within seconds. */
  reloadCertificate(): void;
  /** Stops the server; idempotent, and ends within the deadline. */
  stop(): Promise<void>;
}

const STOP_DEADLINE_MS = 8000;

/** Builds the whole backend by hand, bottom up. Nothing is connected before `start`. */
export async function createApp(config: ServerConfig, overrides: AppOverrides = {}): Promise<App> {
  const logger = overrides.logger ?? createLogger({ name: 'server' });
  const clock = overrides.clock ?? systemClock;
  const lifecycle = new Lifecycle(logger, clock);
  const modules = await buildModules({
    config,
    clock,
    logger,
    hashCost: overrides.hashCost ?? HASH_COST,
    failpoint: overrides.failpoint,
  });
  modules.list.exportMetrics(modules.registry, clock);
  const { http, routes, handle } = buildHttp(config, modules, logger);
  let listener: TlsListener | undefined;
  return {
    http,
    modules,
    routes,
    reloadCertificate: () => listener?.reload(),
    async start() {
      await modules.list.start(lifecycle);
      // Stops run in the reverse order: first no new call is let in.
      lifecycle.onStop('http', () => http.close());
      const url = await http.listen({
        host: '127.0.0.1',
        port: config.internalPort,
        backlog: LISTEN_BACKLOG,
      });
      const internalPort = Number(new URL(url).port);
      if (!config.tls) return { internalPort, httpsPort: undefined };
      listener = createTlsListener({ ...config.tls, logger, handle });
      lifecycle.onStop('https', () => listener?.close());
      return { internalPort, httpsPort: await listener.listen() };
    },
    stop: () => lifecycle.stop(STOP_DEADLINE_MS),
  };
}

function buildHttp(config: ServerConfig, modules: Modules, logger: Logger) {
  const noteComponentCall = modules.noteCall;
  const address = clientAddress(config.proxySecret);
  const metrics = createHttpMetrics(modules.registry);
  const http = createHttpServer({ logger, metrics, address });
  const handle = installFastPaths(
    http,
    [fastPathOf(modules, { metrics, logger, noteComponentCall })],
    logger,
  );
  const routes = requireRouteAccess(http);
  installApiDocument(http, config.version);
  // Plugins load in order: those that gather the routes must be there before the first of them.
  http.register(async (scope) => {
    registerScopes(
      scope,
      {
        authenticateUser: (request) => modules.auth.authenticate(request),
        authenticateComponent: (key, from) => modules.authenticator.authenticate(key, from),
        noteComponentCall,
        noteRefusedCall: modules.noteRefusedCall,
        lookForRepeat: (request) => modules.repeats.calls.look(request),
      },
      modules.list.routes,
    );
    addApiDocumentRoutes(scope);
    addMetricsRoute(scope, modules.registry, address);
  });
  const fallback = config.webDir === undefined ? undefined : installWebFiles(http, config.webDir);
  installNotFound(http, routes, fallback);
  return { http, routes, handle };
}

function fastPathOf(
  modules: Modules,
  parts: { metrics: HttpMetrics; logger: Logger; noteComponentCall: NoteComponentCall },
) {
  return modules.configDelivery.fastPath({
    ...parts,
    peekComponent: (key) => modules.authenticator.peek(key),
  });
}
