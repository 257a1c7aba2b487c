import type { GhostKind } from '@stratora/contract';
import type { DerivedLink, DeviceRef } from '@stratora/topology';
import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/index.ts';
import type { ApprovedEnd } from './approved-end.ts';

/** Number of the advisory lock under which wiring is approved; no other lock has it. */
const APPROVAL_LOCK = 7_221_044;

/** Lets one caller at a time approve wiring, or look at what became of it. */
export async function lockApprovals(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${APPROVAL_LOCK})`.execute(tx);
}

export interface Ghost {
  readonly kind: GhostKind;
  readonly since: string;
  readonly detail: string;
  readonly moved_to: string | null;
}

export interface ApprovedLinkRow {
  readonly id: string;
  readonly site_id: string;
  readonly a: ApprovedEnd;
  readonly b: ApprovedEnd;
  readonly ghost: Ghost | null;
  /** Whether a link of that id is there now. */
  readonly is_there: boolean;
}

/** Lists the links that were approved, with what became of them. */
export async function listApprovedLinks(db: Database | Tx): Promise<ApprovedLinkRow[]> {
  const { rows } = await sql<ApprovedLinkRow>`
    SELECT p.id, p.site_id, p.a, p.b, p.ghost, l.id IS NOT NULL AS is_there
    FROM approved_links p LEFT JOIN derived_links l ON l.id = p.id ORDER BY p.id`.execute(db);
  return rows;
}

/** Writes what became of an approved link; null: it is there as approved. */
export async function writeGhost(tx: Tx, id: string, ghost: Ghost | null): Promise<void> {
  await sql`UPDATE approved_links SET ghost = ${ghost && JSON.stringify(ghost)}::jsonb WHERE id = ${id}`.execute(
    tx,
  );
}

/** Lists the links that end at some devices. */
export async function listLinksAt(db: Database | Tx, devices: readonly DeviceRef[]): Promise<DerivedLink[]> {
  const ids = [...new Set(devices.map(({ id }) => id))];
  const { rows } = await sql<{ body: DerivedLink }>`
    SELECT body FROM derived_links
    WHERE a_node_id = ANY(${ids}::uuid[]) OR b_node_id = ANY(${ids}::uuid[])
      OR a_device_id = ANY(${ids}::uuid[]) OR b_device_id = ANY(${ids}::uuid[])
    ORDER BY id`.execute(db);
  return rows.map(({ body }) => body);
}

export interface ApprovalRow {
  readonly site_id: string;
  readonly site_name: string;
  readonly approved_at: Date;
  readonly approved_by: string;
  readonly links: number;
}

export async function listApprovals(db: Database | Tx): Promise<ApprovalRow[]> {
  const { rows } = await sql<ApprovalRow>`
    SELECT a.site_id, s.name AS site_name, a.approved_at, a.approved_by,
      (SELECT count(*)::int FROM approved_links l WHERE l.site_id = a.site_id) AS links
    FROM wiring_approvals a JOIN sites s ON s.id = a.site_id ORDER BY s.name, s.id`.execute(db);
  return rows;
}

/** A link with what is needed to approve it: the site that it belongs to is that of its first end that is a node. */
export interface ApprovableRow {
  readonly id: string;
  readonly site_id: string;
  readonly state: string;
  readonly body: DerivedLink;
  readonly a_name: string;
  readonly a_address: string | null;
  readonly b_name: string;
  readonly b_address: string | null;
}

const LINK_SITE = sql`coalesce(na.site_id, nb.site_id, da.site_id, db.site_id)`;
const LINK_ENDS = sql`
  LEFT JOIN nodes na ON na.id = l.a_node_id LEFT JOIN nodes nb ON nb.id = l.b_node_id
  LEFT JOIN topology_devices da ON da.id = l.a_device_id LEFT JOIN topology_devices db ON db.id = l.b_device_id`;

/** Lists the links that may be approved, of all sites, of one, or with some ids. */
export async function listApprovable(
  db: Database | Tx,
  { siteId, ids }: { siteId?: string | undefined; ids?: readonly string[] | undefined },
): Promise<ApprovableRow[]> {
  const ofSite = siteId === undefined ? sql`true` : sql`${LINK_SITE} = ${siteId}`;
  const withId = ids === undefined ? sql`true` : sql`l.id = ANY(${[...ids]}::uuid[])`;
  const { rows } = await sql<ApprovableRow>`
    SELECT l.id, ${LINK_SITE} AS site_id, l.state, l.body,
      coalesce(na.name, da.name) AS a_name, na.ip_address AS a_address,
      coalesce(nb.name, db.name) AS b_name, nb.ip_address AS b_address
    FROM derived_links l ${LINK_ENDS} WHERE ${ofSite} AND ${withId} ORDER BY l.id`.execute(db);
  return rows;
}

/** Lists the links of approved sites that nobody approved. */
export async function listNewLinkIds(db: Database | Tx, siteId?: string): Promise<string[]> {
  const ofSite = siteId === undefined ? sql`true` : sql`w.site_id = ${siteId}`;
  const { rows } = await sql<{ id: string }>`
    SELECT l.id FROM derived_links l ${LINK_ENDS}
    JOIN wiring_approvals w ON w.site_id = ${LINK_SITE}
    WHERE ${ofSite} AND NOT EXISTS (SELECT FROM approved_links p WHERE p.id = l.id) ORDER BY l.id`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Lists the sites that have links, or one alone where it exists. */
export async function listWiredSites(tx: Tx, siteId: string | undefined): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT s.id FROM sites s
    WHERE ${siteId === undefined ? sql`EXISTS (SELECT FROM derived_links l ${LINK_ENDS} WHERE ${LINK_SITE} = s.id)` : sql`s.id = ${siteId}`}
    ORDER BY s.id FOR KEY SHARE`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Approves the wiring of sites: what was approved of them before is forgotten. */
