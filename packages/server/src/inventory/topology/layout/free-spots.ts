import { CELL_HEIGHT, CELL_WIDTH, type Place } from './map-thing.ts';

/** Rows and columns around a thing in which a spot is looked for before it is put further away. */
const REACH = 40;

/** The spots of the map that are free, by a raster of cells: a thing takes its own cell and those that it reaches into. */
export class FreeSpots {
  readonly #taken = new Map<string, Place[]>();

  constructor(places: Iterable<Place>) {
    for (const place of places) this.#take(place);
  }

  /** Takes the free spot nearest to a place: below it, else beside it. */
  takeBelow({ x, y }: Place): Place {
    for (let ring = 1; ring <= REACH; ring += 1) {
      for (const column of outwards(ring)) {
        const spot = { x: x + column * CELL_WIDTH, y: y + ring * CELL_HEIGHT };
        if (this.#isFree(spot)) return this.#take(spot);
      }
      for (const side of [ring, -ring]) {
        const spot = { x: x + side * CELL_WIDTH, y };
        if (this.#isFree(spot)) return this.#take(spot);
      }
    }
    return this.takeRightOf({ x, y: y + (REACH + 1) * CELL_HEIGHT });
  }

  /** Takes the first free spot of a row, from a place to the right. */
  takeRightOf({ x, y }: Place): Place {
    let spot = { x, y };
    while (!this.#isFree(spot)) spot = { x: spot.x + CELL_WIDTH, y };
    return this.#take(spot);
  }

  #isFree({ x, y }: Place): boolean {
    const [column, row] = [Math.floor(x / CELL_WIDTH), Math.floor(y / CELL_HEIGHT)];
    for (let across = -1; across <= 1; across += 1) {
      for (let down = -1; down <= 1; down += 1) {
        const near = this.#taken.get(`${column + across} ${row + down}`) ?? [];
        const isIn = (other: Place) =>
          Math.abs(other.x - x) < CELL_WIDTH && Math.abs(other.y - y) < CELL_HEIGHT;
        if (near.some(isIn)) return false;
      }
    }
    return true;
  }

  #take(place: Place): Place {
    const key = `${Math.floor(place.x / CELL_WIDTH)} ${Math.floor(place.y / CELL_HEIGHT)}`;
    const known = this.#taken.get(key);
    if (known) known.push(place);
    else this.#taken.set(key, [place]);
    return place;
  }
}

/** Columns of a ring from its middle outwards: 0, 1, -1, 2, -2. */
function outwards(ring: number): number[] {
  return Array.from({ length: 2 * ring + 1 }, (_, index) => (index % 2 === 1 ? (index + 1) / 2 : -index / 2));
}
