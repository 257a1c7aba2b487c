import type { NodeStatus } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';
import type { AlertRow, ReferredRow } from './alert-row.ts';
import type { PastEvent } from './why-marks.ts';

export interface AskedNode {
  id: string;
  name: string;
  site_id: string;
  template: string;
  group_ids: string[];
  created_at: Date;
}

export async function findAskedNode(db: Database, id: string): Promise<AskedNode | undefined> {
  const { rows } = await sql<AskedNode>`
    SELECT n.id, n.name, n.site_id, n.template, n.created_at,
      ARRAY(SELECT m.group_id::text FROM node_group_members m WHERE m.node_id = n.id) AS group_ids
    FROM nodes n WHERE n.id = ${id}`.execute(db);
  return rows[0];
}

export interface PastStatus {
  status: NodeStatus;
  time: Date | null;
  reason: string | null;
}

/** Finds the status that a node had at a time: what the last change before it made, else what the first one after it ended. */
export async function findStatusAt(db: Database, nodeId: string, at: Date): Promise<PastStatus | undefined> {
  const { rows } = await sql<PastStatus>`
    (SELECT new_status AS status, time, reason FROM node_status_changes
     WHERE node_id = ${nodeId} AND time <= ${at} ORDER BY time DESC LIMIT 1)
    UNION ALL
    (SELECT old_status, NULL, NULL FROM node_status_changes
     WHERE node_id = ${nodeId} AND time > ${at} ORDER BY time LIMIT 1)
    UNION ALL
    (SELECT status, status_since, status_reason FROM node_states WHERE node_id = ${nodeId} AND status_since <= ${at})
    LIMIT 1`.execute(db);
  return rows[0];
}

export type PastAlert = ReferredRow &
  Pick<
    AlertRow,
    'alert_key' | 'instance' | 'definition_name' | 'started_at' | 'triggered_at' | 'resolved_at'
  > & {
    readonly events: readonly PastEvent[];
  };

/** Most alerts of one node and family that are told of. */
const ALERTS_MAX = 100;

/** Lists the alerts of a node and a family that were active at a time, with what had happened to them until then. */
export async function listAlertsAt(
  db: Database,
  { nodeId, rootId, at }: { nodeId: string; rootId: string; at: Date },
): Promise<PastAlert[]> {
  const { rows } = await sql<PastAlert>`
    SELECT a.id, a.state, a.severity, a.node_id, a.subject_name, a.summary, a.alert_key, a.instance,
      a.definition_name, a.started_at, a.triggered_at, a.resolved_at,
      coalesce((SELECT jsonb_agg(jsonb_build_object('event', e.event, 'actor', e.actor, 'detail', e.detail) ORDER BY e.id)
        FROM alert_events e WHERE e.alert_id = a.id AND e.at <= ${at}), '[]') AS events
    FROM alerts a
    WHERE a.node_id = ${nodeId} AND a.root_id = ${rootId} AND a.triggered_at <= ${at}
      AND (a.resolved_at IS NULL OR a.resolved_at > ${at})
    ORDER BY a.triggered_at, a.id LIMIT ${ALERTS_MAX}`.execute(db);
  return rows;
}

/** A time in which no rule was judged, or one was not. */
export interface UnjudgedTime {
  kind: 'stopped' | 'unread' | 'refused';
  reason: string | null;
  from_at: Date;
  /** Null: it lasts. */
  until_at: Date | null;
}

/** Lists the times between two moments in which a definition judged nothing, the oldest first. */
export async function listUnjudgedTimes(
  db: Database,
  definitionId: string,
  { from, to }: { from: Date; to: Date },
): Promise<UnjudgedTime[]> {
  const { rows } = await sql<UnjudgedTime>`
    SELECT kind, reason, from_at, until_at FROM unjudged_times
    WHERE (definition_id = ${definitionId} OR definition_id IS NULL)
      AND from_at <= ${to} AND (until_at IS NULL OR until_at > ${from})
    ORDER BY from_at`.execute(db);
  return rows;
}
