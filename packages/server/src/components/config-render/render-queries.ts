import type { ComponentType, EngineChoice, SnmpPace } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

export interface ComponentRow {
  id: string;
  type: ComponentType;
  hostname: string;
  engineChoice: EngineChoice;
}

/** A node that the component gathers from, with the credentials that its inputs take, switched off or not. */
export interface TargetRow {
  id: string;
  name: string;
  ip_address: string;
  snmp_port: number;
  snmp_pace: SnmpPace | null;
  url: string | null;
  template: string;
  snmp_credential_id: string | null;
  vsphere_credential_id: string | null;
  http_credential_id: string | null;
}

export interface CredentialRow {
  id: string;
  type: string;
  secret: Buffer;
  key_version: number;
}

/** The template versions that a component is to be given. */
export interface ComponentVersions {
  /** Hash of the version of each template by its slug; none where the template does not exist. */
  hashes: ReadonlyMap<string, string>;
  /** The running rollout that has given the newest versions to the component. */
  releasedBy: string | undefined;
}

/** Decides on the versions of some templates for a component, within the transaction that reads the other rows. */
export type VersionsFor = (
  tx: Tx,
  component: Pick<ComponentRow, 'id' | 'type'>,
  slugs: readonly string[],
) => Promise<ComponentVersions>;

/** The rows that a config is made of, as they were at one moment. */
export interface RenderRows {
  component: ComponentRow;
  targets: TargetRow[];
  credentials: CredentialRow[];
  versions: ComponentVersions;
}

/** @returns undefined for a component that is not approved */
export async function readRenderRows(
  db: Database,
  componentId: string,
  versionsFor: VersionsFor,
): Promise<RenderRows | undefined> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const component = await findApprovedComponent(tx, componentId);
      if (!component) return undefined;
      const owner = sql.ref(component.type === 'agent' ? 'n.agent_id' : 'n.collector_id');
      const { rows: targets } = await sql<TargetRow>`
        SELECT n.id, n.name, n.ip_address, n.snmp_port, n.snmp_pace, n.url, n.template,
          s.credential_id AS snmp_credential_id, v.credential_id AS vsphere_credential_id,
          h.credential_id AS http_credential_id
        FROM nodes n
        LEFT JOIN node_credentials s ON s.node_id = n.id AND s.purpose = 'snmp'
        LEFT JOIN node_credentials v ON v.node_id = n.id AND v.purpose = 'vsphere'
        LEFT JOIN node_credentials h ON h.node_id = n.id AND h.purpose = 'http'
        WHERE ${owner} = ${component.id} ORDER BY n.id`.execute(tx);
      const slugs = [...new Set(targets.map(({ template }) => template))];
      const used = new Set(
        targets.flatMap((row) => [row.snmp_credential_id, row.vsphere_credential_id, row.http_credential_id]),
      );
      const credentials = await listCredentials(tx, [...used]);
      return { component, targets, credentials, versions: await versionsFor(tx, component, slugs) };
    });
}

async function findApprovedComponent(tx: Tx, id: string): Promise<ComponentRow | undefined> {
  const { rows } = await sql<ComponentRow>`
    SELECT id, component_type AS type, hostname, engine_choice AS "engineChoice" FROM remote_components
    WHERE id = ${id} AND approval = 'approved'`.execute(tx);
  return rows[0];
}

/** Lists the enabled ones among these credentials. */
async function listCredentials(tx: Tx, ids: readonly (string | null)[]): Promise<CredentialRow[]> {
  const { rows } = await sql<CredentialRow>`
    SELECT id, type, secret, key_version FROM credentials
    WHERE id = ANY(${ids.filter((id) => id !== null)}::uuid[]) AND enabled`.execute(tx);
  return rows;
}
