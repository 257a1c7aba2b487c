import { type Approval, COMPONENT_LOST_SECONDS, type RegisterRequest } from '@stratora/contract';
import { sql } from 'kysely';
import { type Database, hostKey, type Tx } from '../../platform/db/index.ts';

/** A component that a host which registers may be: one of its kind with its name or machine id. */
export interface RegistrationCandidate {
  id: string;
  name: string;
  approval: Approval;
  machineId: string | null;
  hostname: string;
  /** The default site where it was given none. */
  siteId: string;
  /** Whether it belongs to the server itself. */
  isLocal: boolean;
  /** The address that it called from last; null where it has never called. */
  address: string | null;
  /** Whether it was heard from in the last ten minutes. */
  isHeard: boolean;
  /** Whether it was heard from later than a minute after it registered: until then its installation may be repeated. */
  isSettled: boolean;
  /** Whether data or signs of life of it came in within the last minute. */
  isOnline: boolean;
  /** Whether another machine waits for a person to let it go on as this component. */
  isClaimed: boolean;
}

type Host = Pick<RegisterRequest, 'component_type' | 'hostname' | 'machine_id'>;

/** Minutes after which a component that says nothing counts as silent: another machine of its name may go on as it. */
const SILENT_MINUTES = 10;
/** Seconds after a registration in which the same host may be at it once more, by hand or since its answer was lost. */
const SETTLING_SECONDS = 60;
/** First half of the keys of advisory locks on hosts that register. */
const HOST_LOCK = 0x57a7;

/**
 * Locks a host's name and its machine id until the end of the transaction, so that racing registrations see each other's
 * component. Taken before any component is locked.
 */
export async function lockHost(
  tx: Tx,
  { component_type: type, hostname, machine_id: machine }: Host,
): Promise<void> {
  const names = [
    `${type} name ${hostname.toLowerCase()}`,
    ...(machine ? [`${type} machine ${machine}`] : []),
  ];
  await sql`
    SELECT pg_advisory_xact_lock(${HOST_LOCK}, key) FROM (
      SELECT DISTINCT hashtext(name) AS key FROM unnest(${names}::text[]) AS name ORDER BY 1) AS keys`.execute(
    tx,
  );
}

/** Finds the components of a host's name or machine id and locks them, last heard first. */
export async function lockCandidates(tx: Tx, host: Host): Promise<RegistrationCandidate[]> {
  const { rows } = await sql<RegistrationCandidate & { heardAt: Date }>`
    SELECT c.id, c.name, c.approval, c.machine_id AS "machineId", c.hostname, c.is_local AS "isLocal",
      s.address,
      coalesce(c.site_id, (SELECT id FROM sites WHERE is_default)) AS "siteId",
      greatest(s.last_seen_at, c.heard_at) AS "heardAt",
      greatest(s.last_seen_at, c.heard_at) > now() - ${SILENT_MINUTES} * interval '1 minute' AS "isHeard",
      greatest(s.last_seen_at, c.heard_at) > c.enrolled_at + ${SETTLING_SECONDS} * interval '1 s' AS "isSettled",
      coalesce(s.last_seen_at > now() - ${COMPONENT_LOST_SECONDS} * interval '1 s', false) AS "isOnline",
      c.machine_changed_at IS NOT NULL AS "isClaimed"
    FROM remote_components c LEFT JOIN component_states s ON s.component_id = c.id
    WHERE c.component_type = ${host.component_type}
      AND (${hostKey(sql`c.hostname`)} = ${hostKey(sql`${host.hostname}::text`)} OR c.machine_id = ${host.machine_id ?? null})
    ORDER BY c.id FOR NO KEY UPDATE OF c`.execute(tx);
  return rows
    .toSorted((a, b) => b.heardAt.getTime() - a.heardAt.getTime())
    .map(({ heardAt: _, ...candidate }) => candidate);
}

/**
 * Whether the host was revoked or rejected as a component of the other kind. A name stands for a host only where neither of
 * the two has a machine id.
 */
export async function isBarredOtherwise(tx: Tx, host: Host): Promise<boolean> {
  const machine = host.machine_id ?? null;
  const { rows } = await sql`
    SELECT FROM remote_components
    WHERE component_type <> ${host.component_type} AND approval IN ('revoked', 'rejected')
      AND (machine_id = ${machine}::text
        OR (${machine}::text IS NULL AND machine_id IS NULL
          AND ${hostKey(sql`hostname`)} = ${hostKey(sql`${host.hostname}::text`)}))
    LIMIT 1`.execute(tx);
  return rows.length > 0;
}

/** Minutes after a registration within which the same host may ask again at no further use of its token. */
const RETRY_MINUTES = 10;

/** Whether this host registered with this token a moment ago, so that it only asks for an answer that was lost. */
export async function isRetry(tx: Tx, request: RegisterRequest, tokenId: string): Promise<boolean> {
  if (request.machine_id === undefined) return false;
  const { rows } = await sql`
    SELECT FROM remote_components
    WHERE component_type = ${request.component_type} AND ${hostKey(sql`hostname`)} = ${hostKey(sql`${request.hostname}::text`)}
      AND machine_id = ${request.machine_id} AND enrolled_by = ${tokenId}
      AND enrolled_at > now() - ${RETRY_MINUTES} * interval '1 minute'`.execute(tx);
  return rows.length > 0;
}

export interface ComponentEntry {
  request: RegisterRequest;
  /** Name to be shown; undefined keeps that of a known component. */
  name: string | undefined;
  approval: Approval;
  /** Whether a person must let the new machine go on as this component. */
  changedMachine: boolean;
  machineId: string | null;
  siteId: string | null;
  tokenId: string;
  isLocal: boolean;
}

export async function insertComponent(tx: Tx, entry: ComponentEntry): Promise<string> {
  const { request } = entry;
  const { rows } = await sql<{ id: string }>`
    INSERT INTO remote_components (component_type, name, hostname, machine_id, version, os, arch, approval, site_id,
      is_local, enrolled_by, approved_at)
    VALUES (${request.component_type}, ${entry.name ?? request.hostname}, ${request.hostname},
      ${entry.machineId}, ${request.version}, ${request.os}, ${request.arch}, ${entry.approval},
      ${entry.siteId}, ${entry.isLocal}, ${entry.tokenId},
      CASE WHEN ${entry.approval} = 'approved' THEN now() END)
    RETURNING id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the database gave no id');
  return id;
}

/** Updates a known component that registers again. */
export async function renewComponent(tx: Tx, id: string, entry: ComponentEntry): Promise<void> {
  const { request } = entry;
  await sql`
    UPDATE remote_components SET
      hostname = ${request.hostname}, machine_id = ${entry.machineId},
      name = coalesce(${entry.name ?? null}, name), version = ${request.version}, os = ${request.os},
      arch = ${request.arch}, approval = ${entry.approval}, site_id = coalesce(${entry.siteId}, site_id),
      is_local = is_local OR ${entry.isLocal}, enrolled_by = ${entry.tokenId}, enrolled_at = now(), heard_at = now(),
      machine_changed_at = CASE WHEN ${entry.changedMachine} THEN coalesce(machine_changed_at, now()) END,
      approved_at = CASE WHEN ${entry.approval} = 'approved' THEN coalesce(approved_at, now()) END,
      updated_at = now()
    WHERE id = ${id}`.execute(tx);
}

/** Notes that components which wait for approval have asked. */
export async function keepAsked(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`UPDATE remote_components SET heard_at = now() WHERE id = ANY(${[...ids]}::uuid[])`.execute(db);
}
