import type { Impact } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database } from '../../../platform/db/index.ts';
import type { WayLink } from './way-network.ts';

/** A link with what is said of it when it is pulled. */
export interface PullableLink extends WayLink {
  /** Id of the same link as people drew it. */
  readonly drawn_id: string | null;
  readonly a_name: string;
  readonly a_interface: string | null;
  readonly b_name: string;
  readonly b_interface: string | null;
  /** Cables of an aggregate that are up; 0 for a single one. */
  readonly cables: number;
}

/** Lists all links, each once: those that devices tell of, and those that people drew and no device tells of. */
export async function listPullableLinks(db: Database): Promise<PullableLink[]> {
  const { rows } = await sql<PullableLink>`
    SELECT l.id, coalesce(l.a_node_id, l.a_device_id) AS a, coalesce(l.b_node_id, l.b_device_id) AS b,
      l.manual_link_id AS drawn_id, coalesce(na.name, da.name) AS a_name, coalesce(nb.name, db.name) AS b_name,
      l.body#>>'{a,interface,name}' AS a_interface, l.body#>>'{b,interface,name}' AS b_interface,
      (SELECT count(*)::int FROM json_array_elements(l.body->'members') AS m WHERE m->>'state' IS DISTINCT FROM 'down') AS cables
    FROM derived_links l
    LEFT JOIN nodes na ON na.id = l.a_node_id LEFT JOIN topology_devices da ON da.id = l.a_device_id
    LEFT JOIN nodes nb ON nb.id = l.b_node_id LEFT JOIN topology_devices db ON db.id = l.b_device_id
    UNION ALL
    SELECT l.id, l.a_node_id, l.b_node_id, l.id, na.name, nb.name, l.a_interface, l.b_interface, 0
    FROM topology_links l JOIN nodes na ON na.id = l.a_node_id JOIN nodes nb ON nb.id = l.b_node_id
    WHERE NOT EXISTS (SELECT FROM derived_links d WHERE d.manual_link_id = l.id)
    ORDER BY id`.execute(db);
  return rows;
}

/** Lists what is the core of its site, as it was laid out. */
export async function listCores(db: Database): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM map_positions WHERE tier = 'core' ORDER BY id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Lists nodes by name, of some that exist. */
export async function listAffected(db: Database, ids: readonly string[]): Promise<Impact['dark']> {
  const { rows } = await sql<Impact['dark'][number]>`
    SELECT n.id, n.name, n.site_id, n.node_type AS device_type, s.status
    FROM nodes n JOIN node_states s ON s.node_id = n.id
    WHERE n.id = ANY(${[...ids]}::uuid[]) ORDER BY n.name, n.id`.execute(db);
  return rows;
}

/** Lists the names of nodes and devices, by id. */
export async function listThingNames(db: Database): Promise<Map<string, { name: string; isNode: boolean }>> {
  const { rows } = await sql<{ id: string; name: string; is_node: boolean }>`
    SELECT id, name, true AS is_node FROM nodes UNION ALL SELECT id, name, false FROM topology_devices`.execute(
    db,
  );
  return new Map(rows.map(({ id, name, is_node: isNode }) => [id, { name, isNode }]));
}

/** Lists the ids of the nodes and devices of a site. */
export async function listThingIds(db: Database, siteId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM nodes WHERE site_id = ${siteId} UNION ALL SELECT id FROM topology_devices WHERE site_id = ${siteId}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}
