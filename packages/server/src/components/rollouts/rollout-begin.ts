import type { ComponentType } from '@stratora/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import { type DirtyCause, markDirty } from '../../platform/dirty-marks/index.ts';
import { planStages } from './rollout-plan.ts';
import { findActiveRollout, listMembers } from './rollout-queries.ts';

/** A device template that is another one for rendering than before. */
export interface TemplateChange {
  slug: string;
  gatheredBy: ComponentType;
  /** null where there was none. */
  oldHash: string | null;
  /** null where there is none any more. */
  newHash: string | null;
}

export type RolloutCause = DirtyCause;

interface Concerned {
  componentId: string;
  /** What it has of the templates that are others now. */
  versions: { slug: string; oldHash: string }[];
}

/**
 * Takes changed templates on their way: components that use them keep what they have until their turn comes. A rollout
 * that is still going is taken over by the new one, with everybody that it had not reached.
 */
export async function beginRollouts(
  tx: Tx,
  changes: readonly TemplateChange[],
  why: RolloutCause & { soakSeconds: number },
): Promise<void> {
  for (const type of ['collector', 'agent'] as const) {
    const own = changes.filter(({ gatheredBy }) => gatheredBy === type);
    if (own.length === 0) continue;
    await markUsers(
      tx,
      own.filter(({ oldHash }) => oldHash === null),
      why,
    );
    await beginRollout(tx, type, own, why);
  }
}

/** A template that did not exist replaces nothing that works: who has nodes that waited for it gets it at once. */
async function markUsers(tx: Tx, fresh: readonly TemplateChange[], why: DirtyCause): Promise<void> {
  if (fresh.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT coalesce(agent_id, collector_id) AS id FROM nodes
    WHERE template = ANY(${fresh.map(({ slug }) => slug)}::text[])
      AND coalesce(agent_id, collector_id) IS NOT NULL`.execute(tx);
  await markDirty(
    tx,
    rows.map(({ id }) => id),
    why,
  );
}

async function beginRollout(
  tx: Tx,
  type: ComponentType,
  changes: readonly TemplateChange[],
  why: RolloutCause & { soakSeconds: number },
): Promise<void> {
  const active = await findActiveRollout(tx, type);
  const templates = await templatesOf(tx, active?.id, changes);
  if (templates.length === 0) return;
  const concerned = await findConcerned(tx, type, { activeId: active?.id, templates, changes });
  if (active) await supersede(tx, active.id);
  if (concerned.length === 0) return;
  if (why.soakSeconds === 0) {
    await markDirty(
      tx,
      concerned.map(({ componentId }) => componentId),
      why,
    );
    return;
  }
  const { rows } = await sql<{ id: string }>`
    INSERT INTO rollouts (component_type, cause, actor, soak_seconds)
    VALUES (${type}, ${why.cause}, ${why.actor}, ${why.soakSeconds}) RETURNING id`.execute(tx);
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
  await insertMembers(tx, id, concerned);
  await planAgain(tx, id);
}

interface RolloutTemplate {
  slug: string;
  oldHash: string;
  newHash: string | null;
}

/** The templates of the new rollout: those of the one that it takes over, and those that changed now. */
async function templatesOf(
  tx: Tx,
  activeId: string | undefined,
  changes: readonly TemplateChange[],
): Promise<RolloutTemplate[]> {
  const found = new Map<string, RolloutTemplate>();
  if (activeId !== undefined) {
    const rows = await tx
      .selectFrom('rollout_templates')
      .select(['slug', 'old_hash as oldHash', 'new_hash as newHash'])
      .where('rollout_id', '=', activeId)
      .execute();
    for (const row of rows) found.set(row.slug, row);
  }
  for (const { slug, oldHash, newHash } of changes) {
    const before = found.get(slug)?.oldHash ?? oldHash;
    if (before !== null) found.set(slug, { slug, oldHash: before, newHash });
  }
  return [...found.values()];
}

/** Components that have another version of one of the templates than the one that they should have now. */
async function findConcerned(
  tx: Tx,
  type: ComponentType,
  given: {
    activeId: string | undefined;
    templates: readonly RolloutTemplate[];
    changes: readonly TemplateChange[];
  },
): Promise<Concerned[]> {
  const owner = sql.ref(type === 'agent' ? 'n.agent_id' : 'n.collector_id');
  const replaced = new Map(given.changes.map(({ slug, oldHash }) => [slug, oldHash]));
  const { rows } = await sql<{
    id: string;
    slug: string;
    is_member: boolean;
    is_held: boolean;
    held_hash: string | null;
  }>`
    SELECT used.id, used.slug, m.component_id IS NOT NULL AS is_member, coalesce(m.is_held, false) AS is_held,
      v.old_hash AS held_hash
    FROM (
      SELECT DISTINCT c.id, n.template AS slug FROM nodes n JOIN remote_components c ON c.id = ${owner}
      WHERE c.approval = 'approved' AND n.template = ANY(${given.templates.map(({ slug }) => slug)}::text[])
    ) AS used
    LEFT JOIN rollout_components m ON m.rollout_id = ${given.activeId ?? null} AND m.component_id = used.id
    LEFT JOIN rollout_versions v
      ON v.rollout_id = m.rollout_id AND v.component_id = m.component_id AND v.slug = used.slug
    ORDER BY used.id, used.slug`.execute(tx);
  const bySlug = new Map(given.templates.map((template) => [template.slug, template]));
  const concerned = new Map<string, Concerned>();
  for (const row of rows) {
    const template = bySlug.get(row.slug);
    if (!template) continue;
    const wasReached = row.is_member && !row.is_held;
    // Who was reached has what was in force until now.
    const current = replaced.get(row.slug) ?? template.newHash;
    const has = wasReached ? current : (row.held_hash ?? template.oldHash);
    if (has === null || has === template.newHash) continue;
    const entry = concerned.get(row.id) ?? { componentId: row.id, versions: [] };
    entry.versions.push({ slug: row.slug, oldHash: has });
    concerned.set(row.id, entry);
  }
  return [...concerned.values()];
}

async function supersede(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE rollouts SET state = 'superseded', ended_at = now() WHERE id = ${id}`.execute(tx);
}

export async function insertMembers(tx: Tx, rolloutId: string, members: readonly Concerned[]): Promise<void> {
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

/** Plans the turns of those that are still held, as they stand now. */
export async function planAgain(tx: Tx, rolloutId: string): Promise<void> {
  const members = await listMembers(tx, rolloutId);
  const stages = planStages(members);
  const planned = [...stages].map(([id, stage]) => ({ id, stage }));
  await sql`
    UPDATE rollout_components m SET stage = t.stage
    FROM jsonb_to_recordset(${JSON.stringify(planned)}::jsonb) AS t(id uuid, stage text)
    WHERE m.rollout_id = ${rolloutId} AND m.component_id = t.id AND m.stage <> t.stage`.execute(tx);
}
