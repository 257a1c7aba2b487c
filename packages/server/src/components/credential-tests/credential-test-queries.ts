import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { TestFacts } from './credential-test-words.ts';

/** Finds the credential that a node has for a purpose. */
export async function findAttached(
  db: Database,
  nodeId: string,
  purpose: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('node_credentials')
    .select('credential_id')
    .where('node_id', '=', nodeId)
    .where('purpose', '=', purpose)
    .executeTakeFirst();
  return row?.credential_id;
}

/** A node, a credential and the node's collector, as they are now. */
export interface TestRow extends TestFacts {
  nodeId: string;
  credentialId: string;
  collectorId: string | null;
  host: string;
  snmpPort: number;
  template: string;
  secret: Buffer;
  keyVersion: number;
}

interface Row extends Omit<TestRow, 'collector'> {
  collectorName: string | null;
  approval: string;
  lastSeenAt: Date | null;
  silentSeconds: number | null;
}

/** Finds what a test is made of; undefined where the node or the credential is gone. */
export async function findTestRow(
  tx: Tx,
  nodeId: string,
  credentialId: string,
): Promise<TestRow | undefined> {
  const { rows } = await sql<Row>`
    SELECT n.id AS "nodeId", n.name AS "nodeName", n.ip_address AS host, n.snmp_port AS "snmpPort", n.url, n.template,
      n.agent_id IS NOT NULL AS "isReported", n.collector_id AS "collectorId",
      c.id AS "credentialId", c.name AS "credentialName", c.type, c.enabled AS "isEnabled", c.secret,
      c.key_version AS "keyVersion", k.name AS "collectorName", k.approval, s.last_seen_at AS "lastSeenAt",
      extract(epoch FROM now() - s.last_seen_at)::float8 AS "silentSeconds"
    FROM nodes n CROSS JOIN credentials c
    LEFT JOIN remote_components k ON k.id = n.collector_id
    LEFT JOIN component_states s ON s.component_id = k.id
    WHERE n.id = ${nodeId} AND c.id = ${credentialId}`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const { collectorName: name, approval, lastSeenAt, silentSeconds, ...rest } = row;
  const collector = name === null ? undefined : { name, approval, lastSeenAt, silentSeconds };
  return { ...rest, collector };
}

/** Whether there is such a node, or such a credential. */
export async function exists(
  db: Database | Tx,
  table: 'nodes' | 'credentials',
  id: string,
): Promise<boolean> {
  const row = await db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** Finds the version of a component's program. */
export async function findVersion(tx: Tx, componentId: string): Promise<string> {
  const row = await tx
    .selectFrom('remote_components')
    .select('version')
    .where('id', '=', componentId)
    .executeTakeFirst();
  return row?.version ?? '';
}
