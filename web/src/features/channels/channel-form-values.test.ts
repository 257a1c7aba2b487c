import type { NotificationChannel } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { readAddresses, toChannelChange, toChannelForm, toNewChannel } from './channel-form-values.ts';
import { SECRET_MARK } from './channel-words.ts';

function channel(change: Partial<NotificationChannel>): NotificationChannel {
  return {
    id: 'c',
    name: 'Ops',
    type: 'email',
    enabled: true,
    text: null,
    max_per_minute: 60,
    config: { to: ['a@x.example', 'b@x.example'] },
    last_accepted_at: null,
    last_failure: null,
    queued_count: 0,
    created_at: '',
    updated_at: '',
    ...change,
  };
}

describe('the form of a channel', () => {
  it('sends what it got where nothing was touched, the marks of its secrets too', () => {
    for (const change of [
      {},
      { text: '{{ $summary }}', enabled: false, max_per_minute: 5 },
      { type: 'slack', config: { url: `https://hooks.slack.com/${SECRET_MARK}` } },
      { type: 'teams', config: { url: `https://prod.example/${SECRET_MARK}` } },
      {
        type: 'webhook',
        config: {
          url: 'https://hook.example/x',
          headers: { Authorization: SECRET_MARK },
          signing_secret: SECRET_MARK,
        },
      },
      { type: 'webhook', config: { url: 'https://hook.example/x', headers: {}, signing_secret: null } },
    ] as const satisfies readonly Partial<NotificationChannel>[]) {
      const before = channel(change);
      expect(before).toMatchObject(toChannelChange(toChannelForm(before), before));
    }
  });

  it('replaces secrets, takes them away, and leaves out headers without a name', () => {
    const before = channel({
      type: 'webhook',
      config: {
        url: 'https://hook.example/x',
        headers: { 'X-Token': SECRET_MARK },
        signing_secret: SECRET_MARK,
      },
    });
    const start = toChannelForm(before);
    const values = {
      ...start,
      keeps_secret: false,
      config: {
        ...start.config,
        headers: [
          { name: ' X-Token ', value: 'new', is_kept: false },
          { name: '', value: 'left', is_kept: false },
        ],
      },
    };
    expect(toChannelChange(values, before).config).toEqual({
      url: 'https://hook.example/x',
      headers: { 'X-Token': 'new' },
      signing_secret: null,
    });
    const signed = { ...values, config: { ...values.config, signing_secret: 'a long secret' } };
    expect(toChannelChange(signed, before).config).toMatchObject({ signing_secret: 'a long secret' });
  });

  it('has of a new one what its type has alone', () => {
    const start = toChannelForm(undefined);
    const values = { ...start, name: ' Mail ', config: { ...start.config, to: 'a@x.example', url: 'left' } };
    expect(toNewChannel(values)).toEqual({
      name: 'Mail',
      type: 'email',
      enabled: true,
      text: null,
      max_per_minute: 60,
      config: { to: ['a@x.example'] },
    });
  });

  it('reads addresses however people part them', () => {
    expect(readAddresses(' a@x.example, b@x.example;\nc@x.example\n')).toEqual([
      'a@x.example',
      'b@x.example',
      'c@x.example',
    ]);
    expect(readAddresses(' \n')).toEqual([]);
  });
});
