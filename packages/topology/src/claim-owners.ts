import { isNearMac, readMac } from './mac-address.ts';
import { isTellingAddress, macOfLinkLocal, plainAddress } from './network-address.ts';
import { type Plant, type PlantNode, readAt, rowsOf } from './plant.ts';
import { CDP_DEVICE_ID, type LldpId } from './port-numbers.ts';

/** What a row says of the device at the other end. */
export interface Identity {
  /** Id of the chassis; null where the protocol has none. */
  readonly chassis: LldpId | null;
  /** Its MAC address, where the id is one. */
  readonly mac: string | undefined;
  readonly addresses: readonly string[];
  readonly systemName: string | null;
  readonly serial: string | null;
}

/** By what a device was recognised, the surest first. */
export type RecognisedBy = 'chassis' | 'address' | 'name';

export interface Recognition {
  readonly node: PlantNode | undefined;
  readonly by: RecognisedBy | undefined;
  /** Nodes that carry the same mark, where there are several and nothing tells which is meant. */
  readonly owners: readonly PlantNode[];
  /** The one node elsewhere with this MAC address: at another site, or of another collector. */
  readonly outside: PlantNode | undefined;
}

/** Nodes by a mark; nearly every mark is that of one. */
type Marks = Map<string, PlantNode | PlantNode[]>;
interface SiteMarks {
  readonly macs: Marks;
  readonly chassis: Marks;
  readonly addresses: Marks;
  readonly names: Marks;
  readonly serials: Marks;
}

const CHASSIS = { mac: 4, address: 5 } as const;
/** A MAC address that stands for more addresses than this is that of a router which answers for others. */
const PROXY_ADDRESSES = 8;

/**
 * Finds nodes by what others call them. A mark counts within its site, and among nodes of one collector or of none; a
 * mark that two nodes have there identifies nobody.
 */
export class ClaimOwners {
  readonly #sites = new Map<string, SiteMarks>();
  readonly #everywhere: Marks = new Map();

  constructor(plant: Plant) {
    for (const node of plant.nodes) this.#add(node);
    this.#addResolved(plant);
  }

