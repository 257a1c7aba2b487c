import { plainAddress } from './network-address.ts';
import type { Plant, PlantNode } from './plant.ts';
import type { ResolvedAddresses } from './resolved-addresses.ts';
import { compareText } from './stable-id.ts';
import type { CollectorPlace, InputCollector, WhereEntry } from './topology-model.ts';

/**
 * Finds where each collector is plugged in: at the node that its host is, else at the node that has its address, else at
 * the port where its MAC address is learned.
 */
export function findCollectorPlaces(
  collectors: readonly InputCollector[],
  plant: Plant,
  { where, resolved }: { where: readonly WhereEntry[]; resolved: ResolvedAddresses },
): CollectorPlace[] {
  const byMac = Map.groupBy(where, ({ macAddress }) => macAddress);
  return collectors
    .toSorted((a, b) => compareText(a.collectorId ?? '', b.collectorId ?? ''))
    .flatMap((collector) => {
      const place = atHost(collector, plant) ?? atPort(collector, byMac, resolved);
      return place ?? [];
    });
}

function atHost(collector: InputCollector, plant: Plant): CollectorPlace | undefined {
  const { collectorId, siteId, hostNodeId } = collector;
  const host = hostNodeId === null ? undefined : plant.byId.get(hostNodeId);
  const node = host ?? ownerOf(collector, plant);
  if (node === undefined) return undefined;
  return {
    collectorId,
    siteId,
    device: { kind: 'node', id: node.input.nodeId },
    interface: null,
    words: host === undefined ? `${node.input.name} has its address` : `its host is ${node.input.name}`,
  };
}

function ownerOf({ siteId, addresses, macAddresses }: InputCollector, plant: Plant): PlantNode | undefined {
  const wanted = new Set(addresses.map(plainAddress).filter((address) => !/^(?:127\.|::1$)/.test(address)));
  const found = plant.nodes.filter(
    (node) =>
      (siteId === null || node.input.siteId === siteId) &&
      ([...wanted].some((address) => node.addresses.has(address)) ||
        macAddresses.some((mac) => node.macs.has(mac))),
  );
  return found.length === 1 ? found[0] : undefined;
}

function atPort(
  { collectorId, siteId, addresses, macAddresses }: InputCollector,
  byMac: ReadonlyMap<string, readonly WhereEntry[]>,
  resolved: ResolvedAddresses,
): CollectorPlace | undefined {
  const scope = `${siteId ?? ''}|${collectorId ?? ''}`;
  const macs = new Set([
    ...macAddresses,
    ...addresses.flatMap((address) => resolved.macOf(scope, address) ?? []),
  ]);
  const entry = [...macs]
    .toSorted(compareText)
    .flatMap((mac) => byMac.get(mac) ?? [])
    .find((one) => one.isEdge && (siteId === null || one.siteId === siteId));
  if (entry === undefined) return undefined;
  return {
    collectorId,
    siteId,
    device: { kind: 'node', id: entry.nodeId },
    interface: entry.interface,
    words: `${entry.interface?.name ?? 'a port'} has learned ${entry.macAddress}, which is its address`,
  };
}
