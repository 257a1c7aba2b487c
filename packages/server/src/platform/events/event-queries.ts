import { sql } from 'kysely';
import type { Database, Tx } from '../db/index.ts';

/** Channel of events: a payload is a JSON array of them. */
export const EVENT_CHANNEL = 'stratora_event';

/** Notifies every server of events, with the commit. */
export async function notifyEvents(db: Database | Tx, payload: string): Promise<void> {
  await sql`SELECT pg_notify(${EVENT_CHANNEL}, ${payload})`.execute(db);
}
