import type { StepChannel } from './step-recipients.ts';
import type { Person, Persons, Rotation, Team } from './team.ts';

/** People of the scenes; Lea has left, Max has no address. */
const PEOPLE: readonly Person[] = [
  { id: 'anna', name: 'Anna', email: 'anna@x', enabled: true },
  { id: 'ben', name: 'Ben', email: 'ben@x', enabled: true },
  { id: 'cem', name: 'Cem', email: 'cem@x', enabled: true },
  { id: 'lea', name: 'Lea', email: 'lea@x', enabled: false },
  { id: 'max', name: 'Max', email: null, enabled: true },
];
export const PERSONS: Persons = new Map(PEOPLE.map((person) => [person.id, person]));

export const CHANNELS: readonly StepChannel[] = [
  { id: 'mail', name: 'Mail', type: 'email', enabled: true, recipients: ['ops@x', 'lead@x'] },
  { id: 'hook', name: 'Hook', type: 'webhook', enabled: true, recipients: ['hook.x'] },
  { id: 'off', name: 'Off', type: 'slack', enabled: false, recipients: ['chat.x'] },
];

export function teamOf(change: Partial<Team> = {}): Team {
  return {
    id: change.name ?? 'Ops',
    name: 'Ops',
    enabled: true,
    isDefault: false,
    match: { severities: [], site_ids: [], group_ids: [], definition_ids: [] },
    active: { type: 'always' },
    steps: [{ after_seconds: 0 }],
    repeat: null,
    rotation: null,
    ...change,
  };
}

/** A rotation of Anna, Ben and Cem in Berlin, from Monday 5 October 2026 on, each Monday at 09:00. */
export function rotationOf(change: Partial<Rotation> = {}): Rotation {
  return {
    timezone: 'Europe/Berlin',
    handoff: { day: 'mo', time: '09:00' },
    member_ids: ['anna', 'ben', 'cem'],
    starts_on: '2026-10-05',
    overrides: [],
    ...change,
  };
}
