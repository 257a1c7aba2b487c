import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import { type DirtyCause, markDirty } from '../../platform/dirty-marks/index.ts';
import { startOver } from './node-queries.ts';

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

/** Marks everybody who gathers from one of these nodes. */
export async function markOwners(tx: Tx, owners: readonly (string | null)[], why: DirtyCause): Promise<void> {
  await markDirty(
    tx,
    owners.filter((id) => id !== null),
    why,
  );
}

/** A node that got another collector. */
export interface MovedNode {
  id: string;
  before: string | null;
  after: string | null;
}

/**
 * Gives nodes whose collector nobody chose, or is gone, to the one of their site.
 *
 * @param which condition on nodes `n` and their sites `s`
 * @returns those that got another collector
 */
export async function giveToSites(tx: Tx, which: RawBuilder<unknown>): Promise<MovedNode[]> {
  const { rows } = await sql<MovedNode>`
    UPDATE nodes n SET collector_id = wanted.after, collector_chosen = false, updated_at = now()
    FROM (
      SELECT n.id, n.collector_id AS before, ${SITE_COLLECTOR} AS after
      FROM nodes n JOIN sites s ON s.id = n.site_id
      WHERE ${which} AND (NOT n.collector_chosen OR n.collector_id IS NULL) AND n.agent_id IS NULL AND NOT EXISTS (
        SELECT FROM device_templates t JOIN device_template_versions v ON v.hash = t.hash
        WHERE t.slug = n.template AND v.gathered_by = 'agent')
      ORDER BY n.id FOR UPDATE OF n
    ) AS wanted
    WHERE n.id = wanted.id AND wanted.before IS DISTINCT FROM wanted.after
    RETURNING n.id, wanted.before, wanted.after`.execute(tx);
  return rows;
}

/** The same, and all that comes with it: the nodes start over, and both collectors are marked. @returns the nodes */
export async function followSites(tx: Tx, which: RawBuilder<unknown>, why: DirtyCause): Promise<string[]> {
  const moved = await giveToSites(tx, which);
  const ids = moved.map(({ id }) => id);
  await startOver(tx, ids);
  await markOwners(
    tx,
    moved.flatMap(({ before, after }) => [before, after]),
    why,
  );
  return ids;
}
