import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Folders of system programs, searched after PATH, which in a service or a container often lacks them. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/opt/homebrew/bin', '/usr/local/bin'];

export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Finds the first of these programs on a PATH-like list, or undefined. */
export async function findProgram(names: readonly string[], searchPath = ''): Promise<string | undefined> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = [...searchPath.split(delimiter), ...(process.platform === 'win32' ? [] : SYSTEM_FOLDERS)];
  for (const name of names) {
    for (const folder of folders.filter((candidate) => candidate !== '')) {
      const path = join(folder, name + suffix);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}
