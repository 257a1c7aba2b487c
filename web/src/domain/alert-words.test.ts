import type { Alert } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import {
  behindWords,
  isQuiet,
  limitWords,
  markWords,
  muteEndWords,
  namedSummary,
  subjectAddress,
  subjectOf,
  valueWords,
} from './alert-words.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const bare: Pick<Alert, 'state' | 'acknowledged' | 'muted' | 'held' | 'flapping_since' | 'changes'> = {
  state: 'active',
  acknowledged: null,
  muted: null,
  held: null,
  flapping_since: null,
  changes: 0,
};
const held = { since: '2026-11-29T11:00:00Z', alert_id: 'a', node_id: 'n', window_id: null };

describe('the words of an alert', () => {
  it('name its node before a text that does not', () => {
    expect(namedSummary({ summary: 'Not reachable for 5 min', node_name: 'sw-1' })).toBe(
      'sw-1: Not reachable for 5 min',
    );
    expect(namedSummary({ summary: 'The CPU of sw-1 is 97 % busy', node_name: 'sw-1' })).toBe(
      'The CPU of sw-1 is 97 % busy',
    );
    expect(namedSummary({ summary: 'The metric store is away', node_name: null })).toBe(
      'The metric store is away',
    );
  });

  it('name its node, else its component, else the system', () => {
    expect(subjectOf({ node_name: 'sw-1', component_name: null })).toBe('sw-1');
    expect(subjectOf({ node_name: null, component_name: 'col-oslo' })).toBe('col-oslo');
    expect(subjectOf({ node_name: null, component_name: null })).toBe('Stratora itself');
    expect(subjectAddress({ node_id: 'n', component_id: 'c' })).toBe('/nodes/n');
    expect(subjectAddress({ node_id: null, component_id: 'c' })).toBe('/collection/components/c');
    expect(subjectAddress({ node_id: null, component_id: null })).toBeUndefined();
  });

  it('say the limit in the sense of the comparison', () => {
    expect(limitWords({ threshold: 95, comparison: '>', unit: 'percent' })).toBe('above 95 %');
    expect(limitWords({ threshold: 7, comparison: '<', unit: 'days' })).toBe('below 7 days');
    expect(limitWords({ threshold: null, comparison: '<', unit: 'days' })).toBe('');
  });

  it('say whether the value is beyond the limit, or only was', () => {
    const alert = { threshold: 95, comparison: '>', unit: 'percent' } as const;
    expect(valueWords({ ...alert, value: 98 })).toBe('98 %, above 95 %');
    expect(valueWords({ ...alert, value: 80.6 })).toBe('80.6 %, fires above 95 %');
    expect(valueWords({ ...alert, value: '+Inf' })).toMatch(/, above 95 %$/);
    expect(valueWords({ ...alert, comparison: '<', value: '-Inf' })).toMatch(/, below 95 %$/);
    expect(valueWords({ ...alert, threshold: null, value: 3 })).toBe('3 %');
    expect(valueWords({ ...alert, value: null })).toBe('');
  });

  it('count what it holds', () => {
    expect(behindWords({ behind_count: 0 })).toBe('');
    expect(behindWords({ behind_count: 1 })).toBe('1 alert behind it');
    expect(behindWords({ behind_count: 1200 })).toBe('1,200 alerts behind it');
  });

  it('tell every mark, and flapping once', () => {
    const alert = {
      ...bare,
      acknowledged: { at: '', by: 'anna', comment: null },
      muted: { at: '', by: 'anna', until: null },
      held: { ...held, by: 'flapping' as const },
      flapping_since: '2026-11-29T11:00:00Z',
      changes: 6,
    };
    expect(markWords(alert, NOW, 'utc')).toEqual([
      'Acknowledged by anna',
      'Muted until it resolves',
      'Unstable, 6 times',
    ]);
    expect(markWords({ ...bare, held: { ...held, by: 'upstream' } }, NOW, 'utc')).toEqual([
      'Held: upstream is down',
    ]);
    expect(markWords(bare, NOW, 'utc')).toEqual([]);
  });

  it('say how long a mute lasts, and from a day on until when', () => {
    expect(muteEndWords('2026-11-29T14:00:00Z', NOW, 'utc')).toBe('for 2 h more');
    expect(muteEndWords('2026-12-03T08:00:00Z', NOW, 'utc')).toBe('until 3 Dec 2026, 08:00:00');
    expect(muteEndWords('2026-11-29T11:59:00Z', NOW, 'utc')).toBe('until just now');
  });

  it('call an alert quiet once it needs nobody', () => {
    expect(isQuiet(bare)).toBe(false);
    expect(isQuiet({ ...bare, state: 'resolved' })).toBe(true);
    expect(isQuiet({ ...bare, held: { ...held, by: 'unreachable' } })).toBe(true);
    expect(isQuiet({ ...bare, muted: { at: '', by: 'x', until: null } })).toBe(true);
  });
});
