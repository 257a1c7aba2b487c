import type { ListQuery, TopologyEvent } from '@stratora/contract';
import { sql } from 'kysely';
import {
  contains,
  type Database,
  type SequenceFields,
  sequenceAnswer,
  sequenceOf,
  type Tx,
} from '../../../platform/db/index.ts';
import type { EventDraft } from '../derivation/topology-events.ts';

const FIELDS: SequenceFields = { key: sql`e.id`, name: 'at' };

/** Writes what happened to links and devices. */
export async function insertEvents(tx: Tx, drafts: readonly EventDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  await sql`
    INSERT INTO topology_events (at, kind, site_id, node_ids, link_id, detail)
    SELECT d.at, d.kind, d.site_id, ARRAY(SELECT json_array_elements_text(d.node_ids)::uuid), d.link_id, d.detail
    FROM json_to_recordset(${JSON.stringify(drafts)}::json)
      AS d (at timestamptz, kind text, site_id uuid, node_ids json, link_id uuid, detail text)`.execute(tx);
}

interface EventRow extends Omit<TopologyEvent, 'at'> {
  at: Date;
  sequence: string;
}

export interface EventQuery extends ListQuery {
  readonly site_id?: string | undefined;
  readonly node_id?: string | undefined;
  readonly kind?: string | undefined;
}

/** Lists events, newest first. */
export async function listEvents(db: Database, query: EventQuery) {
  const page = sequenceOf(query, FIELDS);
  const matches = sql<boolean>`${contains([sql`e.detail`], query.search)}
    AND ${query.site_id === undefined ? sql`true` : sql`e.site_id = ${query.site_id}`}
    AND ${query.node_id === undefined ? sql`true` : sql`e.node_ids @> ARRAY[${query.node_id}::uuid]`}
    AND ${query.kind === undefined ? sql`true` : sql`e.kind = ${query.kind}`}`;
  const { rows: counted } = await sql<{ total: string }>`
    SELECT count(*) AS total FROM topology_events e WHERE ${matches}`.execute(db);
  const { rows } = await sql<EventRow>`
    SELECT e.id::text AS id, e.at, e.kind, e.site_id, e.node_ids, e.link_id, e.detail, ${page.sequence}
    FROM topology_events e WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return sequenceAnswer(rows, page, Number(counted[0]?.total ?? 0), ({ sequence: _, ...row }) => ({
    ...row,
    at: row.at.toISOString(),
  }));
}
