import type { CollectionState, ListQuery, Node, NodeDetail } from '@stratora/contract';
import { sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
  textField,
} from '../../platform/db/index.ts';

export interface NodeFilters {
  status?: string | undefined;
  site_id?: string | undefined;
  group_id?: string | undefined;
  node_type?: string | undefined;
  collector_id?: string | undefined;
  credential_id?: string | undefined;
}

/** Rank of a status: worst first, as people read a list of trouble. */
const STATUS_RANK = sql`array_position(
  ARRAY['critical', 'offline', 'warning', 'unknown', 'discovering', 'maintenance', 'healthy'], s.status)`;

const SORT_FIELDS: SortFields = {
  name: nameField(sql`n.name`),
  ip_address: textField(sql`address_sort_key(n.ip_address)`),
  node_type: textField(sql`n.node_type`),
  site_name: nameField(sql`si.name`),
  template: textField(sql`n.template`),
  status: { expression: STATUS_RANK, type: 'integer' },
  status_since: { expression: sql`s.status_since`, type: 'timestamptz' },
  last_seen_at: { expression: sql`coalesce(s.last_seen_at, 'epoch')`, type: 'timestamptz' },
  created_at: { expression: sql`n.created_at`, type: 'timestamptz' },
};

interface NodeRow extends Omit<Node, 'status_since' | 'last_seen_at' | 'created_at' | 'updated_at'> {
  status_since: Date;
  last_seen_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = sql`n.id, n.name, n.ip_address, n.fqdn, n.node_type, n.site_id, si.name AS site_name, n.template,
  n.collector_id, n.collector_id IS NOT NULL AND n.collector_chosen AS collector_chosen, n.agent_id, n.environment, n.snmp_port, n.url, n.snmp_pace, n.os, n.created_at, n.updated_at,
  s.status, s.status_since, s.status_reason, s.last_seen_at,
  coalesce((SELECT a.approval FROM remote_components a WHERE a.id = n.agent_id), 'approved') AS approval,
  coalesce((SELECT jsonb_agg(m.group_id ORDER BY m.group_id) FROM node_group_members m WHERE m.node_id = n.id),
    '[]'::jsonb) AS group_ids`;

const TABLES = sql`nodes n JOIN node_states s ON s.node_id = n.id JOIN sites si ON si.id = n.site_id`;

function toNode(row: NodeRow): Node {
  const { status_since: since, last_seen_at: seen, created_at: created, updated_at: updated, ...rest } = row;
  return {
    ...rest,
    status_since: since.toISOString(),
    last_seen_at: seen?.toISOString() ?? null,
    created_at: created.toISOString(),
    updated_at: updated.toISOString(),
  };
}

function matches(search: string | undefined, filters: NodeFilters) {
  const conditions = [contains([sql`n.name`, sql`n.ip_address`, sql`n.fqdn`], search)];
  if (filters.status) conditions.push(sql`s.status = ${filters.status}`);
  if (filters.site_id) conditions.push(sql`n.site_id = ${filters.site_id}`);
  if (filters.node_type) conditions.push(sql`n.node_type = ${filters.node_type}`);
  if (filters.collector_id) conditions.push(sql`n.collector_id = ${filters.collector_id}`);
  if (filters.group_id) {
    conditions.push(
      sql`EXISTS (SELECT FROM node_group_members m WHERE m.node_id = n.id AND m.group_id = ${filters.group_id})`,
    );
  }
  if (filters.credential_id) {
    conditions.push(
      sql`EXISTS (SELECT FROM node_credentials nc WHERE nc.node_id = n.id AND nc.credential_id = ${filters.credential_id})`,
    );
  }
  return sql.join(conditions, sql` AND `);
}

export async function listNodes(db: Database, query: ListQuery, filters: NodeFilters) {
  const page = pageOf(query, SORT_FIELDS, 'name', sql`n.id`);
  const where = matches(query.search, filters);
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM ${TABLES} WHERE ${where}`.execute(db);
  const { rows } = await sql<NodeRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM ${TABLES}
    WHERE ${where} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted.rows[0]?.total ?? 0, ({ sort_key: _, ...row }) => toNode(row));
}

export async function findNode(db: Database | Tx, id: string): Promise<Node | undefined> {
  const { rows } = await sql<NodeRow>`SELECT ${COLUMNS} FROM ${TABLES} WHERE n.id = ${id}`.execute(db);
  return rows[0] && toNode(rows[0]);
}

/** Finds a node with its collection statuses and credentials. */
export async function findNodeDetail(db: Database | Tx, id: string): Promise<NodeDetail | undefined> {
  const node = await findNode(db, id);
  if (!node) return undefined;
  const targets = await db
    .selectFrom('collector_targets')
    .select(['input', 'status', 'message', 'detail', 'since'])
    .where('node_id', '=', id)
    .orderBy('input')
    .execute();
  const credentials = await db
    .selectFrom('node_credentials as nc')
    .innerJoin('credentials as c', 'c.id', 'nc.credential_id')
    .select(['nc.purpose', 'c.id as credential_id', 'c.name', 'c.type'])
    .where('nc.node_id', '=', id)
    .orderBy('nc.purpose')
    .execute();
  return {
    ...node,
    collection: targets.map(({ since, status, detail, ...target }) => ({
      ...target,
      detail: detail === '' ? null : detail,
      status: status as CollectionState['status'],
      since: since.toISOString(),
    })),
    credentials,
  };
}

export async function findDefaultSite(tx: Tx): Promise<string> {
  const row = await tx
    .selectFrom('sites')
    .select('id')
    .where('is_default', '=', true)
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Finds those of some ids that exist. */
export async function findExistingIds(
  tx: Tx,
  table: 'sites' | 'node_groups' | 'nodes',
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom(table)
    .select('id')
    .where('id', 'in', [...ids])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Whether there is such a collector, and it may be given nodes. */
export async function isUsableCollector(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('remote_components')
    .select('id')
    .where('id', '=', id)
    .where('component_type', '=', 'collector')
    .where('approval', 'in', ['approved', 'pending'])
    .executeTakeFirst();
  return row !== undefined;
}

/** Finds the facts of a credential that decide whether it can be attached. */
export async function findAttachable(tx: Tx, credentialId: string) {
  return tx
    .selectFrom('credentials')
    .select(['id', 'name', 'type'])
    .where('id', '=', credentialId)
    .executeTakeFirst();
}
