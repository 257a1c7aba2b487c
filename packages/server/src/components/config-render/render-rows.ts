import type { ComponentType, EngineChoice, TemplateInput } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

export interface ComponentRow {
  id: string;
  type: ComponentType;
  hostname: string;
  engineChoice: EngineChoice;
}

/** A node that the component gathers from, with its enabled SNMP credential. */
export interface TargetRow {
  id: string;
  name: string;
  ip_address: string;
  snmp_port: number;
  url: string | null;
  template: string;
  credential_id: string | null;
}

export interface CredentialRow {
  id: string;
  type: string;
  secret: Buffer;
  key_version: number;
}

/** Everything that a config is made of, as it was at one moment. */
export interface RenderRows {
  component: ComponentRow;
  targets: TargetRow[];
  credentials: CredentialRow[];
  /** Hash of the version of each template that the component's nodes have; none where it does not exist. */
  versions: Map<string, string>;
  /** The rollout that has given the new versions to the component, if one is going on. */
  releasedBy: string | undefined;
}

export interface RenderView {
  /** As if no rollout held it back. */
  isReleased?: boolean;
}

/** @returns undefined for a component that is not approved */
export async function readRenderRows(
  db: Database,
  componentId: string,
  view: RenderView = {},
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
        SELECT n.id, n.name, n.ip_address, n.snmp_port, n.url, n.template, nc.credential_id
        FROM nodes n LEFT JOIN node_credentials nc ON nc.node_id = n.id AND nc.purpose = 'snmp'
        WHERE ${owner} = ${component.id} ORDER BY n.id`.execute(tx);
      const slugs = [...new Set(targets.map(({ template }) => template))];
      const used = new Set(targets.map(({ credential_id: id }) => id));
      const credentials = await listCredentials(tx, [...used]);
      return { component, targets, credentials, ...(await findVersions(tx, component, { slugs, view })) };
    });
}

async function findApprovedComponent(tx: Tx, id: string): Promise<ComponentRow | undefined> {
  const { rows } = await sql<ComponentRow>`
    SELECT id, component_type AS type, hostname, engine_choice AS "engineChoice" FROM remote_components
    WHERE id = ${id} AND approval = 'approved'`.execute(tx);
  return rows[0];
}

/** Of these ids, those that are enabled. */
async function listCredentials(tx: Tx, ids: readonly (string | null)[]): Promise<CredentialRow[]> {
  const { rows } = await sql<CredentialRow>`
    SELECT id, type, secret, key_version FROM credentials
    WHERE id = ANY(${ids.filter((id) => id !== null)}::uuid[]) AND enabled`.execute(tx);
  return rows;
}

/**
 * The versions of templates for a component: those in force, but for the older ones that a rollout keeps it at. A
 * component that a rollout does not know (it came to a changed template later) is held like all who were not reached.
 */
async function findVersions(
  tx: Tx,
  component: ComponentRow,
  { slugs, view }: { slugs: readonly string[]; view: RenderView },
): Promise<Pick<RenderRows, 'versions' | 'releasedBy'>> {
  const { rows: rollouts } = await sql<{ id: string; is_held: boolean | null }>`
    SELECT r.id, m.is_held FROM rollouts r
    LEFT JOIN rollout_components m ON m.rollout_id = r.id AND m.component_id = ${component.id}
    WHERE r.component_type = ${component.type} AND r.state IN ('running', 'stopped')`.execute(tx);
  const [rollout] = rollouts;
  const holder = rollout && rollout.is_held !== false && !view.isReleased ? rollout.id : null;
  const { rows } = await sql<{ slug: string; hash: string | null }>`
    SELECT s.slug, coalesce(v.old_hash, rt.old_hash, t.hash) AS hash
    FROM unnest(${slugs}::text[]) AS s(slug)
    LEFT JOIN device_templates t ON t.slug = s.slug
    LEFT JOIN rollout_templates rt ON rt.rollout_id = ${holder}::uuid AND rt.slug = s.slug
    LEFT JOIN rollout_versions v
      ON v.rollout_id = rt.rollout_id AND v.component_id = ${component.id} AND v.slug = s.slug`.execute(tx);
  return {
    versions: new Map(rows.flatMap(({ slug, hash }) => (hash === null ? [] : [[slug, hash] as const]))),
    releasedBy: rollout?.is_held === false ? rollout.id : undefined,
  };
}

export interface VersionRow {
  hash: string;
  gathered_by: ComponentType;
  inputs: TemplateInput[];
}

export async function listVersions(db: Database, hashes: readonly string[]): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    SELECT hash, gathered_by, inputs FROM device_template_versions WHERE hash = ANY(${hashes}::text[])`.execute(
    db,
  );
  return rows;
}
