import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

/** The collector of a site's nodes where nobody chose one: the site's own, else the server's. */
const SITE_COLLECTOR = sql`coalesce(s.default_collector_id, (
  SELECT c.id FROM remote_components c
  WHERE c.is_local AND c.component_type = 'collector' AND c.approval = 'approved' LIMIT 1))`;

/** Number of the advisory lock around who polls nodes by default; no other lock has it. */
const DEFAULT_COLLECTOR_LOCK = 7_221_002;

/**
 * Keeps the server's collector from coming, until the transaction ends. A node that is given no collector, since there
 * is none yet, would otherwise be seen neither by that collector's search for orphans nor by anybody after it.
 */
async function holdDefaultCollector(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(${DEFAULT_COLLECTOR_LOCK})`.execute(tx);
}

export async function findDefaultCollector(tx: Tx, siteId: string): Promise<string | null> {
  await holdDefaultCollector(tx);
  const { rows } = await sql<{ id: string | null }>`
    SELECT ${SITE_COLLECTOR} AS id FROM sites s WHERE s.id = ${siteId}`.execute(tx);
  return rows[0]?.id ?? null;
}

export interface OwnedNode {
  id: string;
  name: string;
  /** Id of the component that gathers from the node. */
  owner: string | null;
}

/**
 * Locks nodes against other changes, always in the same order, and finds the components that gather from them. Nodes
 * are locked before the marks of their components, and those before the audit log, so that transactions cannot wait in
 * a circle; the default collector is held before all of them.
 */
export async function lockNodes(tx: Tx, ids: readonly string[]): Promise<OwnedNode[]> {
  await holdDefaultCollector(tx);
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

/** A choice of nodes: some by their ids, or all of a site. */
export type NodeChoice = { nodeIds: readonly string[] } | { siteId: string };

/** Gives nodes whose collector nobody chose, or is gone, that of their site. @returns the changed nodes */
export async function setSiteCollectors(tx: Tx, which: NodeChoice): Promise<MovedNode[]> {
  await holdDefaultCollector(tx);
  const chosen =
    'siteId' in which ? sql`s.id = ${which.siteId}` : sql`n.id = ANY(${[...which.nodeIds]}::uuid[])`;
  return setCollector(
    tx,
    sql`${chosen} AND (NOT n.collector_chosen OR n.collector_id IS NULL)`,
    SITE_COLLECTOR,
  );
}

/**
 * Gives a collector the nodes that nobody polls and that no collector of a site should. Waits for transactions that may
 * add such nodes.
 * @returns the changed nodes
 */
export async function setOrphanCollector(tx: Tx, collectorId: string): Promise<MovedNode[]> {
  await sql`SELECT pg_advisory_xact_lock(${DEFAULT_COLLECTOR_LOCK})`.execute(tx);
  const which = sql`n.collector_id IS NULL
    AND coalesce(s.default_collector_id, ${collectorId}) = ${collectorId}`;
  return setCollector(tx, which, sql`${collectorId}::uuid`);
}

/**
 * Gives nodes a collector, but for those that agents report or that a deleted agent left.
 *
 * @param which condition on nodes `n` and their sites `s`
 * @param collector expression for the id of their new collector, on the same
 */
async function setCollector(
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
