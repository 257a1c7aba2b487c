import type { Device } from './device.ts';
import { passesThrough } from './device.ts';
import { farEnd, isPassable, type Line, newestOf } from './line.ts';
import { isGuestMac } from './mac-address.ts';
import { remotePortName } from './neighbour-claim.ts';
import { isWhole } from './plant.ts';
import { nearEnd, type PortLines } from './port-lines.ts';
import type { Port } from './port-table.ts';
import type { Sighting } from './sighting.ts';

/** A sighting that others contradict, with the reason in words. */
export interface Contradiction {
  readonly line: Line;
  readonly words: string;
}

/**
 * Takes away lines of one end alone where what the other end says of that very port is better: two ends that agree, or
 * rows that are newer. Where the ports hear a device in common, several share one wire, and nothing is contradicted.
 */
export function dropContradicted(lines: PortLines): Contradiction[] {
  const dropped: Contradiction[] = [];
  for (const port of lines.ports) {
    const here = lines.at(port);
    if (here.length < 2) continue;
    for (const line of here) {
      if (line.isMutual || !lines.has(line)) continue;
      const better = here.find((other) => other !== line && beats(lines, port, { line, other }));
      if (better === undefined) continue;
      lines.remove(line);
      dropped.push({
        line,
        words: `${nearEnd(line, port).device.label} ${nameOf(port)} leads to ${farEnd(better, port).device.label}, as ${better.isMutual ? 'both say' : 'a newer reading says'}`,
      });
    }
  }
  return dropped;
}

/**
 * Takes away the old places of a device that has one cable and names no port of its own: a phone, a host or an access
 * point that was carried elsewhere is still in the tables of where it was.
 */
export function dropOldPlaces(lines: PortLines): void {
  const alone = lines.all.filter((line) => !line.isMutual && singleEnd(line) !== undefined);
  for (const some of Map.groupBy(alone, (line) => `${singleEnd(line)?.key} ${saidPort(line)}`).values()) {
    const newest = Math.max(...some.map(newestOf));
    for (const line of some) if (newestOf(line) < newest) lines.remove(line);
  }
}

/** The device of a line that has one cable alone and was heard at it without a port of its own. */
function singleEnd({ ends: [, { device, port }] }: Line): Device | undefined {
  return port === undefined && !isInfrastructure(device) ? device : undefined;
}

/** What a device calls the port at which it was heard, though nothing tells which that is. */
function saidPort({ sightings }: Line): string {
  return (
    sightings.flatMap(({ claims }) => claims.flatMap(({ remote }) => remotePortName(remote) ?? []))[0] ?? ''
  );
}

function isInfrastructure({ role, node }: Device): boolean {
  return role === 'switch' || role === 'router' || node?.isBridge === true;
}

function beats(lines: PortLines, port: Port, { line, other }: { line: Line; other: Line }): boolean {
  const [near, far] = [nearEnd(line, port), farEnd(line, port)];
  if (farEnd(other, port).device === far.device) return false;
  const heardHere = line.sightings.some(({ from }) => from === near.device);
  const isNewer = newestOf(other) > newestOf(line);
  if (!other.isMutual && !isNewer) return false;
  if (isWireOfMany(lines, port, far.port)) return false;
  if (!heardHere) return other.isMutual || isNewer;
  // The port hears it itself: then the far end would hear it too, if it were there.
  if (other.isMutual) return isSilentOnPurpose(far.device, line);
  return isNewer && other.sightings.every(({ from }) => from !== near.device);
}

/** Whether a device that tells of its neighbours, in a table that is whole, leaves out one that hears it. */
function isSilentOnPurpose({ node }: Device, { sightings }: Line): boolean {
  if (node === undefined) return false;
  const tables = new Set(sightings.flatMap(({ claims }) => claims.map(({ table }) => table)));
  // Of spanning tree and LACP only one end need tell.
  if (![...tables].every((table) => table === 'lldp_neighbours' || table === 'cdp_neighbours')) return false;
  return [...tables].every(
    (table) => isWhole(node.input, table) && (node.input.tables[table]?.rows.length ?? 0) > 0,
  );
}

/** Whether two ports hear a third device in common. */
function isWireOfMany(lines: PortLines, port: Port, other: Port | undefined): boolean {
  if (other === undefined) return false;
  const here = lines.farDevices(port);
  return [...lines.farDevices(other).keys()].some((device) => here.has(device));
}

/**
 * Takes away what CDP says where LLDP says otherwise of the same port: switches of other vendors pass CDP on, and no
 * bridge passes LLDP on.
 */
export function dropPassedOn(lines: PortLines): Contradiction[] {
  const dropped: Contradiction[] = [];
  for (const port of lines.ports) {
    const here = lines.at(port);
    const spoken = new Set(here.filter((line) => !isPassable(line)).map((line) => farEnd(line, port).device));
    const [between] = spoken;
    if (between === undefined || spoken.size > 1) continue;
    for (const line of here) {
      const far = farEnd(line, port).device;
      if (!isPassable(line) || far === between) continue;
      lines.remove(line);
      dropped.push({ line, words: `${far.label} is heard by CDP through ${between.label}` });
    }
  }
  return dropped;
}

/** A host whose guests are heard on its port. */
export interface HeardGuests {
  readonly port: Port;
  readonly near: Device;
  readonly host: Device;
  readonly guests: readonly Device[];
}

/**
 * Hangs what is heard behind a phone, an access point or a hypervisor on that device. Of several such devices on one
 * port, none is behind another.
 */
export function passThrough(lines: PortLines): HeardGuests[] {
  const hosts: HeardGuests[] = [];
  for (const port of lines.ports) {
    const far = [...lines.farDevices(port).keys()];
    if (far.length < 2) continue;
    const through = throughDevice(far, lines.at(port));
    if (through === undefined) continue;
    const guests = far.filter((device) => device !== through);
    const near = nearEnd(lines.at(port)[0] as Line, port);
    if (!passesThrough(through.role)) hosts.push({ port, near: near.device, host: through, guests });
    for (const line of lines.at(port)) {
      const end = nearEnd(line, port);
      if (farEnd(line, port).device === through) continue;
      lines.move(line, end, { device: through, port: undefined });
    }
  }
  return hosts;
}

/** Finds the one device that the others on its port are behind. */
function throughDevice(far: readonly Device[], here: readonly Line[]): Device | undefined {
  const passing = far.filter(({ role }) => passesThrough(role));
  const [first] = passing;
  if (first !== undefined)
    return passing.length === 1 && far.every((device) => device === first || !isInfrastructure(device))
      ? first
      : undefined;
  const hypervisors = far.filter(({ role }) => role === 'hypervisor');
  if (hypervisors.length === 1) return hypervisors[0];
  const hosts = far.filter((device) => !isGuest(device, here));
  return hosts.length === 1 && far.every((device) => !isInfrastructure(device)) ? hosts[0] : undefined;
}

function isGuest(device: Device, lines: readonly Line[]): boolean {
  if (device.node !== undefined && device.node.macs.size > 0) return [...device.node.macs].every(isGuestMac);
  const about = (sighting: Sighting) => (sighting.target === device ? sighting.claims : []);
  const macs = lines.flatMap(({ sightings }) =>
    sightings.flatMap(about).flatMap(({ identity }) => identity.mac ?? []),
  );
  return macs.some(isGuestMac);
}

function nameOf({ ref }: Port): string {
  return ref.name ?? ref.key;
}
