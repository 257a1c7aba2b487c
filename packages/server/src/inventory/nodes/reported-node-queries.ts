import { isIpv4, isIpv6, parseUnicastAddress } from '@stratora/contract';
import { sql } from 'kysely';
import { isNamed, type Tx } from '../../platform/db/index.ts';

export interface ReportedNode {
  componentId: string;
  /** Name of a new node. */
  name: string;
  hostname: string;
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
  // A node that a deleted agent of this host left goes on, with its history; a host of another site is another one.
  const { rows: left } = await sql<{ id: string }>`
    UPDATE nodes SET agent_id = ${node.componentId}, updated_at = now() WHERE id = (
      SELECT id FROM nodes WHERE agent_id IS NULL AND collector_id IS NULL AND template = ${node.template}
        AND (${isNamed(sql`name`, node.name)} OR ${isNamed(sql`name`, node.hostname)})
        AND site_id = coalesce(${node.siteId}::uuid, (SELECT id FROM sites WHERE is_default))
      ORDER BY id LIMIT 1 FOR UPDATE)
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

/** Whether an address is one by which others can reach the host: an IP address, of no loopback and no link. */
export function isOwnAddress(address: string): boolean {
  if (!isIpv4(address) && !isIpv6(address)) return false;
  return (
    parseUnicastAddress(address).value !== undefined && !/^(127\.|0\.|169\.254\.|::1?$|fe80:)/i.test(address)
  );
}

/**
 * Writes name, system and address of agents' nodes as reported; reports without a system are left out. An address that a
 * person gave stays, and so does one that the host still has: else its first address is the node's, since the one that
 * calls may be a proxy's or a router's.
 */
export async function keepHostFacts(tx: Tx, reported: readonly HostFacts[]): Promise<void> {
  const facts = reported
    .filter(({ os }) => os !== undefined)
    .map(({ component_id, fqdn, os, ip_addresses = [] }) => ({
      component_id,
      fqdn,
      os,
      addresses: ip_addresses.filter(isOwnAddress),
    }));
  if (facts.length === 0) return;
  await sql`
    UPDATE nodes n SET
      fqdn = coalesce(t.fqdn, n.fqdn),
      os = coalesce(t.os, n.os),
      ip_address = CASE WHEN n.address_chosen OR t.addresses @> to_jsonb(n.ip_address) THEN n.ip_address
        ELSE coalesce(t.addresses ->> 0, n.ip_address) END,
      updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
      AS t(component_id uuid, fqdn text, os text, addresses jsonb)
    WHERE n.agent_id = t.component_id AND (
      n.fqdn IS DISTINCT FROM coalesce(t.fqdn, n.fqdn) OR n.os IS DISTINCT FROM t.os
      OR (NOT n.address_chosen AND t.addresses ->> 0 IS NOT NULL
        AND NOT t.addresses @> to_jsonb(n.ip_address)))`.execute(tx);
}
