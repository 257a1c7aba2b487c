import type { Clock } from '@stratora/runtime';

/** New series that the rows of one node may make in an hour. */
export const MAX_NEW_SERIES_PER_HOUR = 5_000;

const SLOT_MS = 300_000;
const SLOTS = 12;

/**
 * Bounds the churn of one node's table rows, over all blocks that poll it: an index that changes with every poll would
 * otherwise fill the store. What a table shows at its first poll is taken whole (a chassis has more than 5,000 series
 * from the start) and counts; after that a new row needs room in the hour.
 */
export class SeriesBudget {
  readonly #clock: Clock;
  readonly #slots = new Float64Array(SLOTS);
  #slot = 0;
  /** Number of rows left out since the start. */
  refused = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Books a new row.
   *
   * @param series how many series it brings
   * @param isBaseline the first poll of its table
   */
  admit(series: number, isBaseline: boolean): boolean {
    this.#advance();
    const used = this.#slots.reduce((sum, count) => sum + count, 0);
    if (!isBaseline && used + series > MAX_NEW_SERIES_PER_HOUR) {
      this.refused += 1;
      return false;
    }
    this.#slots[this.#slot % SLOTS] = (this.#slots[this.#slot % SLOTS] ?? 0) + series;
    return true;
  }

  #advance(): void {
    const now = Math.floor(this.#clock.monotonic() / SLOT_MS);
    if (now - this.#slot >= SLOTS) this.#slots.fill(0);
    else for (let slot = this.#slot + 1; slot <= now; slot += 1) this.#slots[slot % SLOTS] = 0;
    this.#slot = Math.max(this.#slot, now);
  }
}
