import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, parseKeyFile } from '@stratora/runtime';
import { KeyRing } from './key-ring.ts';

export interface KeySource {
  /** Keys that the operator gave, by version. */
  credentialKeys: ReadonlyMap<number, string>;
  credentialKeyFile: string | undefined;
  dataDir: string;
}

/** Returns the file that a server's keys are in; undefined where the operator gave them. */
export function keyFileOf({ credentialKeys, credentialKeyFile, dataDir }: KeySource): string | undefined {
  return credentialKeys.size > 0 ? undefined : (credentialKeyFile ?? join(dataDir, 'credential.key'));
}

/** Opens the keys that the operator gave, else those of a file, which is made where there is none. */
export async function openKeyRing(source: KeySource): Promise<KeyRing> {
  const file = keyFileOf(source);
  if (file === undefined) return new KeyRing(source.credentialKeys);
  return new KeyRing(keysIn(file, await readOrCreateKeyFile(file)), {
    reload: () => keysIn(file, readFileSync(file, 'utf8')),
  });
}

function keysIn(path: string, text: string): Map<number, string> {
  try {
    return parseKeyFile(text);
  } catch (error) {
    throw new Error(`The file of credential keys ${path} is damaged: ${errorMessage(error)}.`, {
      cause: error,
    });
  }
}

/** Reads the key file, or makes one that only its owner can read. @returns its text */
export async function readOrCreateKeyFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const text = randomBytes(32).toString('hex');
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(fresh, 'wx', 0o600);
    try {
      await file.writeFile(`${text}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    // A link appears whole or not at all, and never over a key that is there already.
    await link(fresh, path);
    return text;
  } catch (error) {
    // Another server on the same folder was quicker.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return (await readFile(path, 'utf8')).trim();
    throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}
