import type { MapLine } from './map-model.ts';
import type { Place } from './map-places.ts';

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
