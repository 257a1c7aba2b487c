import type { TeamActive, TeamMatch, TeamRepeat, TeamRotation, TeamStep } from '@stratora/contract';
import type { Tx } from '../../platform/db/index.ts';

/** A rotation as it is kept: the day of the first turn is known, overrides have times in UTC. */
export type Rotation = TeamRotation & { starts_on: string };

/** An escalation team, as those who tell people use it. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly isDefault: boolean;
  readonly match: TeamMatch;
  readonly active: TeamActive;
  readonly steps: readonly TeamStep[];
  readonly repeat: TeamRepeat | null;
  readonly rotation: Rotation | null;
}

/** Hears of teams that were changed or deleted, within the transaction that did so and after it. */
export type TeamObserver = (tx: Tx, teamIds: readonly string[]) => Promise<void>;

/** A user who can be on call. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Null: cannot be told by mail. */
  readonly email: string | null;
  readonly enabled: boolean;
}

/** Users by id; one that is missing was deleted. */
export type Persons = ReadonlyMap<string, Person>;

/** Whether somebody can be on call: leavers, whose user is disabled or deleted, cannot. */
export function canServe(persons: Persons): (memberId: string) => boolean {
  return (memberId) => persons.get(memberId)?.enabled === true;
}
