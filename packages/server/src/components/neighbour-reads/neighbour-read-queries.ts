import type { SnmpPace } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

/** The types of credentials by which a device is asked. */
const SNMP_TYPES = ['snmp_v1', 'snmp_v2c', 'snmp_v3'] as const;
export type SnmpType = (typeof SNMP_TYPES)[number];

/** A node that can be asked, with its credential sealed. */
export interface ReadableNode {
  id: string;
  host: string;
  snmpPort: number;
  pace: SnmpPace | null;
  template: string;
  credentialId: string;
  type: SnmpType;
  secret: Buffer;
  keyVersion: number;
}

/** The nodes that an approved collector polls and that have a credential of SNMP, switched on; with their last reading. */
const READABLE = sql`
  FROM nodes n
  JOIN node_credentials a ON a.node_id = n.id AND a.purpose = 'snmp'
  JOIN credentials c ON c.id = a.credential_id AND c.enabled AND c.type IN ('snmp_v1', 'snmp_v2c', 'snmp_v3')
  JOIN remote_components k ON k.id = n.collector_id AND k.approval = 'approved' AND k.component_type = 'collector'
  LEFT JOIN neighbour_systems r ON r.node_id = n.id`;

const COLUMNS = sql`
  n.id, n.ip_address AS host, n.snmp_port AS "snmpPort", n.snmp_pace AS pace, n.template, c.id AS "credentialId", c.type,
  c.secret, c.key_version AS "keyVersion"`;

/**
 * Age of a reading, from which on a node is due: the interval, or the longer one that its pace asks for, less half an interval, since
 * readings of a collector are put up an interval apart and take their time.
 */
function dueAge(intervalSeconds: number) {
  return sql`make_interval(secs =>
    greatest(${intervalSeconds}, coalesce((n.snmp_pace->>'interval_seconds')::float8, 0)) - ${intervalSeconds / 2})`;
}

/**
 * Lists the nodes of a collector that were not read for a while before a job was put up, the longest ago first: what was read since then
 * is not read again by a collector that begins the job anew.
 */
export async function listDueNodes(
  tx: Tx,
  {
    jobId,
    componentId,
    intervalSeconds,
    most,
  }: { jobId: string; componentId: string; intervalSeconds: number; most: number },
): Promise<ReadableNode[]> {
  const { rows } = await sql<ReadableNode>`
    SELECT ${COLUMNS} ${READABLE}
    CROSS JOIN (SELECT created_at FROM component_jobs WHERE id = ${jobId}) j
    WHERE n.collector_id = ${componentId}
      AND (r.read_at IS NULL OR r.read_at < j.created_at - ${dueAge(intervalSeconds)})
    ORDER BY r.read_at NULLS FIRST, n.id LIMIT ${most}`.execute(tx);
  return rows;
}

/** Finds a node of a collector that can be asked now. */
export async function findReadableNode(
  tx: Tx,
  nodeId: string,
  componentId: string,
): Promise<ReadableNode | undefined> {
  const { rows } = await sql<ReadableNode>`
    SELECT ${COLUMNS} ${READABLE} WHERE n.id = ${nodeId} AND n.collector_id = ${componentId}`.execute(tx);
  return rows[0];
}

/** Whether a collector polls a node now. */
export async function isPolledBy(tx: Tx, nodeId: string, componentId: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM nodes WHERE id = ${nodeId} AND collector_id = ${componentId}`.execute(tx);
  return rows.length > 0;
}

export interface DueCollector {
  id: string;
}

export interface DueCollectors {
  due: DueCollector[];
  /** Number of collectors that have anything to read at all. */
  all: number;
}

/**
 * Lists the collectors that are to be given a reading now, the longest waiting first: connected, with nodes that were not read within the
 * interval, and without a reading that waits, runs, or was put up so lately that the interval is still kept. One that could not do it is
 * asked again after an hour: it may have been updated.
 */
export async function listDueCollectors(
  tx: Tx,
  options: {
    kind: string;
    intervalSeconds: number;
    nodesPerJob: number;
    lostSeconds: number;
    subject: string;
  },
): Promise<DueCollectors> {
  const { kind, intervalSeconds, nodesPerJob, lostSeconds, subject } = options;
  const { rows } = await sql<{ id: string; isDue: boolean }>`
    WITH readable AS (
      SELECT n.collector_id AS id, count(*) AS nodes,
        bool_or(r.read_at IS NULL OR r.read_at < now() - ${dueAge(intervalSeconds)}) AS has_due
      ${READABLE} GROUP BY n.collector_id
    ), last AS (
      SELECT DISTINCT ON (component_id) component_id, created_at, result,
        ended_at IS NULL AND CASE WHEN fetched_at IS NULL THEN expires_at > now()
          ELSE fetched_at + make_interval(secs => run_seconds) > now() END AS is_live
      FROM component_jobs WHERE kind = ${kind} AND subject = ${subject}::jsonb
      ORDER BY component_id, created_at DESC
    )
    SELECT readable.id, coalesce(has_due AND NOT coalesce(last.is_live, false)
      AND s.last_seen_at > now() - make_interval(secs => ${lostSeconds})
      AND coalesce(last.created_at < now() - make_interval(secs => CASE
        WHEN last.result->>'outcome' = 'collector_outdated' THEN greatest(3600, ${intervalSeconds})
        ELSE ${intervalSeconds} / ceil(nodes / ${nodesPerJob}::numeric) END), true), false) AS "isDue"
    FROM readable JOIN component_states s ON s.component_id = readable.id LEFT JOIN last ON last.component_id = readable.id
    ORDER BY last.created_at NULLS FIRST, readable.id`.execute(tx);
  return { due: rows.filter(({ isDue }) => isDue), all: rows.length };
}

/** What decides whether a node can be read because somebody asks for it. */
export interface AskedNode {
  nodeId: string;
  nodeName: string;
  isReported: boolean;
  hasCredential: boolean;
  collectorId: string | null;
  collectorName: string | null;
  approval: string | null;
  isConnected: boolean;
}

export async function findAskedNode(
  tx: Tx,
  nodeId: string,
  lostSeconds: number,
): Promise<AskedNode | undefined> {
  const { rows } = await sql<AskedNode>`
    SELECT n.id AS "nodeId", n.name AS "nodeName", n.agent_id IS NOT NULL AS "isReported", c.id IS NOT NULL AS "hasCredential",
      n.collector_id AS "collectorId", k.name AS "collectorName", k.approval,
      coalesce(s.last_seen_at > now() - make_interval(secs => ${lostSeconds}), false) AS "isConnected"
    FROM nodes n
    LEFT JOIN node_credentials a ON a.node_id = n.id AND a.purpose = 'snmp'
    LEFT JOIN credentials c ON c.id = a.credential_id AND c.enabled AND c.type = ANY(${[...SNMP_TYPES]})
    LEFT JOIN remote_components k ON k.id = n.collector_id
    LEFT JOIN component_states s ON s.component_id = k.id
    WHERE n.id = ${nodeId}`.execute(tx);
  return rows[0];
}

/** Finds the version of a component's program. */
export async function findVersion(db: Database | Tx, componentId: string): Promise<string> {
  const row = await db
    .selectFrom('remote_components')
    .select('version')
    .where('id', '=', componentId)
    .executeTakeFirst();
  return row?.version ?? '';
}
