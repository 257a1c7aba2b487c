import { sql } from 'kysely';
import type { Database, Tx } from '../db/index.ts';
import type { DirtyCause } from './dirty-cause.ts';

/** Quiet seconds after the last edit of a burst until its rendering, so that a burst makes one generation. */
export const DEBOUNCE_SECONDS = 5;
/** Most seconds from the first edit of a burst to its rendering: edits without end must not put it off for ever. */
const LONGEST_DELAY_SECONDS = 15;

/**
 * Marks components whose config has changed. To be called in the transaction of the change, so that neither
 * happens without the other.
 */
export async function markDirty(
  db: Database | Tx,
  componentIds: readonly string[],
  why: DirtyCause,
): Promise<void> {
  if (componentIds.length === 0) return;
  await sql`
    INSERT INTO collector_config_dirty AS dirty (component_id, due_at, cause, actor)
    SELECT id, now() + ${DEBOUNCE_SECONDS} * interval '1 s', ${why.cause}, ${why.actor}
    FROM remote_components
    WHERE id = ANY(${[...new Set(componentIds)]}::uuid[])
    ORDER BY id
    ON CONFLICT (component_id) DO UPDATE SET
      version = dirty.version + 1,
      changes = dirty.changes + 1,
      due_at = least(
        now() + ${DEBOUNCE_SECONDS} * interval '1 s',
        dirty.dirty_since + ${LONGEST_DELAY_SECONDS} * interval '1 s'
      ),
      cause = excluded.cause,
      actor = CASE
        WHEN excluded.actor IS NULL OR excluded.actor = ANY(string_to_array(dirty.actor, ', ')) THEN dirty.actor
        WHEN dirty.actor IS NULL THEN excluded.actor
        ELSE left(dirty.actor || ', ' || excluded.actor, 200)
      END`.execute(db);
}

/** Marks every component with a node that uses the credential. */
export async function markDirtyByCredential(
  db: Database | Tx,
  credentialId: string,
  why: DirtyCause,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT coalesce(n.agent_id, n.collector_id) AS id
    FROM node_credentials nc JOIN nodes n ON n.id = nc.node_id
    WHERE nc.credential_id = ${credentialId} AND coalesce(n.agent_id, n.collector_id) IS NOT NULL`.execute(
    db,
  );
  await markDirty(db, ids(rows), why);
}

/** Marks all approved components, as after a start, where templates or the renderer may be new. */
export async function markAllDirty(db: Database | Tx, why: DirtyCause): Promise<void> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM remote_components WHERE approval = 'approved'`.execute(db);
  await markDirty(db, ids(rows), why);
}

function ids(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

/** The right of one server to render a component, for a while. */
export interface DirtyClaim extends DirtyCause {
  componentId: string;
  version: string;
  /** Number of changes that the mark stands for. */
  changes: number;
  token: string;
}

/** Seconds after which a server that is late with a config loses its claim to another. */
const CLAIM_SECONDS = 30;

/** Claims marks that are due; other servers leave them alone until the claim ends. */
export async function claimDue(db: Database, limit: number): Promise<DirtyClaim[]> {
  const { rows } = await sql<DirtyClaim>`
    WITH due AS (
      SELECT component_id FROM collector_config_dirty
      WHERE due_at <= now() AND (claimed_until IS NULL OR claimed_until <= now())
      ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE collector_config_dirty AS dirty
    SET claimed_until = now() + ${CLAIM_SECONDS} * interval '1 s', claim_token = gen_random_uuid()
    FROM due WHERE dirty.component_id = due.component_id
    RETURNING dirty.component_id AS "componentId", dirty.version, dirty.changes, dirty.claim_token AS token,
      dirty.cause, dirty.actor`.execute(db);
  return rows;
}

/** Whether the mark still belongs to the claim; locks it until the end of the transaction. */
export async function holdsClaim(tx: Tx, claim: DirtyClaim): Promise<boolean> {
  const { rows } = await sql`SELECT component_id FROM collector_config_dirty
    WHERE component_id = ${claim.componentId} AND claim_token = ${claim.token} FOR UPDATE`.execute(tx);
  return rows.length > 0;
}

/** Deletes the mark of a claim. If something changed since, the mark stays and is free for the next round. */
export async function settleClaim(tx: Tx, claim: DirtyClaim): Promise<void> {
  const settled = await tx
    .deleteFrom('collector_config_dirty')
    .where('component_id', '=', claim.componentId)
    .where('claim_token', '=', claim.token)
    .where('version', '=', claim.version)
    .executeTakeFirst();
  if (settled.numDeletedRows > 0n) return;
  await sql`
    UPDATE collector_config_dirty
    SET claimed_until = NULL, claim_token = NULL, changes = greatest(1, changes - ${claim.changes}),
      dirty_since = now()
    WHERE component_id = ${claim.componentId} AND claim_token = ${claim.token}`.execute(tx);
}
