import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { API_KEY_ID_LENGTH, API_KEY_PREFIX, API_KEY_SECRET_LENGTH } from '@stratora/contract';

const LENGTH = API_KEY_ID_LENGTH + API_KEY_SECRET_LENGTH;
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

/** HMAC-SHA256 of the whole key under the servers' pepper: useless to who has only the database. */
export function fastVerifier(key: string, pepper: Buffer): Buffer {
  return createHmac('sha256', pepper).update(key).digest();
}

export function isSameVerifier(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
