import { randomBytes } from 'node:crypto';
import type { Database } from '../db/index.ts';
import { ensureSetting, findSetting } from '../settings/index.ts';
import type { KeyRing } from './key-ring.ts';

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
    this.#tokenSigningKey = await loadOrCreate(db, keys, 'token_signing_key');
    this.#configMaskKey = await loadOrCreate(db, keys, 'config_mask_key');
    this.#linkKey = await loadOrCreate(db, keys, 'link_key');
  }
}

function loaded(secret: Buffer | undefined): Buffer {
  if (!secret) throw new Error('the shared secrets are not loaded yet');
  return secret;
}

async function loadOrCreate(db: Database, keys: KeyRing, name: string): Promise<Buffer> {
  const binding = `setting|${name}`;
  const fresh = keys.seal(randomBytes(32), binding);
  const value: StoredSecret = { body: fresh.body.toString('base64'), key_version: fresh.keyVersion };
  await ensureSetting(db, name, value);
  const stored = (await findSetting(db, name)) as StoredSecret;
  try {
    return keys.open(Buffer.from(stored.body, 'base64'), stored.key_version, binding);
  } catch (error) {
    throw new Error(
      'The credential key does not fit this database. Give the key that it was made with (STRATORA_CREDENTIAL_KEY_n or the key file).',
      { cause: error },
    );
  }
}
