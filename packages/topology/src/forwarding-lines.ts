import { type Attached, attachDevices } from './attached-devices.ts';
import { type BridgeJoint, findBridgeJoints } from './bridge-neighbours.ts';
import type { Device } from './device.ts';
import { findPlaces, type Places, type PortUse } from './forwarding-places.ts';
import type { ForwardingScope, SwitchPort } from './forwarding-scope.ts';
import type { InferredSwitches } from './inferred-switches.ts';
import type { Evidence, Line } from './line.ts';
import { type PlantNode, rowsOf } from './plant.ts';
import { type Port, trunkOf } from './port-table.ts';

/** What the forwarding tables of one scope add to what is said aloud. */
export interface ForwardingLines {
  readonly scope: ForwardingScope;
  readonly lines: readonly Line[];
  readonly attached: Attached;
  readonly places: Places;
  readonly useOf: (port: number) => PortUse;
}

const UNKNOWN: PortUse = { kind: 'edge', behind: undefined };

/** What ports lead to by the lines that end there. */
export class PortUses {
  readonly #uses = new Map<Port, PortUse>();
  readonly #placed = new Set<PlantNode>();

  constructor(lines: readonly Line[]) {
    for (const line of lines) this.add(line);
  }

  get(port: Port): PortUse | undefined {
    return this.#uses.get(trunkOf(port));
  }

  set(port: Port, use: PortUse): void {
    this.#uses.set(trunkOf(port), use);
  }

  /** Whether anything is said of where a node is. */
  isPlaced(node: PlantNode): boolean {
    return this.#placed.has(node);
  }

  add({ ends: [a, b] }: Line): void {
    for (const [near, far] of [
      [a, b],
      [b, a],
    ] as const) {
      if (near.device.node !== undefined) this.#placed.add(near.device.node);
      if (near.port === undefined) continue;
      const use = useOf(far.device);
      const known = this.get(near.port);
      if (known === undefined || known.kind === 'edge') this.set(near.port, use);
      else if (use.kind === 'trunk') this.set(near.port, use);
    }
  }
}

function useOf(behind: Device): PortUse {
  if (behind.node !== undefined && rowsOf(behind.node.input, 'forwarding').length > 0)
    return { kind: 'trunk', behind };
  return { kind: behind.role === 'switch' || behind.role === 'router' ? 'shared' : 'edge', behind };
}

export interface ForwardingOptions {
  readonly uses: PortUses;
  readonly inferred: InferredSwitches;
  readonly deviceOf: (node: PlantNode) => Device;
}

/** Finds cables between switches that do not speak, and what hangs on edge ports. */
export function forwardingLines(scope: ForwardingScope, options: ForwardingOptions): ForwardingLines {
  const { uses, deviceOf, inferred } = options;
  const isTaken = (port: number) => uses.get((scope.ports[port] as SwitchPort).port) !== undefined;
  const spoken = new Set(scope.ports.flatMap((_, port) => (isTaken(port) ? [port] : [])));
  const lines = findBridgeJoints(scope, isTaken).flatMap((joint) => linesOfJoint(scope, joint, options));
  for (const line of lines) uses.add(line);
  for (const [port, { port: at }] of scope.ports.entries())
    if ((uses.get(at)?.kind ?? 'edge') === 'edge' && leadsToSwitches(scope, port))
      uses.set(at, { kind: 'trunk', behind: undefined });
  const use = (port: number) => uses.get((scope.ports[port] as SwitchPort).port) ?? UNKNOWN;
  const places = findPlaces(scope, use);
  const isPlaced = (node: PlantNode, mac: string) => {
    // What switches are next to was decided above.
    if (rowsOf(node.input, 'forwarding').length > 0) return true;
    const own = node.ports.findByMac(mac, null);
    return own === undefined ? uses.isPlaced(node) : uses.get(own) !== undefined;
  };
  const attached = attachDevices({
    scope,
    macsOf: macsByPlace(scope, places, spoken),
    useOf: use,
    deviceOf,
    inferred,
    isPlaced,
  });
  return { scope, lines: [...lines, ...attached.lines], attached, places, useOf: use };
}

/** Addresses by the port that is their place; a port that only passes addresses on is the place of none. */
function macsByPlace(
  scope: ForwardingScope,
  { best, isBeyond, isPassage }: Places,
  spoken: ReadonlySet<number>,
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [mac, port] of best.entries()) {
    if (port < 0 || isBeyond[mac] === 1 || (isPassage[port] === 1 && !spoken.has(port))) continue;
    const known = found.get(port);
    if (known) known.push(mac);
    else found.set(port, [mac]);
  }
  return new Map([...found].filter(([port]) => scope.ports[port] !== undefined));
}

/** Whether a switch with tables of its own is behind a port. */
function leadsToSwitches(scope: ForwardingScope, port: number): boolean {
  return scope.macsAt(port).some((mac) => {
    const owner = scope.ownerOf[mac];
    return owner?.isBridge === true && rowsOf(owner.input, 'forwarding').length > 0;
  });
}

function linesOfJoint(
  scope: ForwardingScope,
  { port, facing, between, isMutual }: BridgeJoint,
  { inferred, deviceOf }: ForwardingOptions,
): Line[] {
  const members = [port, ...facing].map((number) => {
    const at = scope.ports[number] as SwitchPort;
    return { number, end: { device: deviceOf(at.node), port: at.port } };
  });
  const [first, second] = members;
  if (first === undefined || second === undefined) return [];
  if (members.length === 2 && between.length === 0) {
    const evidence = [evidenceFor(scope, first.number, second.end.device.label)];
    if (isMutual) evidence.push(evidenceFor(scope, second.number, first.end.device.label));
    return [{ ends: [first.end, second.end], sightings: [], evidence, isMutual }];
  }
  const strangers = between.filter((mac) => scope.ownerOf[mac] === undefined);
  const labels = members.map(({ end }) => end.device.label).join(', ');
  const device = inferred.add({
    siteId: first.end.device.siteId,
    why: 'macs',
    ends: members.map(({ end }) => end),
    macs: strangers.map((mac) => scope.macs[mac] as string).toSorted(),
    words:
      between.length > 0
        ? `${between.length} devices are between ${labels}, and no switch is known there`
        : `${labels} see each other at one port each, and no switch is known between them`,
    atMs: Math.max(...members.map(({ number }) => scope.atMs(number))),
  });
  return members.map(({ number, end }) => ({
    ends: [end, { device, port: undefined }],
    sightings: [],
    evidence: [evidenceFor(scope, number, 'the others')],
    isMutual: false,
  }));
}

function evidenceFor(scope: ForwardingScope, number: number, label: string): Evidence {
  const { node, port } = scope.ports[number] as SwitchPort;
  return {
    node,
    source: 'fdb',
    table: 'forwarding',
    atMs: scope.atMs(number),
    words: `${port.ref.name ?? port.ref.key} has learned ${label}`,
  };
}
