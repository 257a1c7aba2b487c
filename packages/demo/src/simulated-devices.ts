import { type DeviceSpec, deviceObjects, MibImage, type Plant, startPlant } from '@stratora/simulator';
import type { CommunityName, DemoPlant } from './plant/plant-device.ts';

/** Where the dead device answered while it lived. */
export const PAST_ADDRESS = '127.20.250.1';

export interface DevicesOptions {
  readonly communities: Readonly<Record<CommunityName, string>>;
  /** All of one port; a free one unless said. */
  readonly port?: number | undefined;
  /** With the dead device, as it was. */
  readonly isPast?: boolean | undefined;
  readonly nowMs?: (() => number) | undefined;
}

/** Lets the plant's devices answer, each on its own loopback address. */
export function startDevices(plant: DemoPlant, options: DevicesOptions): Promise<Plant> {
  const devices = plant.devices.flatMap(({ address, community, profile, diesAt }): DeviceSpec[] => {
    if (diesAt !== undefined && options.isPast !== true) return [];
    const image = new MibImage(deviceObjects(profile));
    const where = diesAt === undefined ? address : PAST_ADDRESS;
    return [{ address: where, image, community: options.communities[community] }];
  });
  return startPlant({ devices, port: options.port, nowMs: options.nowMs });
}
