import { randomBytes } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENROLLMENT_TOKEN_PREFIX } from '@stratora/contract/wire';
import { errorMessage, makeDirectory, parseKeyFile, writeFileAtomic } from '@stratora/runtime';

/** Name of the file of the random first password of `admin`, which is there until the password is changed. */
export const INITIAL_PASSWORD_FILE = 'initial-admin-password';

/**
 * Returns the path of the key file that stands in for `STRATORA_CREDENTIAL_KEY_1` and further ones, made at the first start.
 * @throws when it is damaged, since a new key would make every stored credential unreadable
 */
export async function ensureCredentialKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'credential.key');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await writeFileAtomic(path, `${randomBytes(32).toString('hex')}\n`);
    return path;
  }
  try {
    parseKeyFile(text);
  } catch (error) {
    throw new Error(
      `${path} is damaged: ${errorMessage(error)}. Put it back from a backup; stored device credentials ` +
        'cannot be read without it.',
      { cause: error },
    );
  }
  await chmod(path, 0o600);
  return path;
}

/** Writes a fresh token for the components of this host, good for this start only. */
export async function mintLocalToken(dataDir: string): Promise<string> {
  const path = join(dataDir, 'run', 'local-enrollment-token');
  await makeDirectory(join(dataDir, 'run'));
  await writeFileAtomic(path, `${ENROLLMENT_TOKEN_PREFIX}${randomBytes(32).toString('base64url')}\n`);
  return path;
}

/** Reads the random first password of `admin`; undefined once it was changed, or when a person chose one. */
export async function readInitialPassword(dataDir: string): Promise<string | undefined> {
  const text = await readFile(join(dataDir, INITIAL_PASSWORD_FILE), 'utf8').catch(() => '');
  return text.trim() === '' ? undefined : text.trim();
}
