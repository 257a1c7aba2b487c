import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { AuthProtocol, PrivProtocol } from './snmp-target.ts';
import { AUTH_ALGORITHMS, type PrivacyKey } from './usm-keys.ts';

/** An encrypted scoped PDU and the salt that goes with it as msgPrivacyParameters. */
export interface Sealed {
  readonly data: Buffer;
  readonly salt: Buffer;
}

/** The clock that the initialisation vector depends on. */
export interface EngineClock {
  readonly boots: number;
  readonly time: number;
}

const CIPHERS: Readonly<Record<PrivProtocol, string>> = {
  DES: 'des-ede3-cbc',
  AES: 'aes-128-cfb',
  AES192: 'aes-192-cfb',
  AES192C: 'aes-192-cfb',
  AES256: 'aes-256-cfb',
  AES256C: 'aes-256-cfb',
};

/** A salt that never repeats within a process and starts anywhere: a 64-bit counter (RFC 3826, 3.1.1.1). */
let saltCounter = randomBytes(8).readBigUInt64BE();

function nextSalt(): Buffer {
  saltCounter = BigInt.asUintN(64, saltCounter + 1n);
  const salt = Buffer.allocUnsafe(8);
  salt.writeBigUInt64BE(saltCounter);
  return salt;
}

/** Encrypts a scoped PDU. */
export function encryptScoped(
  protocol: PrivProtocol,
  key: PrivacyKey,
  clock: EngineClock,
  plain: Uint8Array,
): Sealed {
  const salt = nextSalt();
  if (protocol === 'DES') {
    // RFC 3414, 8.1.1.1: the first half of the salt is the engine's boots.
    salt.writeUInt32BE(clock.boots, 0);
    const padded = Buffer.alloc(Math.ceil(plain.length / 8) * 8);
    padded.set(plain);
    const cipher = createCipheriv(CIPHERS.DES, key.cipher, desIv(key, salt)).setAutoPadding(false);
    return { data: Buffer.concat([cipher.update(padded), cipher.final()]), salt };
  }
  const cipher = createCipheriv(CIPHERS[protocol], key.cipher, aesIv(clock, salt));
  return { data: cipher.update(plain), salt };
}

/** Decrypts a scoped PDU; undefined when its shape does not fit the protocol. */
export function decryptScoped(
  protocol: PrivProtocol,
  key: PrivacyKey,
  clock: EngineClock,
  sealed: Sealed,
): Buffer | undefined {
  if (sealed.salt.length !== 8) return undefined;
  if (protocol === 'DES') {
    if (sealed.data.length % 8 !== 0) return undefined;
    const decipher = createDecipheriv(CIPHERS.DES, key.cipher, desIv(key, sealed.salt)).setAutoPadding(false);
    return Buffer.concat([decipher.update(sealed.data), decipher.final()]);
  }
  return createDecipheriv(CIPHERS[protocol], key.cipher, aesIv(clock, sealed.salt)).update(sealed.data);
}

function desIv(key: PrivacyKey, salt: Buffer): Buffer {
  const iv = Buffer.allocUnsafe(8);
  for (let i = 0; i < 8; i++) iv[i] = (key.material[8 + i] ?? 0) ^ (salt[i] ?? 0);
  return iv;
}

function aesIv(clock: EngineClock, salt: Buffer): Buffer {
  const iv = Buffer.allocUnsafe(16);
  iv.writeUInt32BE(clock.boots, 0);
  iv.writeUInt32BE(clock.time, 4);
  iv.set(salt, 8);
  return iv;
}

/**
 * Computes the truncated digest of a whole message whose digest field holds zeros (RFC 3414, 6.3.1; RFC 7860, 4.2.1).
 */
export function messageDigest(protocol: AuthProtocol, key: KeyObject, message: Uint8Array): Buffer {
  const { hash, digestBytes } = AUTH_ALGORITHMS[protocol];
  return createHmac(hash, key).update(message).digest().subarray(0, digestBytes);
}

/** True when the digest in [start, end) of the message is right. The message is left as it was. */
export function isDigestRight(
  protocol: AuthProtocol,
  key: KeyObject,
  message: Buffer,
  range: { readonly start: number; readonly end: number },
): boolean {
  const { start, end } = range;
  if (end - start !== AUTH_ALGORITHMS[protocol].digestBytes) return false;
  const given = Buffer.from(message.subarray(start, end));
  message.fill(0, start, end);
  const right = messageDigest(protocol, key, message);
  message.set(given, start);
  return timingSafeEqual(given, right);
}
