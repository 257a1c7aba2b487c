import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

/** Finds where a node is: its site and its groups; nowhere, for one that is gone. */
export async function findNodePlace(
  tx: Tx,
  nodeId: string,
): Promise<{ siteId: string | null; groupIds: string[] }> {
  const { rows } = await sql<{ siteId: string; groupIds: string[] }>`
    SELECT n.site_id AS "siteId", ARRAY(
      SELECT m.group_id FROM node_group_members m WHERE m.node_id = n.id) AS "groupIds"
    FROM nodes n WHERE n.id = ${nodeId}`.execute(tx);
  return rows[0] ?? { siteId: null, groupIds: [] };
}
