import { mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type EnvironmentSource, makeDirectory } from '@stratora/runtime';

/** Returns the folder of downloaded programs without `STRATORA_TOOL_CACHE`: one for all checkouts of a user. */
export function defaultToolCacheDir(environment: EnvironmentSource): string {
  const base = environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(base, 'stratora');
}

/**
 * Fills a folder of the tool cache: `fill` works in a temporary one, which then takes the name. Several processes may
 * do this at once; the first one wins and the others use its result.
 * @returns the folder
 */
export async function fillCacheFolder(
  cacheDir: string,
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  await makeDirectory(cacheDir, 0o755);
  const target = join(cacheDir, name);
  const temporary = await mkdtemp(join(cacheDir, `${name}.part-`));
  try {
    await fill(temporary);
    await rename(temporary, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return target;
}
