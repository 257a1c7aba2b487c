import { sql } from 'kysely';
import { isNamed, type Tx } from '../../platform/db/index.ts';

export interface ReportedNode {
  componentId: string;
  name: string;
  address: string;
  os: string;
  siteId: string | null;
  template: string;
}

/** Device templates that registration chooses from. */
const AGENT_TEMPLATES: ReadonlySet<string> = new Set(['linux-agent', 'windows-agent']);

/** Finds the node that an agent reports, or makes it at the first registration. */
export async function ensureReportedNode(
  tx: Tx,
  node: ReportedNode,
): Promise<{ id: string; isNew: boolean }> {
  const known = await tx
    .selectFrom('nodes')
    .select(['id', 'template'])
    .where('agent_id', '=', node.componentId)
    .executeTakeFirst();
  if (known) {
    // The host may have another system now; a template of the user's own choice stays.
    if (known.template !== node.template && AGENT_TEMPLATES.has(known.template)) {
      const changes = { template: node.template, os: node.os };
      await tx.updateTable('nodes').set(changes).where('id', '=', known.id).execute();
    }
    return { id: known.id, isNew: false };
  }
  // A node that a deleted agent of this host left goes on, with its history.
  const { rows: left } = await sql<{ id: string }>`
    UPDATE nodes SET agent_id = ${node.componentId}, updated_at = now() WHERE id = (
      SELECT id FROM nodes WHERE agent_id IS NULL AND collector_id IS NULL AND template = ${node.template}
        AND ${isNamed(sql`name`, node.name)} ORDER BY id LIMIT 1 FOR UPDATE)
    RETURNING id`.execute(tx);
  if (left[0]) return { id: left[0].id, isNew: false };
  const { rows } = await sql<{ id: string }>`
    INSERT INTO nodes (name, ip_address, node_type, site_id, template, agent_id, os)
    VALUES (${node.name}, ${node.address}, 'server',
      coalesce(${node.siteId}::uuid, (SELECT id FROM sites WHERE is_default)), ${node.template}, ${node.componentId},
      ${node.os})
    RETURNING id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the database gave no id');
  return { id, isNew: true };
}

/** Facts that an agent reports of its host. */
export interface HostFacts {
  component_id: string;
  fqdn?: string | undefined;
  os?: string | undefined;
  ip_addresses?: readonly string[] | undefined;
}

/** Writes name, system and address of agents' nodes as reported; reports without a system are left out. */
export async function keepHostFacts(tx: Tx, reported: readonly HostFacts[]): Promise<void> {
  const facts = reported
    .filter(({ os }) => os !== undefined)
    .map(({ component_id, fqdn, os, ip_addresses }) => ({ component_id, fqdn, os, ip_addresses }));
  if (facts.length === 0) return;
  // An agent beside the server is seen as 127.0.0.1; its host's own first address says more.
  await sql`
    UPDATE nodes n SET
      fqdn = coalesce(t.fqdn, n.fqdn),
      os = coalesce(t.os, n.os),
      ip_address = CASE WHEN n.ip_address IN ('127.0.0.1', '::1') THEN coalesce(t.first_address, n.ip_address)
        ELSE n.ip_address END,
      updated_at = now()
    FROM (
      SELECT component_id, fqdn, os, (
        SELECT a FROM jsonb_array_elements_text(ip_addresses) AS a
        WHERE a !~ '^(127\\.|169\\.254\\.|::1$|fe80:)' LIMIT 1) AS first_address
      FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
        AS t(component_id uuid, fqdn text, os text, ip_addresses jsonb)
    ) AS t
    WHERE n.agent_id = t.component_id AND (
      n.fqdn IS DISTINCT FROM coalesce(t.fqdn, n.fqdn) OR n.os IS DISTINCT FROM t.os
      OR (n.ip_address IN ('127.0.0.1', '::1') AND t.first_address IS NOT NULL))`.execute(tx);
}
