/**
 * How much of the map is drawn: `zones` sites instead of what stands there; `far` colours alone; `mid` names; `near`
 * ports and traffic, too.
 */
export type MapLevel = 'zones' | 'far' | 'mid' | 'near';

/** The scales from which on more is drawn. */
export interface LevelLimits {
  readonly far: number;
  readonly mid: number;
  readonly near: number;
}

/** Cards that a map may have to be drawn whole; and, of one that has more, those in sight once zones give way to cards. */
const CARDS = { all: 500, inSight: 250 } as const;
/** Below this scale a card is smaller than a fingertip whatever the map. */
const FAR_LEAST = 0.1;
const MID = 0.42;
const NEAR = 0.9;

export const SCALES = { min: 0.02, max: 2 } as const;

/**
 * The scales at which a map shows more.
 * @param cards that stand on it
 * @param fitScale the scale at which all of it is in sight
 */
export function levelLimits(cards: number, fitScale: number): LevelLimits {
  // At a larger scale as much less is in sight as the square of it says.
  const far = cards <= CARDS.all ? FAR_LEAST : fitScale * Math.sqrt(cards / CARDS.inSight);
  return { far: Math.min(Math.max(far, FAR_LEAST), MID), mid: MID, near: NEAR };
}

export function levelOf(scale: number, limits: LevelLimits): MapLevel {
  if (scale >= limits.near) return 'near';
  if (scale >= limits.mid) return 'mid';
  return scale >= limits.far ? 'far' : 'zones';
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Share of the window that is left free around what is fitted into it. */
const MARGIN = 0.06;

/**
 * The picture in which a box is in the middle, as large as it can be.
 * @param least the smallest scale that is wanted, even where the box is then not all in sight
 */
export function fitBox(
  box: Box,
  window: Pick<Box, 'width' | 'height'>,
  least: number = SCALES.min,
): { readonly x: number; readonly y: number; readonly zoom: number } {
  const fit = Math.min(window.width / Math.max(box.width, 1), window.height / Math.max(box.height, 1));
  const zoom = Math.min(Math.max(fit * (1 - 2 * MARGIN), least, SCALES.min), 1);
  return {
    x: window.width / 2 - (box.x + box.width / 2) * zoom,
    y: window.height / 2 - (box.y + box.height / 2) * zoom,
    zoom,
  };
}

/** The box around some; one of no size where there is none. */
export function boxAround(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 1, height: 1 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
