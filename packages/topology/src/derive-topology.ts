import { ClaimOwners } from './claim-owners.ts';
import { findCollectorPlaces } from './collector-places.ts';
import type { Device } from './device.ts';
import { type ForwardingLines, forwardingLines, PortUses } from './forwarding-lines.ts';
import { type ForwardingScope, forwardingScopes } from './forwarding-scope.ts';
import { InferredSwitches } from './inferred-switches.ts';
import { keepLinks, Occupancy } from './kept-links.ts';
import { isPassable, type Line, pairSightings } from './line.ts';
import { groupLines } from './link-groups.ts';
import { continueLinks } from './link-history.ts';
import { addManualLinks } from './manual-links.ts';
import { missingReasons } from './missing-reasons.ts';
import { findPassingSwitch } from './passing-switch.ts';
import { type Plant, type PlantNode, readPlant } from './plant.ts';
import {
  type Contradiction,
  dropContradicted,
  dropOldPlaces,
  dropPassedOn,
  type HeardGuests,
  passThrough,
} from './port-conflicts.ts';
import { PortLines } from './port-lines.ts';
import { ResolvedAddresses, scopeOf } from './resolved-addresses.ts';
import { gatherSightings, type Sightings } from './sighting.ts';
import { compareText } from './stable-id.ts';
import type {
  DerivedLink,
  DerivedTopology,
  GuestHost,
  InferredSwitch,
  TopologyInput,
  UnknownNeighbour,
} from './topology-model.ts';
import { findWhereabouts } from './where-entries.ts';
import { takeSegments, type WireSegment } from './wire-segments.ts';

/**
 * Derives the topology from what all nodes say. Pure: the same input gives the same output, in whatever order its lists
 * are, and the time is part of it. What is said aloud (LLDP, CDP) goes before what is learned (forwarding tables), and
 * what both ends say before what one does; see `docs/reference/topology.md`.
 */
export function deriveTopology(input: TopologyInput): DerivedTopology {
  const plant = readPlant(input);
  const owners = new ClaimOwners(plant);
  const sightings = gatherSightings(plant, owners, input.previous.neighbours);
  const inferred = new InferredSwitches(input.previous.inferred);
  const scopes = forwardingScopes(plant, owners);
  const resolved = new ResolvedAddresses(plant);
  const heard = hearLines(sightings, { scopes, inferred, resolved });
  const learned = learnLines(heard.lines, { scopes, inferred, sightings });
  const groups = groupLines([...heard.lines, ...learned.flatMap(({ lines }) => lines)]);
  const previous = {
    ...input.previous,
    links: input.previous.links.filter(({ seenFrom }) => seenFrom !== null),
  };
  const { named, lost } = continueLinks(groups, { plant, owners, previous });
  const roles = new Map(
    [...input.previous.neighbours, ...sightings.neighbours].map(({ id, role }) => [id, role]),
  );
  const { kept, gone } = keepLinks(lost, { plant, occupancy: new Occupancy(named), roles });
  const links = [...addManualLinks(named, input.manualLinks, plant), ...kept].toSorted(byId);
  const neighbours = withKept(sightings.neighbours, input.previous.neighbours, refsOf(links, 'neighbour'));
  const { where, wandering } = findWhereabouts(learned, resolved, neighbours);
  const places = findCollectorPlaces(input.collectors, plant, { where, resolved });
  const alive = new Set(learned.flatMap(livingMacs));
  const isAlive = (scope: string, mac: string) =>
    alive.has(`${scope}|${mac}`) || !learned.some((one) => scopeKeyOf(one.scope) === scope);
  return {
    links,
    gone: gone.toSorted(byId),
    neighbours,
    inferred: withKept(inferred.list, input.previous.inferred, refsOf(links, 'inferred')),
    guestHosts: guestHosts(heard.hosts, learned),
    where,
    duplicates: resolved.duplicates(isAlive),
    wandering,
    reasons: missingReasons(plant, { sightings, contradictions: heard.contradictions }),
    places,
  };
}

interface Heard {
  readonly lines: readonly Line[];
  readonly contradictions: readonly Contradiction[];
  readonly hosts: readonly HeardGuests[];
}

interface Hearing {
  readonly scopes: readonly ForwardingScope[];
  readonly inferred: InferredSwitches;
  readonly resolved: ResolvedAddresses;
}

