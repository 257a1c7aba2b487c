import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds after which other work gets a turn. */
const SLICE_MS = 12;

/** The pace of long work on the event loop: says when others should have a turn, and gives it to them. */
export class Pace {
  #until = performance.now() + SLICE_MS;

  get isDue(): boolean {
    return performance.now() >= this.#until;
  }

  async rest(): Promise<void> {
    await turn();
    this.#until = performance.now() + SLICE_MS;
  }
}
