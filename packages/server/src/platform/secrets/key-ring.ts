import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export interface Sealed {
  body: Buffer;
  keyVersion: number;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Characters of a fingerprint: enough to tell keys apart. */
const FINGERPRINT_LENGTH = 16;

/** The error of a text that is sealed with a key which is not here. */
export class KeyMissing extends Error {
  override readonly name = 'KeyMissing';
  readonly version: number;
  /** Whether it is newer than all that are here: other servers have it. */
  readonly isNewer: boolean;

  constructor(version: number, isNewer: boolean) {
    super(`credential key ${version} is not configured`);
    this.version = version;
    this.isNewer = isNewer;
  }
}

export interface KeyRingOptions {
  /** Reads the keys again, from where they may change while the server runs. @throws where they cannot be read */
  reload?: () => ReadonlyMap<number, string>;
}

/**
 * The keys that seal secrets with AES-256-GCM (NIST SP 800-38D); they live outside the database. Each text has a random
 * 96-bit nonce and is bound to what it belongs to and to its key's version, so it can neither be read nor put elsewhere
 * with the database alone. One version seals, on all servers the same: the highest, until somebody says otherwise. All
 * versions open.
 */
export class KeyRing {
  readonly #reload: KeyRingOptions['reload'];
  #keys: ReadonlyMap<number, Buffer>;
  #sealing: number;

  /** @param keys 64 hex digits by version, at least one */
  constructor(keys: ReadonlyMap<number, string>, options: KeyRingOptions = {}) {
    this.#reload = options.reload;
    this.#keys = readKeys(keys);
    this.#sealing = this.newestVersion;
  }

  /** The version that seals. */
  get currentVersion(): number {
    return this.#sealing;
  }

  get newestVersion(): number {
    return Math.max(...this.#keys.keys());
  }

  /** Whether it reads its keys again while the server runs. */
  get isReloadable(): boolean {
    return this.#reload !== undefined;
  }

  has(version: number): boolean {
    return this.#keys.has(version);
  }

  /** Returns a fingerprint of each key by its version: it tells keys apart and gives none of them away. */
  fingerprints(): Record<string, string> {
    return Object.fromEntries(
      [...this.#keys].map(([version, key]) => [
        String(version),
        createHash('sha256')
          .update('stratora credential key')
          .update(key)
          .digest('hex')
          .slice(0, FINGERPRINT_LENGTH),
      ]),
    );
  }

  /** Seals with the key of a version from now on. @throws KeyMissing */
  sealWith(version: number): void {
    if (!this.has(version)) this.reload();
    if (!this.has(version)) throw new KeyMissing(version, version > this.newestVersion);
    this.#sealing = version;
  }

  /**
   * Reads the keys again, where they may have changed; those that are gone there are forgotten, but for the one that seals.
   *
   * @throws where they cannot be read; those that were there stay
   */
  reload(): void {
    if (!this.#reload) return;
    const keys = new Map(readKeys(this.#reload()));
    const sealing = this.#keys.get(this.#sealing);
    if (sealing && !keys.has(this.#sealing)) keys.set(this.#sealing, sealing);
    this.#keys = keys;
  }

  seal(text: string | Buffer, binding: string): Sealed {
    const keyVersion = this.currentVersion;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key(keyVersion), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(`${binding}|${keyVersion}`));
    const body = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
    return { body, keyVersion };
  }

  /** @throws KeyMissing when its key is not here, Error when the text was changed or belongs elsewhere */
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
    const known = this.#keys.get(version);
    if (known) return known;
    // A newer key was added while we run, and another server seals with it already.
    if (version > this.newestVersion) this.#reloadQuietly();
    const key = this.#keys.get(version);
    if (!key) throw new KeyMissing(version, version > this.newestVersion);
    return key;
  }

  #reloadQuietly(): void {
    try {
      this.reload();
    } catch {
      // That the key is missing says enough; the round of the keys tells why they cannot be read.
    }
  }
}

function readKeys(keys: ReadonlyMap<number, string>): ReadonlyMap<number, Buffer> {
  if (keys.size === 0) throw new Error('there is no credential key');
  return new Map(
    [...keys].map(([version, hex]) => {
      if (!/^[0-9a-fA-F]{64}$/.test(hex)) throw new Error(`credential key ${version} is not 64 hex digits`);
      return [version, Buffer.from(hex, 'hex')];
    }),
  );
}
