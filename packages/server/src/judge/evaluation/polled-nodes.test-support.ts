import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';

/** Adds a collector that was let in. @returns its id */
export async function addCollector(db: Database): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO remote_components (component_type, name, hostname, version, os, arch, approval)
    VALUES ('collector', 'hall', 'hall', '1', 'linux', 'x64', 'approved') RETURNING id`.execute(db);
  const id = rows[0]?.id ?? '';
  await sql`INSERT INTO component_states (component_id) VALUES (${id}) ON CONFLICT DO NOTHING`.execute(db);
  return id;
}

/** Adds nodes of given ids that one collector polls. */
export async function addPolledNodes(db: Database, ids: readonly string[]): Promise<void> {
  const collector = await addCollector(db);
  await sql`
    INSERT INTO nodes (id, name, ip_address, node_type, site_id, template, collector_id)
    SELECT t.id, 'node ' || t.n, '10.66.0.' || t.n, 'switch', s.id, 'ping', ${collector}
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS t(id, n), sites s WHERE s.is_default`.execute(db);
}
