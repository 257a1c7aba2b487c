import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import { markDirty } from '../../platform/dirty-marks/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import type { RolloutRow } from './rollout-queries.ts';

/** What happens to components of a rollout. The caller holds its row. */

/** Gives members the new versions: their configs are rendered with them from now on. */
export async function releaseMembers(
  tx: Tx,
  rollout: RolloutRow,
  componentIds: readonly string[],
): Promise<void> {
  if (componentIds.length === 0) return;
  await sql`
    UPDATE rollout_components m SET state = 'released', is_held = false, released_at = clock_timestamp(),
      generation = NULL, applied_at = NULL,
      was_healthy = coalesce((SELECT coalesce(cs.config_status, 'applied') = 'applied' FROM component_states cs
        WHERE cs.component_id = m.component_id), true)
    WHERE m.rollout_id = ${rollout.id} AND m.component_id = ANY(${[...componentIds]}::uuid[])`.execute(tx);
  await markDirty(tx, componentIds, { cause: rollout.cause, actor: rollout.actor });
  await tellOf(tx, componentIds);
}

/** The first one changes places with the one that was planned to be it. */
export async function releaseFirst(tx: Tx, rollout: RolloutRow, componentId: string): Promise<void> {
  await sql`
    UPDATE rollout_components m SET stage = (
      SELECT stage FROM rollout_components WHERE rollout_id = ${rollout.id} AND component_id = ${componentId})
    WHERE m.rollout_id = ${rollout.id} AND m.stage = 'first' AND m.state = 'held'
      AND m.component_id <> ${componentId}`.execute(tx);
  await sql`UPDATE rollout_components SET stage = 'first'
    WHERE rollout_id = ${rollout.id} AND component_id = ${componentId}`.execute(tx);
  await releaseMembers(tx, rollout, [componentId]);
}

/** One whose text is the same with the new versions: there is nothing to give it, and nothing to learn from it. */
export async function passMember(tx: Tx, rollout: RolloutRow, componentId: string): Promise<void> {
  await sql`
    UPDATE rollout_components m SET state = 'applied', is_held = false, stage = 'rest',
      released_at = clock_timestamp()
    WHERE m.rollout_id = ${rollout.id} AND m.component_id = ${componentId}`.execute(tx);
  // Rows may have changed since it was looked at.
  await markDirty(tx, [componentId], { cause: rollout.cause, actor: rollout.actor });
}

export async function keepApplied(
  tx: Tx,
  rollout: RolloutRow,
  applied: readonly { componentId: string; generation: number }[],
): Promise<void> {
  if (applied.length === 0) return;
  await sql`
    UPDATE rollout_components m SET state = 'applied', generation = t.generation, applied_at = clock_timestamp()
    FROM jsonb_to_recordset(${JSON.stringify(applied.map(({ componentId: id, generation }) => ({ id, generation })))}::jsonb)
      AS t(id uuid, generation integer)
    WHERE m.rollout_id = ${rollout.id} AND m.component_id = t.id`.execute(tx);
}

export async function keepFailed(
  tx: Tx,
  rollout: RolloutRow,
  componentIds: readonly string[],
): Promise<void> {
  if (componentIds.length === 0) return;
  await sql`UPDATE rollout_components SET state = 'failed'
    WHERE rollout_id = ${rollout.id} AND component_id = ANY(${[...componentIds]}::uuid[])`.execute(tx);
}

/** Holds the component's place, before its mark is held: rollouts take both in this order. */
export async function lockMember(tx: Tx, componentId: string, rolloutId: string): Promise<void> {
  await sql`SELECT FROM rollout_components WHERE rollout_id = ${rolloutId} AND component_id = ${componentId}
    FOR UPDATE`.execute(tx);
}

/** A config with the new versions has been written: what is told of it and of later ones counts. */
export async function keepRendered(
  tx: Tx,
  { componentId, rolloutId, generation }: { componentId: string; rolloutId: string; generation: number },
): Promise<void> {
  await sql`UPDATE rollout_components SET generation = ${generation}
    WHERE rollout_id = ${rolloutId} AND component_id = ${componentId} AND state = 'released'
      AND generation IS NULL`.execute(tx);
}

/** Stops it. Those that failed, and those that were given the new config and did not run it yet, get the old one back. */
export async function stopRollout(tx: Tx, rollout: RolloutRow, message: string): Promise<void> {
  await sql`UPDATE rollouts SET state = 'stopped', message = ${message} WHERE id = ${rollout.id}`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    UPDATE rollout_components SET is_held = true, released_at = NULL, generation = NULL,
      state = CASE WHEN state = 'failed' THEN 'failed' ELSE 'held' END
    WHERE rollout_id = ${rollout.id} AND NOT is_held AND state IN ('failed', 'released')
    RETURNING component_id AS id`.execute(tx);
  const ids = rows.map(({ id }) => id);
  await markDirty(tx, ids, { cause: `rollout stopped, taken back: ${rollout.cause}`, actor: null });
  await tellOf(tx, ids);
}

export async function endRollout(tx: Tx, rollout: RolloutRow): Promise<void> {
  await sql`UPDATE rollouts SET state = 'done', ended_at = now() WHERE id = ${rollout.id}`.execute(tx);
}

async function tellOf(tx: Tx, componentIds: readonly string[]): Promise<void> {
  await publishEvents(
    tx,
    componentIds.map((id) => ({ name: 'component_changed' as const, data: { id, change: 'updated' } })),
  );
}
