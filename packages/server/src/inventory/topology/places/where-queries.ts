import type { AddressConflict, WhereItem } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database } from '../../../platform/db/index.ts';

interface PlaceRow extends Omit<WhereItem, 'first_seen_at' | 'last_seen_at'> {
  first_seen_at: Date;
  last_seen_at: Date;
}

/** Most places, and moves, that an answer holds. */
const PLACES_MAX = 100;

/** When a place was last seen: as long as it is seen, at the newest reading of its switch that was whole. */
const LAST_SEEN = sql`coalesce(p.last_seen_at, t.kept_at, st.derived_at, p.first_seen_at)`;

/** Lists the places at which some addresses are now, edges first and newest first. */
export async function listPlaces(
  db: Database,
  { mac, ip }: { mac?: string | undefined; ip?: string | undefined },
): Promise<WhereItem[]> {
  const isIt =
    mac === undefined
      ? sql`p.ip_addresses @> ARRAY[${ip ?? ''}::text]`
      : sql`p.mac_address = ${mac}::macaddr`;
  const { rows } = await sql<PlaceRow>`
    SELECT p.node_id, n.name AS node_name, n.site_id, p.interface, nullif(p.vlan, 0) AS vlan,
      p.mac_address::text AS mac_address, p.ip_addresses, p.is_edge, p.behind, o.id AS owner_node_id, o.name AS owner_name,
      p.first_seen_at, greatest(p.first_seen_at, ${LAST_SEEN}) AS last_seen_at
    FROM address_places p
    CROSS JOIN topology_state st
    JOIN nodes n ON n.id = p.node_id
    LEFT JOIN nodes o ON o.id = p.owner_node_id
    LEFT JOIN neighbour_tables t ON t.node_id = p.node_id AND t.name = 'forwarding' AND t.is_whole
    WHERE p.left_at IS NULL AND ${isIt}
    ORDER BY p.is_edge DESC, ${LAST_SEEN} DESC, n.name, p.id LIMIT ${PLACES_MAX}`.execute(db);
  return rows.map((row) => ({
    ...row,
    first_seen_at: row.first_seen_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
  }));
}

export interface LeftPlaceRow {
  readonly mac_address: string;
  readonly node_id: string;
  readonly node_name: string;
  readonly site_id: string;
  readonly interface: string | null;
  readonly vlan: number | null;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly left_at: Date;
}

/** Lists the edge ports that some addresses have left, newest first. */
export async function listLeftPlaces(db: Database, macs: readonly string[]): Promise<LeftPlaceRow[]> {
  const { rows } = await sql<LeftPlaceRow>`
    SELECT p.mac_address::text AS mac_address, p.node_id, n.name AS node_name, n.site_id, p.interface,
      nullif(p.vlan, 0) AS vlan, p.first_seen_at, p.last_seen_at, p.left_at
    FROM address_places p JOIN nodes n ON n.id = p.node_id
    WHERE p.mac_address = ANY(${[...macs]}::macaddr[]) AND p.left_at IS NOT NULL AND p.is_edge
    ORDER BY p.left_at DESC, p.id DESC LIMIT ${PLACES_MAX}`.execute(db);
  return rows;
}

/** Writes an address of the network as the database writes it: an address of IPv6 has several spellings. */
export async function plainAddress(db: Database, ip: string): Promise<string> {
  const { rows } = await sql<{ ip: string }>`SELECT host(${ip}::inet) AS ip`.execute(db);
  return rows[0]?.ip ?? ip;
}

export async function readConflicts(db: Database): Promise<AddressConflict[]> {
  const { rows } = await sql<{ conflicts: AddressConflict[] }>`SELECT conflicts FROM topology_state`.execute(
    db,
  );
  return rows[0]?.conflicts ?? [];
}

/** Lists the names of nodes and their sites, of some that exist. */
export async function findNodePlaces(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, { name: string; site_id: string }>> {
  const { rows } = await sql<{ id: string; name: string; site_id: string }>`
    SELECT id, name, site_id FROM nodes WHERE id = ANY(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}
