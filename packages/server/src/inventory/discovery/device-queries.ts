import type { DiscoveredDevice, DiscoveredDeviceListQuery } from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';
import { comparedFacts } from './device-book.ts';
import { DEVICE_STATE } from './job-queries.ts';
import type { KnownDevice } from './known-device.ts';
import type { DeviceAtEnd } from './run-changes.ts';

const FACTS = sql`d.ip_address, d.hostname, d.sys_name, d.sys_descr, d.sys_object_id, d.vendor, d.model, d.serial, d.firmware,
  d.os, d.family, d.device_type, d.template, d.confidence, d.reasons, d.credential_id, d.snmp_port, d.mac_address,
  d.mac_vendor, d.open_ports, d.web, d.neighbours, d.merge_reasons, d.remarks, d.node_id`;

const SHOWN = sql`d.id, d.job_id, ${FACTS}, ${DEVICE_STATE} AS state, d.first_seen_at, d.last_seen_at, d.last_change,
  c.name AS credential_name, n.name AS node_name,
  (SELECT coalesce(json_agg(a.address ORDER BY stratora_address_key(a.address) COLLATE "C"), '[]')
    FROM discovered_addresses a WHERE a.device_id = d.id) AS addresses,
  (SELECT coalesce(json_agg(json_build_object('kind', k.kind, 'value', k.value, 'is_unique', NOT EXISTS (
      SELECT FROM discovered_keys o WHERE o.job_id = k.job_id AND o.kind = k.kind AND o.value = k.value
        AND o.device_id <> k.device_id))
      ORDER BY array_position(ARRAY['serial', 'engine_id', 'base_mac', 'chassis_id', 'addresses'], k.kind), k.value), '[]')
    FROM discovered_keys k WHERE k.device_id = d.id) AS keys`;

const SORT_FIELDS: SortFields = {
  ip_address: { expression: sql`stratora_address_key(d.ip_address) COLLATE "C"`, type: 'text' },
  hostname: nameField(sql`coalesce(d.sys_name, d.hostname, '')`),
  vendor: nameField(sql`coalesce(d.vendor, '')`),
  model: nameField(sql`coalesce(d.model, '')`),
  device_type: { expression: sql`d.device_type COLLATE "C"`, type: 'text' },
  confidence: { expression: sql`d.confidence`, type: 'integer' },
  first_seen_at: { expression: sql`d.first_seen_at`, type: 'timestamptz' },
  last_seen_at: { expression: sql`d.last_seen_at`, type: 'timestamptz' },
};

interface ShownRow extends Omit<DiscoveredDevice, 'first_seen_at' | 'last_seen_at'> {
  first_seen_at: Date;
  last_seen_at: Date;
}

function toShown({ first_seen_at, last_seen_at, ...row }: ShownRow): DiscoveredDevice {
  return { ...row, first_seen_at: first_seen_at.toISOString(), last_seen_at: last_seen_at.toISOString() };
}

/** Lists what a job has found, by address unless the query says otherwise. */
export async function listDevices(db: Database, jobId: string, query: DiscoveredDeviceListQuery) {
  const page = pageOf(query, SORT_FIELDS, 'ip_address', sql`d.id`);
  const texts = [
    'ip_address',
    'hostname',
    'sys_name',
    'sys_descr',
    'vendor',
    'model',
    'serial',
    'mac_address',
    'os',
  ];
  const { state, device_type: type } = query;
  const matches = sql<boolean>`d.job_id = ${jobId}
    AND (${state ?? null}::text IS NULL OR ${DEVICE_STATE} = ${state ?? null})
    AND (${type ?? null}::text IS NULL OR d.device_type = ${type ?? null})
    AND ${contains(
      texts.map((name) => sql.ref(`d.${name}`)),
      query.search,
    )}`;
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM discovered_devices d WHERE ${matches}`.execute(db);
  const { rows } = await sql<ShownRow & { sort_key: string }>`
    SELECT ${SHOWN}, ${page.sortKey} AS sort_key FROM discovered_devices d
    LEFT JOIN credentials c ON c.id = d.credential_id LEFT JOIN nodes n ON n.id = d.node_id
    WHERE ${matches} AND ${page.after} ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted[0]?.total ?? 0, ({ sort_key: _, ...row }) => toShown(row));
}

