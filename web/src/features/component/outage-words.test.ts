import type { OutageTelling } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { secondsBetween, tellingWords } from './outage-words.ts';

const TELLING: OutageTelling = {
  event: 'away',
  channel_id: 'c',
  channel_name: 'Mail',
  recipient: 'oncall@example.com',
  state: 'accepted',
  attempts: 1,
  created_at: '2026-03-29T01:00:00Z',
  tried_at: '2026-03-29T01:00:01Z',
  message: 'Accepted with 200.',
};

describe('what a collector told', () => {
  it.each([
    [{}, 'Server away, to oncall@example.com: accepted'],
    [
      { state: 'failed', message: 'No connection.' },
      'Server away, to oncall@example.com: failed. No connection.',
    ],
    [{ event: 'back', state: 'dropped', attempts: 0 }, 'Server back, to oncall@example.com: not sent'],
    [{ state: 'waiting', message: '' }, 'Server away, to oncall@example.com: waiting'],
  ] as const)('%j reads %j', (changes, words) => {
    expect(tellingWords({ ...TELLING, ...changes })).toBe(words);
  });

  it('has no outage that ends before it begins', () => {
    expect(secondsBetween('2026-03-29T01:00:00Z', '2026-03-29T01:05:00Z')).toBe(300);
    expect(secondsBetween('2026-03-29T01:00:00Z', '2026-03-29T00:00:00Z')).toBe(0);
  });
});
