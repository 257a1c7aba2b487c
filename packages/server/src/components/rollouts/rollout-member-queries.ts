import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import type { RolloutStage } from './rollout-plan.ts';
import type { NewMember } from './rollout-queries.ts';

/** Writes members of a rollout, held, in its last stage. Those that it has already stay as they are. */
export async function insertMembers(tx: Tx, rolloutId: string, members: readonly NewMember[]): Promise<void> {
  const versions = members.flatMap(({ componentId, versions }) =>
    versions.map(({ slug, oldHash }) => ({ component_id: componentId, slug, old_hash: oldHash })),
  );
  await sql`
    INSERT INTO rollout_components (rollout_id, component_id, stage)
    SELECT ${rolloutId}, id, 'rest' FROM unnest(${members.map(({ componentId }) => componentId)}::uuid[]) AS t(id)
    ON CONFLICT DO NOTHING`.execute(tx);
  await sql`
    INSERT INTO rollout_versions (rollout_id, component_id, slug, old_hash)
    SELECT ${rolloutId}, t.component_id, t.slug, t.old_hash
    FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) AS t(component_id uuid, slug text, old_hash text)
    ON CONFLICT DO NOTHING`.execute(tx);
}

export async function setStages(
  tx: Tx,
  rolloutId: string,
  stages: ReadonlyMap<string, RolloutStage>,
): Promise<void> {
  const planned = [...stages].map(([id, stage]) => ({ id, stage }));
  await sql`
    UPDATE rollout_components m SET stage = t.stage
    FROM jsonb_to_recordset(${JSON.stringify(planned)}::jsonb) AS t(id uuid, stage text)
    WHERE m.rollout_id = ${rolloutId} AND m.component_id = t.id AND m.stage <> t.stage`.execute(tx);
}

/** Lists the members that are held back, in the order of their ids. */
export async function listHeldMembers(tx: Tx, rolloutId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT component_id AS id FROM rollout_components WHERE rollout_id = ${rolloutId} AND is_held
    ORDER BY 1`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function setReleased(tx: Tx, rolloutId: string, componentIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE rollout_components m SET state = 'released', is_held = false, released_at = clock_timestamp(),
      generation = NULL, applied_at = NULL,
      was_healthy = coalesce((SELECT coalesce(cs.config_status, 'applied') = 'applied' FROM component_states cs
        WHERE cs.component_id = m.component_id), true)
    WHERE m.rollout_id = ${rolloutId} AND m.component_id = ANY(${[...componentIds]}::uuid[])`.execute(tx);
}

/** Makes a member the first, in exchange with the one that was planned to be it. */
export async function swapFirst(tx: Tx, rolloutId: string, componentId: string): Promise<void> {
  await sql`
    UPDATE rollout_components m SET stage = (
      SELECT stage FROM rollout_components WHERE rollout_id = ${rolloutId} AND component_id = ${componentId})
    WHERE m.rollout_id = ${rolloutId} AND m.stage = 'first' AND m.state = 'held'
      AND m.component_id <> ${componentId}`.execute(tx);
  await sql`UPDATE rollout_components SET stage = 'first'
    WHERE rollout_id = ${rolloutId} AND component_id = ${componentId}`.execute(tx);
}

/** Writes a member off as done in the last stage, without a generation of its own. */
export async function setSkipped(tx: Tx, rolloutId: string, componentId: string): Promise<void> {
  await sql`
    UPDATE rollout_components m SET state = 'applied', is_held = false, stage = 'rest',
      released_at = clock_timestamp()
    WHERE m.rollout_id = ${rolloutId} AND m.component_id = ${componentId}`.execute(tx);
}

export async function setApplied(
  tx: Tx,
  rolloutId: string,
  applied: readonly { componentId: string; generation: number }[],
): Promise<void> {
  if (applied.length === 0) return;
  await sql`
    UPDATE rollout_components m SET state = 'applied', generation = t.generation, applied_at = clock_timestamp()
    FROM jsonb_to_recordset(${JSON.stringify(applied.map(({ componentId: id, generation }) => ({ id, generation })))}::jsonb)
      AS t(id uuid, generation integer)
    WHERE m.rollout_id = ${rolloutId} AND m.component_id = t.id`.execute(tx);
}

export async function setFailed(tx: Tx, rolloutId: string, componentIds: readonly string[]): Promise<void> {
  if (componentIds.length === 0) return;
  await sql`UPDATE rollout_components SET state = 'failed'
    WHERE rollout_id = ${rolloutId} AND component_id = ANY(${[...componentIds]}::uuid[])`.execute(tx);
}

/** Lets failed members have another turn. */
export async function retryFailed(tx: Tx, rolloutId: string): Promise<void> {
  await sql`UPDATE rollout_components SET state = 'held'
    WHERE rollout_id = ${rolloutId} AND state = 'failed'`.execute(tx);
}

/** Holds back again the members that failed or do not run the new config yet. @returns their ids */
export async function takeBackMembers(tx: Tx, rolloutId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE rollout_components SET is_held = true, released_at = NULL, generation = NULL,
      state = CASE WHEN state = 'failed' THEN 'failed' ELSE 'held' END
    WHERE rollout_id = ${rolloutId} AND NOT is_held AND state IN ('failed', 'released')
    RETURNING component_id AS id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** A component within the rollout that has released it. */
export interface ReleasedMember {
  componentId: string;
  rolloutId: string;
}

/** Locks the component's place in its rollout. To be called before its mark is locked: rollouts lock in this order. */
export async function lockMember(tx: Tx, { componentId, rolloutId }: ReleasedMember): Promise<void> {
  await sql`SELECT FROM rollout_components WHERE rollout_id = ${rolloutId} AND component_id = ${componentId}
    FOR UPDATE`.execute(tx);
}

/** Records the first generation with the new versions: outcomes of it and of later ones count. */
export async function recordReleasedGeneration(
  tx: Tx,
  { componentId, rolloutId, generation }: ReleasedMember & { generation: number },
): Promise<void> {
  await sql`UPDATE rollout_components SET generation = ${generation}
    WHERE rollout_id = ${rolloutId} AND component_id = ${componentId} AND state = 'released'
      AND generation IS NULL`.execute(tx);
}
