import { sql } from 'kysely';
import type { Database, Tx } from '../db/index.ts';

/** Finds the value of a key, as it was written. */
export async function findSetting(db: Database | Tx, key: string): Promise<unknown> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

/** Writes the value of a key if it has none yet. Of servers that start at once the first one's stays. */
export async function ensureSetting(db: Database | Tx, key: string, value: object): Promise<void> {
  await sql`INSERT INTO settings (key, value) VALUES (${key}, ${JSON.stringify(value)}::jsonb)
    ON CONFLICT (key) DO NOTHING`.execute(db);
}

/** Locks the row of a key, which must be there, until the end of the transaction. */
export async function lockSetting(tx: Tx, key: string): Promise<void> {
  await sql`SELECT FROM settings WHERE key = ${key} FOR UPDATE`.execute(tx);
}

export async function keepSetting(tx: Tx, key: string, value: object): Promise<void> {
  await sql`INSERT INTO settings (key, value) VALUES (${key}, ${JSON.stringify(value)}::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()
    WHERE settings.value <> excluded.value`.execute(tx);
}
