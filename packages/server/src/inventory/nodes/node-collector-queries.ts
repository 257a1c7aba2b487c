import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

/** Who polls a site's nodes where nobody chose a collector: the site's own, else the server's. */
const SITE_COLLECTOR = sql`coalesce(s.default_collector_id, (
  SELECT c.id FROM remote_components c
  WHERE c.is_local AND c.component_type = 'collector' AND c.approval = 'approved' LIMIT 1))`;

export async function findDefaultCollector(tx: Tx, siteId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    SELECT ${SITE_COLLECTOR} AS id FROM sites s WHERE s.id = ${siteId}`.execute(tx);
  return rows[0]?.id ?? null;
}

export interface OwnedNode {
  id: string;
  name: string;
  /** The component that gathers from it. */
  owner: string | null;
}

/**
 * Locks nodes against other changes, always in the same order, and tells who gathers from them. Nodes come before the
 * marks of their components, and those before the audit log: whoever keeps to that cannot wait in a circle.
 */
export async function lockNodes(tx: Tx, ids: readonly string[]): Promise<OwnedNode[]> {
  const { rows } = await sql<OwnedNode>`
    SELECT id, name, coalesce(agent_id, collector_id) AS owner FROM nodes
    WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`.execute(tx);
  return rows;
}

/** A node that got another collector. */
export interface MovedNode {
  id: string;
  before: string | null;
  after: string | null;
}

/** Some nodes by their ids, or all of a site. */
export type NodeChoice = { nodeIds: readonly string[] } | { siteId: string };

/** Gives nodes whose collector nobody chose, or is gone, to the one of their site. @returns those that it changed */
export function giveToSites(tx: Tx, which: NodeChoice): Promise<MovedNode[]> {
  const chosen =
    'siteId' in which ? sql`s.id = ${which.siteId}` : sql`n.id = ANY(${[...which.nodeIds]}::uuid[])`;
  return give(tx, sql`${chosen} AND (NOT n.collector_chosen OR n.collector_id IS NULL)`, SITE_COLLECTOR);
}

/** Gives a collector the nodes that nobody polls and that no other site's collector should. @returns those */
export function giveOrphans(tx: Tx, collectorId: string): Promise<MovedNode[]> {
  const which = sql`n.collector_id IS NULL
    AND coalesce(s.default_collector_id, ${collectorId}) = ${collectorId}`;
  return give(tx, which, sql`${collectorId}::uuid`);
}

/**
 * Nodes that agents report are never given to a collector, nor are those that a deleted agent left.
 *
 * @param which condition on nodes `n` and their sites `s`
 * @param collector the id of their collector from now on, of the same
 */
async function give(
  tx: Tx,
  which: RawBuilder<unknown>,
  collector: RawBuilder<unknown>,
): Promise<MovedNode[]> {
  const { rows } = await sql<MovedNode>`
    UPDATE nodes n SET collector_id = wanted.after, collector_chosen = false, updated_at = now()
    FROM (
      SELECT n.id, n.collector_id AS before, ${collector} AS after
      FROM nodes n JOIN sites s ON s.id = n.site_id
      WHERE ${which} AND n.agent_id IS NULL AND NOT EXISTS (
        SELECT FROM device_templates t JOIN device_template_versions v ON v.hash = t.hash
        WHERE t.slug = n.template AND v.gathered_by = 'agent')
      ORDER BY n.id FOR UPDATE OF n
    ) AS wanted
    WHERE n.id = wanted.id AND wanted.before IS DISTINCT FROM wanted.after
    RETURNING n.id, wanted.before, wanted.after`.execute(tx);
  return rows;
}
