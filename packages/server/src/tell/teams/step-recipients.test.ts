import type { TeamStep } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { CHANNELS, PERSONS, rotationOf } from './escalation-scene.test-support.ts';
import { type StepChannel, stepRecipients } from './step-recipients.ts';
import type { Rotation } from './team.ts';

const AT = Date.parse('2026-10-06T12:00Z');
const ALL: TeamStep = { after_seconds: 0 };

function told(
  step: Partial<TeamStep>,
  {
    channels = CHANNELS,
    rotation = rotationOf(),
  }: { channels?: readonly StepChannel[]; rotation?: Rotation | null } = {},
): string[] {
  return stepRecipients({ ...ALL, ...step }, { channels, rotation, persons: PERSONS, at: AT }).map(
    ({ channelName, recipient, skipped }) =>
      `${channelName}: ${recipient}${skipped === null ? '' : ` (${skipped})`}`,
  );
}

describe('a step', () => {
  it('that names nobody tells by every channel that is enabled', () => {
    const all = ['Mail: ops@x', 'Mail: lead@x', 'Hook: hook.x'];
    expect(told({})).toEqual(all);
    expect(told({ channel_ids: [] })).toEqual(all);
  });

  it('says where there is no channel to tell by', () => {
    expect(told({}, { channels: [] })).toEqual([':  (no_channel)']);
    expect(told({}, { channels: CHANNELS.filter(({ enabled }) => !enabled) })).toEqual([':  (no_channel)']);
  });

  it('tells by the channels that it names, and says which it cannot tell by', () => {
    expect(told({ channel_ids: ['hook', 'off', 'lost', 'hook'] })).toEqual([
      'Hook: hook.x',
      'Off: chat.x (channel_disabled)',
      ':  (channel_deleted)',
    ]);
    const empty = { ...(CHANNELS[0] as StepChannel), recipients: [] };
    expect(told({ channel_ids: ['mail'] }, { channels: [empty] })).toEqual(['Mail:  (no_address)']);
  });

  it('tells who is on call by mail, or who is next', () => {
    expect(told({ on_call: 'current' })).toEqual(['On call: anna@x']);
    expect(told({ on_call: 'next' })).toEqual(['On call: ben@x']);
    expect(told({ on_call: 'current', channel_ids: ['hook'] })).toEqual(['Hook: hook.x', 'On call: anna@x']);
  });

  it('says why it tells nobody who is on call', () => {
    expect(told({ on_call: 'current' }, { rotation: null })).toEqual(['On call:  (nobody_on_call)']);
    expect(told({ on_call: 'next' }, { rotation: rotationOf({ member_ids: ['anna'] }) })).toEqual([
      'On call:  (nobody_on_call)',
    ]);
    expect(told({ on_call: 'current' }, { rotation: rotationOf({ member_ids: ['max'] }) })).toEqual([
      'On call: Max (no_address)',
    ]);
    expect(told({ on_call: 'current' }, { rotation: rotationOf({ member_ids: ['lea'] }) })).toEqual([
      'On call: Lea (member_disabled)',
    ]);
    expect(told({ on_call: 'current' }, { rotation: rotationOf({ member_ids: ['lea', 'ben'] }) })).toEqual([
      'On call: Lea (member_disabled)',
      'On call: ben@x',
    ]);
  });

  it('tells an address of mail once', () => {
    const second = {
      id: 'second',
      name: 'Second',
      type: 'email',
      enabled: true,
      recipients: ['OPS@x', 'anna@x'],
    } as const;
    const off = { ...second, id: 'first', name: 'First', enabled: false };
    const channels = [off, ...CHANNELS, second];
    expect(told({ channel_ids: ['first', 'mail', 'second'], on_call: 'current' }, { channels })).toEqual([
      'First: OPS@x (channel_disabled)',
      'First: anna@x (channel_disabled)',
      'Mail: ops@x',
      'Mail: lead@x',
      'Second: anna@x',
    ]);
    const hooks = ['a', 'b'].map((id) => ({ ...(CHANNELS[1] as StepChannel), id, name: id }));
    expect(told({}, { channels: hooks })).toEqual(['a: hook.x', 'b: hook.x']);
  });
});
