import type { ChannelType } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Person, Persons, Team } from './team.ts';
import type { CheckedChannel } from './team-warnings.ts';

/** Finds the users whom the rotations of teams name; those that are deleted are missing. */
export async function findPersons(
  db: Database | Tx,
  teams: readonly Pick<Team, 'rotation'>[],
): Promise<Persons> {
  const rotations = teams.flatMap(({ rotation }) => rotation ?? []);
  const ids = new Set(
    rotations.flatMap((rotation) => [
      ...rotation.member_ids,
      ...rotation.overrides.map(({ member_id: id }) => id),
    ]),
  );
  if (ids.size === 0) return new Map();
  const { rows } = await sql<Person>`
    SELECT u.id, coalesce(u.display_name, u.username) AS name, u.email, u.enabled
    FROM users u WHERE u.id = ANY(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map((person) => [person.id, person]));
}

/** Lists the users who may be put on call: those that are not switched off, by their names. */
export async function listStandIns(db: Database): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT u.id, coalesce(u.display_name, u.username) AS name FROM users u
    WHERE u.enabled ORDER BY 2, 1`.execute(db);
  return rows;
}

/** Finds all channels, in the order of their making. */
export async function findStepChannels(db: Database | Tx): Promise<CheckedChannel[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    type: ChannelType;
    enabled: boolean;
    recipients: string[];
    is_proven: boolean;
  }>`
    SELECT c.id, c.name, c.type, c.enabled, c.recipients, c.last_accepted_at IS NOT NULL AS is_proven
    FROM notification_channels c ORDER BY c.id`.execute(db);
  return rows.map(({ is_proven: isProven, ...channel }) => ({ ...channel, isProven }));
}

/** Kinds of what a team names, with the table of each. */
const TABLES = {
  site: 'sites',
  group: 'node_groups',
  definition: 'alert_definitions',
  channel: 'notification_channels',
  user: 'users',
} as const;
export type NamedKind = keyof typeof TABLES;

/** Finds which of these ids there are. */
export async function findExisting(
  db: Database | Tx,
  kind: NamedKind,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom(TABLES[kind]).select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}

/** Finds where a node is. */
export async function findNodePlace(
  db: Database,
  nodeId: string,
): Promise<{ siteId: string; groupIds: string[] } | undefined> {
  const { rows } = await sql<{ site_id: string; group_ids: string[] }>`
    SELECT n.site_id, array(SELECT m.group_id FROM node_group_members m WHERE m.node_id = n.id) AS group_ids
    FROM nodes n WHERE n.id = ${nodeId}`.execute(db);
  return rows[0] && { siteId: rows[0].site_id, groupIds: rows[0].group_ids };
}

/** Finds a definition, with the one that it overrides, if any. @returns no ids where there is none */
export async function findFamilyIds(db: Database, definitionId: string): Promise<string[]> {
  const row = await db
    .selectFrom('alert_definitions')
    .select(['id', 'overrides'])
    .where('id', '=', definitionId)
    .executeTakeFirst();
  if (row === undefined) return [];
  return row.overrides === null ? [row.id] : [row.id, row.overrides];
}
