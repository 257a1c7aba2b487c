import type { createSiteSchema, ListQuery, Site, updateSiteSchema } from '@stratora/contract';
import { sql } from 'kysely';
import type { z } from 'zod';
import {
  contains,
  type Database,
  isNamed,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';

interface SiteRow extends Omit<Site, 'created_at' | 'updated_at'> {
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = sql.raw(
  's.id, s.name, s.description, s.default_collector_id, s.is_default, s.created_at, s.updated_at, ' +
    '(SELECT count(*)::int FROM nodes n WHERE n.site_id = s.id) AS node_count',
);

const SORT_FIELDS: SortFields = {
  name: nameField(sql`s.name`),
  created_at: { expression: sql`s.created_at`, type: 'timestamptz' },
};

function toSite({ created_at: createdAt, updated_at: updatedAt, ...row }: SiteRow): Site {
  return { ...row, created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
}

export async function findSite(db: Database | Tx, id: string): Promise<Site | undefined> {
  const { rows } = await sql<SiteRow>`SELECT ${COLUMNS} FROM sites s WHERE s.id = ${id}`.execute(db);
  return rows[0] && toSite(rows[0]);
}

export async function siteExists(db: Database | Tx, id: string): Promise<boolean> {
  const row = await db.selectFrom('sites').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

export async function findSiteIdByName(db: Database | Tx, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM sites WHERE ${isNamed(sql`name`, name)}`.execute(db);
  return rows[0]?.id;
}

export async function listSites(db: Database, query: ListQuery) {
  const page = pageOf(query, SORT_FIELDS, 'name', sql`s.id`);
  const matches = contains([sql`s.name`, sql`s.description`], query.search);
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM sites s WHERE ${matches}`.execute(db);
  const { rows } = await sql<SiteRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM sites s WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted[0]?.total ?? 0, ({ sort_key: _, ...row }) => toSite(row));
}

export async function insertSite(tx: Tx, input: z.infer<typeof createSiteSchema>): Promise<string> {
  const { id } = await tx
    .insertInto('sites')
    .values({
      name: input.name,
      description: input.description ?? null,
      default_collector_id: input.default_collector_id ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function lockSite(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('sites').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}

/** Changes a site; absent fields stay. */
export async function updateSite(tx: Tx, id: string, input: z.infer<typeof updateSiteSchema>): Promise<void> {
  await tx
    .updateTable('sites')
    .set({
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.default_collector_id === undefined
        ? {}
        : { default_collector_id: input.default_collector_id }),
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .execute();
}

export async function deleteSite(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('sites').where('id', '=', id).execute();
}

export async function isCollector(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('remote_components')
    .select('id')
    .where('id', '=', id)
    .where('component_type', '=', 'collector')
    .executeTakeFirst();
  return row !== undefined;
}
