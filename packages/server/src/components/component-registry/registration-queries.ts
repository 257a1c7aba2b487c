import { type Approval, COMPONENT_LOST_SECONDS, type RegisterRequest } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

export interface KnownComponent {
  id: string;
  approval: Approval;
  hostname: string;
  machine_id: string | null;
}

/**
 * Finds the component that a host was before: by its name, else by its machine id, which outlives a rename. A machine
 * id says nothing where the component that had it lives on (a cloned disk), or where two have it already.
 */
export async function findKnownComponent(
  db: Database | Tx,
  {
    component_type: type,
    hostname,
    machine_id: machineId,
  }: Pick<RegisterRequest, 'component_type' | 'hostname' | 'machine_id'>,
): Promise<KnownComponent | undefined> {
  const { rows } = await sql<KnownComponent>`
    SELECT id, approval, hostname, machine_id FROM remote_components
    WHERE component_type = ${type}
      AND (lower(hostname) = lower(${hostname}) OR (machine_id = ${machineId ?? null} AND
        (SELECT count(*) FROM remote_components o
          WHERE o.component_type = ${type} AND o.machine_id = ${machineId ?? null}) = 1
        AND NOT EXISTS (SELECT FROM component_states s WHERE s.component_id = remote_components.id
          AND s.last_seen_at > now() - ${COMPONENT_LOST_SECONDS} * interval '1 s')))
    ORDER BY (lower(hostname) = lower(${hostname})) DESC LIMIT 1`.execute(db);
  return rows[0];
}

/** Minutes after a registration within which the same host may ask again at no further use of its token. */
const RETRY_MINUTES = 10;

/** Whether this host registered with this token a moment ago, so that it only asks for an answer that was lost. */
export async function isRetry(tx: Tx, request: RegisterRequest, tokenId: string): Promise<boolean> {
  if (request.machine_id === undefined) return false;
  const { rows } = await sql`
    SELECT FROM remote_components
    WHERE component_type = ${request.component_type} AND lower(hostname) = lower(${request.hostname})
      AND machine_id = ${request.machine_id} AND enrolled_by = ${tokenId}
      AND enrolled_at > now() - ${RETRY_MINUTES} * interval '1 minute'`.execute(tx);
  return rows.length > 0;
}

export interface ComponentEntry {
  request: RegisterRequest;
  approval: Approval;
  siteId: string | null;
  tokenId: string;
  isLocal: boolean;
}

/** Inserts a component. @returns the id, or undefined when another registration of the same host was quicker */
export async function insertComponent(tx: Tx, entry: ComponentEntry): Promise<string | undefined> {
  const { request } = entry;
  const { rows } = await sql<{ id: string }>`
    INSERT INTO remote_components (component_type, name, hostname, machine_id, version, os, arch, approval, site_id,
      is_local, enrolled_by, approved_at)
    VALUES (${request.component_type}, ${request.name ?? request.hostname}, ${request.hostname},
      ${request.machine_id ?? null}, ${request.version}, ${request.os}, ${request.arch}, ${entry.approval},
      ${entry.siteId}, ${entry.isLocal}, ${entry.tokenId},
      CASE WHEN ${entry.approval} = 'approved' THEN now() END)
    ON CONFLICT (component_type, lower(hostname)) DO NOTHING
    RETURNING id`.execute(tx);
  return rows[0]?.id;
}

/** Updates a known component that registers again. */
export async function renewComponent(tx: Tx, id: string, entry: ComponentEntry): Promise<void> {
  const { request } = entry;
  await sql`
    UPDATE remote_components SET
      hostname = ${request.hostname}, machine_id = coalesce(${request.machine_id ?? null}, machine_id),
      name = coalesce(${request.name ?? null}, name), version = ${request.version}, os = ${request.os},
      arch = ${request.arch}, approval = ${entry.approval}, site_id = coalesce(${entry.siteId}, site_id),
      is_local = is_local OR ${entry.isLocal}, enrolled_by = ${entry.tokenId}, enrolled_at = now(),
      approved_at = CASE WHEN ${entry.approval} = 'approved' THEN coalesce(approved_at, now()) END,
      updated_at = now()
    WHERE id = ${id}`.execute(tx);
}

export async function lockKnownComponent(tx: Tx, id: string): Promise<KnownComponent | undefined> {
  const { rows } = await sql<KnownComponent>`
    SELECT id, approval, hostname, machine_id FROM remote_components WHERE id = ${id} FOR NO KEY UPDATE`.execute(
    tx,
  );
  return rows[0];
}
