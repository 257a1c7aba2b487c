import { isDeepStrictEqual } from 'node:util';
import { type DiscoveryRun, type FoundDevice, foundDeviceSchema } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import { matchDevice } from './device-match.ts';
import { type IdentityKey, keyName, usableKeys } from './identity-keys.ts';
import type { DeviceFacts, KnownDevice } from './known-device.ts';

export interface DeviceBookOptions {
  readonly runId: DiscoveryRun['id'];
  readonly snmpPort: number;
  /** Gives the id of a new device. */
  readonly newId: () => string;
}

/** Reasons, remarks and the like that are kept of a device. */
const SENTENCES_MAX = 50;

/**
 * The devices of a job that a part of a run is about, in memory: findings are put in one by one, and what became of the
 * devices is written at the end.
 */
export class DeviceBook {
  readonly #options: DeviceBookOptions;
  readonly #devices: Map<string, KnownDevice>;
  readonly #changed = new Set<string>();
  readonly #gone = new Set<string>();

  constructor(known: readonly KnownDevice[], options: DeviceBookOptions) {
    this.#devices = new Map(known.map((device) => [device.id, structuredClone(device)]));
    this.#options = options;
  }

  /** Devices that were made or changed. */
  get changed(): KnownDevice[] {
    return [...this.#changed].flatMap((id) => this.#devices.get(id) ?? []);
  }

  /** Ids of devices that turned out to be others. */
  get absorbed(): string[] {
    return [...this.#gone];
  }

  /** Puts in what was found. */
  add(given: FoundDevice): void {
    const found = cleanFinding(given);
    const keys = usableKeys(found);
    const known = [...this.#devices.values()];
    const { runId } = this.#options;
    const match = matchDevice({
      found,
      keys,
      known: known.filter(touching(found, keys)),
      runId,
    });
    const device = match.device ?? this.#create(found);
    for (const other of match.absorbed) this.#absorb(device, other);
    this.#see(device, found, keys);
    device.merge_reasons = sentences(device.merge_reasons, match.reasons);
    this.#changed.add(device.id);
  }

  #create(found: FoundDevice): KnownDevice {
    const device: KnownDevice = {
      id: this.#options.newId(),
      ip_address: found.address,
      ...EMPTY_FACTS,
      snmp_port: this.#options.snmpPort,
      seen_run_id: null,
      before: null,
      is_gone: false,
      is_ignored: false,
      last_change: null,
      node_id: null,
      first_seen_at: found.seen_at,
      last_seen_at: found.seen_at,
      addresses: [],
      keys: [],
    };
    this.#devices.set(device.id, device);
    return device;
  }

  #absorb(device: KnownDevice, other: KnownDevice): void {
    device.node_id ??= other.node_id;
    device.is_ignored ||= other.is_ignored;
    device.addresses = [...device.addresses, ...other.addresses];
    device.keys = joinKeys(device.keys, other.keys);
    device.merge_reasons = sentences(device.merge_reasons, other.merge_reasons);
    if (other.first_seen_at < device.first_seen_at) device.first_seen_at = other.first_seen_at;
    this.#devices.delete(other.id);
    this.#changed.delete(other.id);
    this.#gone.add(other.id);
  }

  /** Notes that a device was found in this run; the first time what it was before is kept. */
  #see(device: KnownDevice, found: FoundDevice, keys: readonly IdentityKey[]): void {
    const { runId } = this.#options;
    const isFirst = device.seen_run_id !== runId;
    const isNew = device.addresses.length === 0 && device.seen_run_id === null;
    if (isFirst && !isNew) device.before = { facts: comparedFacts(device), was_gone: device.is_gone };
    const facts = joinFacts(device, found, isFirst);
    for (const address of [found.address, ...found.also_at]) this.#place(device, address);
    const isStillThere = device.addresses.some(
      (one) => one.address === device.ip_address && one.seen_run_id === runId,
    );
    Object.assign(device, facts, {
      ip_address: isStillThere || !isFirst ? device.ip_address : found.address,
      seen_run_id: runId,
      is_gone: false,
      last_seen_at: found.seen_at > device.last_seen_at ? found.seen_at : device.last_seen_at,
    });
    // In a new run the keys are those that it has now.
    device.keys = isFirst && keys.length > 0 ? [...keys] : joinKeys(device.keys, keys);
  }

  /** Gives a device an address, and takes it from whoever had it. */
  #place(device: KnownDevice, address: string): void {
    const { runId } = this.#options;
    for (const other of this.#devices.values()) {
      const theirs = other === device ? undefined : other.addresses.find((one) => one.address === address);
      if (!theirs) continue;
      // Somebody said that it is theirs.
      if (theirs.is_pinned) return;
      other.addresses = other.addresses.filter((one) => one.address !== address);
      this.#changed.add(other.id);
    }
    const own = device.addresses.find((one) => one.address === address);
    if (own) own.seen_run_id = runId;
    else device.addresses.push({ address, seen_run_id: runId, is_pinned: false });
  }
}

