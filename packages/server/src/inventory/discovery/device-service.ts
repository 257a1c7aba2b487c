import type { DiscoveredDevice } from '@stratora/contract';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { appError, fieldError, notFound } from '../../platform/http/index.ts';
import { listKnownDevices, makeIds, showDevices } from './device-queries.ts';
import { setIgnored, writeDevices } from './device-writing-queries.ts';
import { deleteIgnored, insertIgnored, listAlike, listIgnored } from './ignored-queries.ts';
import type { JobRow } from './job-row.ts';
import type { KnownDevice } from './known-device.ts';
import { getLockedJob, scopeOf } from './scan-runs.ts';

export interface DeviceServiceOptions {
  db: Database;
}

/** The service of what people say of discovered devices: which they do not want to see, which are one, and which are two. */
export class DeviceService {
  readonly #db: Database;

  constructor({ db }: DeviceServiceOptions) {
    this.#db = db;
  }

  /**
   * Ignores devices, or no longer: in this job, and wherever else from the same place the same device is found.
   * @throws AppError invalid_state for one that is a node
   */
  setIgnored(
    actor: Actor,
    jobId: string,
    { ids, isIgnored }: { ids: readonly string[]; isIgnored: boolean },
  ): Promise<{ affected: number }> {
    return once(this.#db, actor, async (tx) => {
      const job = await getLockedJob(tx, jobId);
      const devices = await requireDevices(tx, job, ids);
      const node = devices.find(({ node_id }) => isIgnored && node_id !== null);
      if (node) throw appError('invalid_state', `${node.ip_address} is a node; delete that first.`);
      const scope = scopeOf(job);
      const wanted = devices.filter((device) => device.is_ignored !== isIgnored).map(({ id }) => id);
      const alike = [...new Set([...wanted, ...(await listAlike(tx, scope, wanted))])];
      if (isIgnored) await insertIgnored(tx, scope, { ids: wanted, by: actor.name });
      else await deleteIgnored(tx, scope, wanted);
      const still = isIgnored ? [] : await listIgnored(tx, scope, alike);
      await setIgnored(
        tx,
        alike.filter((id) => !still.includes(id)),
        isIgnored,
      );
      await appendAudit(tx, actor, {
        action: isIgnored ? 'discovery_job.ignore' : 'discovery_job.unignore',
        ...objectOf(job),
        detail: { name: job.name, addresses: addressesOf(devices) },
      });
      return { affected: wanted.length };
    });
  }

  /** Makes several devices one, of which the first stays; also in later runs. @throws AppError invalid_state where two are nodes */
  merge(actor: Actor, jobId: string, ids: readonly string[]): Promise<DiscoveredDevice> {
    return once(this.#db, actor, async (tx) => {
      const job = await getLockedJob(tx, jobId);
      const devices = await requireDevices(tx, job, [...new Set(ids)]);
      const [first, ...others] = devices;
      if (first === undefined || others.length === 0)
        throw fieldError('device_ids', 'must be two devices at least');
      const nodes = new Set(devices.flatMap(({ node_id }) => node_id ?? []));
      if (nodes.size > 1)
        throw appError('invalid_state', 'Two of these devices are nodes; delete one of them first.');
      const merged = joined(first, others, actor.name);
      await writeDevices(tx, jobId, { changed: [merged], absorbed: others.map(({ id }) => id) });
      await appendAudit(tx, actor, {
        action: 'discovery_job.merge',
        ...objectOf(job),
        detail: { name: job.name, addresses: addressesOf(devices) },
      });
      return getShown(tx, jobId, merged.id);
    });
  }

  /** Makes a device of its own of some addresses of another; also in later runs. */
  split(
    actor: Actor,
    jobId: string,
    { id, addresses }: { id: string; addresses: readonly string[] },
  ): Promise<{ items: DiscoveredDevice[] }> {
    return once(this.#db, actor, async (tx) => {
      const job = await getLockedJob(tx, jobId);
      const [device] = await requireDevices(tx, job, [id], 'device_id');
      if (!device) throw notFound('This device');
      const known = new Set(device.addresses.map(({ address }) => address));
      const strange = addresses.findIndex((address) => !known.has(address));
      if (strange >= 0) throw fieldError(`addresses.${strange}`, 'is no address of this device');
      const wanted = new Set(addresses);
      if (wanted.size === known.size) throw fieldError('addresses', 'must leave the device one address');
      const [newId = ''] = await makeIds(tx, 1);
      const parts = parted(device, { newId, wanted });
      await writeDevices(tx, jobId, { changed: parts, absorbed: [] });
      await appendAudit(tx, actor, {
        action: 'discovery_job.split',
        ...objectOf(job),
        detail: { name: job.name, addresses: [...wanted] },
      });
      return { items: await showDevices(tx, jobId, [device.id, newId]) };
    });
  }
}

