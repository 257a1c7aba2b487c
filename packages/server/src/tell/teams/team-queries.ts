import type {
  TeamActive,
  TeamListQuery,
  TeamMatch,
  TeamRepeat,
  TeamStep,
  WrittenTeam,
} from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';
import type { Rotation, Team } from './team.ts';

/** Number of the advisory lock under which teams are written; no other lock has it. */
const WRITE_LOCK = 7_221_031;

const SORT_FIELDS: SortFields = {
  name: nameField(sql`t.name`),
  created_at: { expression: sql`t.created_at`, type: 'timestamptz' },
  updated_at: { expression: sql`t.updated_at`, type: 'timestamptz' },
};

/** A team with what its row says beside. */
export interface StoredTeam extends Team {
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface TeamRow {
  id: string;
  name: string;
  enabled: boolean;
  is_default: boolean;
  match: TeamMatch;
  active: TeamActive;
  steps: TeamStep[];
  repeat: TeamRepeat | null;
  rotation: Rotation | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = sql`t.id, t.name, t.enabled, t.is_default, t.match, t.active, t.steps, t.repeat, t.rotation,
  t.created_at, t.updated_at`;

/** Fields are named in the order of the contract: jsonb keeps another one, and tags are of the text. */
function toTeam({
  is_default: isDefault,
  created_at: createdAt,
  updated_at: updatedAt,
  ...row
}: TeamRow): StoredTeam {
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled,
    isDefault,
    match: {
      severities: row.match.severities,
      site_ids: row.match.site_ids,
      group_ids: row.match.group_ids,
      definition_ids: row.match.definition_ids,
    },
    active: activeOf(row.active),
    steps: row.steps.map((step) => stepOf(step)),
    repeat: row.repeat && { every_seconds: row.repeat.every_seconds, times: row.repeat.times },
    rotation: row.rotation && rotationOf(row.rotation),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function activeOf(active: TeamActive): TeamActive {
  if (active.type === 'always') return { type: 'always' };
  const { type, timezone } = active;
  return { type, timezone, windows: active.windows.map(({ days, from, to }) => ({ days, from, to })) };
}

function stepOf({ after_seconds: seconds, channel_ids: channels, on_call: onCall }: TeamStep): TeamStep {
  return {
    after_seconds: seconds,
    ...(channels === undefined ? {} : { channel_ids: channels }),
    ...(onCall === undefined ? {} : { on_call: onCall }),
  };
}

function rotationOf({ timezone, handoff, ...rotation }: Rotation): Rotation {
  return {
    timezone,
    handoff: { day: handoff.day, time: handoff.time },
    member_ids: rotation.member_ids,
    starts_on: rotation.starts_on,
    overrides: rotation.overrides.map(({ member_id: id, from, to }) => ({ member_id: id, from, to })),
  };
}

export async function findTeamPage(db: Database, query: TeamListQuery) {
  const page = pageOf(query, SORT_FIELDS, 'name', sql`t.id`);
  const matches = sql.join(conditionsOf(query), sql` AND `);
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM escalation_teams t WHERE ${matches}`.execute(db);
  const { rows } = await sql<TeamRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM escalation_teams t
    WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted.rows[0]?.total ?? 0, toTeam);
}

function conditionsOf({ search, member_id: memberId }: TeamListQuery): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [contains([sql`t.name`], search)];
  if (memberId !== undefined) conditions.push(sql`coalesce(t.rotation -> 'member_ids' ? ${memberId}, false)`);
  return conditions;
}

export async function findTeam(db: Database | Tx, id: string): Promise<StoredTeam | undefined> {
  const { rows } = await sql<TeamRow>`SELECT ${COLUMNS} FROM escalation_teams t WHERE t.id = ${id}`.execute(
    db,
  );
  return rows[0] && toTeam(rows[0]);
}

/** Finds the teams that are enabled, the default one among them, in the order of their making. */
export async function listTeams(db: Database | Tx): Promise<StoredTeam[]> {
  const { rows } = await sql<TeamRow>`
    SELECT ${COLUMNS} FROM escalation_teams t WHERE t.enabled ORDER BY t.id`.execute(db);
  return rows.map((row) => toTeam(row));
}

/** Lets one transaction write teams at a time: that one is the default is a matter of all. */
export async function lockTeams(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${WRITE_LOCK})`.execute(tx);
}

/** What is written of a team; its rotation knows its first day. */
export interface KeptTeam extends Omit<WrittenTeam, 'rotation'> {
  rotation: Rotation | null;
}

/** @returns the id of the new row */
export async function insertTeam(tx: Tx, team: KeptTeam): Promise<string> {
  const { id } = await tx
    .insertInto('escalation_teams')
    .values(columnsOf(team))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateTeam(tx: Tx, id: string, team: KeptTeam): Promise<void> {
  await tx
    .updateTable('escalation_teams')
    .set({ ...columnsOf(team), updated_at: sql`now()` })
    .where('id', '=', id)
    .execute();
}

/** Takes from the default team that it is. @returns the team that was, if any */
export async function endDefault(tx: Tx): Promise<{ id: string; name: string } | undefined> {
  return tx
    .updateTable('escalation_teams')
    .set({ is_default: false, updated_at: sql`now()` })
    .where('is_default', '=', true)
    .returning(['id', 'name'])
    .executeTakeFirst();
}

export async function deleteTeam(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('escalation_teams').where('id', '=', id).execute();
}

function columnsOf({ name, enabled, is_default, ...team }: KeptTeam) {
  return {
    name,
    enabled,
    is_default,
    match: JSON.stringify(team.match),
    active: JSON.stringify(team.active),
    steps: JSON.stringify(team.steps),
    repeat: team.repeat && JSON.stringify(team.repeat),
    rotation: team.rotation && JSON.stringify(team.rotation),
  };
}
