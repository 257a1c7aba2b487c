import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import type { KnownDevice } from './known-device.ts';
import type { DeviceChange } from './run-changes.ts';

/** Writes devices of a job whole, with their addresses and keys; those that turned out to be others are deleted. */
export async function writeDevices(
  tx: Tx,
  jobId: string,
  { changed, absorbed }: { changed: readonly KnownDevice[]; absorbed: readonly string[] },
): Promise<void> {
  if (absorbed.length > 0)
    await sql`DELETE FROM discovered_devices WHERE id = ANY(${[...absorbed]}::uuid[])`.execute(tx);
  if (changed.length === 0) return;
  const rows = changed.map(({ addresses: _, keys: __, ...device }) => ({ ...device, job_id: jobId }));
  await sql`
    INSERT INTO discovered_devices
    SELECT * FROM jsonb_populate_recordset(NULL::discovered_devices, ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT (id) DO UPDATE SET (ip_address, hostname, sys_name, sys_descr, sys_object_id, vendor, model, serial, firmware,
      os, family, device_type, template, confidence, reasons, credential_id, snmp_port, mac_address, mac_vendor, open_ports,
      own_addresses, web, neighbours, merge_reasons, remarks, seen_run_id, before, last_change, is_gone, is_ignored, node_id,
      first_seen_at, last_seen_at) = (excluded.ip_address, excluded.hostname, excluded.sys_name, excluded.sys_descr,
      excluded.sys_object_id, excluded.vendor, excluded.model, excluded.serial, excluded.firmware, excluded.os,
      excluded.family, excluded.device_type, excluded.template, excluded.confidence, excluded.reasons,
      excluded.credential_id, excluded.snmp_port, excluded.mac_address, excluded.mac_vendor, excluded.open_ports,
      excluded.own_addresses, excluded.web, excluded.neighbours, excluded.merge_reasons, excluded.remarks,
      excluded.seen_run_id, excluded.before, excluded.last_change, excluded.is_gone, excluded.is_ignored, excluded.node_id,
      excluded.first_seen_at, excluded.last_seen_at)`.execute(tx);
  await writeAddresses(tx, jobId, changed);
  await writeKeys(tx, jobId, changed);
}

async function writeAddresses(tx: Tx, jobId: string, devices: readonly KnownDevice[]): Promise<void> {
  const rows = devices.flatMap(({ id, addresses }) =>
    addresses.map((address) => ({ ...address, job_id: jobId, device_id: id })),
  );
  await sql`
    DELETE FROM discovered_addresses WHERE device_id = ANY(${devices.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  );
  await sql`
    INSERT INTO discovered_addresses
    SELECT * FROM jsonb_populate_recordset(NULL::discovered_addresses, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  );
}

async function writeKeys(tx: Tx, jobId: string, devices: readonly KnownDevice[]): Promise<void> {
  const rows = devices.flatMap(({ id, keys }) =>
    keys.map((key) => ({ ...key, job_id: jobId, device_id: id })),
  );
  await sql`DELETE FROM discovered_keys WHERE device_id = ANY(${devices.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  );
  await sql`
    INSERT INTO discovered_keys
    SELECT * FROM jsonb_populate_recordset(NULL::discovered_keys, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  );
}

/**
 * Takes from the devices that a run has seen the addresses at which it did not; those that somebody said are theirs stay. A device
 * is asked at an address that it has.
 */
export async function dropUnseenAddresses(tx: Tx, jobId: string, runId: string): Promise<void> {
  await sql`
    DELETE FROM discovered_addresses a USING discovered_devices d
    WHERE d.id = a.device_id AND d.job_id = ${jobId} AND d.seen_run_id = ${runId} AND NOT a.is_pinned
      AND a.seen_run_id IS DISTINCT FROM ${runId}`.execute(tx);
}

/** Notes on the devices what a run changed. */
export async function noteChanges(
  tx: Tx,
  jobId: string,
  { runId, changes }: { runId: string; changes: readonly DeviceChange[] },
): Promise<void> {
  await sql`
    UPDATE discovered_devices SET last_change = NULL WHERE job_id = ${jobId} AND last_change IS NOT NULL`.execute(
    tx,
  );
  const text = JSON.stringify(changes);
  await sql`
    UPDATE discovered_devices d SET last_change = c.change, is_gone = d.is_gone OR c.change = 'gone'
    FROM jsonb_to_recordset(${text}::jsonb) AS c(device_id uuid, change text) WHERE d.id = c.device_id`.execute(
    tx,
  );
  await sql`
    INSERT INTO discovery_changes (run_id, device_id, ip_address, name, change, fields)
    SELECT ${runId}, d.id, d.ip_address, coalesce(d.sys_name, d.hostname), c.change, c.fields
    FROM jsonb_to_recordset(${text}::jsonb) AS c(device_id uuid, change text, fields jsonb)
    JOIN discovered_devices d ON d.id = c.device_id
    ON CONFLICT (run_id, device_id) DO NOTHING`.execute(tx);
}

/** Deletes devices that have no address any more and are nobody's node: what stood there is another device. */
export async function deleteEmptyDevices(tx: Tx, jobId: string): Promise<void> {
  await sql`
    DELETE FROM discovered_devices d WHERE d.job_id = ${jobId} AND d.node_id IS NULL AND NOT d.is_ignored
      AND NOT EXISTS (SELECT FROM discovered_addresses a WHERE a.device_id = d.id)
      AND NOT EXISTS (SELECT FROM discovered_keys k WHERE k.device_id = d.id)`.execute(tx);
}

/** Sets whether devices are ignored. */
export async function setIgnored(tx: Tx, ids: readonly string[], isIgnored: boolean): Promise<void> {
  await sql`UPDATE discovered_devices SET is_ignored = ${isIgnored} WHERE id = ANY(${[...ids]}::uuid[])`.execute(
    tx,
  );
}

/** Says which node a device is. */
export async function setNode(tx: Tx, id: string, nodeId: string): Promise<void> {
  await sql`UPDATE discovered_devices SET node_id = ${nodeId} WHERE id = ${id}`.execute(tx);
}

/** Locks a device of a job. */
export async function lockDevice(
  tx: Tx,
  jobId: string,
  id: string,
): Promise<{ node_id: string | null } | undefined> {
  const { rows } = await sql<{ node_id: string | null }>`
    SELECT node_id FROM discovered_devices WHERE id = ${id} AND job_id = ${jobId} FOR UPDATE`.execute(tx);
  return rows[0];
}
