import type { MibObject } from '../mib-object.ts';
import { FramePaths } from './frame-paths.ts';
import { addressTables } from './wired-addresses.ts';
import { aggregateTables } from './wired-aggregates.ts';
import { bridgeTables } from './wired-bridge.ts';
import { cdpTables } from './wired-cdp.ts';
import { interfaceTables } from './wired-interfaces.ts';
import { lldpTables } from './wired-lldp.ts';
import { WiredNetwork } from './wired-network.ts';
import { stackTables } from './wired-stack.ts';
import type { Wiring } from './wiring.ts';

/** What the devices of a wiring say, worked out once for all of them. */
export class WiredObjects {
  readonly #network: WiredNetwork;
  readonly #paths: FramePaths;

  /** @throws RangeError for a wiring that cannot be */
  constructor(wiring: Wiring) {
    this.#network = new WiredNetwork(wiring);
    this.#paths = new FramePaths(this.#network);
  }

  /** Builds the whole MIB of a device: system group, interfaces, and its place in the network. */
  device(name: string): MibObject[] {
    return [...interfaceTables(this.#network, this.#network.device(name)), ...this.neighbours(name)];
  }

  /**
   * Builds what a device says of its place in the network alone, to stand beside objects that have the same ports by other means:
   * LLDP, CDP, bridge, addresses, LAGs, stack.
   */
  neighbours(name: string): MibObject[] {
    const device = this.#network.device(name);
    return [
      ...addressTables(this.#network, this.#paths, device),
      ...lldpTables(this.#network, device),
      ...cdpTables(this.#network, device),
      ...bridgeTables(this.#network, this.#paths, device),
      ...aggregateTables(this.#network, device),
      ...stackTables(device),
    ];
  }
}
