import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type EntryName = 'server' | 'collector' | 'agent' | 'stratora';

/** Locations of the product's files, in a checkout or a package. */
export interface Installation {
  rootDir: string;
  version: string;
  webDir: string;
  templatesDir: string;
  alertDefinitionsDir: string;
  identificationDir: string;
  migrationsDir: string;
  /** Returns the command line that runs an entry on the Node that runs this process. */
  entry(name: EntryName): string[];
}

/**
 * Finds the installation that the running program belongs to.
 * @param startFile file of the running entry, in dist/ or services/NAME/src/
 * @throws when it is in no installation
 */
export function findInstallation(startFile: string, version: string): Installation {
  let rootDir = dirname(startFile);
  while (!existsSync(join(rootDir, 'templates'))) {
    const parent = dirname(rootDir);
    if (parent === rootDir)
      throw new Error(`${startFile} is in no installation: its folder "templates" is missing.`);
    rootDir = parent;
  }
  const isSource = startFile.endsWith('.ts');
  return {
    rootDir,
    version,
    webDir: join(rootDir, 'web', 'dist'),
    templatesDir: join(rootDir, 'templates'),
    alertDefinitionsDir: join(rootDir, 'alert-definitions'),
    identificationDir: join(rootDir, 'identification'),
    migrationsDir: join(rootDir, 'packages', 'server', 'migrations'),
    entry: (name) => [
      process.execPath,
      isSource ? join(rootDir, 'services', name, 'src', 'main.ts') : join(rootDir, 'dist', `${name}.mjs`),
    ],
  };
}
