import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

/** Where an alert could be: teams are matched by it. */
export interface ScopePlace {
  readonly siteId: string | null;
  readonly groupIds: readonly string[];
}

/** Lists the places of the nodes that a scope covers, each once; none where it covers no node. */
export async function listScopePlaces(
  tx: Tx,
  { type, id }: { type: string; id: string | null },
): Promise<ScopePlace[]> {
  const { rows } = await sql<{ siteId: string; groupIds: string[] }>`
    SELECT DISTINCT n.site_id AS "siteId", ARRAY(
      SELECT m.group_id FROM node_group_members m WHERE m.node_id = n.id ORDER BY m.group_id) AS "groupIds"
    FROM nodes n
    WHERE ${type} = 'global' OR (${type} = 'node' AND n.id = ${id}) OR (${type} = 'site' AND n.site_id = ${id})
      OR (${type} = 'group' AND EXISTS (
        SELECT FROM node_group_members m WHERE m.node_id = n.id AND m.group_id = ${id}))`.execute(tx);
  return rows;
}
