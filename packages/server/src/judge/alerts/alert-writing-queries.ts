import { measuredOrNull } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import { type ActiveAlert, type AlertRef, SYSTEM } from './alert-change.ts';
import {
  type AlertEventRow,
  type AlertRow,
  type DefinitionFacts,
  ROW_COLUMNS,
  SCOPE_COLUMNS,
  type SubjectFacts,
} from './alert-row.ts';

/** Number of the advisory lock of those who apply changes: any constant, the same on all servers. */
const APPLY_LOCK = 7_305_128_115;

/** Lets one caller at a time apply changes, until its transaction ends. @returns the time of the transaction */
export async function beginApplying(tx: Tx): Promise<Date> {
  await sql`SELECT pg_advisory_xact_lock(${APPLY_LOCK}::bigint)`.execute(tx);
  const { rows } = await sql<{ now: Date }>`SELECT now()`.execute(tx);
  return rows[0]?.now ?? new Date();
}

/** Writes rows as one JSON text. JSON knows no infinity, and PostgreSQL's text takes no NUL and no half a pair. */
function rowsText(rows: readonly object[]): string {
  return JSON.stringify(rows, (_, value: unknown) => {
    if (typeof value === 'number') return measuredOrNull(value);
    return typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : value;
  });
}

function refsText(refs: readonly AlertRef[]): string {
  return rowsText(
    refs.map(({ subject, alertKey }) => ({
      subject: subject.nodeId ?? subject.componentId ?? SYSTEM,
      alert_key: alertKey,
    })),
  );
}

/**
 * Finds the active alerts of these identities, and locks them, always in the order of their ids: people acknowledge many
 * at once meanwhile.
 */
export async function lockActiveAlerts(tx: Tx, refs: readonly AlertRef[]): Promise<AlertRow[]> {
  const { rows } = await sql<AlertRow>`
    SELECT ${ROW_COLUMNS} FROM alerts a
    JOIN json_to_recordset(${refsText(refs)}::json) AS given (subject uuid, alert_key text)
      ON given.subject = a.subject AND given.alert_key = a.alert_key
    WHERE a.state = 'active' ORDER BY a.id FOR NO KEY UPDATE OF a`.execute(tx);
  return rows;
}