export async function replaceApprovals(
  tx: Tx,
  siteIds: readonly string[],
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await sql`DELETE FROM wiring_approvals WHERE site_id = ANY(${[...siteIds]}::uuid[])`.execute(tx);
  await sql`
    INSERT INTO wiring_approvals (site_id, approved_at, approved_by)
    SELECT id, ${at}::timestamptz, ${by} FROM unnest(${[...siteIds]}::uuid[]) AS id`.execute(tx);
}

export async function deleteApprovals(tx: Tx, siteId: string | undefined): Promise<number> {
  const ofSite = siteId === undefined ? sql`true` : sql`site_id = ${siteId}`;
  const { numAffectedRows } = await sql`DELETE FROM wiring_approvals WHERE ${ofSite}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export interface ApprovedLinkWriting {
  readonly id: string;
  readonly site_id: string;
  readonly a_node_id: string | null;
  readonly b_node_id: string | null;
  readonly a: ApprovedEnd;
  readonly b: ApprovedEnd;
}

export async function insertApprovedLinks(tx: Tx, links: readonly ApprovedLinkWriting[]): Promise<void> {
  await sql`
    INSERT INTO approved_links (id, site_id, a_node_id, b_node_id, a, b)
    SELECT l.id, l.site_id, l.a_node_id, l.b_node_id, l.a, l.b
    FROM json_to_recordset(${JSON.stringify(links)}::json)
      AS l (id uuid, site_id uuid, a_node_id uuid, b_node_id uuid, a jsonb, b jsonb)
    ON CONFLICT (id) DO UPDATE SET ghost = NULL, a = excluded.a, b = excluded.b`.execute(tx);
}

/** Forgets approved links that are not there any more. @returns the ids of those that were forgotten */
export async function deleteGhosts(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    DELETE FROM approved_links WHERE id = ANY(${[...ids]}::uuid[]) AND ghost IS NOT NULL RETURNING id`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
