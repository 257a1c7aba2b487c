import { randomBytes } from 'node:crypto';
import { lstat, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** A folder cannot be made or written to; the message says why in plain words. */
export class DirectoryError extends Error {
  /** The folder that was asked for. */
  readonly path: string;

  constructor(path: string, reason: string, cause?: unknown) {
    super(`The folder ${path} cannot be used: ${reason}.`, cause === undefined ? {} : { cause });
    this.name = 'DirectoryError';
    this.path = path;
  }
}

/**
 * Makes a folder and those above it that are missing. It takes the place of `mkdir` with `recursive`, which in Node 24
 * never comes back below /proc and where a part of the path is a link that leads nowhere.
 *
 * @throws DirectoryError
 */
export async function makeDirectory(path: string, mode = 0o700): Promise<void> {
  const wanted = resolve(path);
  for (const folder of await missingFolders(wanted)) {
    try {
      await mkdir(folder, { mode });
    } catch (error) {
      // Another process may have made it meanwhile.
      if (codeOf(error) === 'EEXIST' && (await isDirectory(folder))) continue;
      throw new DirectoryError(wanted, words(error, dirname(folder)), error);
    }
  }
}

/** Makes a folder as `makeDirectory` does, and tries to write into it. @throws DirectoryError */
export async function makeWritableDirectory(path: string, mode = 0o700): Promise<void> {
  await makeDirectory(path, mode);
  const trial = join(path, `.trial-${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(trial, 'x', { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new DirectoryError(resolve(path), words(error, resolve(path)), error);
  } finally {
    await rm(trial, { force: true }).catch(() => {});
  }
}

/** Lists the folders of a path that are not there, the topmost first. */
async function missingFolders(wanted: string): Promise<string[]> {
  const missing: string[] = [];
  for (let at = wanted; ; at = dirname(at)) {
    try {
      if ((await stat(at)).isDirectory()) return missing;
      throw new DirectoryError(wanted, `${at} is not a folder`);
    } catch (error) {
      if (error instanceof DirectoryError) throw error;
      const code = codeOf(error);
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || dirname(at) === at) {
        throw new DirectoryError(wanted, words(error, at), error);
      }
      if (code === 'ENOENT' && (await isLink(at))) {
        throw new DirectoryError(wanted, `${at} is a link to something that does not exist`, error);
      }
      missing.unshift(at);
    }
  }
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() === true;
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** Says what a fault of a folder means. Codes: errno(3). */
function words(error: unknown, at: string): string {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return `there is no right to write to ${at}`;
    case 'EROFS':
      return `${at} is on a read-only file system`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `the disk of ${at} is full`;
    case 'ENOENT':
    case 'ENOTSUP':
    case 'ENOSYS':
      return `nothing can be made in ${at}`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${at} is not a folder`;
    case 'ELOOP':
      return `the links of ${at} lead round in a circle`;
    case 'ENAMETOOLONG':
      return `the name of ${at} is too long`;
    case 'EIO':
    case 'ENXIO':
    case 'ESTALE':
      return `the disk of ${at} does not answer`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