/** Shows some devices of a job, in the order of their ids here. */
export async function showDevices(
  db: Database | Tx,
  jobId: string,
  ids: readonly string[],
): Promise<DiscoveredDevice[]> {
  const { rows } = await sql<ShownRow>`
    SELECT ${SHOWN} FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS w(id, place)
    JOIN discovered_devices d ON d.id = w.id AND d.job_id = ${jobId}
    LEFT JOIN credentials c ON c.id = d.credential_id LEFT JOIN nodes n ON n.id = d.node_id
    ORDER BY w.place`.execute(db);
  return rows.map(toShown);
}

const KNOWN = sql`d.id, ${FACTS}, d.own_addresses, d.seen_run_id, d.before, d.is_gone, d.is_ignored, d.last_change,
  d.first_seen_at, d.last_seen_at,
  (SELECT coalesce(json_agg(json_build_object('address', a.address, 'seen_run_id', a.seen_run_id,
    'is_pinned', a.is_pinned) ORDER BY a.address), '[]') FROM discovered_addresses a WHERE a.device_id = d.id) AS addresses,
  (SELECT coalesce(json_agg(json_build_object('kind', k.kind, 'value', k.value) ORDER BY k.kind, k.value), '[]')
    FROM discovered_keys k WHERE k.device_id = d.id) AS keys`;

type KnownRow = Omit<KnownDevice, 'first_seen_at' | 'last_seen_at'> & {
  first_seen_at: Date;
  last_seen_at: Date;
};

function toKnown({ first_seen_at, last_seen_at, ...row }: KnownRow): KnownDevice {
  return { ...row, first_seen_at: first_seen_at.toISOString(), last_seen_at: last_seen_at.toISOString() };
}

async function listKnown(tx: Tx, which: RawBuilder<boolean>): Promise<KnownDevice[]> {
  const { rows } =
    await sql<KnownRow>`SELECT ${KNOWN} FROM discovered_devices d WHERE ${which} ORDER BY d.id`.execute(tx);
  return rows.map(toKnown);
}

/** Lists the devices of a job that have one of these addresses or keys. The caller has locked the job. */
export function listKnownBy(
  tx: Tx,
  jobId: string,
  { addresses, keys }: { addresses: readonly string[]; keys: readonly { kind: string; value: string }[] },
): Promise<KnownDevice[]> {
  const [kinds, values] = [keys.map(({ kind }) => kind), keys.map(({ value }) => value)];
  return listKnown(
    tx,
    sql<boolean>`d.id IN (
      SELECT device_id FROM discovered_addresses WHERE job_id = ${jobId} AND address = ANY(${[...addresses]}::text[])
      UNION SELECT k.device_id FROM discovered_keys k
        JOIN unnest(${kinds}::text[], ${values}::text[]) AS w(kind, value) ON w.kind = k.kind AND w.value = k.value
        WHERE k.job_id = ${jobId})`,
  );
}

/** Lists devices of a job by their ids. The caller has locked the job. */
export function listKnownDevices(tx: Tx, jobId: string, ids: readonly string[]): Promise<KnownDevice[]> {
  return listKnown(tx, sql<boolean>`d.job_id = ${jobId} AND d.id = ANY(${[...ids]}::uuid[])`);
}

/** Lists all devices of a job as they are at the end of a run. */
export async function listAtEnd(tx: Tx, jobId: string, runId: string): Promise<DeviceAtEnd[]> {
  const devices = await listKnown(tx, sql<boolean>`d.job_id = ${jobId}`);
  return devices.map((device) => ({
    id: device.id,
    is_seen: device.seen_run_id === runId,
    is_gone: device.is_gone,
    before: device.before,
    facts: comparedFacts(device),
    addresses: device.addresses.map(({ address }) => address),
  }));
}

/** Counts the devices that a run has seen. */
export async function countSeen(tx: Tx, jobId: string, runId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM discovered_devices WHERE job_id = ${jobId} AND seen_run_id = ${runId}`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

/** Makes ids for new rows. */
export async function makeIds(tx: Tx, count: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT stratora_uuidv7() AS id FROM generate_series(1, ${count})`.execute(tx);
  return rows.map(({ id }) => id);
}
