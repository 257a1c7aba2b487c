import type { Place } from './map-places.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

export const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const STEPS: Readonly<Record<Direction, Place>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};
/** How much more a step aside counts than one ahead. */
const ASIDE = 2;

/** The way of a move by keys, in pixels. */
export function keyStep(direction: Direction, pixels: number): Place {
  const { x, y } = STEPS[direction];
  return { x: x * pixels, y: y * pixels };
}

/**
 * The next one in a direction: ahead, and rather near than exactly in line. Where nothing was chosen yet it is the one
 * nearest to `middle`.
 */
export function nextInDirection(
  places: ReadonlyMap<string, Place>,
  from: string | undefined,
  direction: Direction,
  middle: Place,
): string | undefined {
  const start = from === undefined ? undefined : places.get(from);
  const step = STEPS[direction];
  let best: string | undefined;
  let least = Infinity;
  for (const [id, place] of places) {
    if (id === from) continue;
    const origin = start ?? middle;
    const [dx, dy] = [place.x - origin.x, place.y - origin.y];
    const ahead = dx * step.x + dy * step.y;
    if (start !== undefined && ahead <= 0) continue;
    const aside = Math.abs(dx * step.y) + Math.abs(dy * step.x);
    // Ahead means ahead: what is more beside than before is for another key, unless there is nothing else.
    const penalty = start !== undefined && aside > ahead * 2 ? 10_000 : 0;
    const cost = start === undefined ? Math.hypot(dx, dy) : ahead + aside * ASIDE + penalty;
    if (cost < least) [best, least] = [id, cost];
  }
  return best;
}
