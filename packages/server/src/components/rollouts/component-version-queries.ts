import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { ComponentVersions, VersionsFor } from '../config-render/index.ts';

/**
 * Chooses the template versions for a component: those in force, but for the older ones that a rollout keeps it at. A
 * component that a rollout does not know (it came to a changed template later) is held like all who were not reached.
 */
export const findVersionsFor: VersionsFor = async (tx, component, slugs) => {
  const { rows } = await sql<{ id: string; is_held: boolean | null }>`
    SELECT r.id, m.is_held FROM rollouts r
    LEFT JOIN rollout_components m ON m.rollout_id = r.id AND m.component_id = ${component.id}
    WHERE r.component_type = ${component.type} AND r.state IN ('running', 'stopped')`.execute(tx);
  const [rollout] = rows;
  const isReleased = rollout?.is_held === false;
  const hashes = await findHashes(tx, component.id, {
    slugs,
    holderId: isReleased ? undefined : rollout?.id,
  });
  return { hashes, releasedBy: isReleased ? rollout.id : undefined };
};

/** Chooses the template versions for a component as if no rollout held it back. */
export const findReleasedVersionsFor: VersionsFor = async (tx, component, slugs) => ({
  hashes: await findHashes(tx, component.id, { slugs, holderId: undefined }),
  releasedBy: undefined,
});

async function findHashes(
  tx: Tx,
  componentId: string,
  { slugs, holderId }: { slugs: readonly string[]; holderId: string | undefined },
): Promise<ComponentVersions['hashes']> {
  const { rows } = await sql<{ slug: string; hash: string | null }>`
    SELECT s.slug, coalesce(v.old_hash, rt.old_hash, t.hash) AS hash
    FROM unnest(${slugs}::text[]) AS s(slug)
    LEFT JOIN device_templates t ON t.slug = s.slug
    LEFT JOIN rollout_templates rt ON rt.rollout_id = ${holderId ?? null}::uuid AND rt.slug = s.slug
    LEFT JOIN rollout_versions v
      ON v.rollout_id = rt.rollout_id AND v.component_id = ${componentId} AND v.slug = s.slug`.execute(tx);
  return new Map(rows.flatMap(({ slug, hash }) => (hash === null ? [] : [[slug, hash] as const])));
}

/** Lists the hashes of the template versions that a rollout refers to, those that are over included. */
export async function listReferredVersions(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    SELECT old_hash AS hash FROM rollout_templates
    UNION SELECT new_hash FROM rollout_templates WHERE new_hash IS NOT NULL
    UNION SELECT old_hash FROM rollout_versions`.execute(tx);
  return rows.map(({ hash }) => hash);
}

/** Joins the rollout that holds a component back (`holder`) to a query with `remote_components c`. */
export const JOIN_HOLDING_ROLLOUT = sql`
  LEFT JOIN LATERAL (
    SELECT r.id FROM rollout_components m JOIN rollouts r ON r.id = m.rollout_id
    WHERE m.component_id = c.id AND m.is_held AND r.state IN ('running', 'stopped') LIMIT 1
  ) holder ON true`;

/** Finds the rollout that holds a component back. */
export async function findHoldingRollout(db: Database, componentId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`
    SELECT holder.id FROM (SELECT ${componentId}::uuid AS id) c ${JOIN_HOLDING_ROLLOUT}`.execute(db);
  return rows[0]?.id ?? undefined;
}