const EMPTY_FACTS: Omit<DeviceFacts, 'ip_address' | 'snmp_port'> = {
  hostname: null,
  sys_name: null,
  sys_descr: null,
  sys_object_id: null,
  vendor: null,
  model: null,
  serial: null,
  firmware: null,
  os: null,
  family: null,
  device_type: 'other',
  template: 'ping',
  confidence: 0,
  reasons: [],
  credential_id: null,
  mac_address: null,
  mac_vendor: null,
  open_ports: [],
  own_addresses: [],
  web: null,
  neighbours: [],
  merge_reasons: [],
  remarks: [],
};

/** Facts by whose change a device counts as changed, in the order in which they are told. */
export const COMPARED = [
  'ip_address',
  'addresses',
  'hostname',
  'sys_name',
  'sys_descr',
  'vendor',
  'model',
  'serial',
  'firmware',
  'os',
  'device_type',
  'mac_address',
  'open_ports',
] as const;

/** Returns the facts that are compared, as texts. */
export function comparedFacts(device: KnownDevice): Record<string, string | null> {
  const addresses = device.addresses.map(({ address }) => address).toSorted();
  const texts = { ...device, addresses: addresses.join(', '), open_ports: device.open_ports.join(', ') };
  return Object.fromEntries(COMPARED.map((name) => [name, texts[name] === '' ? null : texts[name]]));
}

/**
 * Joins what is known of a device with what was found. What the finding does not say stays: a device that did not answer SNMP this
 * time is still of its maker. Of two findings of one run the one that knows more says what the device is.
 */
function joinFacts(device: KnownDevice, found: FoundDevice, isFirst: boolean): Partial<DeviceFacts> {
  const { identity } = found;
  const isBetter = identity !== null && (isFirst || identity.confidence >= device.confidence);
  // Nothing but an open port was seen this time: what SNMP said before is worth more.
  const keepsOld = device.sys_object_id !== null && found.sys_object_id === null;
  const ports = isFirst ? found.open_ports : [...device.open_ports, ...found.open_ports];
  return {
    hostname: found.hostname ?? device.hostname,
    sys_name: found.sys_name ?? device.sys_name,
    sys_descr: found.sys_descr ?? device.sys_descr,
    sys_object_id: found.sys_object_id ?? device.sys_object_id,
    ...(isBetter && !keepsOld ? identity : {}),
    credential_id: found.credential_id ?? device.credential_id,
    mac_address: found.mac_address ?? device.mac_address,
    mac_vendor: found.mac_vendor ?? device.mac_vendor,
    open_ports: [...new Set(ports)].toSorted((a, b) => a - b),
    own_addresses: found.own_addresses.length > 0 ? found.own_addresses : device.own_addresses,
    web: found.web ?? device.web,
    neighbours: found.neighbours.length > 0 ? found.neighbours : device.neighbours,
    remarks: isFirst ? found.remarks : sentences(device.remarks, found.remarks),
  };
}

/** Tells which devices have an address or a key of what was found. */
function touching(found: FoundDevice, keys: readonly IdentityKey[]): (device: KnownDevice) => boolean {
  const at = new Set([found.address, ...found.also_at]);
  const names = new Set(keys.map(keyName));
  return (device) =>
    device.addresses.some(({ address }) => at.has(address)) ||
    device.keys.some((own) => names.has(keyName(own)));
}

function joinKeys(known: readonly IdentityKey[], more: readonly IdentityKey[]): IdentityKey[] {
  const names = new Set(known.map(keyName));
  return [...known, ...more.filter((key) => !names.has(keyName(key)))];
}

function sentences(known: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...known, ...more])].slice(0, SENTENCES_MAX);
}

/** Strips from what a device says whatever could do harm where it is shown. */
function cleanFinding(found: FoundDevice): FoundDevice {
  return cleaned(found) as FoundDevice;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return sanitizeText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleaned(one)]));
}

/** What a list of findings holds that can be read. */
export interface ReadFindings {
  readonly found: FoundDevice[];
  readonly leftOut: number;
}

/** Reads findings one by one: one that is of another form is left out, not the others with it. */
export function readFindings(given: readonly unknown[]): ReadFindings {
  const found = given.flatMap((one) => {
    const read = foundDeviceSchema.safeParse(one);
    return read.success ? [read.data] : [];
  });
  return { found, leftOut: given.length - found.length };
}

/** Whether two sets of compared facts are the same. */
export function isAlike(a: Record<string, string | null>, b: Record<string, string | null>): boolean {
  return isDeepStrictEqual(a, b);
}
