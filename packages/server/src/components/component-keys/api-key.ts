import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { API_KEY_ID_LENGTH, API_KEY_PREFIX, API_KEY_SECRET_LENGTH } from '@stratora/contract';

const LENGTH = API_KEY_ID_LENGTH + API_KEY_SECRET_LENGTH;
/** A key is ASCII: as many bytes as characters. */
const API_KEY_BYTES = API_KEY_PREFIX.length + LENGTH;
const SHAPE = new RegExp(`^${API_KEY_PREFIX}[A-Za-z0-9_-]{${LENGTH}}$`);

/** A new key: 66 bits of public id, 192 bits of secret. */
export function mintApiKey(): string {
  return API_KEY_PREFIX + randomBytes(33).toString('base64url').slice(0, LENGTH);
}

/** The public id of a key, by which its row is found; undefined for what has not the shape of a key. */
export function apiKeyId(key: string): string | undefined {
  if (!SHAPE.test(key)) return undefined;
  return key.slice(API_KEY_PREFIX.length, API_KEY_PREFIX.length + API_KEY_ID_LENGTH);
}

/** The same for what is only looked up: of a text with another shape it is an id that nobody has. */
export function looseKeyId(key: string): string | undefined {
  return key.length === API_KEY_BYTES
    ? key.slice(API_KEY_PREFIX.length, API_KEY_PREFIX.length + API_KEY_ID_LENGTH)
    : undefined;
}

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;

/**
 * HMAC-SHA256 (RFC 2104) of a whole key under the servers' pepper: useless to who has only the database. Made of two
 * hashes over blocks that are prepared once, each taken as a string of bytes, since a Buffer made by the hash costs four
 * times the hashing: 0.7 us a call, where an Hmac object costs 30.
 */
export class FastVerifier {
  readonly #inner: Buffer;
  readonly #outer: Buffer;
  readonly #result = Buffer.alloc(HASH_BYTES);

  /** @param pepper at most 64 bytes */
  constructor(pepper: Buffer) {
    if (pepper.length > BLOCK_BYTES) throw new RangeError('the pepper is longer than a block');
    const block = Buffer.alloc(BLOCK_BYTES);
    pepper.copy(block);
    this.#inner = Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.alloc(API_KEY_BYTES)]);
    this.#outer = Buffer.concat([block.map((byte) => byte ^ 0x5c), Buffer.alloc(HASH_BYTES)]);
  }

  /** @param key of the right shape */
  of(key: string): Buffer {
    return Buffer.from(this.#hash(key), 'latin1');
  }

  /**
   * Whether this is the verifier of the key; takes as long for any wrong one.
   * @param key of the length of one
   */
  isOf(key: string, verifier: Buffer): boolean {
    if (verifier.length !== HASH_BYTES) return false;
    this.#result.write(this.#hash(key), 'latin1');
    return timingSafeEqual(this.#result, verifier);
  }

  #hash(key: string): string {
    this.#inner.write(key, BLOCK_BYTES, API_KEY_BYTES, 'latin1');
    this.#outer.write(hash('sha256', this.#inner, 'binary'), BLOCK_BYTES, HASH_BYTES, 'latin1');
    return hash('sha256', this.#outer, 'binary');
  }
}