/** Makes lines of what nodes hear, one cable or one shared wire for each port. */
function hearLines({ sightings, neighbours }: Sightings, { scopes, inferred, resolved }: Hearing): Heard {
  const lines = new PortLines(pairSightings(sightings));
  const passedOn = dropPassedOn(lines);
  const contradictions = dropContradicted(lines);
  dropOldPlaces(lines);
  const hosts = passThrough(lines);
  const segments = takeSegments(lines);
  const spoken = new Set(
    lines.all
      .filter((line) => !isPassable(line))
      .flatMap(({ ends }) => ends.flatMap(({ port }) => port ?? [])),
  );
  const isSpoken = (scope: ForwardingScope, port: number) => {
    const at = scope.ports[port]?.port;
    return at !== undefined && [at, ...at.members].some((one) => spoken.has(one));
  };
  const passing = { scopes, macsOf: macLookup(neighbours, resolved) };
  const passed: Contradiction[] = [];
  const cables = lines.all.filter((line) => {
    const between = isPassable(line)
      ? findPassingSwitch(line.ends, { ...passing, isClosed: () => false })
      : undefined;
    if (between === undefined) return true;
    passed.push({ line, words: `${between.input.name} passes on what ${labelsOf(line)} hear by CDP` });
    return false;
  });
  const wires = segments.flatMap((segment) => {
    // A switch that speaks LLDP on a port passes none on from there.
    const isClosed = segment.lines.every(isPassable) ? () => false : isSpoken;
    return findPassingSwitch(segment.ends, { ...passing, isClosed }) === undefined
      ? inferredLines(segment, inferred)
      : [];
  });
  return {
    lines: [...cables, ...wires],
    contradictions: [...contradictions, ...passedOn, ...passed],
    hosts,
  };
}

/** MAC addresses of devices that are no nodes: what they say, else what others resolve their addresses to. */
function macLookup(
  neighbours: readonly UnknownNeighbour[],
  resolved: ResolvedAddresses,
): (device: Device) => readonly string[] {
  const byId = new Map(neighbours.map((neighbour) => [neighbour.id, neighbour]));
  return ({ ref }) => {
    const { macAddress = null, addresses = [], siteId, collectorId } = byId.get(ref.id) ?? {};
    if (macAddress !== null) return [macAddress];
    const scope = `${siteId ?? ''}|${collectorId ?? ''}`;
    return addresses.flatMap((address) => resolved.macOf(scope, address) ?? []);
  };
}

function labelsOf({ ends: [a, b] }: Line): string {
  return `${a.device.label} and ${b.device.label}`;
}

function inferredLines(segment: WireSegment, inferred: InferredSwitches): Line[] {
  const labels = segment.ends.map(({ device }) => device.label).join(', ');
  const device = inferred.add({
    siteId: segment.ends[0]?.device.siteId ?? '',
    why: 'flood',
    ends: segment.ends,
    macs: [],
    words: `${labels} hear each other on one wire, and no switch is known between them`,
    atMs: segment.newestMs,
  });
  return segment.ends.map((end): Line => {
    const sightings = segment.lines
      .flatMap((line) => line.sightings)
      .filter(({ from, port, target }) =>
        end.port === undefined ? target === end.device : from === end.device && port === end.port,
      );
    const about = segment.lines
      .flatMap((line) => line.sightings)
      .filter(({ target }) => target === end.device);
    return {
      ends: [end, { device, port: undefined }],
      sightings: sightings.length > 0 ? sightings : about,
      evidence: [],
      isMutual: false,
    };
  });
}

/** Adds what forwarding tables tell of ports where nobody is heard. */
function learnLines(
  heard: readonly Line[],
  given: { scopes: readonly ForwardingScope[]; inferred: InferredSwitches; sightings: Sightings },
): ForwardingLines[] {
  const uses = new PortUses(heard);
  const deviceOf = deviceLookup(given.sightings.devices);
  return given.scopes.map((scope) => forwardingLines(scope, { uses, inferred: given.inferred, deviceOf }));
}

function deviceLookup(devices: ReadonlyMap<PlantNode, Device>): (node: PlantNode) => Device {
  return (node) => devices.get(node) as Device;
}

function guestHosts(heard: readonly HeardGuests[], learned: readonly ForwardingLines[]): GuestHost[] {
  const spoken = heard.map(
    ({ near, port, host, guests }): GuestHost => ({
      at: { device: near.ref, interface: port.ref },
      host: host.ref,
      guests: guests.map(({ label }) => label),
    }),
  );
  const key = ({ at }: GuestHost) => `${at.device.id}|${at.interface?.key ?? ''}`;
  return [...spoken, ...learned.flatMap(({ attached }) => attached.hosts)].toSorted((a, b) =>
    compareText(key(a), key(b)),
  );
}

function refsOf(links: readonly DerivedLink[], kind: 'neighbour' | 'inferred'): Set<string> {
  return new Set(
    links.flatMap(({ a, b }) => [a.device, b.device].flatMap((ref) => (ref.kind === kind ? [ref.id] : []))),
  );
}

/** Devices of now, and those of before that a link which was kept ends at. */
function withKept<T extends UnknownNeighbour | InferredSwitch>(
  now: readonly T[],
  before: readonly T[],
  wanted: ReadonlySet<string>,
): T[] {
  const known = new Set(now.map(({ id }) => id));
  return [...now, ...before.filter(({ id }) => wanted.has(id) && !known.has(id))].toSorted(byId);
}

function scopeKeyOf(scope: ForwardingScope): string {
  return scopeOf(scope.switches[0] as Plant['nodes'][number]);
}

function livingMacs({ scope }: ForwardingLines): string[] {
  return scope.macs.map((mac) => `${scopeKeyOf(scope)}|${mac}`);
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compareText(a.id, b.id);
}
