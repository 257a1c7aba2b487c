import type { Device } from './device.ts';
import { passesThrough } from './device.ts';
import type { PortUse } from './forwarding-places.ts';
import type { ForwardingScope, SwitchPort } from './forwarding-scope.ts';
import type { InferredSwitches } from './inferred-switches.ts';
import type { End, Evidence, Line } from './line.ts';
import { isGuestMac, isSharedMac } from './mac-address.ts';
import type { PlantNode } from './plant.ts';
import { compareText } from './stable-id.ts';
import type { GuestHost } from './topology-model.ts';

/** What hangs on edge ports, by the addresses that are plugged in there. */
export interface Attached {
  readonly lines: Line[];
  readonly hosts: GuestHost[];
  /** The device behind each port by its number, where one was found here. */
  readonly behind: Map<number, Device>;
}

export interface AttachOptions {
  readonly scope: ForwardingScope;
  /** Addresses whose place a port is, by its number. */
  readonly macsOf: ReadonlyMap<number, readonly number[]>;
  readonly useOf: (port: number) => PortUse;
  readonly deviceOf: (node: PlantNode) => Device;
  readonly inferred: InferredSwitches;
  /** Whether a node's own port, or the node as a whole, is known to be plugged in elsewhere. */
  readonly isPlaced: (node: PlantNode, mac: string) => boolean;
}

/** A node behind a port, with the address that tells. */
interface FoundNode {
  readonly node: PlantNode;
  readonly mac: string;
}
/** What the addresses of a port are. */
interface Crowd {
  readonly nodes: readonly FoundNode[];
  /** Addresses of no node, in order: those of guests, and others. */
  readonly guests: readonly string[];
  readonly strangers: readonly string[];
}

/** Hangs nodes, hosts with guests and unmanaged switches on the ports where their addresses are plugged in. */
export function attachDevices(options: AttachOptions): Attached {
  const found: Attached = { lines: [], hosts: [], behind: new Map() };
  for (const port of [...options.macsOf.keys()].toSorted((a, b) => a - b)) {
    const use = options.useOf(port);
    if (use.kind === 'trunk') continue;
    const at = options.scope.ports[port] as SwitchPort;
    const crowd = crowdAt(options, port);
    if (use.behind === undefined) attachToPort(options, found, { port, at, crowd });
    else attachBehind(options, found, { port, at, crowd, behind: use.behind });
  }
  return found;
}

function crowdAt({ scope, macsOf, useOf }: AttachOptions, port: number): Crowd {
  const nodes = new Map<PlantNode, string>();
  const guests: string[] = [];
  const strangers: string[] = [];
  const behind = useOf(port).behind;
  const macs = (macsOf.get(port) ?? []).map((number) => ({ number, text: scope.macs[number] as string }));
  for (const mac of macs.toSorted((a, b) => compareText(a.text, b.text))) {
    if (isSharedMac(mac.text)) continue;
    const owner = scope.ownerOf[mac.number];
    if (owner !== undefined) {
      if (owner !== behind?.node && !nodes.has(owner)) nodes.set(owner, mac.text);
    } else (isGuestMac(mac.text) ? guests : strangers).push(mac.text);
  }
  const found = [...nodes].map(([node, mac]) => ({ node, mac }));
  return { nodes: found.toSorted((a, b) => a.node.index - b.node.index), guests, strangers };
}

interface Spot {
  readonly port: number;
  readonly at: SwitchPort;
  readonly crowd: Crowd;
}

/** A port at which nobody speaks. */
function attachToPort(options: AttachOptions, found: Attached, { port, at, crowd }: Spot): void {
  const { deviceOf } = options;
  const near = { device: deviceOf(at.node), port: at.port };
  const nodes = crowd.nodes.filter(({ node, mac }) => !options.isPlaced(node, mac));
  const through = throughNode(nodes, deviceOf, crowd);
  if (through !== undefined) {
    const behind = deviceOf(through.node);
    found.lines.push(lineOf(options, port, { near, ...through }));
    found.behind.set(port, behind);
    attachBehind(options, found, { port, at, crowd, behind });
    return;
  }
  const alone = nodes.length + crowd.guests.length + crowd.strangers.length < 2;
  const areGuests = crowd.strangers.length === 0 && nodes.every(({ mac }) => isGuestMac(mac));
  // One address that no hypervisor gave is the host of the others.
  const isHost = crowd.guests.length > 0 && nodes.length === 0 && crowd.strangers.length === 1;
  if (!alone && (areGuests || isHost)) found.hosts.push(hostOf(near, null, crowd));
  if (alone || areGuests || isHost) {
    for (const one of nodes) found.lines.push(lineOf(options, port, { near, ...one }));
    return;
  }
  hangOnInferred(options, found, { port, near, nodes, macs: [...crowd.strangers, ...crowd.guests] });
}

