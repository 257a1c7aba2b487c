import { sql } from 'kysely';
import type { Database, Tx } from '../db/index.ts';

/** Seconds after which a server that is not heard from counts as gone. */
export const HOLDER_GONE_SECONDS = 60;

/** A server that runs, with the keys that it has. */
export interface KeyHolder {
  server_id: string;
  hostname: string;
  /** Fingerprints by version. */
  keys: Record<string, string>;
  sealing_version: number;
  seen_at: Date;
}

/** Writes which keys a server has, and that it lives. */
export async function keepHolder(db: Database, holder: Omit<KeyHolder, 'seen_at'>): Promise<void> {
  const { server_id: id, hostname, keys, sealing_version: version } = holder;
  await sql`
    INSERT INTO credential_key_holders (server_id, hostname, keys, sealing_version)
    VALUES (${id}, ${hostname}, ${JSON.stringify(keys)}::jsonb, ${version})
    ON CONFLICT (server_id) DO UPDATE SET hostname = excluded.hostname, keys = excluded.keys,
      sealing_version = excluded.sealing_version, seen_at = now()`.execute(db);
}

export async function deleteHolder(db: Database, serverId: string): Promise<void> {
  await sql`DELETE FROM credential_key_holders WHERE server_id = ${serverId}`.execute(db);
}

/** Lists the servers that live, and forgets those that do not. */
export async function listHolders(db: Database | Tx): Promise<KeyHolder[]> {
  const { rows } = await sql<KeyHolder>`
    SELECT server_id, hostname, keys, sealing_version, seen_at FROM credential_key_holders
    WHERE seen_at > now() - make_interval(secs => ${HOLDER_GONE_SECONDS}) ORDER BY hostname, server_id`.execute(
    db,
  );
  return rows;
}

export async function deleteGoneHolders(db: Database): Promise<void> {
  await sql`
    DELETE FROM credential_key_holders
    WHERE seen_at < now() - make_interval(secs => ${10 * HOLDER_GONE_SECONDS})`.execute(db);
}
