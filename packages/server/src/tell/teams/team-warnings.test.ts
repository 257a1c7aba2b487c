import type { TeamWarning } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { CHANNELS, PERSONS, rotationOf, teamOf } from './escalation-scene.test-support.ts';
import type { Team } from './team.ts';
import { type CheckedChannel, teamWarnings } from './team-warnings.ts';

const NOW = Date.parse('2026-10-06T12:00Z');
const PROVEN: readonly CheckedChannel[] = CHANNELS.map((channel) => ({ ...channel, isProven: true }));
const ON_CALL: Team['steps'] = [{ after_seconds: 0, on_call: 'current' }];

function warned(
  team: Partial<Team>,
  { channels = PROVEN, hasMailServer = true, now = NOW }: Partial<Parameters<typeof teamWarnings>[1]> = {},
): TeamWarning[] {
  return teamWarnings(teamOf(team), { channels, persons: PERSONS, hasMailServer, now });
}
const words = (warnings: readonly TeamWarning[]) =>
  warnings.map(({ kind, member_id: member, channel_id: channel }) =>
    [kind, member ?? channel].filter(Boolean).join(' '),
  );

describe('warnings of a team', () => {
  it('are none where all is well', () => {
    expect(warned({})).toEqual([]);
    expect(warned({ steps: ON_CALL, rotation: rotationOf() })).toEqual([]);
  });

  it('name each hole once, with its begin and end', () => {
    const rotation = rotationOf({
      member_ids: ['lea'],
      overrides: [{ member_id: 'ben', from: '2026-10-20T00:00:00.000Z', to: '2026-10-21T00:00:00.000Z' }],
    });
    const found = warned({ steps: ON_CALL, rotation });
    expect(words(found)).toEqual(['hole', 'hole', 'leaver lea']);
    expect(found.slice(0, 2).map(({ from, to }) => [from, to])).toEqual([
      ['2026-10-06T00:00:00.000Z', '2026-10-20T00:00:00.000Z'],
      ['2026-10-21T00:00:00.000Z', '2027-01-05T00:00:00.000Z'],
    ]);
  });

  it.each([
    ['Europe/Berlin', '2026-08-01T00:00Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['Europe/Berlin', '2027-01-15T00:00Z', '2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z'],
    ['America/New_York', '2027-01-15T00:00Z', '2027-03-14T05:00:00.000Z', '2027-03-15T04:00:00.000Z'],
    ['Australia/Lord_Howe', '2027-01-15T00:00Z', '2027-04-03T13:00:00.000Z', '2027-04-04T13:30:00.000Z'],
    ['America/Santiago', '2026-07-15T00:00Z', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
  ])('in %s from %s on see a hole of the day on which the clocks change', (timezone, now, from, to) => {
    const before = { member_id: 'ben', from: '2026-01-01T00:00:00.000Z', to: from };
    const after = { member_id: 'ben', from: to, to: '2028-01-01T00:00:00.000Z' };
    const rotation = rotationOf({ timezone, member_ids: ['lea'], overrides: [before, after] });
    const holes = warned({ rotation }, { now: Date.parse(now) }).filter(({ kind }) => kind === 'hole');
    expect(holes.map((hole) => [hole.from, hole.to])).toEqual([[from, to]]);
  });

  it('name leavers, with the first turn that is no longer theirs', () => {
    const rotation = rotationOf({
      member_ids: ['anna', 'lea', 'gone'],
      overrides: [
        { member_id: 'left', from: '2026-10-07T00:00:00.000Z', to: '2026-10-08T00:00:00.000Z' },
        { member_id: 'past', from: '2026-09-07T00:00:00.000Z', to: '2026-09-08T00:00:00.000Z' },
      ],
    });
    const found = warned({ rotation });
    expect(words(found)).toEqual(['leaver lea', 'leaver gone', 'leaver left']);
    expect(found.map(({ from }) => from)).toEqual([
      '2026-10-12T07:00:00.000Z',
      '2026-10-12T07:00:00.000Z',
      '2026-10-07T00:00:00.000Z',
    ]);
    expect(found[0]?.message).toContain('Lea');
  });

  it('say where a step is for the next, and there is nobody else', () => {
    const steps: Team['steps'] = [{ after_seconds: 0, on_call: 'next' }];
    const alone = warned({ steps, rotation: rotationOf({ member_ids: ['anna'] }) });
    expect(alone).toMatchObject([{ kind: 'hole', from: null, to: null }]);
    expect(warned({ steps: ON_CALL, rotation: rotationOf({ member_ids: ['anna'] }) })).toEqual([]);
    expect(warned({ steps, rotation: rotationOf() })).toEqual([]);
  });

  it('name who cannot be reached', () => {
    const rotation = rotationOf({ member_ids: ['anna', 'max', 'max'] });
    const found = warned({ steps: ON_CALL, rotation });
    expect(words(found)).toEqual(['unreachable_member max']);
    expect(found[0]).toMatchObject({ from: '2026-10-12T07:00:00.000Z', to: '2026-10-19T07:00:00.000Z' });
    expect(words(warned({ steps: ON_CALL, rotation: rotationOf() }, { hasMailServer: false }))).toEqual([
      'unreachable_member',
    ]);
    expect(warned({}, { hasMailServer: false })).toEqual([]);
  });

  it('name channels by which nobody is told, or was ever', () => {
    expect(words(warned({}, { channels: [] }))).toEqual(['no_channel']);
    expect(words(warned({}, { channels: PROVEN.filter(({ id }) => id === 'off') }))).toEqual(['no_channel']);
    const steps = [{ after_seconds: 0, channel_ids: ['off', 'lost', 'hook'] }, { after_seconds: 60 }];
    expect(words(warned({ steps }))).toEqual(['channel_disabled off', 'channel_disabled lost']);
    const unproven = CHANNELS.map((channel) => ({ ...channel, isProven: channel.id === 'mail' }));
    expect(words(warned({ steps: [{ after_seconds: 0 }] }, { channels: unproven }))).toEqual([
      'channel_unproven hook',
    ]);
    expect(words(warned({ steps: ON_CALL, rotation: rotationOf() }, { channels: [] }))).toEqual([]);
  });
});
