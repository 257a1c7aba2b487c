import { randomBytes } from 'node:crypto';
import type { Database } from '../db/index.ts';
import { ensureSetting, findSetting } from '../settings/index.ts';
import { KeyMissing, type KeyRing } from './key-ring.ts';
import { ensureStanding, readStanding } from './key-standing.ts';

interface StoredSecret {
  body: string;
  key_version: number;
}

/** The secrets that all servers of an installation share and nobody else may know. */
export class ServerSecrets {
  #apiKeyPepper: Buffer | undefined;
  #tokenSigningKey: Buffer | undefined;
  #configMaskKey: Buffer | undefined;
  #linkKey: Buffer | undefined;

  /** Key of the fast verifiers of API keys. */
  get apiKeyPepper(): Buffer {
    return loaded(this.#apiKeyPepper);
  }

  /** Key that signs bearer tokens. */
  get tokenSigningKey(): Buffer {
    return loaded(this.#tokenSigningKey);
  }

  /** Key of the fingerprints that stand for secrets where configs are shown. */
  get configMaskKey(): Buffer {
    return loaded(this.#configMaskKey);
  }

  /** Key that signs the links in messages. */
  get linkKey(): Buffer {
    return loaded(this.#linkKey);
  }

  /**
   * Reads the secrets from the settings, where they are encrypted; the first server makes them.
   *
   * @throws when the credential key is not the one that this database was made with
   */
  async load(db: Database, keys: KeyRing): Promise<void> {
    this.#apiKeyPepper = await loadOrCreate(db, keys, 'api_key_pepper');
    await ensureStanding(db, await versionOf(db, 'api_key_pepper'));
    const standing = await readStanding(db);
    if (standing) sealAs(keys, standing.sealing_version);
    this.#tokenSigningKey = await loadOrCreate(db, keys, 'token_signing_key');
    this.#configMaskKey = await loadOrCreate(db, keys, 'config_mask_key');
    this.#linkKey = await loadOrCreate(db, keys, 'link_key');
  }
}

/** Names of the settings that hold a sealed text each. */
export const SEALED_SETTINGS = [
  'api_key_pepper',
  'token_signing_key',
  'config_mask_key',
  'link_key',
] as const;

/** Returns what the sealed text of a setting is bound to. */
export function settingBinding(name: string): string {
  return `setting|${name}`;
}

function sealAs(keys: KeyRing, version: number): void {
  try {
    keys.sealWith(version);
  } catch (error) {
    throw new Error(missingWords(version), { cause: error });
  }
}

function missingWords(version: number): string {
  return `Secrets in this database are sealed with credential key ${version}, which this server does not have. Give it STRATORA_CREDENTIAL_KEY_${version}, or put the key file of the other servers, or of a backup, in its place.`;
}

function loaded(secret: Buffer | undefined): Buffer {
  if (!secret) throw new Error('the shared secrets are not loaded yet');
  return secret;
}

async function loadOrCreate(db: Database, keys: KeyRing, name: string): Promise<Buffer> {
  const binding = settingBinding(name);
  const fresh = keys.seal(randomBytes(32), binding);
  const value: StoredSecret = { body: fresh.body.toString('base64'), key_version: fresh.keyVersion };
  await ensureSetting(db, name, value);
  const stored = (await findSetting(db, name)) as StoredSecret;
  try {
    return keys.open(Buffer.from(stored.body, 'base64'), stored.key_version, binding);
  } catch (error) {
    if (error instanceof KeyMissing) throw new Error(missingWords(error.version), { cause: error });
    throw new Error(
      `Credential key ${stored.key_version} is not the one that this database was made with. Give the key that it was made with (STRATORA_CREDENTIAL_KEY_${stored.key_version} or the key file).`,
      { cause: error },
    );
  }
}

async function versionOf(db: Database, name: string): Promise<number> {
  return ((await findSetting(db, name)) as StoredSecret).key_version;
}
