import type { NodeStatus } from '@stratora/contract';
import { STATUS_ORDER } from '../../ui/status.tsx';
import type { MapLine, MapModel, MapNode } from './map-model.ts';
import { CARD, type Place } from './map-places.ts';

/** Things of a site that stand in one zone at most: more are shown in parts. */
const ZONE_MAX = 160;
/** Room between what stands in a zone and its edge, and for its title above. */
const PADDING = { side: 32, top: 56 } as const;
/** Parts of a site stand close to each other. */
const PART_PADDING = { side: 8, top: 8 } as const;

export interface Zone {
  readonly id: string;
  readonly siteId: string;
  /** The site's name. */
  readonly name: string;
  /** Of a part of a large site: the name of what it is around. */
  readonly part?: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly members: readonly MapNode[];
  /** The worst status in it; null where nobody watches anything. */
  readonly worst: NodeStatus | null;
  readonly counts: Readonly<Partial<Record<NodeStatus, number>>>;
}

/** Lines between two zones, as one. */
export interface ZoneLine {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  readonly count: number;
  /** Number of those that are down or are not there any more. */
  readonly broken: number;
}

/** The worst of some statuses, in the order of the counters. */
export function worstStatus(statuses: Iterable<NodeStatus | null>): NodeStatus | null {
  let worst: number = STATUS_ORDER.length;
  for (const status of statuses) {
    if (status !== null) worst = Math.min(worst, STATUS_ORDER.indexOf(status));
  }
  return STATUS_ORDER[worst] ?? null;
}

interface ZonesInput {
  readonly model: MapModel;
  readonly places: ReadonlyMap<string, Place>;
  readonly siteName: (id: string) => string;
}

/** The zones of a map: what stands at each site, with the rectangle around it; a large site in parts. */
export function zonesOf({ model, places, siteName }: ZonesInput): readonly Zone[] {
  const bySite = Map.groupBy(model.nodes, ({ siteId }) => siteId);
  return [...bySite].flatMap(([siteId, members]) => {
    const parts = partsOf(members, places);
    return parts.map((part, at): Zone => {
      const statuses = part.map(({ status }) => status);
      const counts: Partial<Record<NodeStatus, number>> = {};
      for (const status of statuses) if (status !== null) counts[status] = (counts[status] ?? 0) + 1;
      return {
        id: `zone ${siteId} ${at}`,
        siteId,
        name: siteName(siteId),
        ...(parts.length === 1 ? {} : { part: middleOf(part, model) }),
        ...frameOf(part, places, parts.length === 1 ? PADDING : PART_PADDING),
        members: part,
        worst: worstStatus(statuses),
        counts,
      };
    });
  });
}

/** Parts of a site that stand beside each other, about equally large. */
function partsOf(
  members: readonly MapNode[],
  places: ReadonlyMap<string, Place>,
): readonly (readonly MapNode[])[] {
  if (members.length <= ZONE_MAX) return [members];
  const xs = members.map(({ id }) => places.get(id)?.x ?? 0);
  const ys = members.map(({ id }) => places.get(id)?.y ?? 0);
  const isWide = span(xs) >= span(ys);
  const at = (node: MapNode) => places.get(node.id)?.[isWide ? 'x' : 'y'] ?? 0;
  const ordered = members.toSorted((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : 1));
  const half = Math.ceil(ordered.length / 2);
  return [...partsOf(ordered.slice(0, half), places), ...partsOf(ordered.slice(half), places)];
}

function span(values: readonly number[]): number {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least;
}

/** The name of the one with most lines. */
function middleOf(part: readonly MapNode[], model: MapModel): string {
  const lines = ({ id }: MapNode) => model.linesOf.get(id)?.length ?? 0;
  return part.reduce((best, node) => (lines(node) > lines(best) ? node : best)).name;
}

function frameOf(
  part: readonly MapNode[],
  places: ReadonlyMap<string, Place>,
  padding: { readonly side: number; readonly top: number },
) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { id } of part) {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    left = Math.min(left, x - CARD.width / 2);
    right = Math.max(right, x + CARD.width / 2);
    top = Math.min(top, y - CARD.height / 2);
    bottom = Math.max(bottom, y + CARD.height / 2);
  }
  return {
    x: left - padding.side,
    y: top - padding.top,
    width: right - left + 2 * padding.side,
    height: bottom - top + padding.top + padding.side,
  };
}

/** Whether a line is not as it should be. */
export function isBroken({ link, ghost }: MapLine): boolean {
  return ghost !== undefined || link?.state === 'down';
}

/** The lines between zones: all that join the same two as one. */
export function zoneLinesOf(zones: readonly Zone[], lines: readonly MapLine[]): readonly ZoneLine[] {
  const zoneOf = new Map(
    zones.flatMap(({ id, members }) => members.map((member) => [member.id, id] as const)),
  );
  const joined = new Map<string, { a: string; b: string; count: number; broken: number }>();
  for (const line of lines) {
    const [one, other] = [zoneOf.get(line.a), zoneOf.get(line.b)];
    if (one === undefined || other === undefined || one === other) continue;
    const [a, b] = one < other ? [one, other] : [other, one];
    const known = joined.get(`${a} ${b}`) ?? { a, b, count: 0, broken: 0 };
    known.count += 1;
    if (isBroken(line)) known.broken += 1;
    joined.set(`${a} ${b}`, known);
  }
  return [...joined].map(([id, line]) => ({ id, ...line }));
}
