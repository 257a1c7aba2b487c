import {
  type AlertMark,
  matchTakes,
  nextActiveAt,
  type Persons,
  planEscalation,
  type StepChannel,
  stepRecipients,
  type Team,
  teamsToBegin,
} from '../teams/index.ts';
import type { BookedTeam, EscalatedAlert, StepRecipient, TeamBook, TeamStop } from './team-book.ts';

/** Teams, and whom their steps can tell. */
export interface TeamFacts {
  readonly teams: readonly Team[];
  /** All channels, those that are switched off too. */
  readonly channels: readonly StepChannel[];
  readonly persons: Persons;
}

/** Makes the book of teams that escalations go by. */
export function teamBookOf(facts: TeamFacts): TeamBook {
  const { teams } = facts;
  const booked = new Map(
    teams.filter(({ enabled }) => enabled).map((team) => [team.id, bookedTeam(team, facts)]),
  );
  return {
    takers: (alert, at, begun) =>
      teamsToBegin(teams, { alert: markOf(alert), at: at.getTime(), begun })
        .map(({ id }) => booked.get(id))
        .filter((team) => team !== undefined),
    nextTakersAt: (alert, at, begun) =>
      nextTakersAt(teams, { alert: markOf(alert), at: at.getTime(), begun }),
    find: (id) => booked.get(id),
  };
}

function markOf({ severity, siteId, groupIds, definitionId, rootId }: EscalatedAlert): AlertMark {
  return { severity, siteId, groupIds, definitionIds: [definitionId, rootId] };
}

function nextTakersAt(
  teams: readonly Team[],
  { alert, at, begun }: { alert: AlertMark; at: number; begun: ReadonlySet<string> },
): Date | undefined {
  const wakes = teams
    .filter(
      ({ id, enabled, isDefault, match }) =>
        enabled && !isDefault && !begun.has(id) && matchTakes(match, alert),
    )
    .map(({ active }) => nextActiveAt(active, at))
    .filter((wake) => wake !== undefined && wake > at) as number[];
  return wakes.length === 0 ? undefined : new Date(Math.min(...wakes));
}

function bookedTeam(team: Team, { channels, persons }: TeamFacts): BookedTeam {
  const stops = planEscalation({
    begin: 0,
    steps: team.steps,
    repeat: team.repeat,
    until: Number.POSITIVE_INFINITY,
  }).map(({ at, step, repeat }): TeamStop => ({ step, repeat, afterMs: at }));
  return {
    id: team.id,
    name: team.name,
    stepCount: team.steps.length,
    takes: (alert) => team.isDefault || matchTakes(team.match, markOf(alert)),
    stopAt: (position) => stops[position],
    recipients: (number, at) => {
      const step = team.steps[number];
      const { rotation } = team;
      return step === undefined
        ? []
        : stepRecipients(step, { channels, persons, rotation, at: at.getTime() }).map(withWords);
    },
  };
}

function withWords({ memberId: _, ...recipient }: ReturnType<typeof stepRecipients>[number]): StepRecipient {
  return {
    ...recipient,
    message: recipient.skipped === null ? null : (SKIPPED_WORDS[recipient.skipped] ?? null),
  };
}

/** Why somebody is not told, for people. */
const SKIPPED_WORDS: Readonly<Partial<Record<NonNullable<StepRecipient['skipped']>, string>>> = {
  no_channel: 'There is no channel that is switched on.',
  channel_deleted: 'The channel of this step was deleted.',
  channel_disabled: 'The channel is switched off.',
  no_address: 'There is no address to send to.',
  nobody_on_call: 'Nobody is on call at this time.',
  member_disabled: 'Whose turn it is has left: the user is switched off.',
};
