import { FreeSpots } from './free-spots.ts';
import {
  CELL_HEIGHT,
  CELL_WIDTH,
  type MapThing,
  type MapThingInput,
  type Place,
  type SiteGraph,
  ZONE_GAP,
} from './map-thing.ts';
import { boxOfSite } from './site-box.ts';
import { siteGraphs } from './site-graph.ts';

/** What a map is laid out from. The order of its lists makes no difference. */
export interface LayoutOrder {
  readonly things: readonly MapThingInput[];
  /** Pairs of ids that are linked; those that name no thing are passed over. */
  readonly links: readonly (readonly [string, string])[];
}

/** Where a thing stands. */
export interface LaidOut extends Place {
  readonly id: string;
  readonly tier: MapThing['tier'];
}

/**
 * Lays out what has no place yet, the same for the same input. Each site is a zone of its own: its core above, what hangs on
 * a device below it. What somebody placed stays, and so does what was laid out before: only what is new gets a place, beside what it
 * is linked to. A site of which most is new, and nothing was placed by hand, is laid out as a whole.
 *
 * @returns the places of what is new, and of every other thing its place and its tier of now
 */
export function layOut({ things, links }: LayoutOrder): LaidOut[] {
  const places = new Map<string, Place>();
  const graphs = siteGraphs(things, links);
  const whole = graphs.filter((graph) => isLaidOutAsWhole(graph));
  const others = graphs.filter((graph) => !whole.includes(graph));
  for (const { members } of others) {
    for (const thing of members) if (!isNew(thing)) places.set(thing.id, placeOf(thing));
  }
  for (const graph of whole) placeZone(graph, places);
  const spots = new FreeSpots(places.values());
  for (const graph of others) placeNewcomers(graph, places, spots);
  return graphs.flatMap(({ members }) =>
    members.map(({ id, tier }) => ({ id, tier, ...(places.get(id) ?? { x: 0, y: 0 }) })),
  );
}

/** Whether a thing is to be placed: it never was, or when it was, nothing was known of what it is linked to. */
function isNew({ at, tier }: MapThing): boolean {
  if (at === null) return true;
  return !at.isByHand && at.tier === null && tier !== null;
}

function isLaidOutAsWhole({ members }: SiteGraph): boolean {
  const fresh = members.filter((thing) => isNew(thing)).length;
  const linked = members.filter((thing) => !isNew(thing) && thing.tier !== null).length;
  return fresh > linked && members.every(({ at }) => at?.isByHand !== true);
}

function placeOf({ at }: MapThing): Place {
  return at === null ? { x: 0, y: 0 } : { x: at.x, y: at.y };
}

/** Places a whole site where it was, or where there is room for it beside the others. */
function placeZone(graph: SiteGraph, places: Map<string, Place>): void {
  const box = boxOfSite(graph);
  const old = graph.members.flatMap(({ at }) => (at === null ? [] : [at]));
  const taken = [...places.values()];
  const corner =
    old.length > 0
      ? {
          x: Math.min(...old.map(({ x }) => x)) - CELL_WIDTH / 2,
          y: Math.min(...old.map(({ y }) => y)) - CELL_HEIGHT / 2,
        }
      : undefined;
  const free = corner && isFree(corner, box, taken) ? corner : roomFor(box, taken);
  for (const [id, { x, y }] of box.places) places.set(id, { x: free.x + x, y: free.y + y });
}

function isFree(
  corner: Place,
  { width, height }: { width: number; height: number },
  taken: readonly Place[],
): boolean {
  return !taken.some(
    ({ x, y }) =>
      x > corner.x - CELL_WIDTH &&
      x < corner.x + width + CELL_WIDTH &&
      y > corner.y - CELL_HEIGHT &&
      y < corner.y + height + CELL_HEIGHT,
  );
}

/** Width of the map past which a zone is put below the others. */
const MAP_WIDTH = 12_000;

/** Finds room for a zone: right of all others while the map is not too wide, else below all. */
function roomFor(box: { width: number; height: number }, taken: readonly Place[]): Place {
  if (taken.length === 0) return { x: 0, y: 0 };
  const edge = (pick: 'x' | 'y', most: boolean, list: readonly Place[]) =>
    list.reduce(
      (found, place) => (most ? Math.max(found, place[pick]) : Math.min(found, place[pick])),
      list[0]?.[pick] ?? 0,
    );
  const left = edge('x', false, taken) - CELL_WIDTH / 2;
  const below = edge('y', true, taken) + CELL_HEIGHT / 2 + ZONE_GAP;
  // The last row of zones begins where nothing stands below: right of it is room as long as it is not too wide.
  const lastRow = taken.filter(({ y }) => y > below - ZONE_GAP - ROW_HEIGHT);
  const corner = {
    x: edge('x', true, lastRow) + CELL_WIDTH / 2 + ZONE_GAP,
    y: edge('y', false, lastRow) - CELL_HEIGHT / 2,
  };
  const fits = corner.x + box.width - left <= MAP_WIDTH && isFree(corner, box, taken);
  return fits ? corner : { x: left, y: below };
}

/** Height of what counts as the last row of zones. */
const ROW_HEIGHT = 600;

/** Places what is new at a site beside what it is linked to: nearest to the core first, so that each finds a neighbour. */
function placeNewcomers(
  { members, neighbours, order }: SiteGraph,
  places: Map<string, Place>,
  spots: FreeSpots,
): void {
  const fresh = new Set(members.filter((thing) => isNew(thing)).map(({ id }) => id));
  if (fresh.size === 0) return;
  const settled = members.flatMap(({ id }) => places.get(id) ?? []);
  const foot = {
    x: Math.min(...settled.map(({ x }) => x)),
    y: Math.max(...settled.map(({ y }) => y)) + 2 * CELL_HEIGHT,
  };
  for (const id of order.filter((one) => fresh.has(one))) {
    const anchors = (neighbours.get(id) ?? []).flatMap((other) => places.get(other) ?? []);
    const [anchor] = anchors;
    places.set(
      id,
      anchor ? spots.takeBelow(anchor) : spots.takeRightOf(Number.isFinite(foot.x) ? foot : { x: 0, y: 0 }),
    );
  }
}
