import { describe, expect, it } from 'vitest';
import { sampleDefinition } from './alert-sample.test-support.ts';
import { actsOn, overrideWords, scopeWords, thresholdWords } from './definition-words.ts';

const root = sampleDefinition({});
const site = { scope: { type: 'site', id: 's' }, scope_name: 'Oslo', overrides: root.id } as const;

describe('the words of an alert definition', () => {
  it('say where it holds', () => {
    expect(scopeWords(root)).toBe('Everywhere');
    expect(scopeWords(site)).toBe('Site Oslo');
    expect(scopeWords({ ...site, scope_name: null })).toBe('Site (gone)');
  });

  it('say when it fires, and where it ends when that is another value', () => {
    expect(thresholdWords(root, 95, 90)).toBe('> 95 %, ends at 90 %');
    expect(thresholdWords(root, 95, null)).toBe('> 95 %');
    expect(thresholdWords(root, 95, 95)).toBe('> 95 %');
    expect(thresholdWords({ comparison: '<', unit: 'days' }, 7, null)).toBe('< 7 days');
    expect(thresholdWords(root, null, null)).toBe('');
  });

  it('say in what an override differs', () => {
    const words = (change: Parameters<typeof sampleDefinition>[0]) =>
      overrideWords(sampleDefinition({ ...site, ...change }), root);
    expect(words({ critical: 98, critical_clear: null })).toBe(
      'Site Oslo: critical > 98 % instead of > 95 %, ends at 90 %',
    );
    expect(words({ warning: null, warning_clear: null, duration_seconds: 0 })).toBe(
      'Site Oslo: warning off instead of > 90 %, ends at 85 %; fires after 0 s instead of 5 min',
    );
    expect(words({ enabled: false })).toBe('Site Oslo: switched off');
    expect(words({})).toBe('Site Oslo: as everywhere');
    expect(overrideWords(sampleDefinition(site), undefined)).toBe('Site Oslo');
  });

  it('know the nodes of a scope', () => {
    const node = { id: 'n', site_id: 's', group_ids: ['g'] };
    const acts = (type: 'global' | 'site' | 'group' | 'node', id: string | null) =>
      actsOn({ scope: { type, id } }, node);
    expect([acts('global', null), acts('site', 's'), acts('group', 'g'), acts('node', 'n')]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([acts('site', 'x'), acts('group', 'x'), acts('group', null), acts('node', 's')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
