import { fileURLToPath } from 'node:url';
import { findInstallation, runUp } from '@stratora/launcher';
import { onStopRequest } from '@stratora/runtime';
import { checkDatabase } from './database-check.ts';
import { VERSION } from './version.ts';

export async function runUpCommand(args: readonly string[]): Promise<number> {
  // The channel to the bootstrap is only watched; it must not keep us alive.
  process.channel?.unref();
  return runUp(
    {
      args,
      environment: process.env,
      workingDir: process.cwd(),
      stdout: process.stdout,
      stderr: process.stderr,
      checkDatabase,
      onStopRequest(callback) {
        onStopRequest(process, callback);
        process.on('SIGHUP', () => callback('SIGHUP'));
      },
      onFatal(callback) {
        process.on('uncaughtException', callback);
        process.on('unhandledRejection', callback);
      },
    },
    findInstallation(fileURLToPath(import.meta.url), VERSION),
  );
}
