import type { BulkAlertsAnswer } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { actedWords, namesOf } from './action-words.ts';

type Result = BulkAlertsAnswer['results'][number]['result'];
const answer = (affected: number, ...results: Result[]): BulkAlertsAnswer => ({
  affected,
  results: results.map((result, index) => ({ alert_id: `${index}`, result })),
});

describe('what became of an action on alerts', () => {
  it('counts those that are so now, and names those that were over', () => {
    expect(actedWords(answer(1, 'changed'), 'acknowledged')).toBe('1 alert acknowledged');
    expect(actedWords(answer(2, 'changed', 'unchanged', 'resolved'), 'muted')).toBe(
      '2 alerts muted, 1 was over already',
    );
    expect(actedWords(answer(0, 'resolved'), 'muted')).toBe('It was over already');
    expect(actedWords(answer(0, 'resolved', 'not_found'), 'muted')).toBe('All 2 were over already');
  });

  it('is about alerts of which the first few are named', () => {
    const named = ['a', 'b', 'c', 'd', 'e'].map((summary) => ({ summary, node_name: null }));
    expect(namesOf(named)).toBe('a; b; c, and 2 more');
    expect(namesOf(named.slice(0, 1))).toBe('a');
    expect(namesOf([{ summary: 'Not reachable', node_name: 'sw-1' }])).toBe('sw-1: Not reachable');
  });
});
