import type { DiscoveryChange, DiscoveryChangesQuery } from '@stratora/contract';
import { sql } from 'kysely';
import { contains, type Database, listAnswer, pageOf, type SortFields } from '../../platform/db/index.ts';

const SORT_FIELDS: SortFields = {
  ip_address: { expression: sql`stratora_address_key(c.ip_address) COLLATE "C"`, type: 'text' },
  change: { expression: sql`c.change COLLATE "C"`, type: 'text' },
};

interface ChangeRow extends Omit<DiscoveryChange, 'at'> {
  at: Date;
  sort_key: string;
}

/** Lists what a run changed, by address unless the query says otherwise. */
export async function listChanges(db: Database, runId: string, query: DiscoveryChangesQuery) {
  const page = pageOf(query, SORT_FIELDS, 'ip_address', sql`c.id`);
  const matches = sql<boolean>`c.run_id = ${runId} AND ${contains([sql`c.ip_address`, sql`c.name`], query.search)}`;
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM discovery_changes c WHERE ${matches}`.execute(db);
  const { rows } = await sql<ChangeRow>`
    SELECT c.id, c.run_id, c.device_id, c.ip_address, c.name, c.change, c.fields, c.at, ${page.sortKey} AS sort_key
    FROM discovery_changes c WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted[0]?.total ?? 0, ({ sort_key: _, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
  }));
}
