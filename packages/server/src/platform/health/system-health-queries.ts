import { sql } from 'kysely';
import type { Database } from '../db/index.ts';

/** Asks the database for nothing. @throws whatever keeps it from answering */
export async function pingDatabase(db: Database): Promise<void> {
  await sql`SELECT 1`.execute(db);
}
