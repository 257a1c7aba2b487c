import { readFile } from 'node:fs/promises';
import { checkUser, readSnmprec, type UsmUser } from '@stratora/snmp';
import type { DeviceSpec } from './device-spec.ts';
import { MibImage } from './mib-image.ts';
import { networkDeviceObjects } from './network-device.ts';
import { type Plant, startPlant } from './plant.ts';

/** Options of `stratora simulate`. */
export interface SimulatorOptions {
  /** Number of devices; 1 by default. */
  readonly devices?: number | undefined;
  /** First address, in 127.0.0.0/8; the others follow it. 127.0.0.1 by default. */
  readonly firstAddress?: string | undefined;
  /** UDP port of all devices; 0 takes a free one. 1161 by default. */
  readonly port?: number | undefined;
  /** Number of ports of each switch; 24 by default. */
  readonly ports?: number | undefined;
  readonly community?: string | undefined;
  readonly users?: readonly UsmUser[] | undefined;
  /** File of a .snmprec capture to answer from instead of a synthetic switch. */
  readonly captureFile?: string | undefined;
  readonly nowMs?: (() => number) | undefined;
}

const VARIANTS = 16;
const LOOPBACK = 127 * 2 ** 24;

/** Starts the simulated devices. Throws RangeError for impossible options. */
export async function runSimulator(options: SimulatorOptions = {}): Promise<Plant> {
  const count = options.devices ?? 1;
  const addresses = loopbackAddresses(options.firstAddress ?? '127.0.0.1', count);
  for (const user of options.users ?? []) checkUser(user);
  const images = await loadImages(options, Math.min(VARIANTS, count));
  const devices = addresses.map(
    (address, at): DeviceSpec => ({
      address,
      name: options.captureFile === undefined ? `switch-${at + 1}` : undefined,
      image: images[at % images.length] ?? new MibImage([]),
      community: options.community,
      users: options.users,
    }),
  );
  return startPlant({ devices, port: options.port ?? 1_161, nowMs: options.nowMs });
}

/** Lists consecutive addresses of 127.0.0.0/8. Throws RangeError when they do not fit in. */
export function loopbackAddresses(first: string, count: number): string[] {
  const parts = first.split('.').map(Number);
  const isAddress =
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  const start = parts.reduce((sum, part) => sum * 256 + part, 0);
  const end = start + count - 1;
  if (!isAddress || start <= LOOPBACK || end >= LOOPBACK + 2 ** 24 - 1) {
    throw new RangeError('simulated devices live in 127.0.0.0/8 only');
  }
  if (!Number.isInteger(count) || count < 1) throw new RangeError('at least one device is needed');
  return Array.from({ length: count }, (_, at) => {
    const address = start + at;
    return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
  });
}

async function loadImages(options: SimulatorOptions, variants: number): Promise<MibImage[]> {
  if (options.captureFile !== undefined) {
    const { objects } = readSnmprec(await readFile(options.captureFile, 'utf8'));
    return [new MibImage(objects)];
  }
  const ports = options.ports ?? 24;
  if (!Number.isInteger(ports) || ports < 1 || ports > 4_096)
    throw new RangeError('a switch has 1 to 4,096 ports');
  return Array.from(
    { length: variants },
    (_, variant) => new MibImage(networkDeviceObjects({ ports, variant })),
  );
}
