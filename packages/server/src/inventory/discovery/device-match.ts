import type { FoundDevice } from '@stratora/contract';
import { type IdentityKey, keyName, sameWords, strengthOf } from './identity-keys.ts';
import type { KnownDevice } from './known-device.ts';

/** Which devices a finding is. */
export interface DeviceMatch {
  /** The one that it is; undefined for a new one. */
  readonly device: KnownDevice | undefined;
  /** Others that turn out to be the same. */
  readonly absorbed: readonly KnownDevice[];
  /** Why addresses are one device, in sentences. */
  readonly reasons: readonly string[];
}

export interface MatchFacts {
  readonly found: FoundDevice;
  readonly keys: readonly IdentityKey[];
  /** Devices of the job with one of its addresses or keys. */
  readonly known: readonly KnownDevice[];
  readonly runId: string;
}

/**
 * Decides which known device a finding is. Somebody's word goes first; then what identifies a device, the strongest first; then its
 * address, unless what stands there now identifies another one. A key that devices have which cannot be the same identifies none.
 */
export function matchDevice(facts: MatchFacts): DeviceMatch {
  const { found, known } = facts;
  const at = new Set([found.address, ...found.also_at]);
  const pinned = known.find((device) => device.addresses.some((one) => one.is_pinned && at.has(one.address)));
  if (pinned) return { device: pinned, absorbed: [], reasons: [] };
  const same = sameByKeys(facts);
  const holders = known.filter((device) => device.addresses.some(({ address }) => at.has(address)));
  const byAddress = holders.find((device) => !excludes(facts, device, undefined));
  const [first] = same;
  if (first === undefined) return { device: byAddress, absorbed: [], reasons: [] };
  // What was found earlier by its address alone is the same device, where nothing speaks against it.
  const joined = same.map(({ device }) => device);
  if (byAddress !== undefined && !joined.includes(byAddress) && isNameless(byAddress, found))
    joined.push(byAddress);
  const device = chooseHost(joined);
  const isOtherNode = ({ node_id: node }: KnownDevice) =>
    node !== null && device.node_id !== null && node !== device.node_id;
  const absorbed = joined.filter((other) => other !== device && !isOtherNode(other));
  return { device, absorbed, reasons: same.flatMap((one) => reasonOf(one, found)) };
}

/** Whether nothing is known that would tell a device from a finding. */
function isNameless({ keys, mac_address: mac }: KnownDevice, found: FoundDevice): boolean {
  return keys.length === 0 && (mac === null || found.mac_address === null || mac === found.mac_address);
}

interface SameByKey {
  readonly device: KnownDevice;
  readonly key: IdentityKey;
}

/** Finds the devices that have a key of the finding which identifies one device alone. */
function sameByKeys(facts: MatchFacts): SameByKey[] {
  const { keys, known } = facts;
  const found: SameByKey[] = [];
  for (const key of keys) {
    const owners = known.filter((device) => device.keys.some((own) => keyName(own) === keyName(key)));
    const [device] = owners;
    if (device === undefined || owners.length > 1 || excludes(facts, device, key)) continue;
    if (!found.some((one) => one.device === device)) found.push({ device, key });
  }
  return found;
}

/**
 * Whether a finding cannot be a device although they share a key, or an address where none is given: a key as strong or stronger
 * differs; or both were found in this run, and what they say of themselves cannot be said by one device.
 */
function excludes(
  { found, keys, runId }: MatchFacts,
  device: KnownDevice,
  by: IdentityKey | undefined,
): boolean {
  const differs = (kind: IdentityKey['kind']) => {
    const [ours, theirs] = [keys, device.keys].map((list) => list.filter((key) => key.kind === kind));
    if (!ours?.length || !theirs?.length) return false;
    return !ours.some((key) => theirs.some((other) => other.value === key.value));
  };
  const isStronger = (kind: IdentityKey['kind']) =>
    kind !== 'addresses' && (by === undefined || strengthOf({ kind }) < strengthOf(by));
  const kinds = new Set(keys.map(({ kind }) => kind));
  const hasSame = keys.some((key) => device.keys.some((own) => keyName(own) === keyName(key)));
  if ([...kinds].some((kind) => isStronger(kind) && differs(kind)) && (by !== undefined || !hasSame))
    return true;
  return by !== undefined && device.seen_run_id === runId && contradicts(found, device);
}

/** Whether two findings of the same run cannot come from one device: their own addresses have nothing in common, or their names. */
function contradicts(found: FoundDevice, device: KnownDevice): boolean {
  const own = new Set(found.own_addresses);
  if (own.size > 0 && device.own_addresses.length > 0) {
    const others = [...device.own_addresses, ...device.addresses.map(({ address }) => address)];
    const ours = [found.address, ...found.also_at];
    return (
      !others.some((address) => own.has(address)) &&
      !ours.some((address) => device.own_addresses.includes(address))
    );
  }
  const isOther = (a: string | null, b: string | null) => a !== null && b !== null && a !== b;
  return isOther(found.sys_name, device.sys_name) || isOther(found.sys_object_id, device.sys_object_id);
}

/** Chooses which of several devices stays: one that is a node, then the one that was known first. */
function chooseHost(devices: readonly KnownDevice[]): KnownDevice {
  const [first] = devices.toSorted(
    (a, b) =>
      Number(b.node_id !== null) - Number(a.node_id !== null) ||
      a.first_seen_at.localeCompare(b.first_seen_at) ||
      a.id.localeCompare(b.id),
  );
  if (first === undefined) throw new Error('no device to choose');
  return first;
}

function reasonOf({ device, key }: SameByKey, found: FoundDevice): string[] {
  const known = device.addresses.map(({ address }) => address).find((address) => address !== found.address);
  if (known === undefined || device.addresses.some(({ address }) => address === found.address)) return [];
  return [`${found.address} and ${known} have ${sameWords(key)}.`];
}