/** Joins devices, with the addresses of all, which are its own from now on. */
function joined(first: KnownDevice, others: readonly KnownDevice[], by: string): KnownDevice {
  const all = [first, ...others];
  const addresses = all.flatMap((device) => device.addresses.map((one) => ({ ...one, is_pinned: true })));
  const names = addresses.map(({ address }) => address).join(', ');
  const keys = new Map(all.flatMap((device) => device.keys).map((key) => [`${key.kind} ${key.value}`, key]));
  return {
    ...first,
    node_id: all.find(({ node_id }) => node_id !== null)?.node_id ?? null,
    is_gone: all.every(({ is_gone }) => is_gone),
    addresses,
    keys: [...keys.values()],
    merge_reasons: [
      ...new Set([...all.flatMap((device) => device.merge_reasons), `${by} said that ${names} are one.`]),
    ],
    first_seen_at: all.map((device) => device.first_seen_at).toSorted()[0] ?? first.first_seen_at,
    last_seen_at:
      all
        .map((device) => device.last_seen_at)
        .toSorted()
        .at(-1) ?? first.last_seen_at,
  };
}

/** Parts a device in two. What identifies it is known of both, and so identifies neither any more. */
function parted(
  device: KnownDevice,
  { newId, wanted }: { newId: string; wanted: ReadonlySet<string> },
): [KnownDevice, KnownDevice] {
  const isOwn = (address: string) => !wanted.has(address);
  const side = (isFirst: boolean) =>
    device.addresses
      .filter(({ address }) => isOwn(address) === isFirst)
      .map((one) => ({ ...one, is_pinned: true }));
  const [stays, leaves] = [side(true), side(false)];
  const addressOf = (list: typeof stays) =>
    list.find(({ address }) => address === device.ip_address)?.address ??
    list[0]?.address ??
    device.ip_address;
  return [
    { ...device, addresses: stays, ip_address: addressOf(stays), merge_reasons: [] },
    {
      ...device,
      id: newId,
      addresses: leaves,
      ip_address: addressOf(leaves),
      merge_reasons: [],
      node_id: null,
      last_change: null,
    },
  ];
}

async function requireDevices(
  tx: Tx,
  job: JobRow,
  ids: readonly string[],
  path = 'device_ids',
): Promise<KnownDevice[]> {
  const known = new Map((await listKnownDevices(tx, job.id, ids)).map((device) => [device.id, device]));
  return ids.map((id, at) => {
    const device = known.get(id);
    if (!device) throw fieldError(path === 'device_ids' ? `${path}.${at}` : path, 'is no device of this job');
    return device;
  });
}

async function getShown(tx: Tx, jobId: string, id: string): Promise<DiscoveredDevice> {
  const [device] = await showDevices(tx, jobId, [id]);
  if (!device) throw notFound('This device');
  return device;
}

function addressesOf(devices: readonly KnownDevice[]): string[] {
  return devices.map(({ ip_address }) => ip_address).slice(0, 100);
}

function objectOf({ id }: JobRow) {
  return { objectType: 'discovery_job', objectId: id };
}
