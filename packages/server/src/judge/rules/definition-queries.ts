import type { AlertDefinition, AlertDefinitionListQuery, AlertScope } from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
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
import { type ScopeColumns, scopeOf } from './scope-columns.ts';

const SORT_FIELDS: SortFields = {
  name: nameField(sql`d.name`),
  slug: textField(sql`d.slug`),
  kind: textField(sql`d.kind`),
  created_at: { expression: sql`d.created_at`, type: 'timestamptz' },
  updated_at: { expression: sql`d.updated_at`, type: 'timestamptz' },
};

interface DefinitionRow
  extends Omit<AlertDefinition, 'scope' | 'refusal' | 'created_at' | 'updated_at'>,
    ScopeColumns {
  refusal_reason: string | null;
  refused_since: Date | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = sql`d.id, d.slug, d.name, d.kind, d.expr, d.comparison, d.warning, d.warning_clear, d.critical,
  d.critical_clear, d.unit, d.duration_seconds, d.clear_after_seconds, d.instance_labels, d.no_data,
  d.look_back_seconds, d.seen_good, d.settle_seconds, d.scope_site_id, d.scope_group_id, d.scope_node_id, d.overrides,
  d.summary, d.runbook_url, d.enabled, d.shipped IS NOT NULL AS is_shipped, d.is_changed, d.created_at, d.updated_at,
  refused.reason AS refusal_reason, refused.since AS refused_since,
  coalesce(site.name, node_group.name, node.name) AS scope_name,
  (SELECT count(*)::int FROM alert_definitions o WHERE o.overrides = d.id) AS override_count`;
const FROM = sql`alert_definitions d
  LEFT JOIN sites site ON site.id = d.scope_site_id
  LEFT JOIN node_groups node_group ON node_group.id = d.scope_group_id
  LEFT JOIN nodes node ON node.id = d.scope_node_id
  LEFT JOIN refused_rules refused ON refused.definition_id = d.id`;

function toDefinition(row: DefinitionRow): AlertDefinition {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    expr: row.expr,
    comparison: row.comparison,
    warning: row.warning,
    warning_clear: row.warning_clear,
    critical: row.critical,
    critical_clear: row.critical_clear,
    unit: row.unit,
    duration_seconds: row.duration_seconds,
    clear_after_seconds: row.clear_after_seconds,
    instance_labels: row.instance_labels,
    no_data: row.no_data,
    look_back_seconds: row.look_back_seconds,
    seen_good: row.seen_good,
    settle_seconds: row.settle_seconds,
    scope: scopeOf(row),
    overrides: row.overrides,
    summary: row.summary,
    runbook_url: row.runbook_url,
    enabled: row.enabled,
    scope_name: row.scope_name,
    override_count: row.override_count,
    is_shipped: row.is_shipped,
    is_changed: row.is_changed,
    refusal:
      row.refusal_reason === null || row.refused_since === null
        ? null
        : { reason: row.refusal_reason, since: row.refused_since.toISOString() },
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export async function listDefinitions(db: Database, query: AlertDefinitionListQuery) {
  const page = pageOf(query, SORT_FIELDS, 'name', sql`d.id`);
  const matches = sql.join(conditionsOf(query), sql` AND `);
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM ${FROM} WHERE ${matches}`.execute(db);
  const { rows } = await sql<DefinitionRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM ${FROM}
    WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted.rows[0]?.total ?? 0, toDefinition);
}

const PLACES: Readonly<Record<AlertScope['type'], RawBuilder<unknown>>> = {
  global: sql`num_nonnulls(d.scope_site_id, d.scope_group_id, d.scope_node_id) = 0`,
  site: sql`d.scope_site_id IS NOT NULL`,
  group: sql`d.scope_group_id IS NOT NULL`,
  node: sql`d.scope_node_id IS NOT NULL`,
};

function conditionsOf(query: AlertDefinitionListQuery): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [
    contains(
      [sql`d.name`, sql`d.slug`, sql`d.expr`, sql`coalesce(site.name, node_group.name, node.name)`],
      query.search,
    ),
  ];
  if (query.kind !== undefined) conditions.push(sql`d.kind = ${query.kind}`);
  if (query.scope !== undefined) conditions.push(PLACES[query.scope]);
  if (query.scope_id !== undefined) {
    conditions.push(sql`coalesce(d.scope_site_id, d.scope_group_id, d.scope_node_id) = ${query.scope_id}`);
  }
  if (query.overrides !== undefined) conditions.push(sql`d.overrides = ${query.overrides}`);
  if (query.enabled !== undefined) conditions.push(sql`d.enabled = ${query.enabled === 'true'}`);
  return conditions;
}

export async function findDefinition(db: Database | Tx, id: string): Promise<AlertDefinition | undefined> {
  const { rows } = await sql<DefinitionRow>`SELECT ${COLUMNS} FROM ${FROM} WHERE d.id = ${id}`.execute(db);
  return rows[0] && toDefinition(rows[0]);
}

/** Finds all definitions, in the order of their slugs. */
export async function findDefinitions(db: Database | Tx): Promise<AlertDefinition[]> {
  const { rows } = await sql<DefinitionRow>`SELECT ${COLUMNS} FROM ${FROM} ORDER BY d.slug`.execute(db);
  return rows.map(toDefinition);
}