  /** Recognises the device that a node of the plant heard. */
  recognise(from: PlantNode, identity: Identity): Recognition {
    const site = this.#siteOf(from.input.siteId);
    const doubtful = new Set<PlantNode>();
    const found =
      this.#byChassis(from, site, { identity, doubtful }) ??
      byAddress(from, site, { identity, doubtful }) ??
      byName(from, site, { identity, doubtful });
    if (found !== undefined) return { ...found, owners: [], outside: undefined };
    const outside = identity.mac === undefined ? [] : listOf(this.#everywhere.get(identity.mac));
    const [one, ...more] = outside.filter((node) => !isInScope(from, node));
    return {
      node: undefined,
      by: undefined,
      owners: [...doubtful].toSorted((a, b) => a.index - b.index),
      outside: more.length === 0 && doubtful.size === 0 ? one : undefined,
    };
  }

  /** Finds the one node that has a MAC address, as seen from a node. */
  findByMac(from: PlantNode, mac: string): PlantNode | undefined {
    const found = inScope(from, this.#siteOf(from.input.siteId).macs.get(mac));
    return found.length === 1 ? found[0] : undefined;
  }

  /** Finds the one node that has an address, as seen from a node. */
  findByAddress(from: PlantNode, address: string): PlantNode | undefined {
    const found = inScope(from, this.#siteOf(from.input.siteId).addresses.get(plainAddress(address)));
    return found.length === 1 ? found[0] : undefined;
  }

  #byChassis(from: PlantNode, site: SiteMarks, { identity, doubtful }: Question): Found | undefined {
    const { chassis, mac, serial } = identity;
    const lists = [
      mac === undefined ? undefined : site.macs.get(mac),
      chassis === null || chassis.subtype === CHASSIS.address
        ? undefined
        : site.chassis.get(`${chassis.subtype}|${chassis.text}`),
      serial === null ? undefined : site.serials.get(serial),
    ];
    for (const list of lists) {
      const node = theOne(from, list, doubtful);
      if (node !== undefined) return { node, by: 'chassis' };
    }
    return undefined;
  }

  #add(node: PlantNode): void {
    const site = this.#siteOf(node.input.siteId);
    const { system } = node.input;
    for (const mac of node.macs) push(site.macs, mac, node);
    const chassis = system?.chassis ?? null;
    for (const mac of [readMac(chassis?.text ?? ''), system?.base_mac, ...node.input.macAddresses])
      if (mac != null && node.macs.has(mac)) push(this.#everywhere, mac, node);
    if (chassis !== null && chassis.text !== '')
      push(site.chassis, `${chassis.subtype}|${chassis.text}`, node);
    if (system?.cdp_device_id) push(site.chassis, `${CDP_DEVICE_ID}|${system.cdp_device_id}`, node);
    for (const address of node.addresses) if (isTellingAddress(address)) push(site.addresses, address, node);
    for (const word of ownNames(node)) push(site.names, word, node);
    if (system?.serial) push(site.serials, system.serial, node);
  }

  /** A node that told no MAC address has the one that others resolve its address to. */
  #addResolved(plant: Plant): void {
    const silent = plant.nodes.filter((node) => node.macs.size === 0 && node.addresses.size > 0);
    if (silent.length === 0) return;
    const resolved = resolvedMacs(plant);
    for (const node of silent) {
      const macs = new Set(
        [...node.addresses].flatMap((address) => {
          const found = resolved.get(scopeKey(node, address));
          return found === undefined || found === null ? [] : [found];
        }),
      );
      for (const mac of macs) push(this.#siteOf(node.input.siteId).macs, mac, node);
    }
  }

  #siteOf(siteId: string): SiteMarks {
    let site = this.#sites.get(siteId);
    if (site === undefined) {
      site = {
        macs: new Map(),
        chassis: new Map(),
        addresses: new Map(),
        names: new Map(),
        serials: new Map(),
      };
      this.#sites.set(siteId, site);
    }
    return site;
  }
}

interface Question {
  readonly identity: Identity;
  /** Collects nodes that share a mark. */
  readonly doubtful: Set<PlantNode>;
}
interface Found {
  readonly node: PlantNode;
  readonly by: RecognisedBy;
}

function byAddress(from: PlantNode, site: SiteMarks, { identity, doubtful }: Question): Found | undefined {
  const found = new Set<PlantNode>();
  for (const text of identity.addresses) {
    const address = plainAddress(text);
    const mac = macOfLinkLocal(address);
    const list = isTellingAddress(address) ? site.addresses.get(address) : undefined;
    const node = theOne(from, list ?? (mac === undefined ? undefined : site.macs.get(mac)), doubtful);
    if (node !== undefined) found.add(node);
  }
  const [node] = found;
  if (node === undefined || found.size > 1) return undefined;
  // An address that moves between two devices is told from one that belongs to a device by the name that goes with it.
  return contradicts(node, identity) && !isNamedAlike(node, identity) ? undefined : { node, by: 'address' };
}

function byName(from: PlantNode, site: SiteMarks, { identity, doubtful }: Question): Found | undefined {
  const name = identity.systemName ?? identity.chassis?.text ?? null;
  for (const word of name === null ? [] : namesOf(name)) {
    const node = theOne(from, site.names.get(word), doubtful);
    if (node !== undefined) return contradicts(node, identity) ? undefined : { node, by: 'name' };
  }
  return undefined;
}

/** The one of the list that the asking node can see; several are noted, and one of them may be told by another mark. */
function theOne(
  from: PlantNode,
  list: PlantNode | readonly PlantNode[] | undefined,
  doubtful: Set<PlantNode>,
): PlantNode | undefined {
  const found = inScope(from, list);
  const [node] = found;
  if (found.length > 1) {
    for (const owner of found) doubtful.add(owner);
    return undefined;
  }
  return node !== undefined && doubtful.size > 0 && !doubtful.has(node) ? undefined : node;
}

/** Tells whether a node says of itself that it is another chassis. */
function contradicts(node: PlantNode, { mac }: Identity): boolean {
  if (mac === undefined || node.macs.size === 0 || node.macs.has(mac)) return false;
  const own = node.input.system?.chassis;
  if (own?.subtype === CHASSIS.mac) return readMac(own.text) !== mac;
  return ![...node.macs].some((other) => isNearMac(other, mac));
}

function isNamedAlike(node: PlantNode, { systemName }: Identity): boolean {
  if (systemName === null) return false;
  const own = ownNames(node);
  return namesOf(systemName).some((word) => own.includes(word));
}

/** Names that a node goes by: those that it says, or where it says none, the one that people gave it. */
function ownNames({ input: { system, name } }: PlantNode): string[] {
  const said = [system?.system_name, system?.lldp_name].filter((one) => one != null && one !== '');
  return [...new Set((said.length > 0 ? said : [name]).flatMap((one) => namesOf(one as string)))];
}

/** A name, and the part of it before its domain. */
export function namesOf(name: string): string[] {
  const full = name.trim().toLowerCase().replace(/\.$/, '');
  if (full === '') return [];
  const short = full.split('.')[0] ?? '';
  // An address is no name with a domain.
  return short === '' || short === full || /^\d+$/.test(short) ? [full] : [full, short];
}

function inScope(from: PlantNode, list: PlantNode | readonly PlantNode[] | undefined): readonly PlantNode[] {
  return listOf(list).filter((node) => isInScope(from, node));
}

function listOf(list: PlantNode | readonly PlantNode[] | undefined): readonly PlantNode[] {
  return list === undefined ? [] : Array.isArray(list) ? list : [list as PlantNode];
}

/** Tells whether two nodes are in one network, as far as the plant says: one site, and one collector or none. */
export function isInScope({ input: a }: PlantNode, { input: b }: PlantNode): boolean {
  if (a.siteId !== b.siteId) return false;
  return a.collectorId === b.collectorId || a.collectorId === null || b.collectorId === null;
}

function scopeKey({ input }: PlantNode, address: string): string {
  return `${input.siteId}|${address}`;
}

/** The MAC address that an address is resolved to at its site; null where several are. */
function resolvedMacs(plant: Plant): Map<string, string | null> {
  const resolved = new Map<string, string | null>();
  for (const node of plant.nodes) {
    if (readAt(node.input, 'address_resolution') === 0) continue;
    const rows = rowsOf(node.input, 'address_resolution');
    const counts = new Map<string, number>();
    for (const { mac_address: mac } of rows) counts.set(mac, (counts.get(mac) ?? 0) + 1);
    for (const { address, mac_address: mac } of rows) {
      if ((counts.get(mac) ?? 0) > PROXY_ADDRESSES) continue;
      const key = scopeKey(node, plainAddress(address));
      const known = resolved.get(key);
      resolved.set(key, known === undefined || known === mac ? mac : null);
    }
  }
  return resolved;
}

function push(map: Marks, key: string, node: PlantNode): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, node);
  else if (!Array.isArray(known)) {
    if (known !== node) map.set(key, [known, node]);
  } else if (!known.includes(node)) known.push(node);
}
