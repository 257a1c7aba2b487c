import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

/** What became of the newest sign of life. */
export interface HeartbeatRecord {
  readonly url: string;
  readonly failingSince: Date | null;
  readonly message: string | null;
}

export async function findHeartbeat(db: Database): Promise<HeartbeatRecord | undefined> {
  const { rows } = await sql<HeartbeatRecord>`
    SELECT url, failing_since AS "failingSince", message
    FROM outward_heartbeat`.execute(db);
  return rows[0];
}

/** Keeps what became of a try, at the time of the database. A failure goes on from the one before, of the same address. */
export async function keepHeartbeat(tx: Tx, url: string, failure: string | null): Promise<void> {
  await sql`
    INSERT INTO outward_heartbeat AS h (url, failing_since, message)
    VALUES (${url}, CASE WHEN ${failure}::text IS NOT NULL THEN now() END, ${failure})
    ON CONFLICT (is_only) DO UPDATE SET url = excluded.url, message = excluded.message,
      failing_since = CASE WHEN excluded.failing_since IS NULL THEN NULL
        WHEN h.url = excluded.url THEN coalesce(h.failing_since, excluded.failing_since)
        ELSE excluded.failing_since END`.execute(tx);
}
