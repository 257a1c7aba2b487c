import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AUTH_PROTOCOLS, PRIV_PROTOCOLS } from './snmp-target.ts';
import { decryptScoped, encryptScoped, isDigestRight, messageDigest } from './usm-cipher.ts';
import {
  AUTH_ALGORITHMS,
  deriveKeys,
  localizeKey,
  PasswordKeyCache,
  passwordToKey,
  privacyKey,
} from './usm-keys.ts';

const ENGINE = Buffer.from('000000000000000000000002', 'hex');

describe('keys from passwords', () => {
  // RFC 3414, A.3.1 and A.3.2.
  test.each([
    ['md5', '9faf3283884e92834ebc9847d8edd963', '526f5eed9fcce26f8964c2930787d82b'],
    ['sha1', '9fb5cc0381497b3793528939ff788d5d79145211', '6695febc9288e36282235fc7151f128497b38f3f'],
  ])('%s gives the keys of RFC 3414, appendix A.3', (hash, key, localized) => {
    const master = passwordToKey(hash, 'maplesyrup');
    expect(master.toString('hex')).toBe(key);
    expect(localizeKey(hash, master, ENGINE).toString('hex')).toBe(localized);
  });

  // draft-reeder-snmpv3-usm-3desede-00, section 5.
  test('short keys are extended as Reeder does', () => {
    const localized = localizeKey('md5', passwordToKey('md5', 'maplesyrup'), ENGINE);
    const key = privacyKey({ hash: 'md5', protocol: 'AES256C', localized, engineId: ENGINE });
    expect(key.toString('hex')).toBe('526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12');
  });

  test('the two extensions differ only beyond the localised key', () => {
    const localized = localizeKey('sha1', passwordToKey('sha1', 'maplesyrup'), ENGINE);
    const of = (protocol: 'AES256' | 'AES256C'): Buffer =>
      privacyKey({ hash: 'sha1', protocol, localized, engineId: ENGINE });
    expect(of('AES256').subarray(0, 20)).toEqual(localized);
    expect(of('AES256C').subarray(0, 20)).toEqual(localized);
    expect(of('AES256').equals(of('AES256C'))).toBe(false);
  });

  test('the empty password is refused instead of hashed for ever', () => {
    expect(() => passwordToKey('sha1', '')).toThrow(RangeError);
  });

  test('a password is hashed once for all devices', () => {
    const cache = new PasswordKeyCache(2);
    const first = cache.get('sha256', 'one password');
    expect(cache.get('sha256', 'one password')).toBe(first);
    cache.get('sha256', 'another password');
    cache.get('sha256', 'a third password');
    const again = cache.get('sha256', 'one password');
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });
});

describe('messages', () => {
  const cache = new PasswordKeyCache();

  test.each(AUTH_PROTOCOLS)('%s digests verify, and no changed octet does', (protocol) => {
    const { auth } = deriveKeys({ cache, engineId: ENGINE, auth: { protocol, password: 'maplesyrup' } });
    const { digestBytes } = AUTH_ALGORITHMS[protocol];
    const message = Buffer.alloc(120, 0x5a);
    const range = { start: 40, end: 40 + digestBytes };
    message.fill(0, range.start, range.end);
    message.set(messageDigest(protocol, auth, message), range.start);
    const before = Buffer.from(message);
    expect(isDigestRight(protocol, auth, message, range)).toBe(true);
    expect(message).toEqual(before);
    message[100] = 0;
    expect(isDigestRight(protocol, auth, message, range)).toBe(false);
    expect(isDigestRight(protocol, auth, message, { start: 40, end: 40 })).toBe(false);
  });

  test.each(PRIV_PROTOCOLS)('%s gives back what it encrypted', (protocol) => {
    const auth = { protocol: 'SHA', password: 'maplesyrup' } as const;
    const { priv } = deriveKeys({ cache, engineId: ENGINE, auth, priv: { protocol, password: 'pancakes' } });
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.nat(),
        fc.nat(),
        (plain, boots, time) => {
          const clock = { boots, time };
          const sealed = encryptScoped(protocol, priv, clock, plain);
          const opened = decryptScoped(protocol, priv, clock, sealed);
          expect(opened?.subarray(0, plain.length)).toEqual(Buffer.from(plain));
        },
      ),
    );
  });

  test('no salt comes twice', () => {
    const auth = { protocol: 'SHA', password: 'maplesyrup' } as const;
    const { priv } = deriveKeys({
      cache,
      engineId: ENGINE,
      auth,
      priv: { protocol: 'AES', password: 'pancakes' },
    });
    const salts = Array.from({ length: 1_000 }, () =>
      encryptScoped('AES', priv, { boots: 1, time: 1 }, Buffer.from('x')).salt.toString('hex'),
    );
    expect(new Set(salts).size).toBe(1_000);
  });
});
