import type { AddressConflict } from '@stratora/contract';
import type { DuplicateAddress, WanderingMac } from '@stratora/topology';
import { interfaceName, type NameOf } from './device-words.ts';

/** Most conflicts that are kept. */
const CONFLICTS_MAX = 500;

/** Lists addresses that are not where, or whose, they should be; one that was known before keeps its time. */
export function addressConflicts(
  found: { duplicates: readonly DuplicateAddress[]; wandering: readonly WanderingMac[] },
  before: readonly AddressConflict[],
  { nameOf, nowMs }: { nameOf: NameOf; nowMs: number },
): AddressConflict[] {
  const since = new Map(before.map((conflict) => [keyOf(conflict), conflict.since]));
  const now = new Date(nowMs).toISOString();
  const all: AddressConflict[] = [
    ...found.duplicates.map(({ address, siteId, macAddresses, nodeIds, words }) => ({
      kind: 'duplicate_ip' as const,
      site_id: siteId,
      ip_address: address,
      mac_addresses: [...macAddresses],
      node_ids: [...nodeIds],
      places: [],
      since: now,
      detail: `${words}.`,
    })),
    ...found.wandering.map(({ macAddress, siteId, places }) => ({
      kind: 'wandering_mac' as const,
      site_id: siteId,
      ip_address: null,
      mac_addresses: [macAddress],
      node_ids: [...new Set(places.map(({ nodeId }) => nodeId))],
      places: places.map(({ nodeId, interface: port, vlan }) => ({
        node_id: nodeId,
        node_name: nameOf({ kind: 'node', id: nodeId }) ?? '',
        site_id: siteId,
        interface: interfaceName(port),
        vlan,
      })),
      since: now,
      detail: `${macAddress} is at ${places.length} ports at once.`,
    })),
  ];
  return all
    .map((conflict) => ({ ...conflict, since: since.get(keyOf(conflict)) ?? now }))
    .toSorted((a, b) => (a.since < b.since ? 1 : a.since > b.since ? -1 : keyOf(a) < keyOf(b) ? -1 : 1))
    .slice(0, CONFLICTS_MAX);
}

function keyOf({ kind, site_id: site, ip_address: ip, mac_addresses: macs }: AddressConflict): string {
  return `${kind} ${site} ${ip ?? macs[0] ?? ''}`;
}
