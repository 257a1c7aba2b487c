import type { ClaimOwners } from './claim-owners.ts';
import { isSharedMac } from './mac-address.ts';
import { type Plant, type PlantNode, readAt, rowsOf } from './plant.ts';
import { type Port, trunkOf } from './port-table.ts';

/** Most ports and VLANs at which one MAC address is remembered. */
const PLACES_OF_ONE = 4096;
const LEARNED = 3;
const FORWARDING = 5;
/** Marks that a switch sees another one at several ports. */
const SEVERAL = -1;

export interface SwitchPort {
  readonly node: PlantNode;
  readonly port: Port;
}

/**
 * The forwarding tables of the switches of one site and collector: addresses that were learned on forwarding ports, by
 * port and by address. Addresses, ports and entries are numbers here.
 */
export class ForwardingScope {
  readonly switches: readonly PlantNode[];
  readonly ports: SwitchPort[] = [];
  readonly macs: string[] = [];
  /** Entries at each port, and of each address. */
  readonly entriesAt: number[][] = [];
  readonly entriesOf: number[][] = [];
  readonly macOf: number[] = [];
  readonly portOf: number[] = [];
  readonly vlanOf: (number | null)[] = [];
  /** The node that has each address; undefined where none or several do. */
  readonly ownerOf: (PlantNode | undefined)[] = [];
  /** Ports of each switch that have entries. */
  readonly portsOf = new Map<PlantNode, readonly number[]>();
  readonly #macsAt: number[][] = [];
  readonly #macNumbers = new Map<string, number>();
  readonly #portNumbers = new Map<Port, number>();
  readonly #via = new Map<PlantNode, Map<PlantNode, number>>();

  constructor(switches: readonly PlantNode[], owners: ClaimOwners) {
    this.switches = switches;
    for (const node of switches) this.#read(node);
    for (const mac of this.macs) this.ownerOf.push(owners.findByMac(switches[0] as PlantNode, mac));
    for (const node of switches) this.#via.set(node, new Map());
    for (let entry = 0; entry < this.macOf.length; entry += 1) this.#noteSwitch(entry);
  }

  numberOf(port: Port): number | undefined {
    return this.#portNumbers.get(port);
  }

  /** The port at which a switch sees another one; undefined where it does not, or at several. */
  via(node: PlantNode, other: PlantNode): number | undefined {
    const found = this.#via.get(node)?.get(other);
    return found === undefined || found === SEVERAL ? undefined : found;
  }

  /** Switches that a switch sees, with the port; -1 for several. */
  seenFrom(node: PlantNode): ReadonlyMap<PlantNode, number> {
    return this.#via.get(node) ?? new Map();
  }

  atMs(port: number): number {
    const { node } = this.ports[port] as SwitchPort;
    return readAt(node.input, 'forwarding');
  }

  /** Addresses at a port, each once, without those that routers hand to each other. */
  macsAt(port: number): readonly number[] {
    const known = this.#macsAt[port];
    if (known !== undefined) return known;
    const found = new Set<number>();
    for (const entry of this.entriesAt[port] ?? []) {
      const mac = this.macOf[entry] as number;
      if (!isSharedMac(this.macs[mac] as string)) found.add(mac);
    }
    const list = [...found];
    this.#macsAt[port] = list;
    return list;
  }

  /** The one port at which a switch sees a node of any kind; undefined where it does not, or at several. */
  portOfNode(node: PlantNode, other: PlantNode): number | undefined {
    return other.isBridge ? this.via(node, other) : this.portOfMacs(node, [...other.macs]);
  }

  /** The one port at which a switch sees some addresses; undefined where it sees none of them, or at several. */
  portOfMacs(node: PlantNode, macs: readonly string[]): number | undefined {
    const ports = new Set<number>();
    for (const text of macs) {
      const mac = this.#macNumbers.get(text);
      const port = mac === undefined ? undefined : this.portOfMac(node, mac);
      if (port !== undefined) ports.add(port);
    }
    const [port] = ports;
    return ports.size === 1 ? port : undefined;
  }

  /** The port at which a switch sees an address; undefined where it does not. */
  portOfMac(node: PlantNode, mac: number): number | undefined {
    for (const entry of this.entriesOf[mac] ?? []) {
      const port = this.portOf[entry] as number;
      if (this.ports[port]?.node === node) return port;
    }
    return undefined;
  }

  #read(node: PlantNode): void {
    const rows = rowsOf(node.input, 'forwarding').filter(
      ({ mac_address: mac, bridge_port: bridgePort, status }) =>
        status === LEARNED &&
        !node.macs.has(mac) &&
        !isGroupMac(mac) &&
        (node.bridge.rowOf(bridgePort)?.stp_state ?? FORWARDING) === FORWARDING,
    );
    // Numbers follow from the bridge's own ones, and not from the order of the rows.
    const bridgePorts = [...new Set(rows.map((row) => row.bridge_port))].toSorted((a, b) => a - b);
    const numbers = new Map(
      bridgePorts.map((one) => [one, this.#numberPort(node, trunkOf(node.bridge.get(one)))]),
    );
    this.portsOf.set(node, [...new Set(numbers.values())]);
    for (const { mac_address: mac, bridge_port: bridgePort, vlan } of rows) {
      const port = numbers.get(bridgePort) as number;
      let number = this.#macNumbers.get(mac);
      if (number === undefined) {
        number = this.macs.length;
        this.#macNumbers.set(mac, number);
        this.macs.push(mac);
        this.entriesOf.push([]);
      }
      const known = this.entriesOf[number] as number[];
      if (known.length >= PLACES_OF_ONE) continue;
      if (known.some((entry) => this.portOf[entry] === port && this.vlanOf[entry] === vlan)) continue;
      const entry = this.macOf.length;
      this.macOf.push(number);
      this.portOf.push(port);
      this.vlanOf.push(vlan);
      known.push(entry);
      this.entriesAt[port]?.push(entry);
    }
  }

  #numberPort(node: PlantNode, port: Port): number {
    let number = this.#portNumbers.get(port);
    if (number === undefined) {
      number = this.ports.length;
      this.#portNumbers.set(port, number);
      this.ports.push({ node, port });
      this.entriesAt.push([]);
    }
    return number;
  }

  #noteSwitch(entry: number): void {
    const owner = this.ownerOf[this.macOf[entry] as number];
    const port = this.portOf[entry] as number;
    const { node } = this.ports[port] as SwitchPort;
    if (owner === undefined || !owner.isBridge || owner === node) return;
    const seen = this.#via.get(node) as Map<PlantNode, number>;
    const known = seen.get(owner);
    seen.set(owner, known === undefined || known === port ? port : SEVERAL);
  }
}

/** Brings together the switches whose tables speak of one network. */
export function forwardingScopes(plant: Plant, owners: ClaimOwners): ForwardingScope[] {
  const switches = plant.nodes.filter(({ input }) => rowsOf(input, 'forwarding').length > 0);
  const groups = Map.groupBy(switches, ({ input }) => `${input.siteId}|${input.collectorId ?? ''}`);
  return [...groups.values()].map((some) => new ForwardingScope(some, owners));
}

function isGroupMac(mac: string): boolean {
  return (Number.parseInt(mac.slice(1, 2), 16) & 1) === 1 || mac === '00:00:00:00:00:00';
}
