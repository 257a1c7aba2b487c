import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import type { Escalation } from './escalation-decision.ts';
import type { EscalatedAlert } from './team-book.ts';

/**
 * Finds alerts and locks them, always in the order of their ids: whoever changes an alert, or advances its escalation,
 * waits for the other.
 */
export async function lockEscalatedAlerts(
  tx: Tx,
  alertIds: readonly string[],
  at: Date,
): Promise<EscalatedAlert[]> {
  const { rows } = await sql<EscalatedAlert>`
    SELECT a.id, a.state, a.severity, a.site_id AS "siteId", a.definition_id AS "definitionId", a.root_id AS "rootId",
      a.acknowledged_at IS NOT NULL AS "isAcknowledged",
      a.muted_at IS NOT NULL AND (a.muted_until IS NULL OR a.muted_until > ${at}) AS "isMuted",
      a.held_by IS NOT NULL AS "isHeld", a.flapping_since IS NOT NULL AS "isFlapping",
      ARRAY(SELECT m.group_id FROM node_group_members m WHERE m.node_id = a.node_id) AS "groupIds"
    FROM alerts a WHERE a.id = ANY(${[...alertIds]}::uuid[]) ORDER BY a.id FOR NO KEY UPDATE OF a`.execute(
    tx,
  );
  return rows;
}

export async function listEscalations(tx: Tx, alertIds: readonly string[]): Promise<Escalation[]> {
  const { rows } = await sql<Escalation>`
    SELECT alert_id AS "alertId", team_id AS "teamId", begun_at AS "begunAt", base_at AS "baseAt", generation, position,
      severity, paused_at AS "pausedAt", next_at AS "nextAt", stopped_reason AS "stoppedReason"
    FROM escalations WHERE alert_id = ANY(${[...alertIds]}::uuid[]) ORDER BY alert_id, begun_at, team_id`.execute(
    tx,
  );
  return rows;
}

/** Lists the alerts of which some teams have more to tell. */
export async function listUnderWay(tx: Tx, teamIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT alert_id AS id FROM escalations
    WHERE next_at IS NOT NULL AND team_id = ANY(${[...teamIds]}::uuid[])`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Writes escalations, new and changed ones, by one statement. */
export async function keepEscalations(tx: Tx, escalations: readonly Escalation[]): Promise<void> {
  if (escalations.length === 0) return;
  await sql`
    INSERT INTO escalations (alert_id, team_id, begun_at, base_at, generation, position, severity, paused_at, next_at,
      stopped_reason)
    SELECT "alertId", "teamId", "begunAt", "baseAt", generation, position, severity, "pausedAt", "nextAt", "stoppedReason"
    FROM json_to_recordset(${JSON.stringify(escalations)}::json) AS given ("alertId" uuid, "teamId" uuid,
      "begunAt" timestamptz, "baseAt" timestamptz, generation integer, position integer, severity text,
      "pausedAt" timestamptz, "nextAt" timestamptz, "stoppedReason" text)
    ON CONFLICT (alert_id, team_id) DO UPDATE SET base_at = excluded.base_at, generation = excluded.generation,
      position = excluded.position, severity = excluded.severity, paused_at = excluded.paused_at,
      next_at = excluded.next_at, stopped_reason = excluded.stopped_reason`.execute(tx);
}

/**
 * Lists alerts whose escalation is to be looked at: what is due, what began without anybody planning it, and what ended so.
 * The last two are of a server that failed in the middle, or of a time before this version.
 */
export async function listDueAlerts(tx: Tx, at: Date, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM (
      (SELECT e.alert_id AS id FROM escalations e WHERE e.next_at <= ${at} ORDER BY e.next_at LIMIT ${most})
      UNION
      (SELECT a.id FROM alerts a WHERE a.state = 'active' AND a.held_by IS NULL AND a.acknowledged_at IS NULL
        AND a.muted_at IS NULL AND NOT EXISTS (SELECT 1 FROM escalations e WHERE e.alert_id = a.id) LIMIT ${most})
      UNION
      (SELECT e.alert_id FROM escalations e JOIN alerts a ON a.id = e.alert_id
        WHERE e.stopped_reason IS DISTINCT FROM 'resolved' AND a.state = 'resolved' LIMIT ${most})) AS due
    LIMIT ${most}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Begins a part of a transaction that can be undone by itself. */
export async function beginTrial(tx: Tx): Promise<void> {
  await sql`SAVEPOINT notices`.execute(tx);
}

export async function endTrial(tx: Tx): Promise<void> {
  await sql`RELEASE SAVEPOINT notices`.execute(tx);
}

/** Takes back what was done since `beginTrial`; the rest of the transaction goes on. */
export async function undoTrial(tx: Tx): Promise<void> {
  await sql`ROLLBACK TO SAVEPOINT notices`.execute(tx);
}
