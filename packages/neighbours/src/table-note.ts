import type { NeighbourRows, TableRead, TableReadState } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import type { WalkEnd } from './neighbour-source.ts';

export type TableName = keyof NeighbourRows;

/** Most different sentences about one table. */
const MAX_REASONS = 4;

/** What came of reading one table of a report, noted while it is read: how far the walks came, and what was left out. */
export class TableNote {
  #isOpen = false;
  #isHeld = false;
  #leftOut = 0;
  readonly #reasons: string[] = [];
  /** Number of things left out for a reason, by its words. */
  readonly #left = new Map<string, number>();

  /** Notes that the device has the table, also when it has no rows. */
  noteHeld(): void {
    this.#isHeld = true;
  }

  /** Notes why rows are missing, in a sentence: the table is not whole. */
  noteOpen(reason: string): void {
    this.#isOpen = true;
    this.say(reason);
  }

  /**
   * Notes how a walk ended.
   *
   * @param needed columns, by position, without which a row says nothing: a refused one of the others costs its values alone
   */
  noteWalk(end: WalkEnd, needed: readonly number[]): void {
    if (end.lost > 0) {
      this.#leftOut += end.lost;
      this.say(end.lostReason ?? 'Values could not be read.');
    }
    if (end.reason === undefined) return;
    if (end.extent === 'column' && !end.open.some((column) => needed.includes(column))) {
      this.#leftOut += end.open.length;
      this.say(`A column was left out: ${end.reason}`);
      return;
    }
    this.noteOpen(end.reason);
  }

  /** Notes that a row or a value was left out. @param what a clause such as `a neighbour without an id` */
  leaveOut(what: string): void {
    this.#leftOut += 1;
    this.#left.set(what, (this.#left.get(what) ?? 0) + 1);
  }

  /** Adds a sentence that is to be read with the table. */
  say(reason: string): void {
    if (!this.#reasons.includes(reason)) this.#reasons.push(reason);
  }

  /** Says what came of it. */
  finish(rows: number): TableRead {
    const left = [...this.#left].map(
      ([what, count]) => `Left out: ${what}${count > 1 ? ` (${count} times)` : ''}.`,
    );
    const words = [...this.#reasons, ...left].slice(0, MAX_REASONS).join(' ');
    return {
      state: this.#state(rows),
      rows,
      left_out: this.#leftOut,
      reason: words === '' ? null : sanitizeText(words),
    };
  }

  #state(rows: number): TableReadState {
    if (this.#isOpen) return rows > 0 ? 'part' : 'failed';
    return rows > 0 || this.#isHeld || this.#leftOut > 0 ? 'whole' : 'absent';
  }
}
