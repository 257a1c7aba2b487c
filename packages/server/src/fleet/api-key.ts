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

const BLOCK_BYTES = 64;

/**
 * HMAC-SHA256 (RFC 2104) of a whole key under the servers' pepper: useless to who has only the database. Made of two
 * hashes over blocks that are prepared once: 1.5 us a call, where an Hmac object costs 30.
 */
export class FastVerifier {
  readonly #inner: Buffer;
  readonly #outer: Buffer;

  /** @param pepper at most 64 bytes */
  constructor(pepper: Buffer) {
    if (pepper.length > BLOCK_BYTES) throw new RangeError('the pepper is longer than a block');
    const block = Buffer.alloc(BLOCK_BYTES);
    pepper.copy(block);
    this.#inner = Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.alloc(API_KEY_BYTES)]);
    this.#outer = Buffer.concat([block.map((byte) => byte ^ 0x5c), Buffer.alloc(32)]);
  }

  /** @param key of the right shape */
  of(key: string): Buffer {
    this.#inner.write(key, BLOCK_BYTES, API_KEY_BYTES, 'latin1');
    hash('sha256', this.#inner, 'buffer').copy(this.#outer, BLOCK_BYTES);
    return hash('sha256', this.#outer, 'buffer');
  }
}

export function isSameVerifier(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
