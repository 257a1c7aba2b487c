import { isDeviceMac } from './mac-address.ts';
import { isTellingAddress, plainAddress } from './network-address.ts';
import { type Plant, type PlantNode, readAt, rowsOf } from './plant.ts';
import { compareText } from './stable-id.ts';
import type { DuplicateAddress } from './topology-model.ts';

/** A MAC address that stands for more addresses than this in one table is that of a router which answers for others. */
const PROXY_ADDRESSES = 8;
const HOST_PREFIXES = new Set([32, 128]);

/** Scope of a node's word: what is told of addresses at one site, by what one collector polls. */
export function scopeOf({ input }: PlantNode): string {
  return `${input.siteId}|${input.collectorId ?? ''}`;
}

interface Holder {
  readonly mac: string;
  /** The node that has the address itself; undefined where others resolved it. */
  own: PlantNode | undefined;
  readonly reporters: PlantNode[];
}

/** Most addresses that are remembered of one MAC address. */
const ADDRESSES_OF_ONE = 256;

/** Which MAC addresses stand behind which addresses, by scope. */
export class ResolvedAddresses {
  readonly #addressesOf = new Map<string, string[]>();
  readonly #holders = new Map<string, Map<string, Holder[]>>();

  readonly #plant: Plant;

  constructor(plant: Plant) {
    this.#plant = plant;
    for (const node of plant.nodes) {
      this.#addOwn(node);
      if (readAt(node.input, 'address_resolution') > 0) this.#addResolved(node);
    }
  }

  /** Addresses of a MAC address in a scope, sorted. */
  addressesOf(scope: string, mac: string): string[] {
    return (this.#addressesOf.get(`${scope}|${mac}`) ?? []).toSorted(compareText);
  }

  /** The one MAC address behind an address in a scope. */
  macOf(scope: string, address: string): string | undefined {
    const holders = this.#holders.get(scope)?.get(plainAddress(address));
    return holders?.length === 1 ? holders[0]?.mac : undefined;
  }

  /**
   * Lists addresses that several devices have. `isAlive` tells whether a MAC address is in a forwarding table now; an old
   * entry of a table of addresses is no device.
   */
  duplicates(isAlive: (scope: string, mac: string) => boolean): DuplicateAddress[] {
    const found: DuplicateAddress[] = [];
    for (const [scope, addresses] of this.#holders)
      for (const [address, holders] of addresses) {
        if (holders.length < 2) continue;
        const living = holders.filter(({ mac, own }) => own !== undefined || isAlive(scope, mac));
        const nodes = new Set(living.flatMap(({ own }) => own ?? []));
        if (living.length < 2 || (nodes.size === 1 && living.every(({ own }) => own !== undefined))) continue;
        if (!isToldApart(living) || this.#isOfOne(living)) continue;
        const macAddresses = living.map(({ mac }) => mac).toSorted(compareText);
        const nodeIds = new Set(
          living
            .flatMap(({ own, reporters }) => [...(own ? [own] : []), ...reporters])
            .map(({ input }) => input.nodeId),
        );
        found.push({
          address,
          siteId: scope.slice(0, scope.indexOf('|')),
          macAddresses,
          nodeIds: [...nodeIds].toSorted(compareText),
          words: `${address} is at ${macAddresses.join(' and ')}`,
        });
      }
    return found.toSorted((a, b) => compareText(a.siteId, b.siteId) || compareText(a.address, b.address));
  }

  /** Whether one node has all of the MAC addresses: those of its chassis and of an interface, say. */
  #isOfOne(holders: readonly Holder[]): boolean {
    return this.#plant.nodes.some(({ macs }) => holders.every(({ mac }) => macs.has(mac)));
  }

  #addOwn(node: PlantNode): void {
    for (const row of rowsOf(node.input, 'addresses')) {
      const mac = node.ports.findByIndex(row.if_index)?.row?.mac_address;
      if (mac == null || !isDeviceMac(mac)) continue;
      const isHost = row.prefix_length !== null && HOST_PREFIXES.has(row.prefix_length);
      this.#note(node, { address: plainAddress(row.address), mac, own: true, isHost });
    }
  }

  #addResolved(node: PlantNode): void {
    const rows = rowsOf(node.input, 'address_resolution');
    const counts = new Map<string, number>();
    for (const { mac_address: mac } of rows) counts.set(mac, (counts.get(mac) ?? 0) + 1);
    for (const { address, mac_address: mac } of rows) {
      const isProxy = (counts.get(mac) ?? 0) > PROXY_ADDRESSES;
      this.#note(node, { address: plainAddress(address), mac, own: false, isHost: isProxy });
    }
  }

  #note(
    node: PlantNode,
    { address, mac, own, isHost }: { address: string; mac: string; own: boolean; isHost: boolean },
  ): void {
    const scope = scopeOf(node);
    const key = `${scope}|${mac}`;
    const known = this.#addressesOf.get(key);
    if (known === undefined) this.#addressesOf.set(key, [address]);
    else if (known.length < ADDRESSES_OF_ONE && !known.includes(address)) known.push(address);
    // What is on a link alone, is answered for by a router, or is kept at several places on purpose is no duplicate.
    if (isHost || !isTellingAddress(address) || address.startsWith('fe80:') || !isDeviceMac(mac)) return;
    const addresses = this.#holders.get(scope) ?? new Map<string, Holder[]>();
    this.#holders.set(scope, addresses);
    const holders = addresses.get(address);
    const holder = holders?.find((one) => one.mac === mac);
    if (holder === undefined) {
      const first: Holder = { mac, own: own ? node : undefined, reporters: own ? [] : [node] };
      if (holders === undefined) addresses.set(address, [first]);
      else holders.push(first);
    } else if (own) holder.own = node;
    else if (!holder.reporters.includes(node)) holder.reporters.push(node);
  }
}

/** One table has one MAC address for an address, unless it is of several networks: two tables must differ. */
function isToldApart(holders: readonly Holder[]): boolean {
  return holders.some((one) =>
    holders.some(
      (other) =>
        one !== other &&
        [...one.reporters, one.own].some(
          (node) => node !== undefined && !other.reporters.includes(node) && other.own !== node,
        ),
    ),
  );
}
