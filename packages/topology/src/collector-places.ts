import { isTellingAddress, plainAddress } from './network-address.ts';
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
      const host = atHost(collector, plant);
      const port = atPort(collector, plant, { byMac, resolved });
      // A host of another site than what it watches is joined to nothing there.
      const isAmongPolled = host?.siteId != null && polledSites(collector, plant).has(host.siteId);
      return (isAmongPolled ? host : (port ?? host)) ?? [];
    });
}

function atHost(collector: InputCollector, plant: Plant): CollectorPlace | undefined {
  const { collectorId, hostNodeId } = collector;
  const host = hostNodeId === null ? undefined : plant.byId.get(hostNodeId);
  const node = host ?? ownerOf(collector, plant);
  if (node === undefined) return undefined;
  return {
    collectorId,
    siteId: node.input.siteId,
    device: { kind: 'node', id: node.input.nodeId },
    interface: null,
    words: host === undefined ? `${node.input.name} has its address` : `its host is ${node.input.name}`,
  };
}

/** Its own site, and those of the nodes that it polls: it may be of none, or poll over the wires of others. */
function sitesOf(collector: InputCollector, plant: Plant): Set<string> {
  const { siteId } = collector;
  return new Set([...(siteId === null ? [] : [siteId]), ...polledSites(collector, plant)]);
}

function polledSites({ collectorId }: InputCollector, { nodes }: Plant): Set<string> {
  return new Set(
    nodes.filter(({ input }) => input.collectorId === collectorId).map(({ input }) => input.siteId),
  );
}

/** Addresses of bridges that Docker, Podman, libvirt, LXC and VirtualBox give to every host alike. */
const ON_EVERY_HOST =
  /^(?:172\.(?:1[7-9]|2\d|3[01])\.0\.1|192\.168\.(?:122|56)\.1|10\.88\.0\.1|10\.0\.3\.1)$/;

function ownerOf(collector: InputCollector, plant: Plant): PlantNode | undefined {
  const { addresses, macAddresses } = collector;
  const sites = sitesOf(collector, plant);
  const wanted = new Set(
    addresses.map(plainAddress).filter((one) => isTellingAddress(one) && !ON_EVERY_HOST.test(one)),
  );
  const found = plant.nodes.filter(
    (node) =>
      sites.has(node.input.siteId) &&
      ([...wanted].some((address) => node.addresses.has(address)) ||
        macAddresses.some((mac) => node.macs.has(mac))),
  );
  return found.length === 1 ? found[0] : undefined;
}

function atPort(
  collector: InputCollector,
  plant: Plant,
  { byMac, resolved }: { byMac: ReadonlyMap<string, readonly WhereEntry[]>; resolved: ResolvedAddresses },
): CollectorPlace | undefined {
  const { collectorId, addresses, macAddresses } = collector;
  const sites = sitesOf(collector, plant);
  const scopes = [...sites].toSorted(compareText).map((site) => `${site}|${collectorId ?? ''}`);
  const macs = new Set([
    ...macAddresses,
    ...scopes.flatMap((scope) => addresses.flatMap((address) => resolved.macOf(scope, address) ?? [])),
  ]);
  const entry = [...macs]
    .toSorted(compareText)
    .flatMap((mac) => byMac.get(mac) ?? [])
    .find((one) => one.isEdge && sites.has(one.siteId));
  if (entry === undefined) return undefined;
  return {
    collectorId,
    siteId: entry.siteId,
    device: { kind: 'node', id: entry.nodeId },
    interface: entry.interface,
    words: `${entry.interface?.name ?? 'a port'} has learned ${entry.macAddress}, which is its address`,
  };
}
