import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import type { MatchScope } from './node-match-queries.ts';

/** What a device is known by where it is ignored: what identifies it; else its MAC address; else its address. */
const KNOWN_BY = sql`
  SELECT d.id, k.kind, k.value FROM discovered_devices d JOIN discovered_keys k ON k.device_id = d.id
  WHERE k.kind <> 'addresses' AND NOT EXISTS (SELECT FROM discovered_keys o WHERE o.job_id = k.job_id
    AND o.kind = k.kind AND o.value = k.value AND o.device_id <> k.device_id)
  UNION ALL SELECT d.id, 'mac_address', d.mac_address FROM discovered_devices d WHERE d.mac_address IS NOT NULL
    AND NOT EXISTS (SELECT FROM discovered_keys k WHERE k.device_id = d.id AND k.kind <> 'addresses')
  UNION ALL SELECT d.id, 'address', d.ip_address FROM discovered_devices d WHERE d.mac_address IS NULL
    AND NOT EXISTS (SELECT FROM discovered_keys k WHERE k.device_id = d.id AND k.kind <> 'addresses')`;

function isSamePlace({ collectorId, siteId }: MatchScope, table: string) {
  const [collector, site] = [sql.ref(`${table}.collector_id`), sql.ref(`${table}.site_id`)];
  return sql<boolean>`${collector} IS NOT DISTINCT FROM ${collectorId}::uuid AND ${site} IS NOT DISTINCT FROM ${siteId}::uuid`;
}

/** Remembers that devices are not to be seen, by what they are known by. */
export async function insertIgnored(
  tx: Tx,
  scope: MatchScope,
  { ids, by }: { ids: readonly string[]; by: string },
): Promise<void> {
  await sql`
    INSERT INTO ignored_devices (collector_id, site_id, kind, value, ignored_by)
    SELECT DISTINCT ${scope.collectorId}::uuid, ${scope.siteId}::uuid, w.kind, w.value, ${by}
    FROM (${KNOWN_BY}) AS w WHERE w.id = ANY(${[...ids]}::uuid[])
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** Forgets that devices are not to be seen. */
export async function deleteIgnored(tx: Tx, scope: MatchScope, ids: readonly string[]): Promise<void> {
  await sql`
    DELETE FROM ignored_devices i USING (${KNOWN_BY}) AS w
    WHERE w.id = ANY(${[...ids]}::uuid[]) AND i.kind = w.kind AND i.value = w.value
      AND ${isSamePlace(scope, 'i')}`.execute(tx);
}

/** Returns the ids of those devices that are remembered as not to be seen; of all jobs from the same place. */
export async function listIgnored(tx: Tx, scope: MatchScope, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT w.id FROM (${KNOWN_BY}) AS w JOIN ignored_devices i ON i.kind = w.kind AND i.value = w.value
    WHERE w.id = ANY(${[...ids]}::uuid[]) AND ${isSamePlace(scope, 'i')}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Returns devices of other jobs from the same place that are known by the same as these. */
export async function listAlike(tx: Tx, scope: MatchScope, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT o.id FROM (${KNOWN_BY}) AS w JOIN (${KNOWN_BY}) AS o ON o.kind = w.kind AND o.value = w.value
    JOIN discovered_devices d ON d.id = o.id JOIN discovery_jobs j ON j.id = d.job_id
    WHERE w.id = ANY(${[...ids]}::uuid[]) AND ${isSamePlace(scope, 'j')}`.execute(tx);
  return rows.map(({ id }) => id);
}
