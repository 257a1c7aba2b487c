import type { CreateNode, UpdateNode } from '@stratora/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';

export interface NewNode {
  siteId: string;
  collectorId: string | null;
}

/** Inserts a node that a collector polls. */
export async function insertNode(
  tx: Tx,
  input: CreateNode,
  { siteId, collectorId }: NewNode,
): Promise<string> {
  const { id } = await tx
    .insertInto('nodes')
    .values({
      name: input.name,
      ip_address: input.ip_address,
      node_type: input.node_type,
      site_id: siteId,
      template: input.template,
      collector_id: collectorId,
      collector_chosen: typeof input.collector_id === 'string',
      environment: input.environment ?? null,
      snmp_port: input.snmp_port,
      url: input.url ?? null,
      snmp_pace: input.snmp_pace == null ? null : JSON.stringify(input.snmp_pace),
      fqdn: null,
      agent_id: null,
      os: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Changes a node, but for its groups and collector; absent fields stay. */
export async function updateNode(
  tx: Tx,
  id: string,
  {
    group_ids: _groups,
    collector_id: _collector,
    allow_duplicate: _twin,
    snmp_pace: pace,
    ...columns
  }: UpdateNode,
): Promise<void> {
  await tx
    .updateTable('nodes')
    .set({
      ...definedOnly(columns),
      ...(pace === undefined ? {} : { snmp_pace: pace === null ? null : JSON.stringify(pace) }),
      ...(columns.ip_address === undefined
        ? {}
        : { address_chosen: sql<boolean>`address_chosen OR ip_address <> ${columns.ip_address}` }),
      updated_at: new Date(),
    })
    .where('id', '=', id)
    .execute();
}

function definedOnly<T extends object>(input: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

export async function deleteNodes(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('nodes')
    .where('id', 'in', [...ids])
    .execute();
}

export async function moveToSite(tx: Tx, ids: readonly string[], siteId: string): Promise<void> {
  await sql`UPDATE nodes SET site_id = ${siteId}, updated_at = now() WHERE id = ANY(${[...ids]}::uuid[])`.execute(
    tx,
  );
}

/**
 * Sets the collector that a user chose for nodes, but for those that an agent reports. @returns ids of changed nodes
 */
export async function chooseCollector(
  tx: Tx,
  ids: readonly string[],
  collectorId: string,
): Promise<string[]> {
  await sql`UPDATE nodes SET collector_chosen = true
    WHERE id = ANY(${[...ids]}::uuid[]) AND agent_id IS NULL AND NOT collector_chosen`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    UPDATE nodes SET collector_id = ${collectorId}, updated_at = now()
    WHERE id = ANY(${[...ids]}::uuid[]) AND agent_id IS NULL AND collector_id IS DISTINCT FROM ${collectorId}
    RETURNING id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Gives up the choice of a collector: the nodes are to have that of their site. */
export async function unchooseCollector(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`UPDATE nodes SET collector_chosen = false WHERE id = ANY(${[...ids]}::uuid[])`.execute(tx);
}

export interface Attachment {
  nodeId: string;
  purpose: string;
}

/** Attaches a credential. @returns false where it was attached already */
export async function attachCredential(
  tx: Tx,
  { nodeId, purpose }: Attachment,
  credentialId: string,
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO node_credentials AS known (node_id, purpose, credential_id)
    VALUES (${nodeId}, ${purpose}, ${credentialId})
    ON CONFLICT (node_id, purpose) DO UPDATE SET credential_id = excluded.credential_id
    WHERE known.credential_id <> excluded.credential_id
    RETURNING node_id`.execute(tx);
  return rows.length > 0;
}

/** Detaches a credential. @returns false where there was none */
export async function detachCredential(tx: Tx, { nodeId, purpose }: Attachment): Promise<boolean> {
  const gone = await tx
    .deleteFrom('node_credentials')
    .where('node_id', '=', nodeId)
    .where('purpose', '=', purpose)
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
