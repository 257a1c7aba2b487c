import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import type { AuthProtocol, PrivProtocol } from './snmp-target.ts';

/** The parameters that RFC 3414 and RFC 7860 fix for an authentication protocol. */
export interface AuthAlgorithm {
  /** Name of the hash in OpenSSL. */
  readonly hash: string;
  /** Octets of a key. */
  readonly keyBytes: number;
  /** Octets of the truncated digest in a message. */
  readonly digestBytes: number;
}

export const AUTH_ALGORITHMS: Readonly<Record<AuthProtocol, AuthAlgorithm>> = {
  MD5: { hash: 'md5', keyBytes: 16, digestBytes: 12 },
  SHA: { hash: 'sha1', keyBytes: 20, digestBytes: 12 },
  SHA224: { hash: 'sha224', keyBytes: 28, digestBytes: 16 },
  SHA256: { hash: 'sha256', keyBytes: 32, digestBytes: 24 },
  SHA384: { hash: 'sha384', keyBytes: 48, digestBytes: 32 },
  SHA512: { hash: 'sha512', keyBytes: 64, digestBytes: 48 },
};

/** Octets of key material: RFC 3414 (DES: key and pre-IV), RFC 3826 (AES), and the AES-192 and AES-256 drafts. */
export const PRIV_KEY_BYTES: Readonly<Record<PrivProtocol, number>> = {
  DES: 16,
  AES: 16,
  AES192: 24,
  AES192C: 24,
  AES256: 32,
  AES256C: 32,
};

const EXPANDED_PASSWORD_BYTES = 1_048_576;

/**
 * Derives a key from a password (RFC 3414, A.2): the hash of the password repeated to 1 MiB. Costs about a millisecond,
 * so callers keep it per password; it does not depend on the device. The password must not be empty.
 */
export function passwordToKey(hash: string, password: string | Uint8Array): Buffer {
  const bytes = typeof password === 'string' ? Buffer.from(password) : Buffer.from(password);
  if (bytes.length === 0) throw new RangeError('a password of SNMPv3 must not be empty');
  const repeats = Math.ceil(4_096 / bytes.length);
  const block = Buffer.alloc(repeats * bytes.length, bytes);
  const digest = createHash(hash);
  let left = EXPANDED_PASSWORD_BYTES;
  for (; left >= block.length; left -= block.length) digest.update(block);
  return digest.update(block.subarray(0, left)).digest();
}

/** Localises a key (RFC 3414, 2.6): binds it to one engine. */
export function localizeKey(hash: string, key: Uint8Array, engineId: Uint8Array): Buffer {
  return createHash(hash).update(key).update(engineId).update(key).digest();
}

/**
 * Derives the localised key of a privacy protocol from the localised key that the authentication hash gives. Too short
 * ones are extended by hashing on (Blumenthal, draft-blumenthal-aes-usm-04) or by localising the key as if it were a
 * password (Reeder, draft-reeder-snmpv3-usm-3desede-00).
 */
export function privacyKey(options: {
  readonly hash: string;
  readonly protocol: PrivProtocol;
  readonly localized: Buffer;
  readonly engineId: Uint8Array;
}): Buffer {
  const { hash, protocol, engineId } = options;
  const length = PRIV_KEY_BYTES[protocol];
  const isReeder = protocol.endsWith('C');
  let key = options.localized;
  let last = options.localized;
  while (key.length < length) {
    last = isReeder
      ? localizeKey(hash, passwordToKey(hash, last), engineId)
      : createHash(hash).update(key).digest();
    key = Buffer.concat([key, last]);
  }
  return key.subarray(0, length);
}

/** Key material of a privacy protocol, and the key of its cipher as OpenSSL takes it fastest. */
export interface PrivacyKey {
  readonly material: Buffer;
  readonly cipher: KeyObject;
}

/** Keys of a user at one engine. Key objects: passing octets costs 15 us more with every message. */
export interface UsmKeys {
  readonly auth: KeyObject;
  readonly priv: PrivacyKey;
}

/**
 * Prepares a key for its cipher. Single DES is triple DES with three equal keys: OpenSSL 3 keeps DES itself in its
 * legacy provider.
 */
export function preparePrivacyKey(protocol: PrivProtocol, material: Buffer): PrivacyKey {
  const half = material.subarray(0, 8);
  const key = protocol === 'DES' ? Buffer.concat([half, half, half]) : material;
  return { material, cipher: createSecretKey(key) };
}

const NO_KEY = createSecretKey(Buffer.alloc(1));
/** Empty keys, for levels without authentication. */
export const NO_KEYS: UsmKeys = { auth: NO_KEY, priv: { material: Buffer.alloc(0), cipher: NO_KEY } };

/** Master keys of the passwords in use, so that a thousand devices with one user cost one derivation. */
export class PasswordKeyCache {
  private readonly keys = new Map<string, Buffer>();
  private readonly most: number;

  constructor(most = 1_024) {
    this.most = most;
  }

  /** Returns the key of a password; derived at the first call. */
  get(hash: string, password: string): Buffer {
    // The map never holds the password itself.
    const name = `${hash}:${createHash('sha256').update(password).digest('base64')}`;
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    const key = passwordToKey(hash, password);
    const oldest = this.keys.keys().next();
    if (this.keys.size >= this.most && oldest.done !== true) this.keys.delete(oldest.value);
    this.keys.set(name, key);
    return key;
  }
}

/** Derives the keys of a user at an engine. */
export function deriveKeys(options: {
  readonly cache: PasswordKeyCache;
  readonly engineId: Uint8Array;
  readonly auth?: { readonly protocol: AuthProtocol; readonly password: string } | undefined;
  readonly priv?: { readonly protocol: PrivProtocol; readonly password: string } | undefined;
}): UsmKeys {
  const { cache, engineId, auth, priv } = options;
  if (auth === undefined) return NO_KEYS;
  const { hash } = AUTH_ALGORITHMS[auth.protocol];
  const authKey = createSecretKey(localizeKey(hash, cache.get(hash, auth.password), engineId));
  if (priv === undefined) return { auth: authKey, priv: NO_KEYS.priv };
  const localized = localizeKey(hash, cache.get(hash, priv.password), engineId);
  const material = privacyKey({ hash, protocol: priv.protocol, localized, engineId });
  return { auth: authKey, priv: preparePrivacyKey(priv.protocol, material) };
}
