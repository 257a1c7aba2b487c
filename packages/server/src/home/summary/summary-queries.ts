import type { NodeStatus } from '@stratora/contract';
import { sql } from 'kysely';
import { NO_DATA_YET } from '../../inventory/node-states/index.ts';
import type { Database } from '../../platform/db/index.ts';

/** Nodes that look well, or are to be discovered, while something keeps a part of their data away. */
const FAILS = sql`(s.status IN ('healthy', 'discovering') AND s.status_reason <> ${NO_DATA_YET})`;

export interface SiteStatusRow {
  site_id: string;
  site_name: string;
  /** Status of the counted nodes; null for a site without nodes. */
  status: NodeStatus | null;
  count: number;
  /** Of them the healthy and discovering ones whose reason says what fails. */
  failing: number;
}

/** Counts nodes by site and status, sites without nodes included. */
export async function countBySite(db: Database): Promise<SiteStatusRow[]> {
  const { rows } = await sql<SiteStatusRow>`
    SELECT si.id AS site_id, si.name AS site_name, s.status, count(n.id)::int AS count,
      count(n.id) FILTER (WHERE ${FAILS})::int AS failing
    FROM sites si
    LEFT JOIN nodes n ON n.site_id = si.id
    LEFT JOIN node_states s ON s.node_id = n.id
    GROUP BY si.id, si.name, s.status
    ORDER BY si.name COLLATE stratora_order, si.id`.execute(db);
  return rows;
}

export interface ComponentCounts {
  collectors: number;
  collectors_online: number;
  agents: number;
  agents_online: number;
  pending: number;
}

export async function countComponents(db: Database, onlineSeconds: number): Promise<ComponentCounts> {
  const { rows } = await sql<ComponentCounts>`
    SELECT
      count(*) FILTER (WHERE c.component_type = 'collector' AND c.approval = 'approved')::int AS collectors,
      count(*) FILTER (WHERE c.component_type = 'collector' AND c.approval = 'approved' AND online)::int
        AS collectors_online,
      count(*) FILTER (WHERE c.component_type = 'agent' AND c.approval = 'approved')::int AS agents,
      count(*) FILTER (WHERE c.component_type = 'agent' AND c.approval = 'approved' AND online)::int AS agents_online,
      count(*) FILTER (WHERE c.approval = 'pending')::int AS pending
    FROM remote_components c
    LEFT JOIN component_states cs ON cs.component_id = c.id
    CROSS JOIN LATERAL (
      SELECT coalesce(cs.last_seen_at > now() - ${onlineSeconds} * interval '1 s', false) AS online
    ) AS heard`.execute(db);
  return rows[0] ?? { collectors: 0, collectors_online: 0, agents: 0, agents_online: 0, pending: 0 };
}

export interface AttentionRow {
  node_id: string;
  name: string;
  status: NodeStatus;
  reason: string | null;
  since: Date;
}

/** Lists the nodes that need attention, worst first and longest first. */
export async function listAttention(db: Database, limit: number): Promise<AttentionRow[]> {
  const { rows } = await sql<AttentionRow>`
    SELECT n.id AS node_id, n.name, s.status, s.status_reason AS reason, trouble.since
    FROM node_states s JOIN nodes n ON n.id = s.node_id
    CROSS JOIN LATERAL (
      SELECT CASE WHEN ${FAILS} THEN coalesce((
        SELECT min(t.since) FROM collector_targets t WHERE t.node_id = n.id AND t.status <> 'ok'
      ), s.status_since) ELSE s.status_since END AS since) AS trouble
    WHERE s.status IN ('critical', 'offline', 'warning', 'unknown') OR ${FAILS}
    ORDER BY array_position(ARRAY['critical', 'offline', 'warning', 'unknown', 'discovering', 'healthy'], s.status),
      trouble.since, n.id
    LIMIT ${limit}`.execute(db);
  return rows;
}

export interface ActivityRow {
  id: string;
  time: Date;
  kind: string;
  node_id: string | null;
  node_name: string | null;
  site_name: string | null;
  old_status: string | null;
  new_status: string | null;
  actor: string | null;
  detail: Record<string, unknown> | null;
}

/** Lists changes of status and actions of people, newest first. */
export async function listActivity(db: Database, limit: number): Promise<ActivityRow[]> {
  const { rows } = await sql<ActivityRow>`
    SELECT * FROM (
      (SELECT ch.id::text, ch.time, 'node_status' AS kind, ch.node_id, n.name AS node_name, si.name AS site_name,
        ch.old_status, ch.new_status, NULL AS actor, NULL::jsonb AS detail
      FROM node_status_changes ch JOIN nodes n ON n.id = ch.node_id JOIN sites si ON si.id = n.site_id
      ORDER BY ch.time DESC LIMIT ${limit})
      UNION ALL
      (SELECT a.id::text, a.time, a.action AS kind, a.node_id, n.name AS node_name, si.name, NULL, NULL, a.actor,
        a.detail
      FROM audit_log a LEFT JOIN nodes n ON n.id = a.node_id LEFT JOIN sites si ON si.id = n.site_id
      WHERE a.action NOT LIKE 'auth.%'
      ORDER BY a.time DESC LIMIT ${limit})
    ) AS happened ORDER BY time DESC, id DESC LIMIT ${limit}`.execute(db);
  return rows;
}
