import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';
import { SCOPE_COLUMNS } from './alert-row.ts';
import type { FiringAlert, JudgingDefinition } from './prometheus-form.ts';

const FIRING = sql`SELECT a.definition_id, a.definition_slug, a.definition_name, a.severity, a.node_id, a.component_id,
    a.subject_name, s.name AS site_name, a.labels, a.value, a.started_at, a.summary, a.runbook_url
  FROM alerts a LEFT JOIN sites s ON s.id = a.site_id`;

export async function listFiringAlerts(db: Database): Promise<FiringAlert[]> {
  const { rows } = await sql<FiringAlert>`
    ${FIRING} WHERE a.state = 'active' ORDER BY a.triggered_at, a.id`.execute(db);
  return rows;
}

/** Lists alerts as they were when they resolved, within the last seconds. */
export async function listJustResolved(db: Database, seconds: number): Promise<FiringAlert[]> {
  const { rows } = await sql<FiringAlert>`
    ${FIRING} WHERE a.state = 'resolved' AND a.resolved_at > now() - ${seconds} * interval '1 s'`.execute(db);
  return rows;
}

/** Lists the definitions that are switched on, in the order of their kinds and slugs. */
export async function listJudgingDefinitions(db: Database): Promise<JudgingDefinition[]> {
  const { rows } = await sql<JudgingDefinition>`
    SELECT d.id, coalesce(root.slug, d.slug) AS root_slug, d.name, d.kind, d.expr, d.comparison, d.warning, d.critical,
      d.duration_seconds, d.runbook_url, refused.reason AS refusal, ${SCOPE_COLUMNS}
    FROM alert_definitions d LEFT JOIN refused_rules refused ON refused.definition_id = d.id
      LEFT JOIN alert_definitions root ON root.id = d.overrides
    WHERE d.enabled ORDER BY d.kind, root_slug, d.overrides NULLS FIRST, d.slug`.execute(db);
  return rows;
}

/** Finds when rules were last evaluated; undefined before the first time. */
export async function findLastEvaluation(db: Database): Promise<Date | undefined> {
  const row = await db.selectFrom('evaluator_state').select('evaluated_at').executeTakeFirst();
  return row?.evaluated_at;
}
