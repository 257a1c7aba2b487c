import type { Cable, WiredAggregate, WiredDevice, WiredPort, Wiring } from './wiring.ts';

/** A port of a device. */
export interface Jack {
  readonly device: WiredDevice;
  readonly port: WiredPort;
}

/** A cable with the ports at its ends. */
export interface Wire {
  readonly a: Jack;
  readonly b: Jack;
  readonly isUp: boolean;
}

const FIRST_OCTETS = [0x02, 0x57];

/** The devices, ports and cables of a wiring, found by their names. */
export class WiredNetwork {
  readonly devices: readonly WiredDevice[];
  readonly wires: readonly Wire[];
  readonly #byName = new Map<string, { device: WiredDevice; mac: Buffer }>();
  readonly #mates = new Map<string, { jack: Jack; isUp: boolean }>();

  /** @throws RangeError for a name that comes twice, and for a cable that ends nowhere or where another one does */
  constructor({ devices, cables }: Wiring) {
    this.devices = devices;
    for (const [at, device] of devices.entries()) {
      if (this.#byName.has(device.name)) throw new RangeError(`two devices have the name ${device.name}`);
      this.#byName.set(device.name, { device, mac: macBytes(device.mac) ?? madeUpMac(at + 1) });
    }
    this.wires = cables.map((cable) => this.#wireOf(cable));
    for (const { a, b, isUp } of this.wires) {
      this.#plug(a, b, isUp);
      this.#plug(b, a, isUp);
    }
  }

  /** @throws RangeError where there is none of this name */
  device(name: string): WiredDevice {
    return this.#get(name).device;
  }

  /** MAC address of the chassis. */
  macOf({ name }: WiredDevice): Buffer {
    return this.#get(name).mac;
  }

  /** MAC address of a port: the chassis' own with the number of the interface added to its last two octets. */
  portMac(device: WiredDevice, port: { readonly index: number; readonly mac?: string | undefined }): Buffer {
    const own = macBytes(port.mac);
    if (own !== undefined) return own;
    const mac = Buffer.from(this.macOf(device));
    mac.writeUInt16BE((mac.readUInt16BE(4) + port.index) & 0xffff, 4);
    return mac;
  }

  /** The port at the other end of the cable, whether it is up or not. */
  mate(device: WiredDevice, port: WiredPort): { jack: Jack; isUp: boolean } | undefined {
    return this.#mates.get(keyOf({ device, port }));
  }

  isUp(device: WiredDevice, port: WiredPort): boolean {
    return this.mate(device, port)?.isUp ?? false;
  }

  #get(name: string): { device: WiredDevice; mac: Buffer } {
    const found = this.#byName.get(name);
    if (found === undefined) throw new RangeError(`there is no device ${name}`);
    return found;
  }

  #wireOf({ a, b, isUp = true }: Cable): Wire {
    return { a: this.#jackOf(a), b: this.#jackOf(b), isUp };
  }

  #jackOf(end: string): Jack {
    const at = end.lastIndexOf(':');
    const device = this.device(end.slice(0, at));
    const port = device.ports.find(({ name }) => name === end.slice(at + 1));
    if (port === undefined) throw new RangeError(`there is no port ${end}`);
    return { device, port };
  }

  #plug(from: Jack, to: Jack, isUp: boolean): void {
    const key = keyOf(from);
    if (this.#mates.has(key)) throw new RangeError(`two cables end at ${key}`);
    this.#mates.set(key, { jack: to, isUp });
  }
}

/** The aggregate that a port is in. */
export function aggregateOf(device: WiredDevice, port: WiredPort): WiredAggregate | undefined {
  return device.aggregates?.find(({ ports }) => ports.includes(port.name));
}

export function keyOf({ device, port }: { device: WiredDevice; port: { readonly name: string } }): string {
  return `${device.name}:${port.name}`;
}

/** Reads a MAC address of six pairs of hexadecimal digits with colons. */
export function macBytes(text: string | undefined): Buffer | undefined {
  return text === undefined ? undefined : Buffer.from(text.replaceAll(':', ''), 'hex');
}

function madeUpMac(number: number): Buffer {
  return Buffer.from([...FIRST_OCTETS, (number >> 8) & 0xff, number & 0xff, 0, 0]);
}
