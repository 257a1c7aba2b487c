import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitizeText } from './text.ts';

describe('sanitizeText', () => {
  it('strips terminal escapes, NULs, bidirectional overrides and line breaks', () => {
    expect(sanitizeText('a\u001b[31mb\u0000c\u202ed\r\ne')).toBe('a[31mbcd e');
  });

  it('cuts at the limit without splitting a character', () => {
    expect(sanitizeText('ä'.repeat(10), 5)).toBe('ää');
    expect(sanitizeText('x'.repeat(70_000))).toHaveLength(1024);
  });

  it('always gives well-formed text within the limit that it leaves alone the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const clean = sanitizeText(text);
        expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(1024);
        expect(clean.isWellFormed()).toBe(true);
        expect(sanitizeText(clean)).toBe(clean);
      }),
    );
  });
});
