import { areDown } from './derived-links.ts';
import { FADE_AFTER_MS } from './fade-time.ts';
import type { End } from './line.ts';
import { linkEndKey, type NamedLink } from './link-history.ts';
import type { Plant, PlantNode } from './plant.ts';
import { isDown, isSwitchedOff, type Port, trunkOf } from './port-table.ts';
import { compareText } from './stable-id.ts';
import type { DerivedLink, GoneLink, LinkEnd, LinkMember, NeighbourRole } from './topology-model.ts';
import { endKey } from './wire-segments.ts';

export interface KeptLinks {
  readonly kept: readonly DerivedLink[];
  readonly gone: readonly GoneLink[];
}

/** What is plugged in where by now. */
export class Occupancy {
  readonly #byPort = new Map<Port, { far: string; label: string }[]>();
  readonly #byDevice = new Map<string, string>();
  readonly #byEnd = new Map<string, string>();

  constructor(named: readonly NamedLink[]) {
    for (const { group } of named)
      for (const line of group.lines)
        for (const [near, far] of [
          [line.ends[0], line.ends[1]],
          [line.ends[1], line.ends[0]],
        ] as const)
          this.#note(near, far);
  }

  /** What a port, or its aggregate, leads to. */
  at(port: Port): readonly { far: string; label: string }[] {
    return this.#byPort.get(port) ?? this.#byPort.get(trunkOf(port)) ?? [];
  }

  /** Where a device is seen now, in words. */
  placeOf(deviceKey: string): string | undefined {
    return this.#byDevice.get(deviceKey);
  }

  /** What a port of a device that is no node leads to now, in words. */
  placeOfEnd(end: LinkEnd): string | undefined {
    return this.#byEnd.get(linkEndKey(end));
  }

  #note(near: End, far: End): void {
    const place = `${far.device.label}${far.port === undefined ? '' : ` ${far.port.ref.name ?? far.port.ref.key}`}`;
    if (!this.#byDevice.has(near.device.key)) this.#byDevice.set(near.device.key, place);
    if (near.port === undefined) return;
    this.#byEnd.set(endKey(near), place);
    for (const port of new Set([near.port, trunkOf(near.port)])) {
      const known = this.#byPort.get(port) ?? [];
      known.push({ far: far.device.key, label: far.device.label });
      this.#byPort.set(port, known);
    }
  }
}

/** What is so now. */
export interface Now {
  readonly plant: Plant;
  readonly occupancy: Occupancy;
  /** What devices that are no nodes are, by their ids. */
  readonly roles: ReadonlyMap<string, NeighbourRole>;
}

/**
 * Decides on links of before that nobody sees now. One stays while a port of it is down, which is the fault, or while
 * nothing was read since that could say that it is gone; it is stale while its ports are up; and it is gone once a port of
 * it leads elsewhere, a device of it is seen elsewhere, or nobody has seen it for 14 days.
 */
export function keepLinks(lost: readonly DerivedLink[], now: Now): KeptLinks {
  const kept: DerivedLink[] = [];
  const gone: GoneLink[] = [];
  for (const link of lost.toSorted((a, b) => compareText(a.id, b.id))) {
    const end = whyGone(link, now);
    if (end !== undefined) gone.push({ id: link.id, ...end });
    else kept.push(aged(link, now.plant));
  }
  return { kept, gone };
}

function whyGone(link: DerivedLink, now: Now): Pick<GoneLink, 'why' | 'words'> | undefined {
  const { plant } = now;
  if (link.seenFrom === null) return { why: 'replaced', words: 'nobody draws it any more' };
  for (const { device } of [link.a, link.b])
    if (device.kind === 'node' && !plant.byId.has(device.id))
      return { why: 'node_gone', words: 'a node of it is no more' };
  const moved = movedTo(link, now);
  if (moved !== undefined) return moved;
  const unseenMs = plant.nowMs - (link.lastSeenMs ?? plant.nowMs);
  if (unseenMs > FADE_AFTER_MS && !isFault(link, plant))
    return { why: 'faded', words: 'nobody has seen it for 14 days' };
  return undefined;
}

