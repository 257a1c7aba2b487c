import type { ClaimOwners, RecognisedBy } from './claim-owners.ts';
import { type Device, nodeDevice } from './device.ts';
import { readMac } from './mac-address.ts';
import {
  type Claim,
  findRemotePort,
  protocolClaims,
  remotePortName,
  spokenClaims,
} from './neighbour-claim.ts';
import type { Plant, PlantNode } from './plant.ts';
import { portForms } from './port-name.ts';
import type { Port } from './port-table.ts';
import type { UnknownNeighbour } from './topology-model.ts';
import { groupNeighbours, type OpenClaim } from './unknown-neighbours.ts';

/** A device that a port of a node hears, by one protocol or several. */
export interface Sighting {
  readonly from: Device;
  port: Port;
  readonly target: Device;
  /** The port there; undefined where nothing tells which it is. */
  remote: Port | undefined;
  readonly claims: Claim[];
  readonly by: RecognisedBy | undefined;
}

/** What all nodes hear, and what nobody could be found for. */
export interface Sightings {
  readonly sightings: readonly Sighting[];
  readonly neighbours: readonly UnknownNeighbour[];
  readonly devices: ReadonlyMap<PlantNode, Device>;
  /** Claims of a node about itself: its own frames came back. */
  readonly ownEchoes: readonly Claim[];
  /** Claims that mean a node elsewhere, which does not confirm it. */
  readonly strays: readonly { readonly claim: Claim; readonly node: PlantNode }[];
  readonly openClaims: readonly OpenClaim[];
}

interface Recognised {
  readonly claim: Claim;
  readonly node: PlantNode;
  readonly by: RecognisedBy | undefined;
}

/** Reads what every node hears, and recognises who it is. */
export function gatherSightings(
  plant: Plant,
  owners: ClaimOwners,
  previous: readonly UnknownNeighbour[],
): Sightings {
  const devices = new Map(plant.nodes.map((node) => [node, nodeDevice(node)]));
  const spoken = spokenClaims(plant);
  const judged = judge(spoken, owners);
  const spokenPorts = new Set(spoken.flatMap(({ port, isPassable }) => (isPassable ? [] : [port])));
  const silent = protocolClaims(plant, (port) => spokenPorts.has(port)).flatMap((claim): Recognised[] => {
    const { node, by } = owners.recognise(claim.from, claim.identity);
    return node === undefined || node === claim.from ? [] : [{ claim, node, by }];
  });
  const { neighbours, deviceOf } = groupNeighbours(judged.open, previous);
  const collected = new SightingList(devices);
  // Claims that name a port come first, so that those that do not find their like.
  const known = [...judged.known, ...silent].map((one) => ({
    ...one,
    remote: findRemotePort(one.node, one.claim.remote),
  }));
  for (const isNamed of [true, false])
    for (const { claim, node, by, remote } of known)
      if ((remote !== undefined) === isNamed)
        collected.add({ claim, target: devices.get(node) as Device, by, remote });
  for (const { claim } of judged.open) {
    const target = deviceOf.get(claim) as Device;
    collected.add({ claim, target, by: undefined, remote: foreignPort(target, claim) });
  }
  const { ownEchoes, strays, open: openClaims } = judged;
  return { sightings: collected.list, neighbours, devices, ownEchoes, strays, openClaims };
}

/** Tells of each claim whom it means. */
function judge(claims: readonly Claim[], owners: ClaimOwners) {
  const known: Recognised[] = [];
  const open: OpenClaim[] = [];
  const ownEchoes: Claim[] = [];
  const outside: Recognised[] = [];
  for (const claim of claims) {
    const { node, by, owners: several, outside: far } = owners.recognise(claim.from, claim.identity);
    if (node === claim.from) ownEchoes.push(claim);
    else if (node !== undefined) known.push({ claim, node, by });
    else if (far !== undefined) outside.push({ claim, node: far, by: 'chassis' });
    else open.push({ claim, owners: several.map(({ input }) => input.nodeId) });
  }
  // A cable between two sites, or between what two collectors poll, takes the word of both its ends.
  const told = new Set(outside.map(({ claim, node }) => `${claim.from.index}>${node.index}`));
  const strays: { claim: Claim; node: PlantNode }[] = [];
  for (const one of outside) {
    if (told.has(`${one.node.index}>${one.claim.from.index}`)) known.push(one);
    else {
      strays.push({ claim: one.claim, node: one.node });
      open.push({ claim: one.claim, owners: [] });
    }
  }
  return { known, open, ownEchoes, strays };
}

/** A port of a device that cannot be asked has the name that others call it by. */
function foreignPort(device: Device, { remote, identity }: Claim): Port | undefined {
  const name = remotePortName(remote);
  // Some devices announce the address of their chassis on all ports.
  if (name === null || readMac(name) === (identity.mac ?? '')) return undefined;
  const forms = portForms(name);
  return device.ports.obtain(forms[1] ?? forms[0] ?? name, name);
}

/** Most devices that one port may hear: more are no cable, and no wire that anybody could draw. */
const HEARD_AT_PORT = 256;

class SightingList {
  readonly list: Sighting[] = [];
  readonly #byPort = new Map<Port, Sighting[]>();
  readonly #devices: ReadonlyMap<PlantNode, Device>;

  constructor(devices: ReadonlyMap<PlantNode, Device>) {
    this.#devices = devices;
  }

  add(given: { claim: Claim; target: Device; by: RecognisedBy | undefined; remote: Port | undefined }): void {
    const { claim, target, by, remote } = given;
    const atPort = this.#byPort.get(claim.port) ?? [];
    const same = atPort.find(
      (other) =>
        other.target === target &&
        (target.node === undefined || remote === undefined || other.remote === remote),
    );
    if (same === undefined && atPort.length >= HEARD_AT_PORT) return;
    if (same !== undefined) {
      same.claims.push(claim);
      same.remote ??= remote;
      return;
    }
    const from = this.#devices.get(claim.from) as Device;
    const sighting = { from, port: claim.port, target, remote, claims: [claim], by };
    this.list.push(sighting);
    atPort.push(sighting);
    this.#byPort.set(claim.port, atPort);
  }
}
