import { sql } from 'kysely';
import type { Database, Tx } from '../db/index.ts';
import type { Sealed } from '../secrets/index.ts';

/** Hours for which a repeat is answered like the first. */
export const ANSWER_KEPT_HOURS = 24;
const KEPT = sql.raw(`interval '${ANSWER_KEPT_HOURS} hours'`);

/** The call of a user, by the key that they gave it. */
export interface CallKey {
  userId: string;
  key: string;
}

/** Returns what the answer of a call is bound to. */
export function answerBinding({ userId, key }: CallKey): string {
  return `answered-call|${userId}|${key}`;
}

/** Takes the key of a call for the rest of the transaction. @returns false where another call has it */
export async function tryHoldKey(tx: Tx, { userId, key }: CallKey): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`${userId} ${key}`}, 0)) AS held`.execute(tx);
  return rows[0]?.held === true;
}

/** Finds the sealed answer to an earlier call with this key. */
export async function findAnswer(db: Database | Tx, { userId, key }: CallKey): Promise<Sealed | undefined> {
  const { rows } = await sql<Sealed>`
    SELECT body, key_version AS "keyVersion" FROM answered_calls
    WHERE user_id = ${userId} AND key = ${key} AND created_at > now() - ${KEPT}`.execute(db);
  return rows[0];
}

/** Keeps an answer; one of a day before gives way to it. */
export async function insertAnswer(tx: Tx, { userId, key }: CallKey, answer: Sealed): Promise<void> {
  await sql`
    INSERT INTO answered_calls (user_id, key, body, key_version)
    VALUES (${userId}, ${key}, ${answer.body}, ${answer.keyVersion})
    ON CONFLICT (user_id, key) DO UPDATE
      SET body = excluded.body, key_version = excluded.key_version, created_at = excluded.created_at`.execute(
    tx,
  );
}

export async function deleteOldAnswers(db: Database): Promise<void> {
  await sql`DELETE FROM answered_calls WHERE created_at <= now() - ${KEPT}`.execute(db);
}
