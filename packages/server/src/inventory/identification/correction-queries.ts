import type {
  IdentityCorrection,
  ListQuery,
  NodeCorrection,
  ReplaceNodeCorrection,
} from '@stratora/contract';
import { sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';

interface CorrectionRow extends Omit<IdentityCorrection, 'corrected_at'> {
  corrected_at: Date;
}

const COLUMNS = sql.raw(
  'c.id, c.node_id, c.vendor, c.model, c.os, c.family, c.device_type, c.template, c.for_alike, ' +
    'c.sys_object_id, c.sys_descr, c.sys_name, c.corrected_by, c.corrected_at',
);

const SORT_FIELDS: SortFields = {
  corrected_at: { expression: sql`c.corrected_at`, type: 'timestamptz' },
};

function toCorrection({ corrected_at: at, ...row }: CorrectionRow): IdentityCorrection {
  return { ...row, corrected_at: at.toISOString() };
}

export async function listCorrections(db: Database, query: ListQuery) {
  const page = pageOf(query, SORT_FIELDS, '-corrected_at', sql`c.id`);
  const matches = contains([sql`c.vendor`, sql`c.family`, sql`c.sys_descr`], query.search);
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM identity_corrections c WHERE ${matches}`.execute(db);
  const { rows } = await sql<CorrectionRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM identity_corrections c WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted[0]?.total ?? 0, ({ sort_key: _, ...row }) => toCorrection(row));
}

export async function findCorrection(db: Database | Tx, id: string): Promise<IdentityCorrection | undefined> {
  const { rows } = await sql<CorrectionRow>`
    SELECT ${COLUMNS} FROM identity_corrections c WHERE c.id = ${id}`.execute(db);
  return rows[0] && toCorrection(rows[0]);
}

export async function findNodeCorrection(
  db: Database | Tx,
  nodeId: string,
): Promise<IdentityCorrection | undefined> {
  const { rows } = await sql<CorrectionRow>`
    SELECT ${COLUMNS} FROM identity_corrections c WHERE c.node_id = ${nodeId}`.execute(db);
  return rows[0] && toCorrection(rows[0]);
}

/** Finds the correction that counts for devices like this: one for its model before one for all, of equal ones the newest. */
export async function findCorrectionAlike(
  db: Database,
  { sysObjectId, model }: { sysObjectId: string; model: string | null },
): Promise<IdentityCorrection | undefined> {
  const { rows } = await sql<CorrectionRow>`
    SELECT ${COLUMNS} FROM identity_corrections c
    WHERE c.for_alike AND c.sys_object_id = ${sysObjectId}
      AND (c.recognised_model IS NULL OR c.recognised_model = ${model})
    ORDER BY (c.recognised_model IS NULL), c.corrected_at DESC, c.id DESC LIMIT 1`.execute(db);
  return rows[0] && toCorrection(rows[0]);
}

/** Locks a node against going away, and tells its name; undefined where there is none. */
export async function holdNode(tx: Tx, nodeId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('nodes')
    .select('name')
    .where('id', '=', nodeId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row?.name;
}

export async function findNodeName(db: Database, nodeId: string): Promise<string | undefined> {
  const row = await db.selectFrom('nodes').select('name').where('id', '=', nodeId).executeTakeFirst();
  return row?.name;
}

/** Sets the correction of a node. */
export async function putCorrection(
  tx: Tx,
  nodeId: string,
  correction: ReplaceNodeCorrection & { recognised_model: string | null; corrected_by: string },
): Promise<void> {
  const values = { ...correction, corrected_at: sql<Date>`now()` };
  await tx
    .insertInto('identity_corrections')
    .values({ ...values, node_id: nodeId })
    .onConflict((conflict) => conflict.column('node_id').doUpdateSet(values))
    .execute();
}

export async function deleteNodeCorrection(tx: Tx, nodeId: string): Promise<void> {
  await tx.deleteFrom('identity_corrections').where('node_id', '=', nodeId).execute();
}

export async function deleteCorrection(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('identity_corrections').where('id', '=', id).execute();
}

/** What a node shows that nobody corrected. */
export const NO_CORRECTION: NodeCorrection = {
  vendor: null,
  model: null,
  os: null,
  family: null,
  device_type: null,
  template: null,
  for_alike: false,
  sys_object_id: null,
  sys_descr: null,
  sys_name: null,
  corrected_by: null,
  corrected_at: null,
};
