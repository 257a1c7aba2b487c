import {
  type DeviceSpec,
  deviceObjects,
  MibImage,
  type Plant,
  startPlant,
  WiredObjects,
} from '@stratora/simulator';
import type { CommunityName, DemoPlant } from './plant/plant-device.ts';

/** Address at which the dead device answered before it died. */
export const PAST_ADDRESS = '127.20.250.1';

export interface DevicesOptions {
  readonly communities: Readonly<Record<CommunityName, string>>;
  /** UDP port of all devices; a free one by default. */
  readonly port?: number | undefined;
  /** Whether the dead device answers too, as it did in the past. */
  readonly isPast?: boolean | undefined;
  readonly nowMs?: (() => number) | undefined;
}

/** Starts the plant's devices, each on its own loopback address. */
export function startDevices(plant: DemoPlant, options: DevicesOptions): Promise<Plant> {
  const wired = new WiredObjects(plant.wiring);
  const devices = plant.devices.flatMap(({ name, address, community, profile, diesAt }): DeviceSpec[] => {
    if (diesAt !== undefined && options.isPast !== true) return [];
    const image = new MibImage([...deviceObjects(profile), ...wired.neighbours(name)]);
    const where = diesAt === undefined ? address : PAST_ADDRESS;
    return [{ address: where, image, community: options.communities[community] }];
  });
  return startPlant({ devices, port: options.port, nowMs: options.nowMs });
}
