import type { ComponentType } from '@stratora/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

/** Lists the components with nodes of these templates. */
export async function listTemplateUsers(tx: Tx, slugs: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT coalesce(agent_id, collector_id) AS id FROM nodes
    WHERE template = ANY(${slugs}::text[]) AND coalesce(agent_id, collector_id) IS NOT NULL`.execute(tx);
  return rows.map(({ id }) => id);
}

/** The use of a template by a component, and its place in the rollout that is taken over. */
export interface TemplateUse {
  componentId: string;
  slug: string;
  isMember: boolean;
  isHeld: boolean;
  /** Version that the active rollout keeps the component at. */
  heldHash: string | null;
}

/** Lists the uses of templates by approved components, by component and slug. */
export async function listTemplateUses(
  tx: Tx,
  type: ComponentType,
  { slugs, activeId }: { slugs: readonly string[]; activeId: string | undefined },
): Promise<TemplateUse[]> {
  const owner = sql.ref(type === 'agent' ? 'n.agent_id' : 'n.collector_id');
  const { rows } = await sql<TemplateUse>`
    SELECT used.id AS "componentId", used.slug, m.component_id IS NOT NULL AS "isMember",
      coalesce(m.is_held, false) AS "isHeld", v.old_hash AS "heldHash"
    FROM (
      SELECT DISTINCT c.id, n.template AS slug FROM nodes n JOIN remote_components c ON c.id = ${owner}
      WHERE c.approval = 'approved' AND n.template = ANY(${slugs}::text[])
    ) AS used
    LEFT JOIN rollout_components m ON m.rollout_id = ${activeId ?? null} AND m.component_id = used.id
    LEFT JOIN rollout_versions v
      ON v.rollout_id = m.rollout_id AND v.component_id = m.component_id AND v.slug = used.slug
    ORDER BY used.id, used.slug`.execute(tx);
  return rows;
}
