import type { WrittenTeam } from '@stratora/contract';
import type { NamedKind } from './team-fact-queries.ts';

/** What is wrong with a field. */
export interface TeamFault {
  path: string;
  message: string;
}

/** An id in a team, with its place. */
export interface NamedId {
  readonly kind: NamedKind;
  readonly id: string;
  readonly path: string;
}

/** Finds what is wrong with a team in itself. */
export function teamFaults({
  is_default: isDefault,
  match,
  active,
  steps,
  rotation,
}: WrittenTeam): TeamFault[] {
  const faults: TeamFault[] = [];
  if (isDefault && Object.values(match).some((list) => list.length > 0)) {
    faults.push({ path: 'match', message: 'must be empty: the default team takes what no other team takes' });
  }
  if (isDefault && active.type !== 'always') {
    faults.push({
      path: 'active',
      message: 'must be always: nobody else is told while the default team sleeps',
    });
  }
  for (const [index, { after_seconds: seconds, on_call: onCall }] of steps.entries()) {
    const before = steps[index - 1]?.after_seconds ?? 0;
    if (seconds < before) {
      faults.push({
        path: `steps.${index}.after_seconds`,
        message: `must not be before the step before it, at ${before}`,
      });
    }
    if (onCall !== undefined && rotation === null) {
      faults.push({ path: `steps.${index}.on_call`, message: 'needs a rotation' });
    }
  }
  return faults;
}

/** Lists all ids that a team names. */
export function namedIds({
  match,
  steps,
  rotation,
}: Pick<WrittenTeam, 'match' | 'steps' | 'rotation'>): NamedId[] {
  const at = (kind: NamedKind, path: string, ids: readonly string[]) =>
    ids.map((id, index) => ({ kind, id, path: `${path}.${index}` }));
  return [
    ...at('site', 'match.site_ids', match.site_ids),
    ...at('group', 'match.group_ids', match.group_ids),
    ...at('definition', 'match.definition_ids', match.definition_ids),
    ...steps.flatMap(({ channel_ids: ids = [] }, index) => at('channel', `steps.${index}.channel_ids`, ids)),
    ...at('user', 'rotation.member_ids', rotation?.member_ids ?? []),
    ...(rotation?.overrides ?? []).map(({ member_id: id }, index) => ({
      kind: 'user' as const,
      id,
      path: `rotation.overrides.${index}.member_id`,
    })),
  ];
}

/** Lists the ids that a change adds: those of what was deleted since it was named may stay. */
export function addedIds(after: WrittenTeam, before: Parameters<typeof namedIds>[0] | undefined): NamedId[] {
  const known = new Set(
    (before === undefined ? [] : namedIds(before)).map(({ kind, id }) => `${kind} ${id}`),
  );
  return namedIds(after).filter(({ kind, id }) => !known.has(`${kind} ${id}`));
}
