import type { ComponentType } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { RolloutStage } from './rollout-plan.ts';

export interface NewRollout {
  type: ComponentType;
  cause: string;
  actor: string | null;
  soakSeconds: number;
}

/** A changed template of a rollout. */
export interface RolloutTemplate {
  slug: string;
  oldHash: string;
  /** null where the template is gone. */
  newHash: string | null;
}

/** Writes a rollout in its first stage, without members. @returns its id */
export async function insertRollout(
  tx: Tx,
  { type, cause, actor, soakSeconds }: NewRollout,
  templates: readonly RolloutTemplate[],
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO rollouts (component_type, cause, actor, soak_seconds)
    VALUES (${type}, ${cause}, ${actor}, ${soakSeconds}) RETURNING id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the database gave no id');
  await tx
    .insertInto('rollout_templates')
    .values(
      templates.map(({ slug, oldHash, newHash }) => ({
        rollout_id: id,
        slug,
        old_hash: oldHash,
        new_hash: newHash,
      })),
    )
    .execute();
  return id;
}

export async function listRolloutTemplates(tx: Tx, rolloutId: string): Promise<RolloutTemplate[]> {
  return tx
    .selectFrom('rollout_templates')
    .select(['slug', 'old_hash as oldHash', 'new_hash as newHash'])
    .where('rollout_id', '=', rolloutId)
    .execute();
}

/** Ends a rollout that a newer one takes over. */
export async function supersedeRollout(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE rollouts SET state = 'superseded', ended_at = now() WHERE id = ${id}`.execute(tx);
}

export async function endRollout(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE rollouts SET state = 'done', ended_at = now() WHERE id = ${id}`.execute(tx);
}

export async function setStopped(tx: Tx, id: string, message: string): Promise<void> {
  await sql`UPDATE rollouts SET state = 'stopped', message = ${message} WHERE id = ${id}`.execute(tx);
}

/** Lets a stopped rollout run again, with the time of its stage from now on. */
export async function setResumed(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE rollouts SET state = 'running', message = NULL, stage_since = now()
    WHERE id = ${id}`.execute(tx);
}

/** Puts a rollout into its last stage, and lets no failure stop it. */
export async function setForced(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE rollouts SET state = 'running', stage = 'rest', is_forced = true, message = NULL,
    stage_since = now() WHERE id = ${id}`.execute(tx);
}

export async function setStage(tx: Tx, id: string, stage: RolloutStage): Promise<void> {
  await sql`UPDATE rollouts SET stage = ${stage}, stage_since = clock_timestamp() WHERE id = ${id}`.execute(
    tx,
  );
}

/** Deletes rollouts that are over, but for the newest. */
export async function pruneRollouts(db: Database, kept: number): Promise<void> {
  await sql`
    DELETE FROM rollouts WHERE state IN ('done', 'superseded') AND id NOT IN (
      SELECT id FROM rollouts ORDER BY created_at DESC, id DESC LIMIT ${kept})`.execute(db);
}