function movedTo(link: DerivedLink, now: Now): Pick<GoneLink, 'why' | 'words'> | undefined {
  const { plant, occupancy } = now;
  for (const [near, far] of [
    [link.a, link.b],
    [link.b, link.a],
  ] as const) {
    const port = portOf(near, plant);
    const [other] = port === undefined ? [] : occupancy.at(port);
    if (port !== undefined && other !== undefined) {
      const name = `${nameOf(near, plant)} ${port.ref.name ?? port.ref.key}`;
      const why = other.far === keyOf(far) || far.device.kind === 'inferred' ? 'replaced' : 'moved';
      return { why, words: `${name} leads to ${other.label} now` };
    }
    if (far.device.kind !== 'inferred') {
      const place = placeElsewhere(far, now);
      if (place !== undefined)
        return { why: 'moved', words: `${nameOf(far, plant)} is seen at ${place} now` };
    }
  }
  return undefined;
}

function placeElsewhere(far: LinkEnd, now: Now): string | undefined {
  if (hasOneCable(far, now)) return now.occupancy.placeOf(keyOf(far));
  return far.device.kind === 'neighbour' ? now.occupancy.placeOfEnd(far) : undefined;
}

/** Whether a device is at one place alone: it is no switch or router, or nothing tells which port of it is meant. */
function hasOneCable({ device, interface: port }: LinkEnd, { plant, roles }: Now): boolean {
  const role = roles.get(device.id);
  if (device.kind === 'neighbour') return port === null || (role !== 'switch' && role !== 'router');
  const node = plant.byId.get(device.id);
  return node !== undefined && !node.isBridge && (port === null || node.ports.all.length < 2);
}

/** Whether a port of a link is down without anybody having switched it off. */
function isFault({ a, b, members }: DerivedLink, plant: Plant): boolean {
  const ends = [a, b, ...members.flatMap((member) => memberEnds({ a, b }, member))];
  return ends.some((end) => {
    const port = portOf(end, plant);
    return port !== undefined && isDown(port) === true && !isSwitchedOff(port);
  });
}

function memberEnds({ a, b }: Pick<DerivedLink, 'a' | 'b'>, member: LinkMember): LinkEnd[] {
  return [
    { device: a.device, interface: member.a },
    { device: b.device, interface: member.b },
  ];
}

function aged(link: DerivedLink, plant: Plant): DerivedLink {
  const members = link.members.map((member): LinkMember => {
    const states = memberEnds(link, member).flatMap((end) => stateOf(end, plant) ?? []);
    return { ...member, state: states.includes('down') ? 'down' : (states[0] ?? member.state) };
  });
  const ends = [link.a, link.b].flatMap((end): ('gone' | Port)[] => {
    const port = portOf(end, plant);
    const node = nodeOf(end, plant);
    // A port that is no more, on a device that lists its ports, carries nothing.
    const isMissing = port === undefined && end.interface?.ifIndex != null && node?.ports.isKnown === true;
    return isMissing ? ['gone'] : port === undefined ? [] : [port];
  });
  const isDownNow =
    members.length > 0 ? areDown([], members) : ends.some((port) => port === 'gone' || isDown(port) === true);
  const state = isDownNow ? 'down' : wasReadSince(link, plant) ? 'stale' : link.state;
  return { ...link, members, state };
}

/** Whether a table that told of a link was read whole since, so that it says by its silence that the link is gone. */
function wasReadSince({ witnesses, lastSeenMs }: DerivedLink, plant: Plant): boolean {
  return witnesses.some(({ nodeId, table }) => {
    const kept = nodeId === null || table === null ? undefined : plant.byId.get(nodeId)?.input.tables[table];
    return kept?.isWhole === true && (kept.rowsAtMs ?? 0) > (lastSeenMs ?? 0);
  });
}

function stateOf(end: LinkEnd, plant: Plant): 'up' | 'down' | undefined {
  const port = portOf(end, plant);
  const down = port === undefined ? undefined : isDown(port);
  return down === undefined ? undefined : down ? 'down' : 'up';
}

function nodeOf({ device }: LinkEnd, plant: Plant): PlantNode | undefined {
  return device.kind === 'node' ? plant.byId.get(device.id) : undefined;
}

function portOf(end: LinkEnd, plant: Plant): Port | undefined {
  return end.interface === null ? undefined : nodeOf(end, plant)?.ports.findByKey(end.interface.key);
}

function nameOf(end: LinkEnd, plant: Plant): string {
  return nodeOf(end, plant)?.input.name ?? 'a neighbour';
}

function keyOf(end: LinkEnd): string {
  return linkEndKey({ ...end, interface: null }).slice(0, -1);
}
