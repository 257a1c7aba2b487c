import type { AuditEntry, ListQuery } from '@stratora/contract';
import { sql } from 'kysely';
import { contains, type Database, listAnswer, pageOf, type SortFields, type Tx } from '../db/index.ts';
import type { Actor } from './actor.ts';

const SORT_FIELDS: SortFields = {
  time: { expression: sql`a.time`, type: 'timestamptz' },
};

interface AuditRow extends Omit<AuditEntry, 'time'> {
  time: Date;
  sort_key: string;
}

/** An action to be written to the audit log. */
export interface AuditAction {
  /** The action as `noun.verb`, such as `node.create`. */
  action: string;
  objectType?: string;
  objectId?: string;
  nodeId?: string;
  /** Facts of the action; never a secret. */
  detail?: Record<string, unknown>;
}

/**
 * Writes the entry of an action. To be called as the last statement of the action's own transaction: the end of the chain
 * is one row, and a transaction that holds it must not wait for anything else.
 */
export async function appendAudit(tx: Tx, actor: Actor, entry: AuditAction): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({
      actor_id: actor.userId,
      actor: actor.name,
      action: entry.action,
      object_type: entry.objectType ?? null,
      object_id: entry.objectId ?? null,
      node_id: entry.nodeId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      request_id: actor.requestId,
      address: actor.address,
    })
    .execute();
}

/** Lists entries, newest first unless the query says otherwise. */
export async function listAudit(db: Database, query: ListQuery) {
  const page = pageOf(query, SORT_FIELDS, '-time', sql`a.id`);
  const matches = contains([sql`a.actor`, sql`a.action`, sql`a.object_id`], query.search);
  const { rows: counted } = await sql<{ total: string }>`
    SELECT count(*) AS total FROM audit_log a WHERE ${matches}`.execute(db);
  const { rows } = await sql<AuditRow>`
    SELECT a.id, a.time, a.actor, a.action, a.object_type, a.object_id, a.detail, a.request_id,
      ${page.sortKey} AS sort_key
    FROM audit_log a WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, Number(counted[0]?.total ?? 0), ({ sort_key: _, ...row }) => ({
    ...row,
    time: row.time.toISOString(),
  }));
}
