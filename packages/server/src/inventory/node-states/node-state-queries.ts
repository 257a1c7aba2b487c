import type { NodeStatus } from '@stratora/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

/** Resets the states of nodes: results of another collector, or from another address, say nothing any more. */
export async function resetNodeStates(tx: Tx, nodeIds: readonly string[]): Promise<void> {
  if (nodeIds.length === 0) return;
  await sql`
    UPDATE node_states SET status = 'discovering', status_since = now(), status_reason = NULL, asked_anew_at = now()
    WHERE node_id = ANY(${[...nodeIds]}::uuid[])`.execute(tx);
  await sql`DELETE FROM collector_targets WHERE node_id = ANY(${[...nodeIds]}::uuid[])`.execute(tx);
}

export interface StatusChange {
  id: string;
  oldStatus: NodeStatus;
  status: NodeStatus;
  reason: string | null;
}

/** Moves nodes to another status; a node whose status changed meanwhile stays. @returns the nodes that were moved */
export async function applyChanges(tx: Tx, changes: readonly StatusChange[]): Promise<Map<string, Date>> {
  if (changes.length === 0) return new Map();
  const { rows } = await sql<{ id: string; status_since: Date }>`
    WITH change AS (
      SELECT * FROM unnest(
        ${changes.map(({ id }) => id)}::uuid[], ${changes.map(({ oldStatus }) => oldStatus)}::text[],
        ${changes.map(({ status }) => status)}::text[], ${changes.map(({ reason }) => reason)}::text[]
      ) AS change(node_id, old_status, new_status, reason)
    ), moved AS (
      UPDATE node_states s
      SET status = change.new_status, status_reason = change.reason, status_since = now()
      FROM change
      WHERE s.node_id = change.node_id AND s.status = change.old_status
      RETURNING s.node_id AS id, s.status_since
    ), recorded AS (
      INSERT INTO node_status_changes (node_id, old_status, new_status, reason)
      SELECT change.node_id, change.old_status, change.new_status, change.reason
      FROM change JOIN moved ON moved.id = change.node_id
    )
    SELECT id, status_since FROM moved`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.status_since]));
}

/** Writes new reasons of the same status, which is no change of status and leaves no trace in the history. */
export async function applyReasons(
  tx: Tx,
  reasons: readonly { id: string; reason: string | null }[],
): Promise<void> {
  if (reasons.length === 0) return;
  await sql`
    UPDATE node_states s SET status_reason = change.reason
    FROM unnest(${reasons.map(({ id }) => id)}::uuid[], ${reasons.map(({ reason }) => reason)}::text[])
      AS change(node_id, reason)
    WHERE s.node_id = change.node_id`.execute(tx);
}

/** Writes the time of the newest proof of life, which moves back only where it lay ahead, by a clock that was wrong. */
export async function applyEvidence(tx: Tx, evidence: ReadonlyMap<string, number>): Promise<void> {
  if (evidence.size === 0) return;
  await sql`
    UPDATE node_states s SET last_seen_at = seen.at
    FROM unnest(${[...evidence.keys()]}::uuid[], ${[...evidence.values()].map((at) => new Date(at).toISOString())}::timestamptz[])
      AS seen(node_id, at)
    WHERE s.node_id = seen.node_id
      AND (s.last_seen_at IS NULL OR s.last_seen_at < seen.at OR s.last_seen_at > now() + interval '1 minute')`.execute(
    tx,
  );
}

/** Days after which changes of status are deleted. */
const HISTORY_DAYS = 90;

export async function deleteOldChanges(tx: Tx): Promise<void> {
  await sql`DELETE FROM node_status_changes WHERE time < now() - ${HISTORY_DAYS} * interval '1 day'`.execute(
    tx,
  );
}
