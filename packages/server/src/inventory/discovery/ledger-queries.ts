import type { DiscoveryLedger, DiscoveryLedgerQuery, LedgerRow } from '@stratora/contract';
import { sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';

const SORT_FIELDS: SortFields = {
  address: { expression: sql`stratora_address_key(l.address) COLLATE "C"`, type: 'text' },
  packets: { expression: sql`l.packets`, type: 'integer' },
};

/** Adds packets to the ledger of a run. @returns how many */
export async function addToLedger(tx: Tx, runId: string, rows: readonly LedgerRow[]): Promise<number> {
  const byAddress = new Map<string, Record<string, number>>();
  for (const { address, kind, packets } of rows) {
    // Kinds are words of whoever reports: none of them may be found on the prototype.
    const kinds = byAddress.get(address) ?? (Object.create(null) as Record<string, number>);
    kinds[kind] = (kinds[kind] ?? 0) + packets;
    byAddress.set(address, kinds);
  }
  const sums = [...byAddress].map(([address, kinds]) => ({
    address,
    kinds,
    packets: Object.values(kinds).reduce((sum, count) => sum + count, 0),
  }));
  if (sums.length > 0) {
    await sql`
      INSERT INTO discovery_ledger AS l (run_id, address, kinds, packets)
      SELECT ${runId}, w.address, w.kinds, w.packets
      FROM jsonb_to_recordset(${JSON.stringify(sums)}::jsonb) AS w(address text, kinds jsonb, packets integer)
      ON CONFLICT (run_id, address) DO UPDATE SET packets = l.packets + excluded.packets, kinds = (
        SELECT jsonb_object_agg(kind, count) FROM (
          SELECT key AS kind, sum(value::int) AS count
          FROM (SELECT * FROM jsonb_each_text(l.kinds) UNION ALL SELECT * FROM jsonb_each_text(excluded.kinds)) AS both_of
          GROUP BY key) AS summed)`.execute(tx);
  }
  return sums.reduce((sum, { packets }) => sum + packets, 0);
}

/** Lists what a run sent to each address, and in all. */
export async function listLedger(
  db: Database,
  runId: string,
  query: DiscoveryLedgerQuery,
): Promise<DiscoveryLedger> {
  const page = pageOf(query, SORT_FIELDS, 'address', sql`l.id`);
  const { address } = query;
  const matches = sql<boolean>`l.run_id = ${runId} AND (${address ?? null}::text IS NULL OR l.address = ${address ?? null})
    AND ${contains([sql`l.address`], query.search)}`;
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM discovery_ledger l WHERE ${matches}`.execute(db);
  const { rows } = await sql<DiscoveryLedger['items'][number] & { id: string; sort_key: string }>`
    SELECT l.id, l.address, l.kinds, l.packets, ${page.sortKey} AS sort_key FROM discovery_ledger l
    WHERE ${matches} AND ${page.after} ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  const { rows: kinds } = await sql<{ kind: string; count: number }>`
    SELECT e.key AS kind, sum(e.value::int)::int AS count FROM discovery_ledger l, jsonb_each_text(l.kinds) AS e
    WHERE l.run_id = ${runId} GROUP BY e.key ORDER BY e.key`.execute(db);
  const answer = listAnswer(rows, page, counted[0]?.total ?? 0, ({ id: _, sort_key: __, ...row }) => row);
  return {
    ...answer,
    packets: kinds.reduce((sum, { count }) => sum + count, 0),
    kinds: Object.fromEntries(kinds.map(({ kind, count }) => [kind, count])),
  };
}
