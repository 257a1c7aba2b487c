import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

/** Where a job looks: equal addresses elsewhere are other devices. */
export interface MatchScope {
  jobId: string;
  collectorId: string | null;
  siteId: string | null;
}

/** A node `n` that is polled from where the job scans, or is reported by an agent at its site. */
function isInScope({ collectorId, siteId }: MatchScope) {
  const site = sql`coalesce(${siteId}::uuid, (SELECT c.site_id FROM remote_components c WHERE c.id = ${collectorId}),
    (SELECT s.id FROM sites s WHERE s.is_default))`;
  if (collectorId !== null)
    return sql<boolean>`(n.collector_id = ${collectorId} OR (n.agent_id IS NOT NULL AND n.site_id = ${site}))`;
  const isOurs = sql`n.agent_id IS NULL AND (n.collector_id IS NULL OR EXISTS (
    SELECT FROM remote_components c WHERE c.id = n.collector_id AND c.is_local))
    AND (${siteId}::uuid IS NULL OR n.site_id = ${siteId})`;
  return sql<boolean>`(${isOurs} OR (n.agent_id IS NOT NULL AND n.site_id = ${site}))`;
}

/** Finds for devices of a job, that are no node yet, the node at one of their addresses; the address that is asked goes first. */
export async function matchNodesByAddress(tx: Tx, scope: MatchScope, ids?: readonly string[]): Promise<void> {
  await sql`
    UPDATE discovered_devices d SET node_id = m.node_id FROM (
      SELECT DISTINCT ON (f.id) f.id, n.id AS node_id
      FROM discovered_devices f
      JOIN discovered_addresses a ON a.device_id = f.id
      JOIN nodes n ON lower(rtrim(n.ip_address, '.')) = lower(a.address)
      WHERE f.job_id = ${scope.jobId} AND f.node_id IS NULL AND ${isInScope(scope)}
        AND (${ids === undefined} OR f.id = ANY(${[...(ids ?? [])]}::uuid[]))
      ORDER BY f.id, (a.address = f.ip_address) DESC, n.id
    ) AS m WHERE d.id = m.id`.execute(tx);
}

/**
 * Finds for devices of a job, that are no node yet, the node that a device of another job from the same place is, where both have a
 * key that nobody else of those jobs has.
 */
export async function matchNodesByKey(tx: Tx, scope: MatchScope, ids: readonly string[]): Promise<void> {
  const { jobId, collectorId, siteId } = scope;
  await sql`
    UPDATE discovered_devices d SET node_id = m.node_id FROM (
      SELECT DISTINCT ON (k.device_id) k.device_id AS id, f.node_id
      FROM discovered_keys k
      JOIN discovered_keys o ON o.kind = k.kind AND o.value = k.value AND o.job_id <> k.job_id
      JOIN discovered_devices f ON f.id = o.device_id AND f.node_id IS NOT NULL
      JOIN discovery_jobs j ON j.id = f.job_id AND j.collector_id IS NOT DISTINCT FROM ${collectorId}::uuid
        AND j.site_id IS NOT DISTINCT FROM ${siteId}::uuid
      WHERE k.job_id = ${jobId} AND k.device_id = ANY(${[...ids]}::uuid[]) AND k.kind <> 'addresses'
        AND NOT EXISTS (SELECT FROM discovered_keys x WHERE x.kind = k.kind AND x.value = k.value
          AND x.job_id IN (k.job_id, o.job_id) AND x.device_id NOT IN (k.device_id, o.device_id))
      ORDER BY k.device_id, f.last_seen_at DESC
    ) AS m WHERE d.id = m.id AND d.node_id IS NULL`.execute(tx);
}