export async function listDefinitionFacts(tx: Tx, ids: readonly string[]): Promise<DefinitionFacts[]> {
  const { rows } = await sql<DefinitionFacts>`
    SELECT d.id AS definition_id, coalesce(d.overrides, d.id) AS root_id, d.name AS definition_name,
      ${SCOPE_COLUMNS}, d.duration_seconds, d.runbook_url, d.summary AS template
    FROM alert_definitions d WHERE d.id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

export async function listSubjectFacts(
  tx: Tx,
  { nodeIds, componentIds }: { nodeIds: readonly string[]; componentIds: readonly string[] },
): Promise<(SubjectFacts & { id: string })[]> {
  const { rows } = await sql<SubjectFacts & { id: string }>`
    SELECT n.id, n.name AS subject_name, n.site_id FROM nodes n WHERE n.id = ANY(${[...nodeIds]}::uuid[])
    UNION ALL
    SELECT c.id, c.name, c.site_id FROM remote_components c WHERE c.id = ANY(${[...componentIds]}::uuid[])`.execute(
    tx,
  );
  return rows;
}

/** Makes ids for rows that are yet to be written, in ascending order: of themselves those of one millisecond have none. */
export async function makeIds(tx: Tx, count: number): Promise<string[]> {
  if (count === 0) return [];
  const { rows } = await sql<{ id: string }>`
    SELECT stratora_uuidv7() AS id FROM generate_series(1, ${count}::int) ORDER BY id`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function insertAlerts(tx: Tx, alerts: readonly AlertRow[]): Promise<void> {
  if (alerts.length === 0) return;
  await sql`
    INSERT INTO alerts (id, node_id, component_id, subject_name, site_id, definition_slug, alert_key, instance, labels,
      started_at, triggered_at, definition_id, root_id, definition_name, scope_type, scope_id, duration_seconds,
      runbook_url, state, severity, value, peak, value_at, threshold, comparison, unit, summary, query, resolved_at,
      held_by, held_since, held_alert_id, held_node_id, held_window_id, flapping_since, changes)
    SELECT id, node_id, component_id, left(subject_name, 200), site_id, definition_slug, alert_key, instance, labels,
      started_at, triggered_at, definition_id, root_id, definition_name, scope_type, scope_id, duration_seconds,
      runbook_url, state, severity, value, peak, value_at, threshold, comparison, unit, summary, query, resolved_at,
      held_by, held_since, held_alert_id, held_node_id, held_window_id, flapping_since, changes
    FROM json_to_recordset(${rowsText(alerts)}::json) AS given (id uuid, node_id uuid, component_id uuid,
      subject_name text, site_id uuid, definition_slug text, alert_key text, instance text, labels jsonb,
      started_at timestamptz, triggered_at timestamptz, definition_id uuid, root_id uuid, definition_name text,
      scope_type text, scope_id uuid, duration_seconds integer, runbook_url text, state text, severity text,
      value double precision, peak double precision, value_at timestamptz, threshold double precision, comparison text,
      unit text, summary text, query text, resolved_at timestamptz, held_by text, held_since timestamptz,
      held_alert_id uuid, held_node_id uuid, held_window_id uuid, flapping_since timestamptz, changes integer)`.execute(
    tx,
  );
}

/** Writes what changes while alerts are active. */
export async function updateAlerts(tx: Tx, alerts: readonly AlertRow[]): Promise<void> {
  if (alerts.length === 0) return;
  await sql`
    UPDATE alerts a SET state = given.state, severity = given.severity, value = given.value, peak = given.peak,
      value_at = given.value_at, threshold = given.threshold, comparison = given.comparison, unit = given.unit,
      summary = given.summary, query = given.query, resolved_at = given.resolved_at,
      acknowledged_at = given.acknowledged_at, acknowledged_by = given.acknowledged_by,
      acknowledged_comment = given.acknowledged_comment, held_by = given.held_by, held_since = given.held_since,
      held_alert_id = given.held_alert_id, held_node_id = given.held_node_id, held_window_id = given.held_window_id,
      flapping_since = given.flapping_since, changes = given.changes
    FROM json_to_recordset(${rowsText(alerts)}::json) AS given (id uuid, state text, severity text,
      value double precision, peak double precision, value_at timestamptz, threshold double precision, comparison text,
      unit text, summary text, query text, resolved_at timestamptz, acknowledged_at timestamptz, acknowledged_by text,
      acknowledged_comment text, held_by text, held_since timestamptz, held_alert_id uuid, held_node_id uuid,
      held_window_id uuid, flapping_since timestamptz, changes integer)
    WHERE a.id = given.id`.execute(tx);
}

/** Writes which definition is in force. Apart, since the text that a search compares is made anew by it. */
export async function updateAlertRules(tx: Tx, alerts: readonly AlertRow[]): Promise<void> {
  if (alerts.length === 0) return;
  await sql`
    UPDATE alerts a SET definition_id = given.definition_id, root_id = given.root_id,
      definition_name = given.definition_name, scope_type = given.scope_type, scope_id = given.scope_id,
      duration_seconds = given.duration_seconds, runbook_url = given.runbook_url, labels = given.labels
    FROM json_to_recordset(${rowsText(alerts)}::json) AS given (id uuid, definition_id uuid, root_id uuid,
      definition_name text, scope_type text, scope_id uuid, duration_seconds integer, runbook_url text, labels jsonb)
    WHERE a.id = given.id`.execute(tx);
}

/** Writes entries of timelines, all of one moment: `at`, or that of the transaction where it is null. */
export async function insertAlertEvents(
  tx: Tx,
  events: readonly AlertEventRow[],
  { at, actor = null }: { at: Date | null; actor?: string | null },
): Promise<void> {
  if (events.length === 0) return;
  await sql`
    INSERT INTO alert_events (alert_id, at, event, actor, detail)
    SELECT alert_id, coalesce(${at}::timestamptz, now()), event, ${actor}::text, detail
    FROM json_to_recordset(${rowsText(events)}::json) AS given (alert_id uuid, event text, detail jsonb)`.execute(
    tx,
  );
}

/** Lists all active alerts, as the evaluator wants them at its start. */
export async function listActiveAlerts(db: Database | Tx): Promise<ActiveAlert[]> {
  const { rows } = await sql<
    Omit<ActiveAlert, 'subject' | 'hold' | 'text'> & {
      nodeId: string | null;
      componentId: string | null;
      hold: ActiveAlert['hold'] | null;
      text: string | null;
    }
  >`
    SELECT id, node_id AS "nodeId", component_id AS "componentId", alert_key AS "alertKey",
      definition_slug AS "definitionSlug", instance, severity,
      CASE WHEN query = '' THEN summary END AS text,
      CASE WHEN held_by IS NULL AND flapping_since IS NOT NULL THEN 'flapping' ELSE held_by END AS hold
    FROM alerts WHERE state = 'active' ORDER BY id`.execute(db);
  return rows.map(({ nodeId, componentId, hold, text, ...row }) => ({
    ...row,
    subject: { nodeId, componentId },
    hold: hold ?? undefined,
    text: text ?? undefined,
  }));
}
