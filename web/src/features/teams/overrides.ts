import type { Rota, TeamRotation } from '@stratora/contract';

/**
 * The place, in the list of overrides, of the one that puts somebody into a shift: of those that cover its begin the last one,
 * as the server counts them. Undefined where it is their own turn.
 */
export function overridePlace(
  { person, from }: Rota['shifts'][number],
  overrides: TeamRotation['overrides'],
): number | undefined {
  if (person === null || !person.is_override) return undefined;
  const at = Date.parse(from);
  const place = overrides.findLastIndex(
    (one) => one.member_id === person.member_id && Date.parse(one.from) <= at && Date.parse(one.to) > at,
  );
  return place === -1 ? undefined : place;
}
