import type { EscalationTeam } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { movedSteps, readMinutes, stepAfter, toTeamBody, toTeamForm } from './team-form-values.ts';
import { sampleTeam } from './team-sample.test-support.ts';

const ROTATION: NonNullable<EscalationTeam['rotation']> = {
  timezone: 'Europe/Berlin',
  handoff: { day: 'mo', time: '08:00' },
  member_ids: ['a', 'b'],
  starts_on: '2026-11-30',
  overrides: [{ member_id: 'b', from: '2026-12-01T00:00:00Z', to: '2026-12-02T00:00:00Z' }],
};

describe('the form of a team', () => {
  it('sends what it got where nothing was touched', () => {
    for (const change of [
      {},
      { enabled: false, repeat: { every_seconds: 90, times: 2 } },
      { is_default: true },
      {
        match: { severities: ['critical'], site_ids: ['s'], group_ids: [], definition_ids: ['d'] },
        active: {
          type: 'hours',
          timezone: 'Europe/Berlin',
          windows: [{ days: ['mo', 'su'], from: '22:00', to: '06:00' }],
        },
      },
      {
        steps: [
          { after_seconds: 0, on_call: 'current' },
          { after_seconds: 90, channel_ids: ['c'] },
          { after_seconds: 700, on_call: 'next', channel_ids: ['c', 'd'] },
        ],
        rotation: ROTATION,
      },
    ] as const satisfies readonly object[]) {
      const team = sampleTeam(structuredClone(change) as Partial<EscalationTeam>);
      const body = toTeamBody(toTeamForm(team), team.rotation);
      expect(team).toMatchObject(body);
      expect(body.steps).toEqual(team.steps);
    }
  });

  it('of the default team takes what is left, at any time, and is on', () => {
    const values = toTeamForm(
      sampleTeam({
        enabled: false,
        match: { severities: ['info'], site_ids: [], group_ids: [], definition_ids: [] },
        active: { type: 'hours', timezone: 'UTC', windows: [{ days: ['mo'], from: '08:00', to: '09:00' }] },
      }),
    );
    expect(toTeamBody({ ...values, is_default: true }, null)).toMatchObject({
      enabled: true,
      match: { severities: [] },
      active: { type: 'always' },
    });
  });

  it('reads minutes with a comma, and nothing else', () => {
    expect(['15', '0', ' 1,5 ', '0.5'].map(readMinutes)).toEqual([900, 0, 90, 30]);
    expect(['', 'x', '-1', '1:30'].map(readMinutes)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('leaves the times in their places where steps change theirs', () => {
    const steps = [
      { after_seconds: '0', tells: 'current', channel_ids: [] },
      { after_seconds: '15', tells: 'some', channel_ids: ['c'] },
    ] as const;
    const later = [
      { after_seconds: '0', tells: 'some', channel_ids: ['c'] },
      { after_seconds: '15', tells: 'current', channel_ids: [] },
    ];
    expect(movedSteps(steps, 0, 1)).toEqual(later);
    expect(movedSteps(steps, 1, -1)).toEqual(later);
    expect(movedSteps(steps, 1, 1)).toBe(steps);
  });

  it('adds a step a quarter of an hour after the last one', () => {
    expect(stepAfter([]).after_seconds).toBe('0');
    expect(stepAfter([{ after_seconds: '7,5', tells: 'all', channel_ids: [] }]).after_seconds).toBe('22.5');
  });
});
