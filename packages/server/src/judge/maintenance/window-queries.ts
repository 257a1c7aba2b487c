import type { MaintenanceState, MaintenanceWindowListQuery } from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';
import { toWindow, WINDOW_COLUMNS, WINDOW_FROM, type WindowRow } from './window-row.ts';
import { freshRow } from './window-times.ts';

/** Begin of what runs or comes next; of what is over, the end of the calendar. */
const NEXT = sql`coalesce(w.occurrence_starts_at, timestamptz '9999-12-31 00:00:00+00')`;

const SORT_FIELDS: SortFields = {
  name: nameField(sql`w.name`),
  next_starts_at: { expression: NEXT, type: 'timestamptz' },
  starts_at: { expression: sql`w.starts_at`, type: 'timestamptz' },
  created_at: { expression: sql`w.created_at`, type: 'timestamptz' },
  updated_at: { expression: sql`w.updated_at`, type: 'timestamptz' },
};

export async function listWindows(db: Database, query: MaintenanceWindowListQuery, now: number) {
  const page = pageOf(query, SORT_FIELDS, 'next_starts_at', sql`w.id`);
  const matches = sql.join(conditionsOf(query, new Date(now)), sql` AND `);
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM ${WINDOW_FROM} WHERE ${matches}`.execute(db);
  const { rows } = await sql<WindowRow & { sort_key: string }>`
    SELECT ${WINDOW_COLUMNS}, ${page.sortKey} AS sort_key FROM ${WINDOW_FROM}
    WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted.rows[0]?.total ?? 0, (row) => toWindow(freshRow(row, now), now));
}

function conditionsOf(query: MaintenanceWindowListQuery, now: Date): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [
    contains(
      [sql`w.name`, sql`w.reason`, sql`coalesce(site.name, node_group.name, node.name)`],
      query.search,
    ),
  ];
  if (query.active !== undefined) {
    conditions.push(query.active === 'true' ? isActive(now) : sql`NOT ${isActive(now)}`);
  }
  if (query.state !== undefined) conditions.push(isIn(query.state, now));
  if (query.site_id !== undefined) conditions.push(sql`w.scope_site_id = ${query.site_id}`);
  if (query.node_id !== undefined) {
    conditions.push(sql`(w.scope_node_id = ${query.node_id}
      OR w.scope_site_id = (SELECT n.site_id FROM nodes n WHERE n.id = ${query.node_id})
      OR w.scope_group_id IN (SELECT m.group_id FROM node_group_members m WHERE m.node_id = ${query.node_id})
      OR num_nonnulls(w.scope_site_id, w.scope_group_id, w.scope_node_id) = 0
        AND EXISTS (SELECT FROM nodes n WHERE n.id = ${query.node_id}))`);
  }
  return conditions;
}

/** Whether an occurrence runs, as `occurrencesAt` has it. */
function isActive(now: Date): RawBuilder<boolean> {
  return sql<boolean>`coalesce(w.occurrence_starts_at <= ${now} AND w.occurrence_ends_at > ${now}
    OR w.following_starts_at <= ${now} AND w.following_ends_at > ${now}, false)`;
}

function isIn(state: MaintenanceState, now: Date): RawBuilder<boolean> {
  const comes = sql<boolean>`coalesce(greatest(w.occurrence_starts_at, w.following_starts_at) > ${now}, false)`;
  switch (state) {
    case 'active':
      return isActive(now);
    case 'scheduled':
      return sql<boolean>`(NOT ${isActive(now)} AND ${comes})`;
    case 'over':
      return sql<boolean>`(NOT ${isActive(now)} AND NOT ${comes})`;
  }
}

export async function findWindow(db: Database | Tx, id: string): Promise<WindowRow | undefined> {
  const { rows } = await sql<WindowRow>`
    SELECT ${WINDOW_COLUMNS} FROM ${WINDOW_FROM} WHERE w.id = ${id}`.execute(db);
  return rows[0];
}
