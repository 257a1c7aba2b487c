import type { WrittenTeam } from '@stratora/contract';
import type { Tx } from '../../platform/db/index.ts';
import { appError } from '../../platform/http/index.ts';
import type { Rotation } from './team.ts';
import { writtenOf } from './team-answer.ts';
import { findExisting, type NamedKind } from './team-fact-queries.ts';
import { addedIds, type NamedId, type TeamFault, teamFaults } from './team-faults.ts';
import type { StoredTeam } from './team-queries.ts';

/** What an id must be, by kind. */
const KIND_WORDS: Readonly<Record<NamedKind, string>> = {
  site: 'is no site',
  group: 'is no node group',
  definition: 'is no alert definition',
  channel: 'is no notification channel',
  user: 'is no user',
};

/**
 * Requires of a team what must hold to save it.
 * @param before the team before the change; undefined for a new one
 * @throws AppError validation_failed with all that is wrong
 */
export async function requireSound(tx: Tx, team: WrittenTeam, before: StoredTeam | undefined): Promise<void> {
  const added = addedIds(team, before && writtenOf(before));
  const errors = [...teamFaults(team), ...(await unknownIds(tx, added))];
  const [first] = errors;
  if (first === undefined) return;
  throw appError('validation_failed', `${first.path}: ${first.message}`, { details: { errors } });
}

async function unknownIds(tx: Tx, ids: readonly NamedId[]): Promise<TeamFault[]> {
  const faults: TeamFault[] = [];
  for (const [kind, words] of Object.entries(KIND_WORDS) as [NamedKind, string][]) {
    const named = ids.filter((one) => one.kind === kind);
    const existing = await findExisting(
      tx,
      kind,
      named.map(({ id }) => id),
    );
    for (const { id, path } of named) if (!existing.has(id)) faults.push({ path, message: words });
  }
  return faults;
}

/** @throws AppError invalid_state for a default team that is switched off */
export function requireEnabledDefault({ enabled, is_default: isDefault }: WrittenTeam): void {
  if (isDefault && !enabled) throw appError('invalid_state', 'The default team cannot be switched off.');
}

/** @throws AppError invalid_state for a team without a rotation */
export function requireRotation({ rotation }: StoredTeam): Rotation {
  if (rotation === null) throw appError('invalid_state', 'This team has no rotation.');
  return rotation;
}
