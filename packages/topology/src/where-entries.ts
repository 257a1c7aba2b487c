import type { Device } from './device.ts';
import type { ForwardingLines } from './forwarding-lines.ts';
import { findWandering } from './forwarding-places.ts';
import type { SwitchPort } from './forwarding-scope.ts';
import { type ResolvedAddresses, scopeOf } from './resolved-addresses.ts';
import { compareText } from './stable-id.ts';
import type { UnknownNeighbour, WanderingMac, WhereEntry } from './topology-model.ts';

/** Where every learned address is, and those that are at several places. */
export interface Whereabouts {
  readonly where: readonly WhereEntry[];
  readonly wandering: readonly WanderingMac[];
}

/**
 * Tells of each address the port where it is plugged in, one entry for each VLAN; of one that wanders every place.
 */
export function findWhereabouts(
  forwarding: readonly ForwardingLines[],
  resolved: ResolvedAddresses,
  neighbours: readonly UnknownNeighbour[],
): Whereabouts {
  const macOfNeighbour = new Map(neighbours.map(({ id, macAddress }) => [id, macAddress]));
  const where: WhereEntry[] = [];
  const wandering: WanderingMac[] = [];
  for (const one of forwarding) {
    const wanders = new Map(
      findWandering(one.scope, one.places, one.useOf).map(({ mac, entries }) => [mac, entries]),
    );
    for (let mac = 0; mac < one.scope.macs.length; mac += 1) {
      const entries = wanders.get(mac) ?? placed(one, mac);
      const some = entries.map((entry) => toWhere(one, entry, { resolved, macOfNeighbour }));
      where.push(...some);
      const [first] = some;
      if (first !== undefined && wanders.has(mac)) wandering.push(toWandering(first, some));
    }
  }
  return {
    where: where.toSorted(byPlace),
    wandering: wandering.toSorted(
      (a, b) => compareText(a.macAddress, b.macAddress) || compareText(a.siteId, b.siteId),
    ),
  };
}

function placed({ scope, places }: ForwardingLines, mac: number): number[] {
  const best = places.best[mac];
  return (scope.entriesOf[mac] ?? []).filter((entry) => scope.portOf[entry] === best);
}

interface Asked {
  readonly resolved: ResolvedAddresses;
  readonly macOfNeighbour: ReadonlyMap<string, string | null>;
}

function toWhere(
  { scope, useOf, attached, places }: ForwardingLines,
  entry: number,
  { resolved, macOfNeighbour }: Asked,
): WhereEntry {
  const port = scope.portOf[entry] as number;
  const mac = scope.macOf[entry] as number;
  const at = scope.ports[port] as SwitchPort;
  const macAddress = scope.macs[mac] as string;
  const owner = scope.ownerOf[mac];
  const use = useOf(port);
  const behind: Device | undefined = use.behind ?? attached.behind.get(port);
  const isOwn =
    behind === undefined ||
    (behind.node !== undefined && behind.node === owner) ||
    macOfNeighbour.get(behind.ref.id) === macAddress;
  return {
    macAddress,
    ipAddresses: resolved.addressesOf(scopeOf(at.node), macAddress),
    siteId: at.node.input.siteId,
    nodeId: at.node.input.nodeId,
    interface: at.port.ref,
    vlan: scope.vlanOf[entry] ?? null,
    behind: isOwn ? null : behind.ref,
    isEdge: use.kind !== 'trunk' && (places.best[mac] !== port || places.isBeyond[mac] === 0),
    atMs: scope.atMs(port),
    ownerNodeId: owner?.input.nodeId ?? null,
  };
}

function toWandering({ macAddress, siteId }: WhereEntry, some: readonly WhereEntry[]): WanderingMac {
  const places = some
    .toSorted(byPlace)
    .map(({ nodeId, interface: port, vlan, atMs }) => ({ nodeId, interface: port, vlan, atMs }));
  return { macAddress, siteId, places };
}

function byPlace(a: WhereEntry, b: WhereEntry): number {
  return (
    compareText(a.macAddress, b.macAddress) ||
    compareText(a.siteId, b.siteId) ||
    compareText(a.nodeId, b.nodeId) ||
    compareText(a.interface?.key ?? '', b.interface?.key ?? '') ||
    (a.vlan ?? -1) - (b.vlan ?? -1)
  );
}
