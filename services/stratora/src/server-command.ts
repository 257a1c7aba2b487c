import { fileURLToPath } from 'node:url';
import { findInstallation } from '@stratora/launcher';
import { createLogger, envString, onStopRequest, readEnvironment } from '@stratora/runtime';
import { migrate, runServer } from '@stratora/server';
import { VERSION } from './version.ts';

function productFolders(): Record<string, string> {
  const installation = findInstallation(fileURLToPath(import.meta.url), VERSION);
  return {
    STRATORA_WEB_DIR: installation.webDir,
    STRATORA_TEMPLATES_DIR: installation.templatesDir,
    STRATORA_MIGRATIONS_DIR: installation.migrationsDir,
    STRATORA_PROGRAM_DIR: installation.rootDir,
    STRATORA_VERSION: VERSION,
  };
}

/** Runs `stratora server`: the backend alone; the environment names its stores. */
export async function runServerCommand(args: readonly string[]): Promise<number> {
  if (args.length > 0) throw new Error('takes no options; it is configured by environment variables');
  const server = await runServer({ ...productFolders(), ...process.env });
  await new Promise<void>((resolve) => {
    onStopRequest(process, () => resolve());
  });
  await server.stop();
  return 0;
}

/** Runs `stratora migrate`: brings the database of DATABASE_URL to this version. */
export async function runMigrateCommand(args: readonly string[]): Promise<number> {
  if (args.length > 0) throw new Error('takes no options; set DATABASE_URL');
  const values = readEnvironment(
    { ...productFolders(), ...process.env },
    { DATABASE_URL: envString(), STRATORA_MIGRATIONS_DIR: envString() },
  );
  const logger = createLogger({ name: 'migrate', destination: process.stderr });
  const { applied } = await migrate(values.DATABASE_URL, values.STRATORA_MIGRATIONS_DIR, logger);
  process.stdout.write(
    applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}.\n`,
  );
  return 0;
}
