import type { ListQuery, Role, User } from '@stratora/contract';
import { sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
  textField,
} from '../../platform/db/index.ts';
import { endSessions } from '../sessions/index.ts';

export interface UserRow {
  id: string;
  username: string;
  display_name: string | null;
  email: string | null;
  role: Role;
  password_hash: string;
  must_change_password: boolean;
  enabled: boolean;
  token_epoch: number;
  last_login_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = sql.raw(
  'u.id, u.username, u.display_name, u.email, u.role, u.password_hash, u.must_change_password, u.enabled, ' +
    'u.token_epoch, u.last_login_at, u.created_at, u.updated_at',
);

const SORT_FIELDS: SortFields = {
  username: nameField(sql`u.username`),
  role: textField(sql`u.role`),
  created_at: { expression: sql`u.created_at`, type: 'timestamptz' },
  last_login_at: { expression: sql`coalesce(u.last_login_at, '-infinity')`, type: 'timestamptz' },
};

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    display_name: row.display_name,
    email: row.email,
    role: row.role,
    enabled: row.enabled,
    must_change_password: row.must_change_password,
    last_login_at: row.last_login_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export async function findUserByName(db: Database | Tx, username: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`
    SELECT ${COLUMNS} FROM users u WHERE lower(u.username COLLATE "C") = lower(${username} COLLATE "C")`.execute(
    db,
  );
  return rows[0];
}

export async function findUser(db: Database | Tx, id: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`SELECT ${COLUMNS} FROM users u WHERE u.id = ${id}`.execute(db);
  return rows[0];
}

export async function lockUser(tx: Tx, id: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`SELECT ${COLUMNS} FROM users u WHERE u.id = ${id} FOR UPDATE`.execute(
    tx,
  );
  return rows[0];
}

export async function listUsers(db: Database, query: ListQuery) {
  const page = pageOf(query, SORT_FIELDS, 'username', sql`u.id`);
  const matches = contains([sql`u.username`, sql`u.display_name`, sql`u.email`], query.search);
  const { rows: counted } = await sql<{ total: string }>`
    SELECT count(*) AS total FROM users u WHERE ${matches}`.execute(db);
  const { rows } = await sql<UserRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM users u WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, Number(counted[0]?.total ?? 0), toUser);
}

export interface NewUser {
  username: string;
  displayName: string | null;
  email: string | null;
  role: Role;
  passwordHash: string;
  mustChangePassword: boolean;
}

export async function insertUser(tx: Tx, user: NewUser): Promise<string> {
  const row = await tx
    .insertInto('users')
    .values({
      username: user.username,
      display_name: user.displayName,
      email: user.email,
      role: user.role,
      password_hash: user.passwordHash,
      must_change_password: user.mustChangePassword,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export interface UserChange {
  role?: string;
  display_name?: string | null;
  email?: string | null;
  enabled?: boolean;
  password_hash?: string;
  must_change_password?: boolean;
}

/**
 * Changes a user. `endsLogins` ends logins under the old password, role or state: bearer tokens by epoch, sessions by
 * row.
 */
export async function updateUser(
  tx: Tx,
  id: string,
  change: UserChange,
  logins: { end: boolean; exceptSession?: string | undefined },
): Promise<void> {
  await tx
    .updateTable('users')
    .set({
      ...change,
      updated_at: sql`now()`,
      ...(logins.end ? { token_epoch: sql`token_epoch + 1` } : {}),
    })
    .where('id', '=', id)
    .execute();
  if (logins.end) await endSessions(tx, id, logins.exceptSession);
}

export async function noteLogin(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('users').set({ last_login_at: sql`now()` }).where('id', '=', id).execute();
}

export async function deleteUser(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('users').where('id', '=', id).execute();
}

/** Locks the enabled administrators, so that two cannot remove each other at once. */
export async function lockAdmins(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM users WHERE role = 'admin' AND enabled ORDER BY id FOR UPDATE`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function countUsers(db: Database | Tx): Promise<number> {
  const { rows } = await sql<{ total: string }>`SELECT count(*) AS total FROM users`.execute(db);
  return Number(rows[0]?.total ?? 0);
}

/** Number of the advisory lock by which servers that start at once take turns. */
const FIRST_USER_LOCK = 7_305_128_115;

/** Takes the lock under which the first user is made, until the end of the transaction. */
export async function lockFirstUser(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${FIRST_USER_LOCK})`.execute(tx);
}
