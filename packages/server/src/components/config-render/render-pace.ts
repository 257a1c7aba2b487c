import { setImmediate as turn } from 'node:timers/promises';

/** Other work gets a turn after this long. */
const SLICE_MS = 12;

/** Long work asks it now and then whether others should have a turn. */
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
