import type { MapNode } from './map-model.ts';

/** A place on the map: the middle of what stands there, in pixels at a scale of one. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Size of a card, the same for all, so that nothing has to be measured. */
export const CARD = { width: 156, height: 48 } as const;
/** Distances between the middles of cards that nobody has laid out. */
const STEP = { x: 184, y: 96 } as const;
/** Distance between what is laid out and what is not. */
const GAP = 120;
/** From the core outward. */
const TIERS = ['core', 'distribution', 'access', 'end'] as const satisfies readonly MapNode['tier'][];
/** Cards in a row at most. */
const ROW_MAX = 12;

/**
 * Where each stands: as the server says, or, for one that it has not laid out yet, in rows below the rest, by site and
 * tier. The same input gives the same places.
 */
export function placesOf(nodes: readonly MapNode[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const rest: MapNode[] = [];
  let [left, bottom] = [Infinity, -Infinity];
  for (const node of nodes) {
    if (node.x === null || node.y === null) {
      rest.push(node);
      continue;
    }
    places.set(node.id, { x: node.x, y: node.y });
    left = Math.min(left, node.x);
    bottom = Math.max(bottom, node.y);
  }
  const start = places.size === 0 ? { x: 0, y: 0 } : { x: left, y: bottom + CARD.height + GAP };
  let { y } = start;
  for (const rows of rowsOf(rest)) {
    for (const [column, { id }] of rows.entries()) places.set(id, { x: start.x + column * STEP.x, y });
    y += STEP.y;
  }
  return places;
}

/** The rows of what has no place: a site after the other, from the core outward, by name. */
function rowsOf(rest: readonly MapNode[]): MapNode[][] {
  const rank = ({ tier }: MapNode) => (tier === null ? TIERS.length : TIERS.indexOf(tier));
  const ordered = rest.toSorted(
    (a, b) =>
      compare(a.siteId, b.siteId) || rank(a) - rank(b) || compare(a.name, b.name) || compare(a.id, b.id),
  );
  const rows: MapNode[][] = [];
  for (const node of ordered) {
    const row = rows.at(-1);
    const first = row?.[0];
    const isSame = first !== undefined && first.siteId === node.siteId && first.tier === node.tier;
    if (row !== undefined && isSame && row.length < ROW_MAX) row.push(node);
    else rows.push([node]);
  }
  return rows;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The point where a line from the middle of a card to another leaves the card, with some distance from its edge; between
 * the two middles at most.
 */
export function exitPoint(from: Place, to: Place, distance: number): Place {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return from;
  const scale = Math.min(
    dx === 0 ? Infinity : CARD.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : CARD.height / 2 / Math.abs(dy),
  );
  const share = Math.min(scale + distance / length, 0.5);
  return { x: from.x + dx * share, y: from.y + dy * share };
}
