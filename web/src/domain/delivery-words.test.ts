import type { Delivery } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { deliveryWords, occasionWords } from './delivery-words.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');

function outcome(change: Partial<Delivery>) {
  return deliveryWords(
    { state: 'queued', attempts: 0, reason: null, message: null, next_attempt_at: null, ...change },
    NOW,
  );
}

describe('what came of a delivery', () => {
  it('is accepted, and never called seen', () => {
    expect(outcome({ state: 'sent', attempts: 1 })).toEqual({
      tone: 'good',
      text: 'Accepted',
      why: undefined,
    });
    expect(outcome({ state: 'sent', attempts: 3 }).text).toBe('Accepted at try 3');
  });

  it('waits, and says when it is tried again and why it was not accepted', () => {
    expect(outcome({})).toMatchObject({ tone: 'neutral', text: 'Waiting to go out' });
    const waiting = { attempts: 2, reason: 'timeout', next_attempt_at: '2026-11-29T12:00:30Z' } as const;
    expect(outcome(waiting)).toEqual({
      tone: 'warn',
      text: 'Tried 2 times, again in 30 s',
      why: 'no answer in time',
    });
    expect(outcome({ ...waiting, attempts: 1, next_attempt_at: '2026-11-29T11:59:59Z' }).text).toBe(
      'Tried once, again at once',
    );
  });

  it('failed with the words of the other end, where it said any', () => {
    expect(
      outcome({ state: 'failed', attempts: 1, reason: 'rejected', message: '550 no such user' }),
    ).toEqual({
      tone: 'bad',
      text: 'Failed',
      why: '550 no such user',
    });
    expect(outcome({ state: 'failed', attempts: 8, reason: 'tried_too_often' }).text).toBe(
      'Failed after 8 tries',
    );
  });

  it('was not sent, with the reason', () => {
    expect(outcome({ state: 'skipped', reason: 'nobody_on_call' }).why).toBe('nobody is on call');
    expect(outcome({ state: 'merged', reason: 'grouped' }).why).toBe('it stands within another message');
  });
});

describe('why somebody was told', () => {
  it('counts steps from one, and names none for the all-clear', () => {
    const by = (event: Delivery['event'], team: string | null = 'Night') =>
      occasionWords({ event, step: 1, team_name: team });
    expect(by('escalated')).toBe('Escalated, step 2 of Night');
    expect(by('resolved')).toBe('All-clear, Night');
    expect(by('test', null)).toBe('Test');
  });
});
