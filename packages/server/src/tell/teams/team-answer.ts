import type { EscalationTeam, OnCallAnswer, OnCallPerson, Rota, WrittenTeam } from '@stratora/contract';
import type { Database, Tx } from '../../platform/db/index.ts';
import { nextShift, rotaFacts, type Shift, shiftAt, shiftsBetween } from './rota.ts';
import { canServe, type Persons, type Team } from './team.ts';
import { findPersons, findStepChannels } from './team-fact-queries.ts';
import type { StoredTeam } from './team-queries.ts';
import { rotaWarnings, teamWarnings } from './team-warnings.ts';
import { DAY_MS } from './wall-time.ts';

export interface AnswerOptions {
  db: Database | Tx;
  hasMailServer: boolean;
  /** Epoch milliseconds. */
  now: number;
}

/** Returns teams as they are shown: with who is on call now, and with what is wrong. */
export async function shownTeams(
  teams: readonly StoredTeam[],
  { db, hasMailServer, now }: AnswerOptions,
): Promise<EscalationTeam[]> {
  const channels = await findStepChannels(db);
  const persons = await findPersons(db, teams);
  return teams.map((team) => ({
    id: team.id,
    ...writtenOf(team),
    on_call: currentAt(team, persons, now),
    warnings: teamWarnings(team, { channels, persons, hasMailServer, now }),
    created_at: team.createdAt,
    updated_at: team.updatedAt,
  }));
}

/** Takes what people write out of a team. */
export function writtenOf({ name, enabled, isDefault, ...team }: Team) {
  return {
    name,
    enabled,
    is_default: isDefault,
    match: team.match,
    active: team.active,
    steps: [...team.steps],
    repeat: team.repeat,
    rotation: team.rotation,
  } satisfies WrittenTeam;
}

/** Works out who is on call at an instant, and who comes next. */
export function onCallAt(
  { rotation }: Pick<Team, 'rotation'>,
  persons: Persons,
  at: number,
): Pick<OnCallAnswer, 'current' | 'next'> {
  if (rotation === null) return { current: null, next: null };
  const next = nextShift(rotaFacts(rotation, canServe(persons)), at);
  return { current: currentAt({ rotation }, persons, at), next: next ? personOf(next, persons) : null };
}

function currentAt({ rotation }: Pick<Team, 'rotation'>, persons: Persons, at: number): OnCallPerson | null {
  if (rotation === null) return null;
  return personOf(shiftAt(rotaFacts(rotation, canServe(persons)), at), persons);
}

/** Works out the rota of a team for some days. A team without a rotation has no shifts. */
export function rotaOf(
  { rotation }: Pick<Team, 'rotation'>,
  persons: Persons,
  { from, days }: { from: number; days: number },
): Rota {
  if (rotation === null) return { timezone: 'UTC', shifts: [], warnings: [] };
  const to = from + days * DAY_MS;
  const shifts = shiftsBetween(rotaFacts(rotation, canServe(persons)), from, to);
  return {
    timezone: rotation.timezone,
    shifts: shifts.map((shift) => ({ ...timesOf(shift), person: personOf(shift, persons) })),
    warnings: rotaWarnings(rotation, persons, { from, to }),
  };
}

function personOf(shift: Shift, persons: Persons): OnCallPerson | null {
  const person = persons.get(shift.memberId ?? '');
  if (person === undefined) return null;
  return {
    member_id: person.id,
    name: person.name,
    email: person.email,
    ...timesOf(shift),
    is_override: shift.isOverride,
  };
}

function timesOf({ from, to }: Shift): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
