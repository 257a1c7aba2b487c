import type { Device } from './device.ts';
import type { ForwardingScope, SwitchPort } from './forwarding-scope.ts';
import { isSharedMac } from './mac-address.ts';

/**
 * What a port leads to. `edge`: no switch of the plant; `shared`: a wire or an unmonitored switch, behind which there may
 * be switches of the plant; `trunk`: a switch of the plant.
 */
export type PortKind = 'edge' | 'shared' | 'trunk';

export interface PortUse {
  readonly kind: PortKind;
  /** The device at the other end; undefined where none is known. */
  readonly behind: Device | undefined;
}

const ORDER: Readonly<Record<PortKind, number>> = { edge: 0, shared: 1, trunk: 2 };

/** For each address of a scope the port where it is plugged in, as far as the tables tell; and ports that only pass it on. */
export interface Places {
  /** Number of the port by number of the address. */
  readonly best: Int32Array;
  /** Whether the port of an address leads to a switch that is nearer to it, and that tells nothing of it. */
  readonly isBeyond: Uint8Array;
  /** Whether most addresses of a port have their place elsewhere. */
  readonly isPassage: Uint8Array;
}

/**
 * Finds the port of each address: one that leads to no switch goes before others, then that with the fewest addresses,
 * which is the nearest, then the newest.
 */
export function findPlaces(scope: ForwardingScope, useOf: (port: number) => PortUse): Places {
  const best = new Int32Array(scope.macs.length).fill(-1);
  const counts = scope.ports.map((_, port) => scope.macsAt(port).length);
  const wires = sharedPorts(scope, useOf);
  // What a port with switches behind leads to is not known: the address may be there.
  const isUnclear = Uint8Array.from(scope.entriesOf, (entries) =>
    entries.some((entry) => isUnclearPort(useOf(scope.portOf[entry] as number))) ? 1 : 0,
  );
  const rank = (mac: number, port: number) => {
    const use = useOf(port);
    const isBeyond =
      use.kind === 'shared' &&
      (isUnclear[mac] === 1 || isBeyondWire(scope, mac, wires.get(use.behind) ?? []));
    return ORDER[isBeyond ? 'trunk' : use.kind];
  };
  const compare = (mac: number, a: number, b: number) =>
    rank(mac, a) - rank(mac, b) ||
    (counts[a] as number) - (counts[b] as number) ||
    scope.atMs(b) - scope.atMs(a) ||
    a - b;
  for (const [mac, entries] of scope.entriesOf.entries())
    for (const entry of entries) {
      const port = scope.portOf[entry] as number;
      const known = best[mac] as number;
      if (known < 0 || (port !== known && compare(mac, port, known) < 0)) best[mac] = port;
    }
  const isBeyond = Uint8Array.from(best, (port, mac) =>
    port < 0 || rank(mac, port) === ORDER.trunk ? 1 : 0,
  );
  return { best, isBeyond, isPassage: findPassages(scope, best) };
}

function isUnclearPort({ kind, behind }: PortUse): boolean {
  return kind === 'trunk' && behind === undefined;
}

/** Ports that lead to each shared wire or unmonitored switch. */
function sharedPorts(
  scope: ForwardingScope,
  useOf: (port: number) => PortUse,
): Map<Device | undefined, number[]> {
  const shared = scope.ports.map((_, port) => port).filter((port) => useOf(port).kind === 'shared');
  return Map.groupBy(shared, (port) => useOf(port).behind);
}

/** Whether a switch on a shared wire sees an address elsewhere, so that it is behind that switch and not on the wire. */
function isBeyondWire(scope: ForwardingScope, mac: number, wire: readonly number[]): boolean {
  return wire.some((port) => {
    const at = scope.portOfMac((scope.ports[port] as SwitchPort).node, mac);
    return at !== undefined && at !== port;
  });
}

function findPassages(scope: ForwardingScope, best: Int32Array): Uint8Array {
  return Uint8Array.from(scope.ports, (_, port) => {
    let elsewhere = 0;
    let all = 0;
    for (const mac of scope.macsAt(port)) {
      all += 1;
      if (best[mac] !== port) elsewhere += 1;
    }
    return elsewhere > 1 && 2 * elsewhere > all ? 1 : 0;
  });
}

/** An address that is learned at several edge ports of one network, none of which merely passes it on. */
export function findWandering(
  scope: ForwardingScope,
  { isPassage }: Places,
  useOf: (port: number) => PortUse,
): { mac: number; entries: number[] }[] {
  const found: { mac: number; entries: number[] }[] = [];
  for (const [mac, all] of scope.entriesOf.entries()) {
    if (all.length < 2 || isSharedMac(scope.macs[mac] as string)) continue;
    const entries = all.filter((entry) => {
      const port = scope.portOf[entry] as number;
      // A host with two cables has its address at both ends of the pair that it is bundled to.
      return (
        useOf(port).kind === 'edge' && isPassage[port] === 0 && scope.ports[port]?.port.members.length === 0
      );
    });
    const isElsewhere = entries.some((entry) =>
      entries.some((other) => scope.portOf[entry] !== scope.portOf[other] && isSameVlan(scope, entry, other)),
    );
    if (isElsewhere) found.push({ mac, entries });
  }
  return found;
}

function isSameVlan({ vlanOf }: ForwardingScope, a: number, b: number): boolean {
  return vlanOf[a] === vlanOf[b] || vlanOf[a] === null || vlanOf[b] === null;
}
