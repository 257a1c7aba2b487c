import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';
import type { NoticedAlert } from '../channels/index.ts';

/** Lists alerts as messages tell of them. */
export async function listNoticedAlerts(db: Database, ids: readonly string[]): Promise<NoticedAlert[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<NoticedAlert>`
    SELECT a.id, a.alert_key AS "alertKey", a.node_id AS "nodeId",
      CASE WHEN a.node_id IS NULL THEN NULL ELSE a.subject_name END AS "nodeName",
      CASE WHEN a.component_id IS NULL THEN NULL ELSE a.subject_name END AS "componentName", s.name AS "siteName",
      a.severity, NULL AS "previousSeverity", a.state, a.summary, NULL AS description,
      a.definition_name AS "definitionName", a.definition_slug AS "definitionSlug",
      coalesce(d.kind, CASE WHEN a.query = '' THEN 'heartbeat' ELSE 'metric' END) AS kind, a.instance, a.value,
      a.threshold, a.unit, a.comparison, a.query, a.started_at AS "startedAt", a.triggered_at AS "triggeredAt",
      a.resolved_at AS "resolvedAt", a.labels, a.runbook_url AS "runbookUrl", a.acknowledged_by AS "acknowledgedBy"
    FROM alerts a
    LEFT JOIN sites s ON s.id = a.site_id
    LEFT JOIN alert_definitions d ON d.id = a.definition_id
    WHERE a.id = ANY(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

/** Most earlier mails that a mail names as what it answers. */
const THREAD_MAX = 20;

/** Lists the keys of the messages in which a recipient was told of these alerts, oldest first. */
export async function listThreadKeys(
  db: Database,
  { alertIds, laneId, recipient }: { alertIds: readonly string[]; laneId: string; recipient: string },
): Promise<string[]> {
  if (alertIds.length === 0) return [];
  const { rows } = await sql<{ key: string }>`
    SELECT key FROM (
      SELECT message_key AS key, min(sent_at) AS sent_at FROM notification_outbox
      WHERE alert_id = ANY(${[...alertIds]}::uuid[]) AND lane_id = ${laneId} AND recipient = ${recipient}
        AND state = 'sent'
      GROUP BY message_key ORDER BY min(sent_at) DESC LIMIT ${THREAD_MAX}) AS newest
    ORDER BY sent_at`.execute(db);
  return rows.map(({ key }) => key);
}
