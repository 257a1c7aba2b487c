import { namesOf } from './claim-owners.ts';
import { type Device, otherDevice, roleOf } from './device.ts';
import type { Claim } from './neighbour-claim.ts';
import { compareText, stableId } from './stable-id.ts';
import type { DerivedSource, UnknownNeighbour } from './topology-model.ts';

/** A claim about a device that is no node, with the nodes that carry the same mark. */
export interface OpenClaim {
  readonly claim: Claim;
  readonly owners: readonly string[];
}

interface Group {
  readonly scope: string;
  readonly claims: OpenClaim[];
}

/** Devices that others tell of and that are no nodes, with the claims about each. */
export interface NeighbourGroups {
  readonly neighbours: readonly UnknownNeighbour[];
  readonly deviceOf: ReadonlyMap<Claim, Device>;
}

/**
 * Brings together what several rows say of one device: by its MAC address, by an address, by its name where it has neither
 * or where one port heard it by two protocols. Two MAC addresses are two devices.
 */
export function groupNeighbours(
  claims: readonly OpenClaim[],
  previous: readonly UnknownNeighbour[],
): NeighbourGroups {
  const groups = joinGroups(claims);
  const before = previousMarks(previous);
  const taken = new Set<string>();
  const neighbours: UnknownNeighbour[] = [];
  const deviceOf = new Map<Claim, Device>();
  for (const group of groups) {
    const neighbour = describe(group, before, taken);
    taken.add(neighbour.id);
    neighbours.push(neighbour);
    const { id, name: label, role, siteId } = neighbour;
    const device = otherDevice('neighbour', { id, label, role, siteId });
    for (const { claim } of group.claims) deviceOf.set(claim, device);
  }
  return { neighbours: neighbours.toSorted((a, b) => compareText(a.id, b.id)), deviceOf };
}

function scopeOf({ from }: Claim): string {
  return `${from.input.siteId}|${from.input.collectorId ?? ''}`;
}

function joinGroups(claims: readonly OpenClaim[]): Group[] {
  const groups: Group[] = [];
  const byMark = new Map<string, Group>();
  // Those that say most come first, so that the others find them.
  const rank = ({ claim: { identity } }: OpenClaim) =>
    identity.mac !== undefined ? 0 : identity.addresses.length > 0 ? 1 : 2;
  for (const open of claims.toSorted((a, b) => rank(a) - rank(b))) {
    const scope = scopeOf(open.claim);
    const marks = marksOf(open.claim, scope);
    let group = marks.sought.map((mark) => byMark.get(mark)).find((found) => found !== undefined);
    if (group === undefined) {
      group = { scope, claims: [] };
      groups.push(group);
    }
    group.claims.push(open);
    for (const mark of marks.left) if (!byMark.has(mark)) byMark.set(mark, group);
  }
  return groups;
}

/** Marks by which a claim seeks its device, and those by which later claims find it. */
function marksOf({ identity, port, from }: Claim, scope: string) {
  const { mac, addresses, systemName, chassis } = identity;
  const byMac = mac === undefined ? [] : [`${scope}|mac|${mac}`];
  const byAddress = addresses.map((address) => `${scope}|address|${address}`);
  const name = systemName ?? chassis?.text;
  const words = name === undefined ? [] : namesOf(name).slice(-1);
  const place = `${from.input.nodeId}|${port.ref.key}`;
  const byName = words.flatMap((word) => [`${scope}|${place}|name|${word}`, `${scope}|name|${word}`]);
  if (mac !== undefined) return { sought: byMac, left: [...byMac, ...byAddress, ...byName] };
  const sought = [...byAddress, ...(addresses.length > 0 ? byName.slice(0, 1) : byName)];
  return { sought, left: [...byAddress, ...byName] };
}

function describe(
  { scope, claims: open }: Group,
  before: ReadonlyMap<string, UnknownNeighbour>,
  taken: ReadonlySet<string>,
): UnknownNeighbour {
  const claims = open.map(({ claim }) => claim);
  const mac = firstOf(claims, ({ identity }) => identity.mac ?? null);
  const addresses = unique(claims.flatMap(({ identity }) => identity.addresses));
  const systemName = firstOf(claims, ({ identity }) => identity.systemName);
  const chassisId = firstOf(claims, ({ identity }) => identity.chassis?.text ?? null);
  const capabilities = unique(claims.flatMap((claim) => claim.capabilities));
  const platform = firstOf(claims, (claim) => claim.platform);
  const from = claims[0]?.from.input;
  const primary = mac ?? addresses[0] ?? chassisId ?? systemName ?? '';
  const old = [mac, ...(mac === null ? addresses : []), systemName, chassisId]
    .map((mark) => (mark === null ? undefined : before.get(`${scope}|${mark}`)))
    .find((found) => found !== undefined && !taken.has(found.id) && fits(found, mac));
  const times = claims.map(({ atMs }) => atMs);
  const own = stableId('neighbour', scope, primary);
  return {
    id: old?.id ?? (taken.has(own) ? stableId('neighbour', scope, primary, String(taken.size)) : own),
    siteId: from?.siteId ?? '',
    collectorId: from?.collectorId ?? null,
    name: systemName ?? addresses[0] ?? chassisId ?? mac ?? 'unnamed',
    systemName,
    systemDescription: firstOf(claims, (claim) => claim.systemDescription),
    chassisId,
    macAddress: mac,
    addresses,
    platform,
    version: firstOf(claims, (claim) => claim.version),
    capabilities,
    role: roleOf(capabilities, platform ?? firstOf(claims, (claim) => claim.systemDescription)),
    seenBy: seenBy(claims),
    sources: unique(claims.map(({ source }) => source)) as DerivedSource[],
    firstSeenMs: Math.min(old?.firstSeenMs ?? Infinity, ...times),
    lastSeenMs: Math.max(...times),
    owners: unique(open.flatMap(({ owners }) => owners)),
  };
}

function seenBy(claims: readonly Claim[]): UnknownNeighbour['seenBy'] {
  const places = new Map(
    claims.map(({ from, port }) => [
      `${from.input.nodeId}|${port.ref.key}`,
      { nodeId: from.input.nodeId, interface: port.ref },
    ]),
  );
  return [...places].toSorted(([a], [b]) => compareText(a, b)).map(([, place]) => place);
}

/** A device keeps its id while its MAC address stays, or while none was known. */
function fits(old: UnknownNeighbour, mac: string | null): boolean {
  return old.macAddress === mac || old.macAddress === null || mac === null;
}

function previousMarks(previous: readonly UnknownNeighbour[]): Map<string, UnknownNeighbour> {
  const marks = new Map<string, UnknownNeighbour>();
  for (const old of previous.toSorted((a, b) => compareText(a.id, b.id))) {
    const scope = `${old.siteId}|${old.collectorId ?? ''}`;
    for (const mark of [old.macAddress, ...old.addresses, old.systemName, old.chassisId])
      if (mark !== null && !marks.has(`${scope}|${mark}`)) marks.set(`${scope}|${mark}`, old);
  }
  return marks;
}

function firstOf<T>(claims: readonly Claim[], read: (claim: Claim) => T | null): T | null {
  for (const claim of claims) {
    const value = read(claim);
    if (value !== null) return value;
  }
  return null;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted(compareText);
}
