import type { Role } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

export const SESSION_ABSOLUTE_HOURS = 24;
export const SESSION_IDLE_HOURS = 2;

export interface SessionRow {
  session_id: string;
  user_id: string;
  username: string;
  role: Role;
  must_change_password: boolean;
  /** Whether the time of its last use is old enough to be written again. */
  is_stale: boolean;
}

/** Finds the live session of an enabled user. */
export async function findSession(db: Database, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    SELECT s.id AS session_id, u.id AS user_id, u.username, u.role, u.must_change_password,
      s.last_used_at < now() - interval '1 minute' AS is_stale
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.token_hash = ${tokenHash} AND u.enabled AND s.expires_at > now()
      AND s.last_used_at > now() - ${SESSION_IDLE_HOURS} * interval '1 hour'`.execute(db);
  return rows[0];
}

export interface BearerRow {
  user_id: string;
  username: string;
  role: Role;
  must_change_password: boolean;
}

/** Finds the enabled user of a bearer token that was issued under the logins of today, and was not ended by a logout. */
export async function findBearer(
  db: Database,
  bearer: { userId: string; epoch: number; tokenHash: Buffer },
): Promise<BearerRow | undefined> {
  const { rows } = await sql<BearerRow>`
    SELECT u.id AS user_id, u.username, u.role, u.must_change_password FROM users u
    WHERE u.id = ${bearer.userId} AND u.enabled AND u.token_epoch = ${bearer.epoch}
      AND NOT EXISTS (SELECT FROM ended_bearers e WHERE e.token_hash = ${bearer.tokenHash})`.execute(db);
  return rows[0];
}

/** Ends a bearer token before its time. Ending it again changes nothing. */
export async function endBearer(tx: Tx, bearer: { hash: Buffer; expiresAt: Date }): Promise<void> {
  await sql`INSERT INTO ended_bearers (token_hash, expires_at) VALUES (${bearer.hash}, ${bearer.expiresAt})
    ON CONFLICT (token_hash) DO NOTHING`.execute(tx);
}

export async function touchSession(db: Database, id: string): Promise<void> {
  await db.updateTable('sessions').set({ last_used_at: sql`now()` }).where('id', '=', id).execute();
}

export async function insertSession(
  tx: Tx,
  session: { tokenHash: Buffer; userId: string; address: string },
): Promise<void> {
  await sql`
    INSERT INTO sessions (token_hash, user_id, address, expires_at)
    VALUES (${session.tokenHash}, ${session.userId}, ${session.address},
      now() + ${SESSION_ABSOLUTE_HOURS} * interval '1 hour')`.execute(tx);
}

export async function deleteSession(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('sessions').where('id', '=', id).execute();
}

/** Deletes the sessions that have ended, and what is kept of bearer tokens until they would have. */
export async function deleteEndedSessions(db: Database): Promise<void> {
  await sql`DELETE FROM sessions WHERE expires_at <= now()
    OR last_used_at <= now() - ${SESSION_IDLE_HOURS} * interval '1 hour'`.execute(db);
  // A minute later than its end: clocks of several servers differ.
  await sql`DELETE FROM ended_bearers WHERE expires_at <= now() - interval '1 minute'`.execute(db);
}

/** Ends the sessions of a user, but for one. */
export async function endSessions(tx: Tx, userId: string, except?: string): Promise<void> {
  const ended = tx.deleteFrom('sessions').where('user_id', '=', userId);
  await (except === undefined ? ended : ended.where('id', '<>', except)).execute();
}
