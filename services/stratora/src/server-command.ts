import { fileURLToPath } from 'node:url';
import { findInstallation } from '@stratora/launcher';
import {
  createLogger,
  envDatabaseUrl,
  envString,
  onStopRequest,
  readEnvironment,
  required,
} from '@stratora/runtime';
import { databaseRefusal, migrate, readServerConfig, runServer } from '@stratora/server';
import { CommandLineError } from './command-line-error.ts';
import { VERSION } from './version.ts';

function productFolders(): Record<string, string> {
  const installation = findInstallation(fileURLToPath(import.meta.url), VERSION);
  return {
    STRATORA_WEB_DIR: installation.webDir,
    STRATORA_TEMPLATES_DIR: installation.templatesDir,
    STRATORA_ALERT_DEFINITIONS_DIR: installation.alertDefinitionsDir,
    STRATORA_IDENTIFICATION_DIR: installation.identificationDir,
    STRATORA_MIGRATIONS_DIR: installation.migrationsDir,
    STRATORA_PROGRAM_DIR: installation.rootDir,
    STRATORA_VERSION: VERSION,
  };
}

export const SERVER_HELP = `The backend alone, for several servers on one PostgreSQL and one VictoriaMetrics cluster.

Usage: stratora server        (no options; everything is an environment variable)

  DATABASE_URL                  postgres://USER:PASSWORD@HOST:5432/DATABASE; PostgreSQL 15 or newer with ICU
  STRATORA_METRICS_WRITE_URL    where samples are written, such as http://vminsert:8480/insert/0/prometheus
  STRATORA_METRICS_READ_URL     where they are read, such as http://vmselect:8481/select/0/prometheus
  STRATORA_DATA_DIR             folder of this server's own files
  STRATORA_INTERNAL_PORT        port of plain HTTP on 127.0.0.1, for the load balancer of this host and /metrics
  STRATORA_PUBLIC_URL           https address by which browsers and components reach the servers
  STRATORA_PUBLIC_ORIGIN        further https addresses that browsers use, with commas
  STRATORA_HTTPS_HOST, _PORT    where it listens by HTTPS itself (127.0.0.1, 8443), with
  STRATORA_TLS_CERT_FILE, STRATORA_TLS_KEY_FILE
  STRATORA_CREDENTIAL_KEY_1     64 hex digits (_2, ...), or STRATORA_CREDENTIAL_KEY_FILE; the same on all servers
  STRATORA_ADMIN_PASSWORD       first password of the user admin
  STRATORA_PROXY_SECRET         what a trusted proxy sends in X-Stratora-Proxy, so that its X-Forwarded-For counts
  STRATORA_LOG_LEVEL            info
`;

export const MIGRATE_HELP = `Brings the database of DATABASE_URL to this version. Servers do so at their start by themselves.

Usage: stratora migrate       (no options)

  DATABASE_URL                  postgres://USER:PASSWORD@HOST:5432/DATABASE; PostgreSQL 15 or newer with ICU
`;

/** Runs `stratora server`: the backend alone; the environment names its stores. */
export async function runServerCommand(args: readonly string[]): Promise<number> {
  refuseOptions(args);
  const environment = { ...productFolders(), ...process.env };
  await requireDatabase(readServerConfig(environment).databaseUrl);
  const server = await runServer(environment);
  await new Promise<void>((resolve) => {
    onStopRequest(process, () => resolve());
  });
  await server.stop();
  return 0;
}

/** Runs `stratora migrate`: brings the database of DATABASE_URL to this version. */
export async function runMigrateCommand(args: readonly string[]): Promise<number> {
  refuseOptions(args);
  const values = readEnvironment(
    { ...productFolders(), ...process.env },
    { DATABASE_URL: required(envDatabaseUrl()), STRATORA_MIGRATIONS_DIR: envString() },
  );
  await requireDatabase(values.DATABASE_URL);
  const logger = createLogger({ name: 'migrate', destination: process.stderr });
  const { applied } = await migrate(values.DATABASE_URL, values.STRATORA_MIGRATIONS_DIR, logger);
  process.stdout.write(
    applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}.\n`,
  );
  return 0;
}

function refuseOptions(args: readonly string[]): void {
  if (args.length > 0) {
    throw new CommandLineError('takes no options; it is configured by environment variables', 2);
  }
}

async function requireDatabase(url: string): Promise<void> {
  const fault = await databaseRefusal(url);
  if (fault !== undefined) throw new CommandLineError(`DATABASE_URL: ${fault}`);
}
