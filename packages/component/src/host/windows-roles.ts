import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROLE_OF_WINDOWS_FILE } from './role-signs.ts';

/** Most names that one `*` may stand for. */
const MAX_NAMES = 256;

/**
 * Detects roles by what is installed: a role of Windows brings its files, and takes them away again. The registry and
 * the service manager would need programs to be started.
 *
 * @param drive `C:\`
 */
export async function windowsRoles(drive: string): Promise<Set<string>> {
  const roles = new Set<string>();
  for (const [path, role] of ROLE_OF_WINDOWS_FILE) {
    if (!roles.has(role) && (await isThere(drive, path.split('/')))) roles.add(role);
  }
  return roles;
}

async function isThere(folder: string, [name, ...rest]: readonly string[]): Promise<boolean> {
  if (name === undefined) return true;
  if (!name.includes('*')) {
    const path = join(folder, name);
    if (rest.length > 0) return isThere(path, rest);
    return access(path).then(
      () => true,
      () => false,
    );
  }
  const [before = '', after = ''] = name.split('*', 2);
  const names = await readdir(folder).catch(() => []);
  for (const found of names.slice(0, MAX_NAMES)) {
    const fits = found.startsWith(before) && found.endsWith(after);
    if (fits && (await isThere(join(folder, found), rest))) return true;
  }
  return false;
}
