import { teamOf } from './escalation-scene.test-support.ts';
import type { Timeline } from './escalation-timelines.test-support.ts';

const MAIL = { channel_ids: ['mail'] };
const HOOK = { channel_ids: ['hook'] };
const everybody = teamOf({ name: 'Everybody', isDefault: true, steps: [{ after_seconds: 0, ...HOOK }] });
const hours = (
  timezone: string,
  from: string,
  to: string,
  days = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'],
) =>
  teamOf({
    name: 'Hours',
    steps: [{ after_seconds: 0, ...HOOK }],
    active: { type: 'hours', timezone, windows: [{ days: days as ['mo'], from, to }] },
  });

/** Timelines of teams that have hours. */
export const HOURS_TIMELINES: readonly Timeline[] = [
  {
    name: 'a team that sleeps: the default one hears, and it when it wakes',
    teams: [everybody, hours('Europe/Berlin', '08:00', '17:00')],
    at: '2026-10-06T20:00Z',
    heard: [
      '2026-10-06T20:00Z Everybody triggered 0.0: hook.x',
      '2026-10-07T06:00Z Hours triggered 0.0: hook.x',
    ],
  },
  {
    name: 'a team of nights, across midnight',
    teams: [everybody, hours('Europe/Berlin', '22:00', '06:00', ['tu'])],
    at: '2026-10-07T01:00Z',
    heard: ['2026-10-07T01:00Z Hours triggered 0.0: hook.x'],
  },
  {
    name: 'the minute at which a night ends is not of it',
    teams: [everybody, hours('Europe/Berlin', '22:00', '06:00', ['tu'])],
    at: '2026-10-07T04:00Z',
    heard: ['2026-10-07T04:00Z Everybody triggered 0.0: hook.x'],
  },
  {
    name: 'an escalation that has begun goes on after the hours',
    teams: [
      everybody,
      {
        ...hours('Europe/Berlin', '08:00', '17:00'),
        steps: [
          { after_seconds: 0, ...HOOK },
          { after_seconds: 600, ...MAIL },
        ],
      },
    ],
    at: '2026-10-06T14:55Z',
    heard: [
      '2026-10-06T14:55Z Hours triggered 0.0: hook.x',
      '2026-10-06T15:05Z Hours escalated 1.0: ops@x lead@x',
    ],
  },
  {
    name: 'a team wakes in Berlin at a time that is left out',
    teams: [everybody, hours('Europe/Berlin', '02:30', '08:00', ['su'])],
    at: '2027-03-28T00:30Z',
    heard: [
      '2027-03-28T00:30Z Everybody triggered 0.0: hook.x',
      '2027-03-28T01:00Z Hours triggered 0.0: hook.x',
    ],
  },
  {
    name: 'a team wakes in New York at a time that there is twice: the first',
    teams: [everybody, hours('America/New_York', '01:30', '08:00', ['su'])],
    at: '2027-11-07T05:00Z',
    heard: [
      '2027-11-07T05:00Z Everybody triggered 0.0: hook.x',
      '2027-11-07T05:30Z Hours triggered 0.0: hook.x',
    ],
  },
  {
    name: 'a team wakes on Lord Howe when the half hour is given back',
    teams: [everybody, hours('Australia/Lord_Howe', '02:00', '08:00', ['su'])],
    at: '2027-04-03T14:45Z',
    heard: [
      '2027-04-03T14:45Z Everybody triggered 0.0: hook.x',
      '2027-04-03T15:30Z Hours triggered 0.0: hook.x',
    ],
  },
  {
    name: 'a team that goes to sleep in Santiago at a midnight that comes an hour later',
    teams: [everybody, hours('America/Santiago', '20:00', '24:00', ['sa'])],
    at: '2027-04-04T03:30Z',
    heard: ['2027-04-04T03:30Z Hours triggered 0.0: hook.x'],
  },
  {
    name: 'a team that is switched off hears nothing',
    teams: [everybody, teamOf({ enabled: false })],
    at: '2026-10-06T12:00Z',
    heard: ['2026-10-06T12:00Z Everybody triggered 0.0: hook.x'],
  },
  {
    name: 'a team that wakes on another day than those that are looked at',
    teams: [everybody, hours('Europe/Berlin', '08:00', '17:00', ['fr'])],
    at: '2026-10-06T12:00Z',
    heard: ['2026-10-06T12:00Z Everybody triggered 0.0: hook.x'],
  },
];
