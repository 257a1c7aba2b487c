import type { TopologyTier } from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
import { type Database, nameField } from '../../../platform/db/index.ts';
import type { ShownDeviceRow } from './shown-device.ts';

export interface ShownNodeRow {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly device_type: string;
  readonly site_id: string;
  readonly tier: TopologyTier | null;
  readonly reasons: string[] | null;
  readonly read_at: Date | null;
  readonly guests: number | null;
  readonly x: number | null;
  readonly y: number | null;
  readonly is_placed_by_hand: boolean | null;
}

/** Lists nodes by name: those of a site, those with some ids, or all. */
export async function listShownNodes(
  db: Database,
  { site_id: siteId, ids }: { site_id?: string | undefined; ids?: readonly string[] | undefined },
): Promise<ShownNodeRow[]> {
  const ofSite = siteId === undefined ? sql`true` : sql`n.site_id = ${siteId}`;
  const withId = ids === undefined ? sql`true` : sql`n.id = ANY(${[...ids]}::uuid[])`;
  const { rows } = await sql<ShownNodeRow>`
    SELECT n.id, n.name, s.status, n.node_type AS device_type, n.site_id, p.tier, t.reasons, r.read_at, t.guests, p.x, p.y,
      p.is_placed_by_hand
    FROM nodes n JOIN node_states s ON s.node_id = n.id
    LEFT JOIN map_positions p ON p.id = n.id
    LEFT JOIN topology_nodes t ON t.node_id = n.id
    LEFT JOIN neighbour_systems r ON r.node_id = n.id
    WHERE ${ofSite} AND ${withId} ORDER BY ${nameField(sql`n.name`).expression}, n.id`.execute(db);
  return rows;
}

async function readDevices(db: Database, condition: RawBuilder<unknown>): Promise<ShownDeviceRow[]> {
  const { rows } = await sql<ShownDeviceRow>`
    SELECT d.id, d.kind, d.site_id, d.body, p.x, p.y, p.tier, p.is_placed_by_hand
    FROM topology_devices d LEFT JOIN map_positions p ON p.id = d.id
    WHERE ${condition} ORDER BY d.name, d.id`.execute(db);
  return rows;
}

/** Lists devices that are no nodes: those of a site and those with some ids, or all. */
export function listShownDevices(
  db: Database,
  { siteId, ids }: { siteId?: string | undefined; ids?: readonly string[] | undefined },
): Promise<ShownDeviceRow[]> {
  const withId = sql`d.id = ANY(${[...(ids ?? [])]}::uuid[])`;
  if (siteId !== undefined) return readDevices(db, sql`d.site_id = ${siteId} OR ${withId}`);
  return readDevices(db, ids === undefined ? sql`true` : withId);
}

/** Finds devices that are no nodes, by id. */
export function findDevices(db: Database, ids: readonly string[]): Promise<ShownDeviceRow[]> {
  return listShownDevices(db, { ids });
}

export interface MapStateRow {
  readonly derived_at: Date | null;
  readonly laid_out_at: Date | null;
  readonly is_plain_layout: boolean;
}

export async function readMapState(db: Database): Promise<MapStateRow> {
  const { rows } = await sql<MapStateRow>`
    SELECT derived_at, laid_out_at, is_plain_layout FROM topology_state`.execute(db);
  return rows[0] ?? { derived_at: null, laid_out_at: null, is_plain_layout: false };
}

/** Lists the names of sites by id. */
export async function listSiteNames(db: Database): Promise<Map<string, string>> {
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`SELECT id, name FROM sites ORDER BY name, id`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Finds when the neighbours of a node were read, and why links of it may be missing; undefined where there is no such node. */
export async function findNodeNote(
  db: Database,
  nodeId: string,
): Promise<{ read_at: Date | null; reasons: string[] | null } | undefined> {
  const { rows } = await sql<{ read_at: Date | null; reasons: string[] | null }>`
    SELECT r.read_at, t.reasons FROM nodes n
    LEFT JOIN neighbour_systems r ON r.node_id = n.id LEFT JOIN topology_nodes t ON t.node_id = n.id
    WHERE n.id = ${nodeId}`.execute(db);
  return rows[0];
}
