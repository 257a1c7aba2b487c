import { sql } from 'kysely';
import type { SealedRow, SealedRows } from '../sealed-rows.ts';
import { answerBinding } from './answered-call-queries.ts';

const BATCH = 100;

interface Row {
  user_id: string;
  key: string;
  body: Buffer;
  key_version: number;
}

/** The answers of calls with an `Idempotency-Key`, as rows that are sealed. */
export const SEALED_ANSWERS: SealedRows = {
  what: 'answers that are kept for repeated calls',
  batch: BATCH,
  async countOthers(db, version) {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM answered_calls WHERE key_version <> ${version}`.execute(db);
    return rows[0]?.count ?? 0;
  },
  async lockOthers(tx, version, after) {
    const [user, key] = after === undefined ? [] : partsOf(after);
    const { rows } = await sql<Row>`
      SELECT user_id, key, body, key_version FROM answered_calls
      WHERE key_version <> ${version}
        AND (${user ?? null}::uuid IS NULL OR (user_id, key) > (${user ?? null}::uuid, ${key ?? ''}::text))
      ORDER BY user_id, key LIMIT ${BATCH} FOR UPDATE`.execute(tx);
    return rows.map(
      (row): SealedRow => ({
        key: `${row.user_id} ${row.key}`,
        label: `a call of ${row.user_id}`,
        body: row.body,
        keyVersion: row.key_version,
        binding: answerBinding({ userId: row.user_id, key: row.key }),
      }),
    );
  },
  async write(tx, at, { body, keyVersion }) {
    const [user, key] = partsOf(at);
    await sql`
      UPDATE answered_calls SET body = ${body}, key_version = ${keyVersion}
      WHERE user_id = ${user} AND key = ${key}`.execute(tx);
  },
};

/** Takes the key of a row apart: an id, a space, and a text that may hold spaces. */
function partsOf(key: string): [string, string] {
  return [key.slice(0, 36), key.slice(37)];
}
