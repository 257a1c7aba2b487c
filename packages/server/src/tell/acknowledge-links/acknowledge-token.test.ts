import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LinkClaim, readToken, writeToken } from './acknowledge-token.ts';

const KEY = Buffer.alloc(32, 7);
const CLAIM: LinkClaim = {
  alertId: '01970000-0000-7000-8000-00000000abcd',
  recipient: 'oncall@example.com',
  expiresAt: 1_800_000_000,
};

describe('the token of an acknowledge link', () => {
  it('says what was written, whatever the recipient is called', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (alertId, recipient, expiresAt) => {
          const read = readToken(writeToken({ alertId, recipient, expiresAt }, KEY), KEY);
          expect(read).toMatchObject({ alertId, expiresAt });
          expect(recipient.toWellFormed().startsWith(read?.recipient.replace(/\ufffd+$/, '') ?? '?')).toBe(
            true,
          );
        },
      ),
    );
  });

  it('is nothing once any bit of it is another', () => {
    const bytes = Buffer.from(writeToken(CLAIM, KEY), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(readToken(changed.toString('base64url'), KEY)).toBeUndefined();
    }
  });

  it('is nothing under another key, in another spelling, or by chance', () => {
    const token = writeToken(CLAIM, KEY);
    expect(readToken(token, Buffer.alloc(32, 8))).toBeUndefined();
    for (const other of [`${token}=`, ` ${token}`, token.slice(0, -1), '', 'a', token.repeat(20)])
      expect(readToken(other, KEY)).toBeUndefined();
    for (let round = 0; round < 200; round += 1)
      expect(readToken(randomBytes(round * 2).toString('base64url'), KEY)).toBeUndefined();
  });
});