/** The node that all else on its port is behind: a phone, an access point, a switch without tables, a host of guests. */
function throughNode(
  nodes: readonly FoundNode[],
  deviceOf: (node: PlantNode) => Device,
  { guests, strangers }: Crowd,
): FoundNode | undefined {
  const theOne = (some: readonly FoundNode[]) => (some.length === 1 ? some[0] : undefined);
  const withRole = (...roles: readonly string[]) =>
    nodes.filter(({ node }) => roles.includes(deviceOf(node).role));
  const others = nodes.length - 1 + guests.length + strangers.length;
  const switches = withRole('switch');
  if (switches.length > 0) return theOne(switches);
  const passing = nodes.filter(({ node }) => passesThrough(deviceOf(node).role));
  if (passing.length > 0) {
    const first = theOne(passing);
    // A phone has one socket: what is behind it with several addresses is a switch.
    return first !== undefined && deviceOf(first.node).role === 'phone' && others > 1 ? undefined : first;
  }
  const hypervisors = withRole('hypervisor');
  if (hypervisors.length > 0) return theOne(hypervisors);
  const hosts = nodes.filter(({ mac }) => !isGuestMac(mac));
  return strangers.length === 0 && others > 0 ? theOne(hosts) : undefined;
}

/** A port at whose other end a device is known: what else is plugged in there hangs on that. */
function attachBehind(
  options: AttachOptions,
  found: Attached,
  { port, at, crowd, behind }: Spot & { behind: Device },
): void {
  const near = { device: behind, port: undefined };
  const nodes = crowd.nodes.filter(({ node, mac }) => node !== behind.node && !options.isPlaced(node, mac));
  for (const one of nodes) found.lines.push(lineOf(options, port, { near, ...one }));
  // A host with a bridge for its guests says that it is one.
  const isCrowded = crowd.guests.length > crowd.strangers.length;
  const isHost =
    behind.role === 'hypervisor' || behind.role === 'server' || (isCrowded && !passesThrough(behind.role));
  if (isHost && (crowd.guests.length > 0 || nodes.length > 0))
    found.hosts.push(hostOf({ device: options.deviceOf(at.node), port: at.port }, behind, crowd));
}

function hangOnInferred(
  options: AttachOptions,
  found: Attached,
  {
    port,
    near,
    nodes,
    macs,
  }: { port: number; near: End; nodes: readonly FoundNode[]; macs: readonly string[] },
): void {
  const ends = nodes.map(({ node, mac }) => ({
    device: options.deviceOf(node),
    port: node.ports.findByMac(mac, null),
  }));
  const count = nodes.length + macs.length;
  const device = options.inferred.add({
    siteId: near.device.siteId,
    why: 'macs',
    ends: [near, ...ends],
    macs,
    words: `${count} devices are behind ${near.device.label} ${near.port?.ref.name ?? near.port?.ref.key}, and no switch is known there`,
    atMs: options.scope.atMs(port),
  });
  found.behind.set(port, device);
  const { scope } = options;
  const evidence = evidenceOf(scope, port, `${near.port?.ref.name ?? ''} has ${count} devices behind it`);
  found.lines.push({
    ends: [near, { device, port: undefined }],
    sightings: [],
    evidence: [evidence],
    isMutual: false,
  });
  for (const one of nodes)
    found.lines.push(lineOf(options, port, { near: { device, port: undefined }, ...one }));
}

function lineOf(
  { scope, deviceOf }: AttachOptions,
  port: number,
  { near, node, mac }: { near: End } & FoundNode,
): Line {
  const name = scope.ports[port]?.port.ref.name ?? scope.ports[port]?.port.ref.key ?? '';
  return {
    ends: [near, { device: deviceOf(node), port: node.ports.findByMac(mac, null) }],
    sightings: [],
    evidence: [evidenceOf(scope, port, `${name} has learned ${mac} of ${node.input.name}`)],
    isMutual: false,
  };
}

function evidenceOf(scope: ForwardingScope, port: number, words: string): Evidence {
  const { node } = scope.ports[port] as SwitchPort;
  return { node, source: 'fdb', table: 'forwarding', atMs: scope.atMs(port), words };
}

function hostOf({ device, port }: End, host: Device | null, { guests }: Crowd): GuestHost {
  return {
    at: { device: device.ref, interface: port?.ref ?? null },
    host: host?.ref ?? null,
    guests,
  };
}
