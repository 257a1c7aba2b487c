import { aggregateOf, type WiredNetwork } from './wired-network.ts';
import type { WiredAggregate, WiredDevice, WiredKind, WiredPort } from './wiring.ts';

/** A port of a bridge: an interface, or an aggregate of several. */
export type BridgePort = WiredPort | WiredAggregate;

interface Edge {
  readonly ends: readonly [BridgeEnd, BridgeEnd];
  isActive: boolean;
}

interface BridgeEnd {
  readonly device: WiredDevice;
  readonly port: BridgePort;
}

/** The kinds that pass frames from one port to another. */
const FORWARDING: ReadonlySet<WiredKind> = new Set(['switch', 'unmanaged', 'access_point', 'phone']);

/** A device that frames reach, and by which port they leave for it. */
export interface Reached {
  readonly device: WiredDevice;
  /** Port of the device that is asked about. */
  readonly by: BridgePort;
  /** Port of the device that is reached. */
  readonly at: BridgePort;
  /** Port of the last device before it. */
  readonly from: BridgePort;
}

/** The ways of frames through a network: a spanning tree over what forwards, and what is reached along it. */
export class FramePaths {
  readonly #network: WiredNetwork;
  readonly #edges = new Map<WiredDevice, Edge[]>();
  /** Steps from the root of the spanning tree. */
  readonly #depths = new Map<WiredDevice, number>();
  readonly #blocked = new Set<string>();

  constructor(network: WiredNetwork) {
    this.#network = network;
    this.#join();
    this.#span();
  }

  /** Whether the spanning tree keeps frames from passing a port. */
  isBlocked(device: WiredDevice, port: BridgePort): boolean {
    return this.#blocked.has(placeOf({ device, port }));
  }

  /** The end of a segment that is nearer to the root, as both ends name it; the port's own where nobody else forwards. */
  designated(device: WiredDevice, port: BridgePort): BridgeEnd {
    const own = { device, port };
    const far = this.#edgesOf(device)
      .map((edge) => otherEnd(edge, device))
      .find((end) => end.near.port === port)?.far;
    if (far === undefined || far.device.kind !== 'switch') return own;
    const [theirs, ours] = [this.#depthOf(far.device), this.#depthOf(device)];
    return theirs < ours || (theirs === ours && this.isBlocked(device, port)) ? far : own;
  }

  /** Finds all devices that frames reach from a device, each by the shortest way. */
  reachedFrom(device: WiredDevice): Reached[] {
    const found: Reached[] = [];
    const seen = new Set([device]);
    let front: { device: WiredDevice; by: BridgePort | undefined }[] = [{ device, by: undefined }];
    while (front.length > 0) {
      const next: typeof front = [];
      for (const { device: here, by } of front) {
        if (here !== device && !FORWARDING.has(here.kind)) continue;
        for (const edge of this.#edgesOf(here)) {
          const { near, far } = otherEnd(edge, here);
          if (!edge.isActive || seen.has(far.device)) continue;
          // An end with two cables is reached by each, with an address of its own.
          if (FORWARDING.has(far.device.kind)) seen.add(far.device);
          const way = by ?? near.port;
          found.push({ device: far.device, by: way, at: far.port, from: near.port });
          next.push({ device: far.device, by: way });
        }
      }
      front = next;
    }
    return found;
  }

  /** Makes one edge of each cable that is up, and one of all cables between the same two aggregates. */
  #join(): void {
    const known = new Set<string>();
    for (const { a, b, isUp } of this.#network.wires) {
      if (!isUp) continue;
      const ends = [a, b].map(({ device, port }) => ({ device, port: aggregateOf(device, port) ?? port }));
      const [near, far] = ends;
      if (near === undefined || far === undefined) continue;
      const key = ends.map(placeOf).join(' ');
      if (known.has(key)) continue;
      known.add(key);
      const edge: Edge = { ends: [near, far], isActive: true };
      for (const { device } of ends) this.#edges.set(device, [...this.#edgesOf(device), edge]);
    }
  }

  /** Spans a tree from the switch with the lowest MAC address in each part of the network, and blocks what closes a circle. */
  #span(): void {
    const bridges = this.#network.devices.filter(({ kind }) => FORWARDING.has(kind));
    const rank = ({ kind }: WiredDevice): number => (kind === 'switch' ? 0 : 1);
    const ordered = bridges.toSorted(
      (a, b) => rank(a) - rank(b) || Buffer.compare(this.#network.macOf(a), this.#network.macOf(b)),
    );
    const tree = new Set<Edge>();
    for (const root of ordered) {
      if (!this.#depths.has(root)) this.#spanFrom(root, tree);
    }
    const inTree = new Set([...tree].flatMap(({ ends }) => ends.map(placeOf)));
    const edges = new Set([...this.#edges.values()].flat());
    for (const edge of edges) {
      const isBetween = edge.ends.every(({ device }) => FORWARDING.has(device.kind));
      // The further cables of an aggregate over two switches close no circle: the two are one to its other end.
      const isSplit = edge.ends.some((end) => 'ports' in end.port && inTree.has(placeOf(end)));
      if (!isBetween || tree.has(edge) || isSplit) continue;
      edge.isActive = false;
      const [a, b] = edge.ends;
      const isAFurther = this.#depthOf(a.device) >= this.#depthOf(b.device);
      const end = (isAFurther && a.device.kind === 'switch') || b.device.kind !== 'switch' ? a : b;
      this.#blocked.add(placeOf(end));
    }
  }

  #spanFrom(root: WiredDevice, tree: Set<Edge>): void {
    this.#depths.set(root, 0);
    const queue = [root];
    for (let here = queue.shift(); here !== undefined; here = queue.shift()) {
      for (const edge of this.#edgesOf(here)) {
        const { far } = otherEnd(edge, here);
        if (!FORWARDING.has(far.device.kind) || this.#depths.has(far.device)) continue;
        this.#depths.set(far.device, this.#depthOf(here) + 1);
        tree.add(edge);
        queue.push(far.device);
      }
    }
  }

  #edgesOf(device: WiredDevice): Edge[] {
    return this.#edges.get(device) ?? [];
  }

  #depthOf(device: WiredDevice): number {
    return this.#depths.get(device) ?? 0;
  }
}

function otherEnd({ ends: [a, b] }: Edge, device: WiredDevice): { near: BridgeEnd; far: BridgeEnd } {
  return a.device === device ? { near: a, far: b } : { near: b, far: a };
}

function placeOf({ device, port }: BridgeEnd): string {
  return `${device.name}:${port.name}`;
}
