import { aggregateOf, type Jack, WiredNetwork } from './wired-network.ts';
import type { Wiring } from './wiring.ts';

/** One end of a line: a device, and the interface that stands for it. */
export interface WiredLinkEnd {
  readonly device: string;
  /** ifName of the port, or of the aggregate that it is in. */
  readonly interface: string;
}

/** A line that a right map shows: a cable, or all cables between the same two aggregates. */
export interface WiredLink {
  readonly a: WiredLinkEnd;
  readonly b: WiredLinkEnd;
  /** Ports of the cables of a LAG, by name; empty for a single cable. */
  readonly members: readonly { readonly a: string; readonly b: string; readonly isUp: boolean }[];
  /** Whether a cable of it is up. */
  readonly isUp: boolean;
}

/** Lists the lines of a wiring, in the order of its cables. */
export function wiredLinks(wiring: Wiring): WiredLink[] {
  const found = new Map<string, WiredLink>();
  for (const { a, b, isUp } of new WiredNetwork(wiring).wires) {
    const ends = { a: endOf(a), b: endOf(b) };
    const key = JSON.stringify(ends);
    const known = found.get(key);
    const isLag = ends.a.interface !== a.port.name || ends.b.interface !== b.port.name;
    const member = { a: a.port.name, b: b.port.name, isUp };
    const members = [...(known?.members ?? []), ...(isLag ? [member] : [])];
    found.set(key, { ...ends, members, isUp: isUp || (known?.isUp ?? false) });
  }
  return [...found.values()];
}

function endOf({ device, port }: Jack): WiredLinkEnd {
  return { device: device.name, interface: (aggregateOf(device, port) ?? port).name };
}
