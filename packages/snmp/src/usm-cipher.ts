import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AuthProtocol, PrivProtocol } from './snmp-target.ts';
import { AUTH_ALGORITHMS } from './usm-keys.ts';

/** An encrypted scoped PDU and the salt that goes with it as msgPrivacyParameters. */
export interface Sealed {
  readonly data: Buffer;
  readonly salt: Buffer;
}

/** What the initialisation vector depends on. */
export interface EngineClock {
  readonly boots: number;
  readonly time: number;
}

const AES_NAMES: Readonly<Record<number, string>> = {
  16: 'aes-128-cfb',
  24: 'aes-192-cfb',
  32: 'aes-256-cfb',
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
  key: Buffer,
  clock: EngineClock,
  plain: Uint8Array,
): Sealed {
  const salt = nextSalt();
  if (protocol === 'DES') {
    // RFC 3414, 8.1.1.1: the first half of the salt is the engine's boots.
    salt.writeUInt32BE(clock.boots, 0);
    const padded = Buffer.alloc(Math.ceil(plain.length / 8) * 8);
    padded.set(plain);
    const cipher = createCipheriv('des-ede3-cbc', desKey(key), desIv(key, salt)).setAutoPadding(false);
    return { data: Buffer.concat([cipher.update(padded), cipher.final()]), salt };
  }
  const cipher = createCipheriv(AES_NAMES[key.length] ?? 'aes-128-cfb', key, aesIv(clock, salt));
  return { data: cipher.update(plain), salt };
}

/** Decrypts a scoped PDU; undefined when its shape does not fit the protocol. */
export function decryptScoped(
  protocol: PrivProtocol,
  key: Buffer,
  clock: EngineClock,
  sealed: Sealed,
): Buffer | undefined {
  if (sealed.salt.length !== 8) return undefined;
  if (protocol === 'DES') {
    if (sealed.data.length % 8 !== 0) return undefined;
    const decipher = createDecipheriv('des-ede3-cbc', desKey(key), desIv(key, sealed.salt)).setAutoPadding(
      false,
    );
    return Buffer.concat([decipher.update(sealed.data), decipher.final()]);
  }
  return createDecipheriv(AES_NAMES[key.length] ?? 'aes-128-cfb', key, aesIv(clock, sealed.salt)).update(
    sealed.data,
  );
}

/** Single DES as triple DES with three equal keys: OpenSSL 3 keeps DES itself in its legacy provider. */
function desKey(key: Buffer): Buffer {
  const half = key.subarray(0, 8);
  return Buffer.concat([half, half, half]);
}

function desIv(key: Buffer, salt: Buffer): Buffer {
  const iv = Buffer.allocUnsafe(8);
  for (let i = 0; i < 8; i++) iv[i] = (key[8 + i] ?? 0) ^ (salt[i] ?? 0);
  return iv;
}

function aesIv(clock: EngineClock, salt: Buffer): Buffer {
  const iv = Buffer.allocUnsafe(16);
  iv.writeUInt32BE(clock.boots, 0);
  iv.writeUInt32BE(clock.time, 4);
  iv.set(salt, 8);
  return iv;
}

/** The truncated digest of a whole message whose digest field holds zeros (RFC 3414, 6.3.1; RFC 7860, 4.2.1). */
export function messageDigest(protocol: AuthProtocol, key: Buffer, message: Uint8Array): Buffer {
  const { hash, digestBytes } = AUTH_ALGORITHMS[protocol];
  return createHmac(hash, key).update(message).digest().subarray(0, digestBytes);
}

/** True when the digest in [start, end) of the message is right. The message is left as it was. */
export function isDigestRight(
  protocol: AuthProtocol,
  key: Buffer,
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
