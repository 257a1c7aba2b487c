import type { TargetStatus } from '@stratora/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

/** Forgets the collection statuses of inputs that a node has no more, or that ask it another way from now on. */
export async function forgetTargets(tx: Tx, nodeId: string, inputs: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('collector_targets')
    .where('node_id', '=', nodeId)
    .where('input', 'in', [...inputs])
    .execute();
  await sql`UPDATE node_states SET asked_anew_at = now() WHERE node_id = ${nodeId}`.execute(tx);
}

/**
 * Forgets the collection statuses of what is asked with a credential, since that is another one now.
 * @returns the nodes concerned
 */
export async function forgetTargetsOf(tx: Tx, credentialId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE node_states SET asked_anew_at = now()
    WHERE node_id IN (
      SELECT s.node_id FROM node_states s JOIN node_credentials nc ON nc.node_id = s.node_id
      WHERE nc.credential_id = ${credentialId} ORDER BY s.node_id FOR UPDATE OF s
    )
    RETURNING node_id AS id`.execute(tx);
  await sql`DELETE FROM collector_targets t USING node_credentials nc
    WHERE nc.credential_id = ${credentialId} AND t.node_id = nc.node_id AND t.input = nc.purpose`.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * Writes the collection statuses of a component's targets. Targets that are not its own are left out; the time of a
 * status is that of its last change. A node that is just being taken from the component is waited for, and then left
 * out too; so is one that was changed after the config that the component runs was made, of which it speaks as it was.
 *
 * @param targets with cleaned messages; of several for one input of a node the last one counts
 * @param madeAt time of which the component's config is; undefined where it is the newest there can be
 */
export async function keepTargets(
  tx: Tx,
  componentId: string,
  targets: readonly TargetStatus[],
  madeAt?: Date,
): Promise<void> {
  if (targets.length === 0) return;
  const newest = new Map(targets.map((target) => [`${target.node_id} ${target.input}`, target]));
  // Nodes are locked only where something is new, which is seldom: a lock is a write.
  await sql`
    INSERT INTO collector_targets AS known (node_id, input, component_id, status, message, detail)
    SELECT t.node_id, t.input, ${componentId}, t.status, t.message, coalesce(t.detail, '')
    FROM jsonb_to_recordset(${JSON.stringify([...newest.values()])}::jsonb)
      AS t(node_id uuid, input text, status text, message text, detail text)
    JOIN nodes n ON n.id = t.node_id AND coalesce(n.agent_id, n.collector_id) = ${componentId}
    LEFT JOIN node_states s ON s.node_id = t.node_id
    LEFT JOIN collector_targets old ON old.node_id = t.node_id AND old.input = t.input
    WHERE (s.asked_anew_at IS NULL OR s.asked_anew_at <= coalesce(${madeAt ?? null}::timestamptz, 'infinity')) AND (old.status, old.message, old.component_id) IS DISTINCT FROM (t.status, t.message, ${componentId}::uuid)
    ORDER BY t.node_id, t.input
    FOR KEY SHARE OF n
    ON CONFLICT (node_id, input) DO UPDATE SET
      component_id = excluded.component_id,
      status = excluded.status,
      message = excluded.message,
      detail = excluded.detail,
      since = CASE WHEN known.status = excluded.status THEN known.since ELSE now() END
    WHERE known.status <> excluded.status OR known.message <> excluded.message
      OR known.component_id <> excluded.component_id`.execute(tx);
}
