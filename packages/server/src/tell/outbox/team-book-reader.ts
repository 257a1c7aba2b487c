import type { Tx } from '../../platform/db/index.ts';
import { findPersons, findStepChannels, listTeams } from '../teams/index.ts';
import type { TeamBook } from './team-book.ts';
import { teamBookOf } from './team-book-of.ts';

/** Reads the teams, their channels and their people as a transaction sees them. */
export async function readTeamBook(tx: Tx): Promise<TeamBook> {
  const teams = await listTeams(tx);
  return teamBookOf({
    teams,
    channels: await findStepChannels(tx),
    persons: await findPersons(tx, teams),
  });
}
