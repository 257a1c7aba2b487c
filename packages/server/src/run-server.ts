import {
  createBackoff,
  createLogger,
  type EnvironmentSource,
  envOneOf,
  LOG_LEVELS,
  readEnvironment,
  sleep,
} from '@stratora/runtime';
import { type App, type AppOverrides, createApp } from './app.ts';
import { isDatabaseAway } from './platform/db/index.ts';
import { readServerConfig } from './server-config.ts';

export interface RunningServer {
  readonly app: App;
  /** Reads the certificate again; called on SIGHUP. */
  reloadCertificate(): void;
  stop(): Promise<void>;
}

/**
 * Runs the backend process: reads the environment, waits for the database and serves. The caller stops it on a signal.
 *
 * @throws EnvironmentError when the environment is not usable, and any error with which no start can succeed
 */
export async function runServer(
  environment: EnvironmentSource,
  overrides: Pick<AppOverrides, 'failpoint'> = {},
): Promise<RunningServer> {
  const config = readServerConfig(environment);
  const { STRATORA_LOG_LEVEL: level } = readEnvironment(environment, {
    STRATORA_LOG_LEVEL: envOneOf(LOG_LEVELS, { default: 'info' }),
  });
  const logger = createLogger({ name: 'server', level });
  const backoff = createBackoff({ minMs: 200, maxMs: 5000 });
  for (;;) {
    const app = await createApp(config, { ...overrides, logger });
    try {
      const ports = await app.start();
      logger.info({ ...ports, version: config.version }, 'server is listening');
      return { app, reloadCertificate: () => app.reloadCertificate(), stop: () => app.stop() };
    } catch (error) {
      await app.stop();
      if (!isDatabaseAway(error)) throw error;
      logger.warn({ err: error }, 'waiting for the database');
      await sleep(backoff.next());
    }
  }
}
