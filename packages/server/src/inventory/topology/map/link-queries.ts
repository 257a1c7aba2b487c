import type { TopologyLink, TopologyQuery } from '@stratora/contract';
import type { DerivedLink } from '@stratora/topology';
import { type RawBuilder, sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/index.ts';
import { type ShownLinkRow, shownLink } from './shown-link.ts';

/** Columns of what stands at an end, now. */
const END_NAMES = sql`
  coalesce(na.name, da.name) AS a_name, coalesce(na.ip_address, da.body#>>'{addresses,0}') AS a_address,
  coalesce(nb.name, db.name) AS b_name, coalesce(nb.ip_address, db.body#>>'{addresses,0}') AS b_address`;

async function readLinks(db: Database | Tx, condition: RawBuilder<unknown>): Promise<TopologyLink[]> {
  const { rows } = await sql<ShownLinkRow>`
    SELECT l.id, l.manual_link_id AS drawn_id, l.body, ${END_NAMES},
      CASE WHEN p.id IS NOT NULL THEN 'approved' WHEN w.site_id IS NOT NULL THEN 'new' END AS approval
    FROM derived_links l
    LEFT JOIN nodes na ON na.id = l.a_node_id LEFT JOIN topology_devices da ON da.id = l.a_device_id
    LEFT JOIN nodes nb ON nb.id = l.b_node_id LEFT JOIN topology_devices db ON db.id = l.b_device_id
    LEFT JOIN approved_links p ON p.id = l.id
    LEFT JOIN wiring_approvals w ON w.site_id = coalesce(na.site_id, nb.site_id, da.site_id, db.site_id)
    WHERE ${condition} ORDER BY l.id`.execute(db);
  return rows.map(shownLink);
}

/** Lists the links that devices tell of: those that end in a site, those of a node, or all. */
export function listDerivedLinks(
  db: Database,
  { site_id: siteId, node_id: nodeId }: TopologyQuery,
): Promise<TopologyLink[]> {
  const ofSite =
    siteId === undefined ? sql`true` : sql`${siteId} IN (na.site_id, nb.site_id, da.site_id, db.site_id)`;
  const ofNode = nodeId === undefined ? sql`true` : sql`${nodeId} IN (l.a_node_id, l.b_node_id)`;
  return readLinks(db, sql`${ofSite} AND ${ofNode}`);
}

/** Finds a link that devices tell of, by its own id or by that of the same link as people drew it. */
export async function findDerivedLink(db: Database | Tx, id: string): Promise<TopologyLink | undefined> {
  return (await readLinks(db, sql`l.id = ${id} OR l.manual_link_id = ${id}`))[0];
}

/** Finds the row of a link that devices tell of, and locks it. */
export async function lockDerivedLink(
  tx: Tx,
  id: string,
): Promise<{ id: string; state: DerivedLink['state'] } | undefined> {
  const { rows } = await sql<{ id: string; state: DerivedLink['state'] }>`
    SELECT id, state FROM derived_links WHERE id = ${id} FOR UPDATE`.execute(tx);
  return rows[0];
}

export async function deleteDerivedLink(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM derived_links WHERE id = ${id}`.execute(tx);
}
