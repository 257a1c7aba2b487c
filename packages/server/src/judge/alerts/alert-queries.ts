import {
  type Alert,
  type AlertCounts,
  type AlertListQuery,
  type AlertReference,
  type AlertTimelineEntry,
  measuredOrNull,
} from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
import {
  type Database,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';
import { referenceTo } from './alert-notice.ts';
import { type AlertRow, type ReferredRow, ROW_COLUMNS } from './alert-row.ts';

/** Rank of a severity, mildest first. */
const SEVERITY_RANK = sql`array_position(ARRAY['info', 'warning', 'critical'], a.severity)`;
const IS_HELD = sql<boolean>`(a.held_by IS NOT NULL OR a.flapping_since IS NOT NULL)`;
/** Whether the mute is in force; of a resolved alert, whether it was at its end. */
export const IS_MUTED = sql<boolean>`(a.muted_at IS NOT NULL
  AND (a.muted_until IS NULL OR a.muted_until > coalesce(a.resolved_at, now())))`;

/** Every column that lists are sorted and filtered by is in the index `alerts_triggered`. */
const SORT_FIELDS: SortFields = {
  triggered_at: { expression: sql`a.triggered_at`, type: 'timestamptz' },
  resolved_at: { expression: sql`coalesce(a.resolved_at, '-infinity')`, type: 'timestamptz' },
  severity: { expression: SEVERITY_RANK, type: 'integer' },
  node_name: nameField(sql`a.subject_name`),
};

/** A row as it is read for people. */
export interface ShownRow extends AlertRow {
  site_name: string | null;
  is_muted: boolean;
  muted_at: Date | null;
  muted_by: string | null;
  muted_until: Date | null;
  behind_count: number;
}

const COLUMNS = sql`${ROW_COLUMNS}, s.name AS site_name, ${IS_MUTED} AS is_muted, a.muted_at, a.muted_by, a.muted_until,
  coalesce(behind.total, 0) AS behind_count`;

/**
 * What is shown of alerts beside their own rows. What a cause holds is counted once for all: what names it, and what names
 * the outage of a node that is itself behind it. Counted for each row, a list of 500 would read the table as often in a
 * flood, because the planner expects of any alert then that it holds thousands.
 */
const BESIDE = sql`LEFT JOIN sites s ON s.id = a.site_id
  LEFT JOIN (
    SELECT cause.id, count(*)::int AS total FROM alerts b
    LEFT JOIN alerts outage ON outage.id = b.held_alert_id AND outage.state = 'active'
    CROSS JOIN LATERAL (VALUES (b.held_alert_id), (outage.held_alert_id)) AS cause (id)
    WHERE b.state = 'active' AND b.held_alert_id IS NOT NULL GROUP BY cause.id) AS behind ON behind.id = a.id`;

type Filters = Omit<AlertListQuery, 'limit' | 'cursor' | 'sort'>;

function matches(filters: Filters): RawBuilder<unknown> {
  const { node_id: nodeId, component_id: componentId, site_id: siteId, group_id: groupId } = filters;
  const conditions: RawBuilder<unknown>[] = [];
  if (filters.state) conditions.push(sql`a.state = ${filters.state}`);
  if (filters.severity) conditions.push(sql`a.severity = ${filters.severity}`);
  if (nodeId) conditions.push(sql`a.node_id = ${nodeId}`);
  if (componentId) conditions.push(sql`a.component_id = ${componentId}`);
  if (siteId) conditions.push(sql`a.site_id = ${siteId}`);
  if (groupId)
    conditions.push(
      sql`a.node_id IN (SELECT m.node_id FROM node_group_members m WHERE m.group_id = ${groupId})`,
    );
  const { definition_id: definitionId, search } = filters;
  if (definitionId) conditions.push(sql`(a.definition_id = ${definitionId} OR a.root_id = ${definitionId})`);
  flag(conditions, filters.acknowledged, sql`a.acknowledged_at IS NOT NULL`);
  flag(conditions, filters.held, IS_HELD);
  flag(conditions, filters.muted, IS_MUTED);
  if (search) conditions.push(sql`strpos(a.search_text, stratora_fold(${search}::text)) > 0`);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}

function flag(conditions: RawBuilder<unknown>[], wanted: string | undefined, is: RawBuilder<unknown>): void {
  if (wanted !== undefined) conditions.push(wanted === 'true' ? is : sql`NOT (${is})`);
}

/**
 * The two statements of a list. The page is found in the index first and its rows are read by their ids after that, so a
 * filter that fits few of a hundred thousand reads no row that it does not show.
 */
export function alertListStatements(query: AlertListQuery) {
  const page = pageOf(query, SORT_FIELDS, '-triggered_at', sql`a.id`);
  const where = matches(query);
  return {
    page,
    count: sql<{ total: number }>`SELECT count(*)::int AS total FROM alerts a WHERE ${where}`,
    rows: sql<ShownRow & { sort_key: string }>`
      SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM (
        SELECT a.id FROM alerts a WHERE ${where} AND ${page.after}
        ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}) AS page
      JOIN alerts a ON a.id = page.id ${BESIDE}
      ORDER BY ${page.orderBy}`,
  };
}

/**
 * Lets the planner take a page of an index for as cheap as one of a table. It expects of indexes that they are read from
 * a disk, and would rather read a hundred thousand rows of 700 bytes than the third of that which the index is.
 */
export async function trustIndexes(tx: Tx): Promise<void> {
  await sql`SET LOCAL random_page_cost = 1`.execute(tx);
}

export async function listAlerts(db: Database, query: AlertListQuery) {
  const { page, count, rows } = alertListStatements(query);
  return db.transaction().execute(async (tx) => {
    await trustIndexes(tx);
    const counted = await count.execute(tx);
    const found = await rows.execute(tx);
    return listAnswer(found.rows, page, counted.rows[0]?.total ?? 0, toAlert);
  });
}

export function toAlert(row: ShownRow): Alert {
  return {
    id: row.id,
    state: row.state,
    severity: row.severity,
    node_id: row.node_id,
    node_name: row.node_id === null ? null : row.subject_name,
    component_id: row.component_id,
    component_name: row.component_id === null ? null : row.subject_name,
    site_id: row.site_id,
    site_name: row.site_name,
    definition_id: row.definition_id,
    definition_slug: row.definition_slug,
    definition_name: row.definition_name,
    alert_key: row.alert_key,
    instance: row.instance,
    labels: { ...row.labels },
    value: measuredOrNull(row.value),
    peak: measuredOrNull(row.peak),
    value_at: row.value_at.toISOString(),
    threshold: row.threshold,
    comparison: row.comparison,
    unit: row.unit,
    summary: row.summary,
    query: row.query,
    started_at: row.started_at.toISOString(),
    triggered_at: row.triggered_at.toISOString(),
    resolved_at: time(row.resolved_at),
    ...marksOf(row),
    behind_count: row.behind_count,
    flapping_since: time(row.flapping_since),
    changes: row.changes,
  };
}

function marksOf(row: ShownRow): Pick<Alert, 'acknowledged' | 'muted' | 'muted_until' | 'held'> {
  const { acknowledged_at: acknowledgedAt, muted_at: mutedAt, held_by: heldBy } = row;
  const mutedUntil = row.is_muted ? time(row.muted_until) : null;
  return {
    acknowledged: acknowledgedAt && {
      at: acknowledgedAt.toISOString(),
      by: row.acknowledged_by ?? '',
      comment: row.acknowledged_comment,
    },
    muted:
      row.is_muted && mutedAt
        ? { at: mutedAt.toISOString(), by: row.muted_by ?? '', until: mutedUntil }
        : null,
    muted_until: mutedUntil,
    held:
      heldBy === null
        ? row.flapping_since && {
            by: 'flapping',
            since: row.flapping_since.toISOString(),
            alert_id: null,
            node_id: null,
            window_id: null,
          }
        : {
            by: heldBy,
            since: (row.held_since ?? row.triggered_at).toISOString(),
            alert_id: row.held_alert_id,
            node_id: row.held_node_id,
            window_id: row.held_window_id,
          },
  };
}

function time(value: Date | null): string | null {
  return value?.toISOString() ?? null;
}

export async function findShownAlert(db: Database | Tx, id: string): Promise<ShownRow | undefined> {
  const { rows } = await sql<ShownRow>`
    SELECT ${COLUMNS} FROM alerts a ${BESIDE} WHERE a.id = ${id}`.execute(db);
  return rows[0];
}

/** What an alert refers to that is still there. */
export async function findLiving(
  db: Database | Tx,
  { node_id: nodeId, definition_id: definitionId }: Pick<AlertRow, 'node_id' | 'definition_id'>,
): Promise<{ hasNode: boolean; hasDefinition: boolean }> {
  const { rows } = await sql<{ hasNode: boolean; hasDefinition: boolean }>`
    SELECT EXISTS (SELECT FROM nodes WHERE id = ${nodeId}::uuid) AS "hasNode",
      EXISTS (SELECT FROM alert_definitions WHERE id = ${definitionId}) AS "hasDefinition"`.execute(db);
  return rows[0] ?? { hasNode: false, hasDefinition: false };
}

export async function findReference(db: Database | Tx, id: string): Promise<AlertReference | null> {
  const { rows } = await sql<ReferredRow>`
    SELECT id, state, severity, node_id, subject_name, summary FROM alerts WHERE id = ${id}`.execute(db);
  return rows[0] ? referenceTo(rows[0]) : null;
}

/** Most alerts that are named behind another. */
const BEHIND_MAX = 100;

export async function listBehind(
  db: Database | Tx,
  id: string,
): Promise<{ total: number; items: AlertReference[] }> {
  const { rows } = await sql<ReferredRow & { total: number }>`
    SELECT a.id, a.state, a.severity, a.node_id, a.subject_name, a.summary, count(*) OVER ()::int AS total
    FROM alerts a WHERE a.held_alert_id = ${id}
    ORDER BY ${SEVERITY_RANK} DESC, a.id LIMIT ${BEHIND_MAX}`.execute(db);
  return { total: rows[0]?.total ?? 0, items: rows.map(referenceTo) };
}

/** Most events of a timeline that are shown: the first one and the newest. */
const TIMELINE_MAX = 500;

export async function listTimeline(
  db: Database | Tx,
  id: string,
): Promise<{ entries: AlertTimelineEntry[]; total: number }> {
  const { rows } = await sql<Omit<AlertTimelineEntry, 'at'> & { at: Date; total: number }>`
    SELECT at, event, actor, detail, total FROM (
      SELECT e.*, row_number() OVER (ORDER BY e.id) AS first, row_number() OVER (ORDER BY e.id DESC) AS last,
        count(*) OVER ()::int AS total
      FROM alert_events e WHERE e.alert_id = ${id}) AS events
    WHERE first = 1 OR last < ${TIMELINE_MAX} ORDER BY id`.execute(db);
  return {
    entries: rows.map(({ total: _, at, ...row }) => ({ ...row, at: at.toISOString() })),
    total: rows[0]?.total ?? 0,
  };
}

export async function countAlerts(db: Database): Promise<AlertCounts> {
  const { rows } = await sql<Omit<AlertCounts, 'by_severity'> & AlertCounts['by_severity']>`
    SELECT count(*)::int AS active, count(*) FILTER (WHERE a.severity = 'info')::int AS info,
      count(*) FILTER (WHERE a.severity = 'warning')::int AS warning,
      count(*) FILTER (WHERE a.severity = 'critical')::int AS critical,
      count(*) FILTER (WHERE a.acknowledged_at IS NOT NULL)::int AS acknowledged,
      count(*) FILTER (WHERE ${IS_MUTED})::int AS muted, count(*) FILTER (WHERE ${IS_HELD})::int AS held,
      count(*) FILTER (WHERE a.acknowledged_at IS NULL AND NOT ${IS_MUTED} AND NOT ${IS_HELD})::int AS open
    FROM alerts a WHERE a.state = 'active'`.execute(db);
  const { info = 0, warning = 0, critical = 0, ...counts } = rows[0] ?? {};
  return {
    active: 0,
    acknowledged: 0,
    muted: 0,
    held: 0,
    open: 0,
    ...counts,
    by_severity: { info, warning, critical },
  };
}
