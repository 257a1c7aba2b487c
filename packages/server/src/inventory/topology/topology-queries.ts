import type { CreateTopologyLink, TopologyLink, TopologyQuery } from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

/** Number of the advisory lock under which parents are set; no other lock has it. */
const PARENTS_LOCK = 7_221_004;

/** Lets one caller at a time set parents: two who each set one half of a circle would not see it. */
export async function lockParents(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${PARENTS_LOCK})`.execute(tx);
}

/** Lists the names of those of some nodes that exist, by id. */
export async function findNodeNames(db: Database | Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM nodes WHERE id = ANY(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Lists the names of nodes that exist, by id, and keeps these from being deleted until the transaction ends. */
export async function holdNodes(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM nodes WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR KEY SHARE`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

type LinkRow = Pick<TopologyLink, 'id' | 'a' | 'b'>;

/** Fields of a link that somebody drew: nothing measures or confirms it. */
const DRAWN = {
  confidence: null,
  two_sided: null,
  seen_from: null,
  members: [],
  is_split_aggregate: false,
  witnesses: [],
  reasons: [],
  speed_bps: null,
  state: null,
  approval: null,
  first_seen_at: null,
  last_seen_at: null,
};

function toLink(row: LinkRow): TopologyLink {
  return { ...row, ...DRAWN, sources: ['manual'] };
}

async function readLinks(db: Database | Tx, condition: RawBuilder<unknown>): Promise<TopologyLink[]> {
  const { rows } = await sql<LinkRow>`
    SELECT l.id,
      jsonb_build_object('node_id', a.id, 'device_id', NULL, 'interface', l.a_interface, 'name', a.name,
        'address', a.ip_address) AS a,
      jsonb_build_object('node_id', b.id, 'device_id', NULL, 'interface', l.b_interface, 'name', b.name,
        'address', b.ip_address) AS b
    FROM topology_links l JOIN nodes a ON a.id = l.a_node_id JOIN nodes b ON b.id = l.b_node_id
    WHERE ${condition} ORDER BY l.id`.execute(db);
  return rows.map(toLink);
}

/** Lists the links that end in a site, those of a node, or all. */
export function listLinks(
  db: Database,
  { site_id: siteId, node_id: nodeId }: TopologyQuery,
): Promise<TopologyLink[]> {
  const ofSite = siteId === undefined ? sql`true` : sql`${siteId} IN (a.site_id, b.site_id)`;
  const ofNode = nodeId === undefined ? sql`true` : sql`${nodeId} IN (l.a_node_id, l.b_node_id)`;
  return readLinks(db, sql`${ofSite} AND ${ofNode}`);
}

export async function findLink(db: Database | Tx, id: string): Promise<TopologyLink | undefined> {
  return (await readLinks(db, sql`l.id = ${id}`))[0];
}

/** Inserts a link. @returns its id; undefined where there is such a link already */
export async function insertLink(tx: Tx, { a, b }: CreateTopologyLink): Promise<string | undefined> {
  const row = await tx
    .insertInto('topology_links')
    .values({
      a_node_id: a.node_id,
      a_interface: a.interface ?? null,
      b_node_id: b.node_id,
      b_interface: b.interface ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Finds the link of two interfaces, whichever was given first. */
export async function findLinkId(tx: Tx, { a, b }: CreateTopologyLink): Promise<string | undefined> {
  const isAt = (end: 'a' | 'b', { node_id: id, interface: name }: CreateTopologyLink['a']) =>
    sql`${sql.ref(`${end}_node_id`)} = ${id} AND coalesce(${sql.ref(`${end}_interface`)}, '') = ${name ?? ''}`;
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM topology_links
    WHERE (${isAt('a', a)} AND ${isAt('b', b)}) OR (${isAt('a', b)} AND ${isAt('b', a)})`.execute(tx);
  return rows[0]?.id;
}

export async function lockLink(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('topology_links').select('id').where('id', '=', id).forUpdate().execute();
}

export async function deleteLink(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('topology_links').where('id', '=', id).execute();
}

/** Lists the parents that somebody set for a node, by id. */
export async function listParentIds(db: Database | Tx, nodeId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('node_parents')
    .select('parent_id')
    .where('node_id', '=', nodeId)
    .orderBy('parent_id')
    .execute();
  return rows.map(({ parent_id: id }) => id);
}

/** Sets these parents of a node and no others. */
export async function replaceParents(tx: Tx, nodeId: string, parentIds: readonly string[]): Promise<void> {
  await tx.deleteFrom('node_parents').where('node_id', '=', nodeId).execute();
  const values = parentIds.map((parentId) => ({ node_id: nodeId, parent_id: parentId }));
  if (values.length > 0) await tx.insertInto('node_parents').values(values).execute();
}
