import {
  createSnmpManager,
  type SnmpManager,
  type SnmpSession,
  type SnmpTarget,
  type UsmUser,
} from '@stratora/snmp';
import type { DeviceSpec } from './device-spec.ts';
import { MibImage } from './mib-image.ts';
import { networkDeviceObjects } from './network-device.ts';
import { type Plant, startPlant } from './plant.ts';

/** Short timeouts for tests, so that silence costs little time. */
export const SHORT_TIMEOUTS = { timeoutMs: 80, retries: 1 } as const;

/** A plant with a manager beside it; `end` stops both. */
export class TestPlant {
  readonly manager: SnmpManager = createSnmpManager();
  plant: Plant = { port: 0, devices: [], stop: () => Promise.resolve() };

  /** Starts devices on addresses of their own; fields that are not given are those of a switch with four ports. */
  async start(...devices: readonly Partial<DeviceSpec>[]): Promise<void> {
    const image = new MibImage(networkDeviceObjects({ ports: 4 }));
    this.plant = await startPlant({
      devices: devices.map((device, at) => ({ address: `127.77.0.${at + 1}`, image, ...device })),
    });
  }

  session(at = 0, target: Partial<SnmpTarget> = {}): SnmpSession {
    const device = this.plant.devices[at];
    const address = { host: device?.address ?? '', port: device?.port ?? 0, ...SHORT_TIMEOUTS };
    return this.manager.session({ ...address, version: 2, community: 'public', ...target } as SnmpTarget);
  }

  userSession(user: UsmUser, at = 0, target: Partial<SnmpTarget> = {}): SnmpSession {
    const device = this.plant.devices[at];
    const address = { host: device?.address ?? '', port: device?.port ?? 0, ...SHORT_TIMEOUTS };
    return this.manager.session({ ...address, ...target, version: 3, user });
  }

  async end(): Promise<void> {
    await this.manager.close();
    await this.plant.stop();
  }
}
