import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { apiKeyId, FastVerifier, mintApiKey } from './api-key.ts';

describe('an API key', () => {
  it('is a public id and a secret behind a prefix', () => {
    const keys = Array.from({ length: 100 }, mintApiKey);
    expect(new Set(keys.map(apiKeyId)).size).toBe(100);
    for (const key of keys) {
      expect(key).toMatch(/^sk_stra_[\w-]{43}$/);
      expect(apiKeyId(key)).toBe(key.slice(8, 19));
    }
    for (const text of ['', 'x', `${keys[0]}a`, `${keys[0]}\n`, keys[0]?.slice(1) ?? '', 'sk_stra_']) {
      expect(apiKeyId(text)).toBeUndefined();
    }
  });

  it('is verified by an HMAC-SHA256, byte for byte', () => {
    for (const length of [0, 1, 32, 64]) {
      const pepper = randomBytes(length);
      const verifier = new FastVerifier(pepper);
      for (let round = 0; round < 20; round += 1) {
        const key = mintApiKey();
        const expected = createHmac('sha256', pepper).update(key).digest();
        expect(verifier.of(key)).toEqual(expected);
        expect(verifier.isOf(key, expected)).toBe(true);
        expect(verifier.isOf(mintApiKey(), expected)).toBe(false);
        expect(verifier.isOf(key, expected.subarray(1))).toBe(false);
        expected[round] = (expected[round] ?? 0) ^ 1;
        expect(verifier.isOf(key, expected)).toBe(false);
      }
    }
    expect(() => new FastVerifier(randomBytes(65))).toThrow('longer than a block');
  });
});
