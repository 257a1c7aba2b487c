import type { BridgePort, FramePaths, Reached } from './frame-paths.ts';
import { macBytes, type WiredNetwork } from './wired-network.ts';
import type { WiredDevice } from './wiring.ts';

/** An address on the network, as a switch learns it and a router resolves it. */
export interface StationAddress {
  readonly mac: Buffer;
  readonly address: string | undefined;
  readonly vlan: number;
}

/** An address that a device has learned, and by which of its ports. */
export interface LearnedAddress extends StationAddress {
  readonly by: BridgePort;
}

const FIRST_VLAN = 1;

/** Finds all addresses that frames from a device would reach, with the port that they leave by. */
export function learnedAddresses(
  network: WiredNetwork,
  paths: FramePaths,
  device: WiredDevice,
): LearnedAddress[] {
  return paths
    .reachedFrom(device)
    .flatMap((reached) => stationsOf(network, reached).map((station) => ({ ...station, by: reached.by })));
}

/** The addresses that a device speaks with where it is reached. */
function stationsOf(network: WiredNetwork, { device, at, from }: Reached): StationAddress[] {
  if (device.kind === 'unmanaged') return [];
  const isEnd = device.kind === 'host' || device.kind === 'router' || device.kind === 'hypervisor';
  const plugged = 'vlan' in from ? from.vlan : undefined;
  const vlan = device.vlan ?? (device.kind === 'switch' ? undefined : plugged) ?? FIRST_VLAN;
  const mac = isEnd ? network.portMac(device, at) : network.macOf(device);
  const guests = (device.guests ?? []).flatMap((guest) => {
    const guestMac = macBytes(guest.mac);
    return guestMac === undefined
      ? []
      : [{ mac: guestMac, address: guest.address, vlan: guest.vlan ?? plugged ?? vlan }];
  });
  return [{ mac, address: device.address, vlan }, ...guests];
}
