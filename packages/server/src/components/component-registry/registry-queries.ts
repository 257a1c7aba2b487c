import type { Approval, UpdateComponent } from '@stratora/contract';
import { sql } from 'kysely';
import { type Database, hostKey, isNamed, type Tx } from '../../platform/db/index.ts';

/** Locks a component against other changes; transactions that only refer to it need not wait. */
export async function lockComponent(tx: Tx, id: string) {
  return tx
    .selectFrom('remote_components')
    .select([
      'name',
      'component_type',
      'approval',
      'is_local',
      'machine_id',
      'engine_choice',
      'pinned_generation',
    ])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function setApproval(tx: Tx, id: string, approval: Approval): Promise<void> {
  await tx
    .updateTable('remote_components')
    .set({
      approval,
      updated_at: sql`now()`,
      // A person has decided, also on another machine that goes on as this component.
      machine_changed_at: null,
      ...(approval === 'approved' ? { approved_at: sql`now()` } : {}),
    })
    .where('id', '=', id)
    .execute();
}

/** Changes a component; absent fields stay. */
export async function updateComponent(tx: Tx, id: string, change: UpdateComponent): Promise<void> {
  await tx
    .updateTable('remote_components')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.site_id === undefined ? {} : { site_id: change.site_id }),
      ...(change.engine_choice === undefined ? {} : { engine_choice: change.engine_choice }),
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .execute();
}

export async function deleteComponent(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('remote_components').where('id', '=', id).execute();
}

/** Pins a component to a generation, or to none. @returns false where it has no such generation */
export async function setPin(tx: Tx, componentId: string, generation: number | null): Promise<boolean> {
  const { rows } = await sql`
    UPDATE remote_components SET pinned_generation = ${generation}::integer, updated_at = now()
    WHERE id = ${componentId} AND (${generation}::integer IS NULL OR EXISTS (
      SELECT FROM collector_configs WHERE component_id = ${componentId} AND generation = ${generation}::integer))
    RETURNING id`.execute(tx);
  return rows.length > 0;
}

/** Writes the versions that components run, where they changed; a report without a version changes nothing. */
export async function keepVersions(
  tx: Tx,
  reported: readonly { component_id: string; version?: string | undefined }[],
): Promise<void> {
  const versions = reported.flatMap(({ component_id, version }) =>
    version === undefined ? [] : [{ component_id, version }],
  );
  if (versions.length === 0) return;
  await sql`
    UPDATE remote_components c SET version = t.version, updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) AS t(component_id uuid, version text)
    WHERE c.id = t.component_id AND c.version <> t.version`.execute(tx);
}

/** The host of a component, for the name that it is shown by. */
export interface NamedHost {
  type: string;
  siteId: string | null;
  /** The component itself, where it is known already. */
  id?: string | undefined;
}

/** Most characters of a name. */
const NAME_CHARACTERS = 200;

/**
 * Finds the name that a component is shown by: the wanted one, with its site in brackets where another component of its
 * kind is called that already.
 */
export async function distinctName(tx: Tx, wanted: string, host: NamedHost): Promise<string> {
  const { rows } = await sql<{ site_name: string }>`
    SELECT s.name AS site_name FROM sites s
    WHERE s.id = coalesce(${host.siteId}::uuid, (SELECT id FROM sites WHERE is_default)) AND EXISTS (
      SELECT FROM remote_components o WHERE o.component_type = ${host.type} AND ${isNamed(sql`o.name`, wanted)}
        AND o.id IS DISTINCT FROM ${host.id ?? null}::uuid)`.execute(tx);
  const site = rows[0]?.site_name;
  return site === undefined ? wanted : `${wanted} (${site})`.slice(0, NAME_CHARACTERS);
}

/**
 * Changes the hostname of a component, and the name that is shown where it was the same.
 * @returns false where it has that name, or a copy of its machine has
 */
export async function renameHost(tx: Tx, componentId: string, hostname: string): Promise<boolean> {
  const component = await tx
    .selectFrom('remote_components')
    .select(['component_type', 'site_id', 'name', 'hostname'])
    .where('id', '=', componentId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!component || component.hostname.toLowerCase() === hostname.toLowerCase()) return false;
  const host = { type: component.component_type, siteId: component.site_id, id: componentId };
  const isNamedByHost = component.name === component.hostname;
  const name = isNamedByHost ? await distinctName(tx, hostname, host) : component.name;
  const { rows } = await sql`
    UPDATE remote_components c SET hostname = ${hostname}, name = ${name}, updated_at = now()
    WHERE c.id = ${componentId} AND NOT EXISTS (
      SELECT FROM remote_components o
      WHERE o.id <> c.id AND o.component_type = c.component_type AND o.machine_id = c.machine_id
        AND ${hostKey(sql`o.hostname`)} = ${hostKey(sql`${hostname}::text`)})
    RETURNING c.id`.execute(tx);
  return rows.length > 0;
}

export async function findHostnames(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('remote_components')
    .select(['id', 'hostname'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, hostname }) => [id, hostname]));
}

/** Whether there is such a component, of whatever type and approval. */
export async function componentExists(db: Database, id: string): Promise<boolean> {
  const row = await db.selectFrom('remote_components').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}
