import type { OutageChannel } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import type { Outage } from './outage-record.ts';
import { keysBefore, withRound, withTry } from './outage-tellings.ts';

const AT = '2026-03-29T00:05:00.000Z';
const CHANNELS: OutageChannel[] = [
  { id: 'm', name: 'Mail', type: 'email', config: { to: ['a@x.example', 'b@x.example'] } },
  {
    id: 'w',
    name: 'Hook',
    type: 'webhook',
    config: { url: 'https://hook.example:8443/x', headers: {}, signing_secret: null },
  },
];
const OUTAGE: Outage = {
  id: 'o',
  since: '2026-03-29T00:00:00.000Z',
  silent_ms: 300_000,
  told_ms: 300_000,
  rounds: 0,
  ended_at: null,
  last_error: '',
  tellings: [],
};
const accepted = (outage: Outage, key: string) =>
  withTry(outage, key, { state: 'accepted', message: 'ok', tried_at: AT });

describe('the messages of an outage', () => {
  it('go to each recipient of each channel, under keys of their own', () => {
    const { tellings } = withRound(OUTAGE, 'away', CHANNELS, AT);
    expect(tellings.map(({ key, recipient, state }) => [key, recipient, state])).toEqual([
      ['outage-o-1-1', 'a@x.example', 'waiting'],
      ['outage-o-1-2', 'b@x.example', 'waiting'],
      ['outage-o-1-3', 'hook.example:8443', 'waiting'],
    ]);
  });

  it('say that the server is back to whoever was told, and to nobody else', () => {
    const told = accepted(withRound(OUTAGE, 'away', CHANNELS, AT), 'outage-o-1-2');
    const over = withRound(told, 'back', [], AT);
    const back = over.tellings.filter(({ event }) => event === 'back');
    expect(back.map(({ recipient, key }) => [recipient, key])).toEqual([['b@x.example', 'outage-o-2-1']]);
    expect(over.tellings.map(({ state }) => state)).toEqual(['dropped', 'accepted', 'dropped', 'waiting']);
    expect(keysBefore(over, back[0] ?? (over.tellings[0] as never))).toEqual(['outage-o-1-2']);
  });

  it('count their tries', () => {
    const failed = { state: 'waiting', message: 'busy', tried_at: AT } as const;
    const once = withTry(withRound(OUTAGE, 'away', CHANNELS, AT), 'outage-o-1-1', failed);
    const twice = accepted(once, 'outage-o-1-1');
    expect(twice.tellings[0]).toMatchObject({ attempts: 2, state: 'accepted', message: 'ok' });
    expect(twice.tellings[1]).toMatchObject({ attempts: 0 });
  });

  it('do not grow without end in an outage of weeks', () => {
    let outage = OUTAGE;
    for (let round = 0; round < 1000; round += 1) {
      outage = withRound(outage, round === 0 ? 'away' : 'still_away', CHANNELS, AT);
      if (round < 500) outage = accepted(outage, `outage-o-${round + 1}-1`);
    }
    expect(outage.tellings.length).toBeLessThanOrEqual(12);
    const back = withRound(outage, 'back', [], AT).tellings.filter(({ event }) => event === 'back');
    expect(back.map(({ recipient }) => recipient)).toEqual(['a@x.example']);
  });
});
