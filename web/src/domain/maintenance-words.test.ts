import { describe, expect, it } from 'vitest';
import { leftWords, windowScopeWords } from './maintenance-words.ts';

describe('the words of maintenance', () => {
  it('name what is worked on, also where it is gone', () => {
    expect(windowScopeWords({ scope: { type: 'global', id: null }, scope_name: null })).toBe('everything');
    expect(windowScopeWords({ scope: { type: 'site', id: 's' }, scope_name: 'Munich' })).toBe('site Munich');
    expect(windowScopeWords({ scope: { type: 'node', id: 'n' }, scope_name: null })).toBe('node (gone)');
  });

  it('tell how long it goes on', () => {
    const now = Date.parse('2026-11-29T12:00:00Z');
    expect(leftWords('2026-11-29T12:40:00Z', now)).toBe('for 40 min more');
    expect(leftWords('2026-11-29T13:39:50Z', now)).toBe('for 1 h 40 min more');
    expect(leftWords('2026-11-29T12:00:20Z', now)).toBe('for 20 s more');
    expect(leftWords('2026-11-29T12:00:00Z', now)).toBe('ends now');
    expect(leftWords(null, now)).toBe('');
  });
});
