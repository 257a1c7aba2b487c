/**
 * Which teams hear of an alert. Each team that its `match` takes hears of it while it is active: at once, or as soon as it
 * becomes active while the alert lasts. What no other team takes *now* goes to the default team: nobody is left untold
 * because a team sleeps. An escalation that has begun goes on also after the team's hours.
 */
import type { AlertSeverity, TeamMatch } from '@stratora/contract';
import { isActiveAt, nextActiveAt } from './active-hours.ts';
import type { Team } from './team.ts';

/** What teams are chosen by. */
export interface AlertMark {
  readonly severity: AlertSeverity;
  /** Null for an alert that is at no site: one about the system itself. */
  readonly siteId: string | null;
  /** Groups of the node. */
  readonly groupIds: readonly string[];
  /** The definition in force, and the one that it overrides, if any. */
  readonly definitionIds: readonly string[];
}

/** Whether a match takes an alert. An empty list takes all; what is in the list need not exist any more. */
export function matchTakes(match: TeamMatch, alert: AlertMark): boolean {
  return (
    (match.severities.length === 0 || match.severities.includes(alert.severity)) &&
    (match.site_ids.length === 0 || (alert.siteId !== null && match.site_ids.includes(alert.siteId))) &&
    takesAny(match.group_ids, alert.groupIds) &&
    takesAny(match.definition_ids, alert.definitionIds)
  );
}

function takesAny(taken: readonly string[], ids: readonly string[]): boolean {
  return taken.length === 0 || ids.some((id) => taken.includes(id));
}

/**
 * Decides which teams begin to tell of an alert at an instant.
 * @param begun ids of the teams whose escalation of this alert has begun; those that are gone or switched off since do
 *   not count
 */
export function teamsToBegin<T extends Team>(
  teams: readonly T[],
  { alert, at, begun }: { alert: AlertMark; at: number; begun: ReadonlySet<string> },
): T[] {
  const enabled = teams.filter((team) => team.enabled);
  const taking = enabled.filter(
    ({ isDefault, match, active }) => !isDefault && matchTakes(match, alert) && isActiveAt(active, at),
  );
  const hears = taking.length > 0 || enabled.some(({ id }) => begun.has(id));
  const chosen = hears ? taking : enabled.filter(({ isDefault }) => isDefault);
  return chosen.filter(({ id }) => !begun.has(id));
}

/** The begin of a team's escalation. */
export interface TeamBegin<T extends Team> {
  readonly team: T;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Works out which teams would begin when, of an alert that begins at `from` and lasts at least to `until`. */
export function beginsOf<T extends Team>(
  teams: readonly T[],
  { alert, from, until }: { alert: AlertMark; from: number; until: number },
): TeamBegin<T>[] {
  const wakes = teams
    .filter(({ match }) => matchTakes(match, alert))
    .map(({ active }) => nextActiveAt(active, from))
    .filter((at) => at !== undefined && at <= until);
  const instants = [...new Set([from, ...wakes])].filter((at) => at !== undefined).toSorted((a, b) => a - b);
  const begun = new Set<string>();
  return instants.flatMap((at) => {
    const begins = teamsToBegin(teams, { alert, at, begun });
    for (const { id } of begins) begun.add(id);
    return begins.map((team) => ({ team, at }));
  });
}
