import { describe, expect, it } from 'vitest';
import { channelState, namesOfTellers, targetWords } from './channel-words.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const ACCEPTED = '2026-11-29T11:57:00Z';
const FAILURE = { at: '2026-11-29T11:59:00Z', reason: 'login_failed', message: '535 bad credentials' };

describe('the state of a channel', () => {
  const of = (change: Partial<Parameters<typeof channelState>[0]>) =>
    channelState({ enabled: true, last_accepted_at: null, last_failure: null, ...change }, NOW);

  it('is unproven until something was accepted', () => {
    expect(of({})).toMatchObject({ tone: 'hatched', text: 'Never delivered yet' });
    expect(of({ last_accepted_at: ACCEPTED })).toMatchObject({ tone: 'good', text: 'Accepted 3 min ago' });
  });

  it('is the newest failure with its reason, and when it last worked', () => {
    expect(of({ last_failure: FAILURE })).toMatchObject({
      tone: 'bad',
      text: 'Failed 1 min ago, nothing was ever accepted',
      why: '535 bad credentials',
    });
    expect(of({ last_failure: FAILURE, last_accepted_at: ACCEPTED }).text).toBe(
      'Failed 1 min ago, last accepted 3 min ago',
    );
    expect(of({ last_failure: { ...FAILURE, message: '' } }).why).toBe('login_failed');
    const fresh = { ...FAILURE, at: '2026-11-29T11:59:59Z' };
    expect(of({ last_failure: fresh }).text).toBe('Failed just now, nothing was ever accepted');
  });

  it('is off whatever it did before', () => {
    expect(of({ enabled: false, last_failure: FAILURE })).toMatchObject({
      tone: 'neutral',
      text: 'Switched off',
    });
  });
});

describe('whom a channel tells', () => {
  it('is an address and how many more, or the host that is posted to', () => {
    expect(
      targetWords({ type: 'email', config: { to: ['a@x.example', 'b@x.example', 'c@x.example'] } }),
    ).toBe('a@x.example and 2 more');
    expect(targetWords({ type: 'slack', config: { url: 'https://hooks.slack.com/********' } })).toBe(
      'hooks.slack.com',
    );
    expect(targetWords({ type: 'webhook', config: {} })).toBe('');
  });
});

describe('who tells by a channel', () => {
  it('is each team with a step that names it', () => {
    const teams = [
      { name: 'Night', steps: [{ after_seconds: 0 }, { after_seconds: 60, channel_ids: ['b', 'a'] }] },
      { name: 'All', steps: [{ after_seconds: 0 }] },
      { name: 'Day', steps: [{ after_seconds: 0, channel_ids: ['b'] }] },
    ];
    expect(namesOfTellers(teams, 'a')).toEqual(['Night']);
    expect(namesOfTellers(teams, 'b')).toEqual(['Night', 'Day']);
  });
});
