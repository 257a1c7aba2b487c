import { CELL_HEIGHT, CELL_WIDTH, type Place, type SiteGraph } from './map-thing.ts';

/** A rectangle with things in it, measured from its left upper corner: things of its own, and other rectangles. */
interface Box {
  readonly width: number;
  readonly height: number;
  readonly things: readonly (Place & { readonly id: string })[];
  readonly parts: readonly (Place & { readonly box: Box })[];
}

/** A site that is laid out, measured from its left upper corner. */
export interface SiteBox {
  readonly width: number;
  readonly height: number;
  readonly places: readonly (readonly [id: string, Place])[];
}

/** Width to height of what is packed: that of screens. */
const ASPECT = 1.8;
const GAP = 40;

/** Lays out a whole site: its core, then what is not linked to it, and below these what nothing is linked to. */
export function boxOfSite({ tops, below, alone }: SiteGraph): SiteBox {
  const trees = tops.map((top) => boxOfTree(top, below));
  return flatten(stack(alone.length === 0 ? trees : [...trees, grid(alone)]));
}

/** Puts things into a grid in their order. */
export function gridOf(ids: readonly string[]): SiteBox {
  return flatten(grid(ids));
}

/**
 * Lays out a tree: its top in a row, and what hangs on it below, packed in rows. What has nothing below it itself is a grid of its
 * own. Nothing overlaps, since every part has its own rectangle.
 */
function boxOfTree(top: readonly string[], below: SiteGraph['below']): Box {
  // Walked without recursion: a chain of switches may be as long as the plant has switches.
  const boxes = new Map<string, Box>();
  const preorder: string[] = [];
  const stacked = [...top];
  for (let id = stacked.pop(); id !== undefined; id = stacked.pop()) {
    preorder.push(id);
    stacked.push(...(below.get(id) ?? []));
  }
  for (const id of preorder.toReversed()) boxes.set(id, boxBelow([id], below.get(id) ?? [], boxes));
  const [first] = top;
  const single = top.length === 1 && first !== undefined ? boxes.get(first) : undefined;
  return (
    single ??
    boxBelow(
      top,
      top.flatMap((id) => below.get(id) ?? []),
      boxes,
    )
  );
}

function boxBelow(
  heads: readonly string[],
  children: readonly string[],
  boxes: ReadonlyMap<string, Box>,
): Box {
  const isBranch = (id: string) => (boxes.get(id)?.parts.length ?? 0) > 0;
  const leaves = children.filter((id) => !isBranch(id));
  const branches = children.flatMap((id) => (isBranch(id) ? (boxes.get(id) ?? []) : []));
  const foot = pack([...(leaves.length > 0 ? [grid(leaves)] : []), ...branches]);
  const row = CELL_WIDTH * heads.length;
  const width = Math.max(foot?.width ?? 0, row);
  const left = (width - row) / 2;
  const things = heads.map((id, index) => ({ id, x: left + CELL_WIDTH * (index + 0.5), y: CELL_HEIGHT / 2 }));
  if (foot === undefined) return { width, height: CELL_HEIGHT, things, parts: [] };
  const y = CELL_HEIGHT + GAP;
  return { width, height: y + foot.height, things, parts: [{ box: foot, x: (width - foot.width) / 2, y }] };
}

/** Puts boxes beside each other in rows, so that the whole is about as wide as a screen; none for none. */
function pack(boxes: readonly Box[]): Box | undefined {
  if (boxes.length < 2) return boxes[0];
  const area = boxes.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const widest = boxes.reduce((most, { width }) => Math.max(most, width), 0);
  const limit = Math.max(widest, Math.sqrt(area * ASPECT));
  const rows: Box[][] = [];
  let filled = Number.POSITIVE_INFINITY;
  for (const box of boxes) {
    if (filled + box.width > limit) {
      rows.push([box]);
      filled = box.width + GAP;
    } else {
      rows.at(-1)?.push(box);
      filled += box.width + GAP;
    }
  }
  return stack(rows.map((row) => beside(row)));
}

function beside(boxes: readonly Box[]): Box {
  let width = -GAP;
  const parts = boxes.map((box) => {
    const x = width + GAP;
    width = x + box.width;
    return { box, x, y: 0 };
  });
  return { width, height: Math.max(...boxes.map(({ height }) => height)), things: [], parts };
}

function stack(boxes: readonly Box[]): Box {
  const width = Math.max(0, ...boxes.map((box) => box.width));
  let height = -GAP;
  const parts = boxes.map((box) => {
    const y = height + GAP;
    height = y + box.height;
    return { box, x: (width - box.width) / 2, y };
  });
  return { width, height: Math.max(height, 0), things: [], parts };
}

function grid(ids: readonly string[]): Box {
  const columns = Math.max(1, Math.ceil(Math.sqrt((ids.length * ASPECT * CELL_HEIGHT) / CELL_WIDTH)));
  return {
    width: Math.min(columns, ids.length) * CELL_WIDTH,
    height: Math.ceil(ids.length / columns) * CELL_HEIGHT,
    things: ids.map((id, index) => ({
      id,
      x: ((index % columns) + 0.5) * CELL_WIDTH,
      y: (Math.floor(index / columns) + 0.5) * CELL_HEIGHT,
    })),
    parts: [],
  };
}

/** Measures all that is in a box from the box's own corner. */
function flatten(whole: Box): SiteBox {
  const places: (readonly [string, Place])[] = [];
  const open = [{ box: whole, x: 0, y: 0 }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { box, x, y } = part;
    for (const thing of box.things) places.push([thing.id, { x: x + thing.x, y: y + thing.y }]);
    for (const inner of box.parts) open.push({ box: inner.box, x: x + inner.x, y: y + inner.y });
  }
  return { width: whole.width, height: whole.height, places };
}
