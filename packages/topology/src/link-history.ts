import type { ClaimOwners } from './claim-owners.ts';
import { describeLink } from './derived-links.ts';
import { groupKey, type LinkGroup } from './link-groups.ts';
import type { Plant } from './plant.ts';
import { isDown, type Port } from './port-table.ts';
import { compareText, stableId } from './stable-id.ts';
import type { DerivedLink, LinkEnd, LinkMember, PreviousTopology } from './topology-model.ts';
import { endKey } from './wire-segments.ts';

/** A line of the map with its link. */
export interface NamedLink {
  readonly group: LinkGroup;
  readonly link: DerivedLink;
}

/** The links of now by what they were before, and the links of before that none of now continues. */
export interface Continued {
  readonly named: readonly NamedLink[];
  readonly lost: readonly DerivedLink[];
}

/** Key of an end, as `endKey` gives it of one that is derived now. */
export function linkEndKey({ device, interface: port }: LinkEnd): string {
  return `${device.kind}:${device.id}|${port?.key ?? ''}`;
}

/**
 * Gives each line the id of the link of before that had the same ends, or that differs in no more than what was not known
 * then: a port, an aggregate around it, or that the neighbour is a node by now.
 */
export function continueLinks(
  groups: readonly LinkGroup[],
  { plant, owners, previous }: { plant: Plant; owners: ClaimOwners; previous: PreviousTopology },
): Continued {
  const grown = neighboursThatAreNodes(plant, owners, previous);
  const old = previous.links
    .map((link) => ({ link, ends: [grownEnd(link.a, grown), grownEnd(link.b, grown)] as const }))
    .toSorted((a, b) => compareText(a.link.id, b.link.id));
  const byKey = new Map(old.map((one) => [pairKey(one.ends.map(linkEndKey)), one]));
  const byDevices = Map.groupBy(old, ({ ends }) => pairKey(ends.map(deviceKey)));
  const found = new Map<LinkGroup, DerivedLink>();
  const used = new Set<DerivedLink>();
  const take = (group: LinkGroup, link: DerivedLink | undefined) => {
    if (link === undefined || used.has(link)) return;
    used.add(link);
    found.set(group, link);
  };
  for (const group of groups) take(group, byKey.get(pairKey(group.ends.map(endKey)))?.link);
  for (const group of groups) {
    if (found.has(group)) continue;
    const alike = (byDevices.get(pairKey(group.ends.map(({ device }) => device.key))) ?? []).find(
      ({ link, ends }) => !used.has(link) && fits(group, ends),
    );
    take(group, alike?.link);
  }
  // Those of links that are lost, too: some of them are kept.
  const ids = new Set(old.map(({ link }) => link.id));
  const named = groups.map((group) => nameLink(group, found.get(group), { ids, plant }));
  return { named, lost: old.flatMap(({ link }) => (used.has(link) ? [] : [link])) };
}

function nameLink(
  group: LinkGroup,
  before: DerivedLink | undefined,
  { ids, plant }: { ids: Set<string>; plant: Plant },
): NamedLink {
  const link = describeLink(group, plant.nowMs);
  const key = groupKey(group);
  const id = before?.id ?? freeId(key, ids);
  ids.add(id);
  const members = [...link.members, ...lostMembers(group, link.members, before)];
  return {
    group,
    link: {
      ...link,
      members,
      id,
      firstSeenMs: Math.min(before?.firstSeenMs ?? group.newestMs, group.newestMs),
    },
  };
}

/** The id that follows from a key; another one where a link of before has kept that. */
function freeId(key: string, ids: ReadonlySet<string>): string {
  let id = stableId('link', key);
  for (let turn = 1; ids.has(id); turn += 1) id = stableId('link', key, String(turn));
  return id;
}

/** Cables of before whose port is down: that they are not heard any more is the fault. */
function lostMembers(
  { ends: [a] }: LinkGroup,
  members: readonly LinkMember[],
  before: DerivedLink | undefined,
): LinkMember[] {
  const table = a.device.node?.ports;
  if (before === undefined || before.members.length === 0 || table === undefined) return [];
  const side = linkEndKey(before.a).startsWith(`${a.device.key}|`) ? 'a' : 'b';
  const here = new Set(members.flatMap(({ a: port }) => port?.key ?? []));
  const there = new Set(members.flatMap(({ b: port }) => port?.key ?? []));
  return before.members.flatMap((member): LinkMember[] => {
    const [own, other] = side === 'a' ? [member.a, member.b] : [member.b, member.a];
    const port = own === null ? undefined : table.findByKey(own.key);
    if (port === undefined || here.has(port.ref.key) || isDown(port) !== true) return [];
    return [
      {
        a: port.ref,
        b: other !== null && there.has(other.key) ? null : other,
        state: 'down',
        speedBps: member.speedBps,
      },
    ];
  });
}

function pairKey(keys: readonly string[]): string {
  return keys.toSorted(compareText).join(' ');
}

function deviceKey({ device }: LinkEnd): string {
  return `${device.kind}:${device.id}`;
}

/** Whether each end is the same port, or one of them was not known. */
function fits(group: LinkGroup, ends: readonly [LinkEnd, LinkEnd]): boolean {
  const orders = [ends, [ends[1], ends[0]] as const];
  return orders.some((order) =>
    group.ends.every(({ device, port }, at) => {
      const old = order[at] as LinkEnd;
      if (deviceKey(old) !== device.key) return false;
      return old.interface === null || port === undefined || isKeyOf(port, old.interface.key);
    }),
  );
}

function isKeyOf(port: Port, key: string): boolean {
  return (
    port.ref.key === key ||
    port.aggregate?.ref.key === key ||
    port.members.some((member) => member.ref.key === key)
  );
}

function grownEnd(end: LinkEnd, grown: ReadonlyMap<string, string>): LinkEnd {
  const nodeId = end.device.kind === 'neighbour' ? grown.get(end.device.id) : undefined;
  return nodeId === undefined ? end : { device: { kind: 'node', id: nodeId }, interface: null };
}

/** Devices of before that were no nodes and are by now: those that were imported. */
function neighboursThatAreNodes(
  plant: Plant,
  owners: ClaimOwners,
  { neighbours }: PreviousTopology,
): Map<string, string> {
  const grown = new Map<string, string>();
  for (const old of neighbours) {
    const from = old.seenBy.map(({ nodeId }) => plant.byId.get(nodeId)).find((node) => node !== undefined);
    if (from === undefined) continue;
    const { node } = owners.recognise(from, {
      chassis: null,
      mac: old.macAddress ?? undefined,
      addresses: old.addresses,
      systemName: old.systemName,
      serial: null,
    });
    if (node !== undefined && node !== from) grown.set(old.id, node.input.nodeId);
  }
  return grown;
}
