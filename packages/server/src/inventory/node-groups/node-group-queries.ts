import type { ListQuery, NodeGroup } from '@stratora/contract';
import { sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';

interface NodeGroupRow extends Omit<NodeGroup, 'created_at' | 'updated_at'> {
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = sql.raw(
  'g.id, g.name, g.description, g.created_at, g.updated_at, ' +
    '(SELECT count(*)::int FROM node_group_members m WHERE m.group_id = g.id) AS node_count',
);

const SORT_FIELDS: SortFields = {
  name: nameField(sql`g.name`),
  created_at: { expression: sql`g.created_at`, type: 'timestamptz' },
};

function toNodeGroup({ created_at: createdAt, updated_at: updatedAt, ...row }: NodeGroupRow): NodeGroup {
  return { ...row, created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
}

export async function findNodeGroup(db: Database | Tx, id: string): Promise<NodeGroup | undefined> {
  const { rows } = await sql<NodeGroupRow>`SELECT ${COLUMNS} FROM node_groups g WHERE g.id = ${id}`.execute(
    db,
  );
  return rows[0] && toNodeGroup(rows[0]);
}

export async function listNodeGroups(db: Database, query: ListQuery) {
  const page = pageOf(query, SORT_FIELDS, 'name', sql`g.id`);
  const matches = contains([sql`g.name`, sql`g.description`], query.search);
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM node_groups g WHERE ${matches}`.execute(db);
  const { rows } = await sql<NodeGroupRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM node_groups g WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted[0]?.total ?? 0, ({ sort_key: _, ...row }) => toNodeGroup(row));
}

export async function lockNodeGroup(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('node_groups').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}

export async function insertNodeGroup(
  tx: Tx,
  group: { name: string; description: string | null },
): Promise<string> {
  const { id } = await tx.insertInto('node_groups').values(group).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Changes a group; absent fields stay. */
export async function updateNodeGroup(
  tx: Tx,
  id: string,
  change: { name?: string | undefined; description?: string | null | undefined },
): Promise<void> {
  await tx
    .updateTable('node_groups')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.description === undefined ? {} : { description: change.description }),
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .execute();
}

export async function deleteNodeGroup(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('node_groups').where('id', '=', id).execute();
}

/** Puts a node into these groups and no others. */
export async function replaceGroups(tx: Tx, nodeId: string, groupIds: readonly string[]): Promise<void> {
  await tx.deleteFrom('node_group_members').where('node_id', '=', nodeId).execute();
  const values = [...new Set(groupIds)].map((groupId) => ({ group_id: groupId, node_id: nodeId }));
  if (values.length > 0) await tx.insertInto('node_group_members').values(values).execute();
}
