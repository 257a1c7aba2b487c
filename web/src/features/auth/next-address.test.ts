import { describe, expect, it } from 'vitest';
import { safeNext } from './next-address.ts';

describe('the address after login', () => {
  it('is the one that was asked for', () => {
    expect(safeNext('/nodes?status=critical')).toBe('/nodes?status=critical');
  });

  it('is never on another host and never the login itself', () => {
    for (const bad of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/login?next=/',
      '',
      null,
    ]) {
      expect(safeNext(bad)).toBe('/');
    }
  });
});
