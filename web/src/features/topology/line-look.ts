import type { MapLine } from './map-model.ts';
import { exitPoint, type Place } from './map-places.ts';

/** Kinds of line: how each is drawn is in the stylesheet. */
export type LineLook = 'up' | 'down' | 'stale' | 'ghost' | 'one-sided' | 'inferred' | 'drawn';

/** Distance between two lines of the same two cards. */
const LANE_PX = 22;

/** How a line is drawn: what is wrong before what is unsure. */
export function lineLook({ link, ghost }: MapLine): LineLook {
  if (ghost !== undefined || link === undefined) return 'ghost';
  if (link.state === 'down') return 'down';
  if (link.state === 'stale') return 'stale';
  if (link.sources.every((source) => source === 'manual')) return 'drawn';
  if (link.sources.every((source) => source === 'fdb' || source === 'manual')) return 'inferred';
  return link.two_sided === false ? 'one-sided' : 'up';
}

/**
 * The width of a line in pixels: by its speed, and more while it carries much.
 * @param share of its speed that is used, 0 to 1; undefined where nobody knows
 */
export function lineWidth({ link }: MapLine, share: number | undefined): number {
  const speed = link?.speed_bps ?? 0;
  const base = speed >= 4e10 ? 4 : speed >= 1e10 ? 3 : speed >= 1e9 ? 2 : 1.5;
  return base + 4 * Math.min(Math.max(share ?? 0, 0), 1);
}

/** The way of a line: straight where it is alone, else bent aside by its lane. */
export function lineCurve(
  a: Place,
  b: Place,
  lane: number,
): { readonly path: string; readonly middle: Place } {
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (lane === 0 || length === 0) return { path: `M${a.x},${a.y}L${b.x},${b.y}`, middle };
  const [nx, ny] = [-(b.y - a.y) / length, (b.x - a.x) / length];
  const aside = lane * LANE_PX;
  const bent = { x: middle.x + nx * aside, y: middle.y + ny * aside };
  // A quadratic curve passes half as far from its chord as its control point is.
  const control = { x: middle.x + nx * aside * 2, y: middle.y + ny * aside * 2 };
  return { path: `M${a.x},${a.y}Q${control.x},${control.y} ${b.x},${b.y}`, middle: bent };
}

/** The line nearest to a point, within a reach; undefined where none is that near. */
export function lineAt(
  lines: readonly MapLine[],
  places: ReadonlyMap<string, Place>,
  point: Place,
  reach: number,
): string | undefined {
  let found: string | undefined;
  let least = reach;
  for (const line of lines) {
    const [a, b] = [places.get(line.a), places.get(line.b)];
    if (a === undefined || b === undefined) continue;
    const distance = distanceTo(a, b, point);
    if (distance <= least) [found, least] = [line.id, distance];
  }
  return found;
}

/** The distance of a point from the stretch between two others. */
function distanceTo(a: Place, b: Place, { x, y }: Place): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(Math.max(((x - a.x) * dx + (y - a.y) * dy) / square, 0), 1);
  return Math.hypot(a.x + share * dx - x, a.y + share * dy - y);
}

/** Lines at an end from which on there is no room for the ports of all of them. */
const CROWD = 4;
/** Distance of a port's name from its card, and what is added to it for every next line of the card, three in turn. */
const PORT_DISTANCE = { first: 14, next: 15, turn: 3 } as const;
/** How far from the middle of its line, as a share of it, the words of every next line stand, three in turn. */
const WORD_SHIFT = [0, -0.13, 0.13] as const;
/** The same where one end is crowded: towards the other one. */
const AWAY_SHIFT = [0.1, 0.02, 0.18] as const;

interface PortPlace {
  readonly end: 'a' | 'b';
  /** Whether the port of the other end is told here, too. */
  readonly isBoth: boolean;
  readonly at: Place;
}

/** Where the words of a line stand: its ports at both ends, but where one of them is crowded both at the other. */
export function wordPlaces(
  { fan, crowd }: Pick<MapLine, 'fan' | 'crowd'>,
  a: Place,
  b: Place,
): { readonly ports: readonly PortPlace[]; readonly shift: number } {
  const distance = (turn: number) => PORT_DISTANCE.first + (turn % PORT_DISTANCE.turn) * PORT_DISTANCE.next;
  const portAt = (end: 'a' | 'b', isBoth: boolean): PortPlace => ({
    end,
    isBoth,
    at: end === 'a' ? exitPoint(a, b, distance(fan.a)) : exitPoint(b, a, distance(fan.b)),
  });
  const isCrowded = { a: crowd.a > CROWD, b: crowd.b > CROWD };
  const turn = fan.a % WORD_SHIFT.length;
  if (isCrowded.a && !isCrowded.b) return { ports: [portAt('b', true)], shift: AWAY_SHIFT[turn] ?? 0 };
  if (isCrowded.b && !isCrowded.a)
    return { ports: [portAt('a', true)], shift: -(AWAY_SHIFT[fan.b % AWAY_SHIFT.length] ?? 0) };
  return { ports: [portAt('a', false), portAt('b', false)], shift: WORD_SHIFT[turn] ?? 0 };
}
