import { rotationOf, teamOf } from './escalation-scene.test-support.ts';
import type { Team } from './team.ts';

/** A timeline of one alert that nobody acknowledges. */
export interface Timeline {
  readonly name: string;
  readonly teams: readonly Team[];
  /** When the alert begins. */
  readonly at: string;
  /** Days that are looked at; by default one. */
  readonly days?: number;
  /** Lines `time team event step.repeat: who`; those whom a reason skips in brackets. */
  readonly heard: readonly string[];
}

const MAIL = { channel_ids: ['mail'] };
const HOOK = { channel_ids: ['hook'] };
const ON_CALL = { on_call: 'current' } as const;
const NEXT = { on_call: 'next' } as const;
const everybody = teamOf({ name: 'Everybody', isDefault: true, steps: [{ after_seconds: 0, ...HOOK }] });
const onCall = (
  change: Parameters<typeof rotationOf>[0] = {},
  steps: Team['steps'] = [{ after_seconds: 0, ...ON_CALL }],
) => teamOf({ name: 'Duty', steps, rotation: rotationOf(change) });
const two: Team['steps'] = [
  { after_seconds: 0, ...ON_CALL },
  { after_seconds: 900, ...NEXT },
];

export const TIMELINES: readonly Timeline[] = [
  {
    name: 'one step, at once',
    teams: [everybody],
    at: '2026-10-06T12:00Z',
    heard: ['2026-10-06T12:00Z Everybody triggered 0.0: hook.x'],
  },
  {
    name: 'a first step that waits',
    teams: [teamOf({ steps: [{ after_seconds: 300, ...HOOK }] })],
    at: '2026-10-06T12:00Z',
    heard: ['2026-10-06T12:05Z Ops triggered 0.0: hook.x'],
  },
  {
    name: 'three steps',
    teams: [
      teamOf({
        steps: [{ after_seconds: 0, ...HOOK }, { after_seconds: 600, ...MAIL }, { after_seconds: 1800 }],
      }),
    ],
    at: '2026-10-06T12:00Z',
    heard: [
      '2026-10-06T12:00Z Ops triggered 0.0: hook.x',
      '2026-10-06T12:10Z Ops escalated 1.0: ops@x lead@x',
      '2026-10-06T12:30Z Ops escalated 2.0: ops@x lead@x hook.x',
    ],
  },
  {
    name: 'two steps at one time, in their order',
    teams: [
      teamOf({
        steps: [
          { after_seconds: 60, ...HOOK },
          { after_seconds: 60, ...MAIL },
        ],
      }),
    ],
    at: '2026-10-06T12:00Z',
    heard: [
      '2026-10-06T12:01Z Ops triggered 0.0: hook.x',
      '2026-10-06T12:01Z Ops escalated 1.0: ops@x lead@x',
    ],
  },
  {
    name: 'the last step is repeated, and then no more',
    teams: [
      teamOf({
        steps: [
          { after_seconds: 0, ...MAIL },
          { after_seconds: 60, ...HOOK },
        ],
        repeat: { every_seconds: 3600, times: 2 },
      }),
    ],
    at: '2026-10-06T12:00Z',
    heard: [
      '2026-10-06T12:00Z Ops triggered 0.0: ops@x lead@x',
      '2026-10-06T12:01Z Ops escalated 1.0: hook.x',
      '2026-10-06T13:01Z Ops repeated 1.1: hook.x',
      '2026-10-06T14:01Z Ops repeated 1.2: hook.x',
    ],
  },
  {
    name: 'a single step is repeated',
    teams: [
      teamOf({ steps: [{ after_seconds: 0, ...HOOK }], repeat: { every_seconds: 43_200, times: 100 } }),
    ],
    at: '2026-10-06T12:00Z',
    heard: [
      '2026-10-06T12:00Z Ops triggered 0.0: hook.x',
      '2026-10-07T00:00Z Ops repeated 0.1: hook.x',
      '2026-10-07T12:00Z Ops repeated 0.2: hook.x',
    ],
  },
  {
    name: 'two teams that take it, side by side',
    teams: [
      everybody,
      teamOf({ name: 'A', steps: [{ after_seconds: 120, ...HOOK }] }),
      teamOf({ name: 'B', steps: [{ after_seconds: 60, ...HOOK }] }),
    ],
    at: '2026-10-06T12:00Z',
    heard: ['2026-10-06T12:01Z B triggered 0.0: hook.x', '2026-10-06T12:02Z A triggered 0.0: hook.x'],
  },
  {
    name: 'on call, then the next',
    teams: [onCall({}, two)],
    at: '2026-10-06T12:00Z',
    heard: ['2026-10-06T12:00Z Duty triggered 0.0: anna@x', '2026-10-06T12:15Z Duty escalated 1.0: ben@x'],
  },
  {
    name: 'the minute before the handoff: the step after it tells who has taken over, and who is next then',
    teams: [
      onCall({}, [
        { after_seconds: 0, ...ON_CALL },
        { after_seconds: 60, ...ON_CALL },
        { after_seconds: 120, ...NEXT },
      ]),
    ],
    at: '2026-10-12T06:59Z',
    heard: [
      '2026-10-12T06:59Z Duty triggered 0.0: anna@x',
      '2026-10-12T07:00Z Duty escalated 1.0: ben@x',
      '2026-10-12T07:01Z Duty escalated 2.0: cem@x',
    ],
  },
  {
    name: 'the minute of the handoff',
    teams: [onCall()],
    at: '2026-10-12T07:00Z',
    heard: ['2026-10-12T07:00Z Duty triggered 0.0: ben@x'],
  },
  {
    name: 'a handoff in Berlin after the clocks were put back',
    teams: [
      onCall({}, [
        { after_seconds: 0, ...ON_CALL },
        { after_seconds: 3600, ...ON_CALL },
      ]),
    ],
    at: '2026-10-26T07:00Z',
    heard: ['2026-10-26T07:00Z Duty triggered 0.0: cem@x', '2026-10-26T08:00Z Duty escalated 1.0: anna@x'],
  },
  {
    name: 'a handoff in Berlin at a time that is left out',
    teams: [
      onCall({ handoff: { day: 'su', time: '02:30' }, starts_on: '2027-03-21' }, [
        { after_seconds: 0, ...ON_CALL },
        { after_seconds: 60, ...ON_CALL },
      ]),
    ],
    at: '2027-03-28T00:59Z',
    heard: ['2027-03-28T00:59Z Duty triggered 0.0: anna@x', '2027-03-28T01:00Z Duty escalated 1.0: ben@x'],
  },
  {
    name: 'a handoff in Berlin at a time that there is twice',
    teams: [
      onCall({ handoff: { day: 'su', time: '02:30' }, starts_on: '2027-10-24' }, [
        { after_seconds: 0, ...ON_CALL },
        { after_seconds: 60, ...ON_CALL },
        { after_seconds: 3660, ...ON_CALL },
      ]),
    ],
    at: '2027-10-31T00:29Z',
    heard: [
      '2027-10-31T00:29Z Duty triggered 0.0: anna@x',
      '2027-10-31T00:30Z Duty escalated 1.0: ben@x',
      '2027-10-31T01:30Z Duty escalated 2.0: ben@x',
    ],
  },
  {
    name: 'a handoff in New York on the day on which the clocks are put forward',
    teams: [
      onCall(
        { timezone: 'America/New_York', handoff: { day: 'su', time: '02:00' }, starts_on: '2027-03-07' },
        [
          { after_seconds: 0, ...ON_CALL },
          { after_seconds: 60, ...ON_CALL },
        ],
      ),
    ],
    at: '2027-03-14T06:59Z',
    heard: ['2027-03-14T06:59Z Duty triggered 0.0: anna@x', '2027-03-14T07:00Z Duty escalated 1.0: ben@x'],
  },
  {
    name: 'a handoff on Lord Howe at a time in the half hour that is left out',
    teams: [
      onCall(
        { timezone: 'Australia/Lord_Howe', handoff: { day: 'su', time: '02:10' }, starts_on: '2026-09-27' },
        [
          { after_seconds: 0, ...ON_CALL },
          { after_seconds: 60, ...ON_CALL },
        ],
      ),
    ],
    at: '2026-10-03T15:29Z',
    heard: ['2026-10-03T15:29Z Duty triggered 0.0: anna@x', '2026-10-03T15:30Z Duty escalated 1.0: ben@x'],
  },
  {
    name: 'a handoff in Santiago at the midnight that is left out',
    teams: [
      onCall(
        { timezone: 'America/Santiago', handoff: { day: 'su', time: '00:00' }, starts_on: '2026-08-30' },
        [
          { after_seconds: 0, ...ON_CALL },
          { after_seconds: 60, ...ON_CALL },
        ],
      ),
    ],
    at: '2026-09-06T03:59Z',
    heard: ['2026-09-06T03:59Z Duty triggered 0.0: anna@x', '2026-09-06T04:00Z Duty escalated 1.0: ben@x'],
  },
  {
    name: 'an override begins between two steps',
    teams: [
      onCall(
        {
          overrides: [{ member_id: 'cem', from: '2026-10-06T12:10:00.000Z', to: '2026-10-06T20:00:00.000Z' }],
        },
        [
          { after_seconds: 0, ...ON_CALL },
          { after_seconds: 900, ...ON_CALL },
          { after_seconds: 960, ...NEXT },
        ],
      ),
    ],
    at: '2026-10-06T12:00Z',
    heard: [
      '2026-10-06T12:00Z Duty triggered 0.0: anna@x',
      '2026-10-06T12:15Z Duty escalated 1.0: cem@x',
      '2026-10-06T12:16Z Duty escalated 2.0: anna@x',
    ],
  },
  {
    name: 'an override by somebody who is no member and has no address',
    teams: [
      onCall(
        {
          overrides: [{ member_id: 'max', from: '2026-10-06T00:00:00.000Z', to: '2026-10-07T00:00:00.000Z' }],
        },
        two,
      ),
    ],
    at: '2026-10-06T12:00Z',
    heard: [
      '2026-10-06T12:00Z Duty triggered 0.0: [Max no_address]',
      '2026-10-06T12:15Z Duty escalated 1.0: anna@x',
    ],
  },
  {
    name: 'an override by a leaver does not count, and is told',
    teams: [
      onCall({
        overrides: [{ member_id: 'lea', from: '2026-10-06T00:00:00.000Z', to: '2026-10-07T00:00:00.000Z' }],
      }),
    ],
    at: '2026-10-06T12:00Z',
    heard: ['2026-10-06T12:00Z Duty triggered 0.0: [Lea member_disabled] anna@x'],
  },
  {
    name: 'on the turn of a leaver the next member stands in, and is not next as well',
    teams: [onCall({ member_ids: ['lea', 'anna', 'ben'] }, two)],
    at: '2026-10-06T12:00Z',
    heard: [
      '2026-10-06T12:00Z Duty triggered 0.0: [Lea member_disabled] anna@x',
      '2026-10-06T12:15Z Duty escalated 1.0: ben@x',
    ],
  },
  {
    name: 'all have left: a later step still tells somebody',
    teams: [
      onCall({ member_ids: ['lea'] }, [
        { after_seconds: 0, ...ON_CALL },
        { after_seconds: 60, ...HOOK },
      ]),
    ],
    at: '2026-10-06T12:00Z',
    heard: [
      '2026-10-06T12:00Z Duty triggered 0.0: [Lea member_disabled]',
      '2026-10-06T12:01Z Duty escalated 1.0: hook.x',
    ],
  },
  {
    name: 'a rotation of one has no next',
    teams: [onCall({ member_ids: ['anna'] }, two)],
    at: '2026-10-06T12:00Z',
    heard: [
      '2026-10-06T12:00Z Duty triggered 0.0: anna@x',
      '2026-10-06T12:15Z Duty escalated 1.0: [nobody_on_call]',
    ],
  },
  {
    name: 'a repeat across the handoff tells who has taken over',
    teams: [{ ...onCall(), repeat: { every_seconds: 86_400, times: 2 } }],
    at: '2026-10-11T12:00Z',
    days: 3,
    heard: [
      '2026-10-11T12:00Z Duty triggered 0.0: anna@x',
      '2026-10-12T12:00Z Duty repeated 0.1: ben@x',
      '2026-10-13T12:00Z Duty repeated 0.2: ben@x',
    ],
  },
];
