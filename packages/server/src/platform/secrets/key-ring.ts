import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface Sealed {
  body: Buffer;
  keyVersion: number;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The keys that seal secrets with AES-256-GCM (NIST SP 800-38D); they live outside the database. Each text has a random
 * 96-bit nonce and is bound to what it belongs to and to its key's version, so it can neither be read nor put elsewhere
 * with the database alone. The highest version seals; all versions open.
 */
export class KeyRing {
  readonly #keys: ReadonlyMap<number, Buffer>;
  readonly currentVersion: number;

  /** @param keys 64 hex digits by version, at least one */
  constructor(keys: ReadonlyMap<number, string>) {
    if (keys.size === 0) throw new Error('there is no credential key');
    this.#keys = new Map(
      [...keys].map(([version, hex]) => {
        if (!/^[0-9a-fA-F]{64}$/.test(hex)) throw new Error(`credential key ${version} is not 64 hex digits`);
        return [version, Buffer.from(hex, 'hex')];
      }),
    );
    this.currentVersion = Math.max(...keys.keys());
  }

  seal(text: string | Buffer, binding: string): Sealed {
    const keyVersion = this.currentVersion;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key(keyVersion), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(`${binding}|${keyVersion}`));
    const body = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
    return { body, keyVersion };
  }

  /** @throws when the text was changed, belongs elsewhere, or its key is not here */
  open(body: Buffer, keyVersion: number, binding: string): Buffer {
    if (body.length < NONCE_BYTES + TAG_BYTES) throw new Error('the sealed text is too short');
    const decipher = createDecipheriv('aes-256-gcm', this.#key(keyVersion), body.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(`${binding}|${keyVersion}`));
    decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
    return Buffer.concat([
      decipher.update(body.subarray(NONCE_BYTES, body.length - TAG_BYTES)),
      decipher.final(),
    ]);
  }

  #key(version: number): Buffer {
    const key = this.#keys.get(version);
    if (!key) throw new Error(`credential key ${version} is not configured`);
    return key;
  }
}

export interface KeySource {
  /** Keys that the operator gave, by version. */
  credentialKeys: ReadonlyMap<number, string>;
  credentialKeyFile: string | undefined;
  dataDir: string;
}

/** Opens the keys that the operator gave, else the one of a file, which is made where there is none. */
export async function openKeyRing({
  credentialKeys,
  credentialKeyFile,
  dataDir,
}: KeySource): Promise<KeyRing> {
  if (credentialKeys.size > 0) return new KeyRing(credentialKeys);
  const file = credentialKeyFile ?? join(dataDir, 'credential.key');
  return new KeyRing(new Map([[1, await readOrCreateKeyFile(file)]]));
}

/** Reads the key file, or makes one that only its owner can read. */
export async function readOrCreateKeyFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = randomBytes(32).toString('hex');
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(fresh, 'wx', 0o600);
    try {
      await file.writeFile(`${key}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    // A link appears whole or not at all, and never over a key that is there already.
    await link(fresh, path);
    return key;
  } catch (error) {
    // Another server on the same folder was quicker.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return (await readFile(path, 'utf8')).trim();
    throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}
