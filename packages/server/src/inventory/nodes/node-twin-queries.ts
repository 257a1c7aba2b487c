import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

/** A node at an address where another is polled already. */
export interface NodeTwin {
  id: string;
  name: string;
  /** Address of both, as the other one has it. */
  ip_address: string;
  site_name: string;
}

/**
 * The address of a node, by its alias, in the one form in which addresses are compared: names know no case and no last
 * dot. A zone knows its case; an address without one is kept in small letters.
 */
const addressOf = (node: RawBuilder<unknown>) =>
  sql`lower(rtrim(${node}.ip_address, '.')), split_part(${node}.ip_address, '%', 2)`;

const LOOPBACK = String.raw`^(127\.|::1$|localhost\.?$)`;

/** Condition on a node, by its alias: polled, and not reported by an agent that is there or was. */
function isPolled(node: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${node}.agent_id IS NULL AND NOT EXISTS (
    SELECT FROM device_templates t JOIN device_template_versions v ON v.hash = t.hash
    WHERE t.slug = ${node}.template AND v.gathered_by = 'agent')`;
}

/**
 * Keeps others from adding nodes to the sites of these, or moving nodes about there, until the transaction ends. A lock
 * of each address would be finer, and ten thousand of them more than PostgreSQL has room for (max_locks_per_transaction).
 */
export async function holdSites(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    SELECT pg_advisory_xact_lock(place) FROM (
      SELECT DISTINCT hashtextextended('nodes of ' || n.site_id, 0) AS place
      FROM nodes n WHERE n.id = ANY(${[...ids]}::uuid[]) ORDER BY place
    ) AS places`.execute(tx);
}

/**
 * Finds a node at the address, port and site of one of these. Nodes with two web addresses are two targets: a host has
 * many pages. So are two at the loopback address, with two collectors: each of them is itself there.
 */
export async function findTwin(tx: Tx, ids: readonly string[]): Promise<NodeTwin | undefined> {
  const { rows } = await sql<NodeTwin>`
    SELECT n.id, n.name, n.ip_address, si.name AS site_name
    FROM nodes own
    JOIN nodes n ON n.site_id = own.site_id AND n.snmp_port = own.snmp_port AND n.id <> own.id
      AND (${addressOf(sql`n`)}) = (${addressOf(sql`own`)})
      AND (n.url IS NULL OR own.url IS NULL OR n.url = own.url)
      AND (n.ip_address !~ ${LOOPBACK} OR n.collector_id IS NOT DISTINCT FROM own.collector_id)
    JOIN sites si ON si.id = n.site_id
    WHERE own.id = ANY(${[...ids]}::uuid[]) AND ${isPolled(sql`own`)} AND ${isPolled(sql`n`)}
    ORDER BY n.id LIMIT 1`.execute(tx);
  return rows[0];
}
