import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Finds a program on PATH or in the folders where Debian keeps daemons; undefined where it is absent. */
export function findBinary(name: string): string | undefined {
  for (const folder of [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/sbin',
    '/usr/local/sbin',
  ]) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next folder.
    }
  }
  return undefined;
}

/**
 * Finds a program of the machine that a test needs; undefined where it is absent, with a line on the
 * console. In CI (`CI` is set) an absent program is a failure.
 */
export function requireBinary(name: string): string | undefined {
  const path = findBinary(name);
  if (path === undefined) {
    if (process.env['CI']) throw new Error(`${name} is not installed; CI must have it`);
    process.stderr.write(`skipped: ${name} is not installed\n`);
  }
  return path;
}
