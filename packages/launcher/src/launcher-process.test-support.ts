import { join } from 'node:path';
import { onStopRequest } from '@stratora/runtime';
import { runUp } from './up.ts';

// Runs the launcher in a process of its own, with the real stores and front door and stand-ins for our own services.
const [rootDir = '', ...args] = process.argv.slice(2);

process.exit(
  await runUp(
    {
      args,
      environment: process.env,
      workingDir: rootDir,
      stdout: process.stdout,
      stderr: process.stderr,
      checkDatabase: () => Promise.resolve('it is away.'),
      onStopRequest: (callback) => onStopRequest(process, callback),
      onFatal: (callback) => process.on('uncaughtException', callback),
    },
    {
      rootDir,
      version: '1.2.3',
      webDir: join(rootDir, 'web'),
      templatesDir: rootDir,
      alertDefinitionsDir: rootDir,
      identificationDir: rootDir,
      migrationsDir: rootDir,
      entry: (name) => [process.execPath, join(import.meta.dirname, 'fake-service.test-support.mjs'), name],
    },
  ),
);
