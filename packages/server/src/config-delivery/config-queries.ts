import { sql } from 'kysely';
import type { Database, LeftOutNode, Tx } from '../db/index.ts';

export interface ComponentRow {
  id: string;
  type: 'collector' | 'agent';
  hostname: string;
}

export async function findApprovedComponent(db: Database, id: string): Promise<ComponentRow | undefined> {
  const { rows } = await sql<ComponentRow>`
    SELECT id, component_type AS type, hostname FROM remote_components
    WHERE id = ${id} AND approval = 'approved'`.execute(db);
  return rows[0];
}

export interface TargetRow {
  id: string;
  name: string;
  ip_address: string;
  snmp_port: number;
  url: string | null;
  template: string;
  credential_id: string | null;
  credential_type: string | null;
  credential_secret: Buffer | null;
  credential_key_version: number | null;
}

/** Every node that the component gathers from, with its enabled SNMP credential. */
export async function listTargets(db: Database, component: ComponentRow): Promise<TargetRow[]> {
  const owner = sql.ref(component.type === 'agent' ? 'n.agent_id' : 'n.collector_id');
  const { rows } = await sql<TargetRow>`
    SELECT n.id, n.name, n.ip_address, n.snmp_port, n.url, n.template,
      c.id AS credential_id, c.type AS credential_type, c.secret AS credential_secret,
      c.key_version AS credential_key_version
    FROM nodes n
    LEFT JOIN node_credentials nc ON nc.node_id = n.id AND nc.purpose = 'snmp'
    LEFT JOIN credentials c ON c.id = nc.credential_id AND c.enabled
    WHERE ${owner} = ${component.id}
    ORDER BY n.id`.execute(db);
  return rows;
}

export interface Generation {
  generation: number;
  hash: string;
  body: Buffer;
  keyVersion: number;
}

export async function findLatestGeneration(
  db: Database | Tx,
  componentId: string,
): Promise<Generation | undefined> {
  return db
    .selectFrom('collector_configs')
    .select(['generation', 'hash', 'body', 'key_version as keyVersion'])
    .where('component_id', '=', componentId)
    .orderBy('generation', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Publishing takes turns per component, so that generations are numbered without gaps or clashes. */
export async function lockComponent(tx: Tx, componentId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('remote_components')
    .select('id')
    .where('id', '=', componentId)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

export interface NewGeneration {
  componentId: string;
  generation: number;
  hash: string;
  body: Buffer;
  keyVersion: number;
  nodeCount: number;
  leftOut: LeftOutNode[];
  cause: string;
  actor: string | null;
}

/** How many generations of a component are kept. */
const HISTORY = 50;

export async function insertGeneration(tx: Tx, row: NewGeneration): Promise<void> {
  await tx
    .insertInto('collector_configs')
    .values({
      component_id: row.componentId,
      generation: row.generation,
      hash: row.hash,
      body: row.body,
      key_version: row.keyVersion,
      node_count: row.nodeCount,
      left_out: JSON.stringify(row.leftOut),
      cause: row.cause,
      actor: row.actor,
    })
    .execute();
  await tx
    .deleteFrom('collector_configs')
    .where('component_id', '=', row.componentId)
    .where('generation', '<=', row.generation - HISTORY)
    .execute();
}
