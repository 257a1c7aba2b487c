import type { PlantDevice } from '@stratora/simulator';

/** The times since which the collector gathers from the devices of the present, as far as was looked. */
export class LiveSince {
  readonly #devices: readonly Pick<PlantDevice, 'address' | 'answers'>[];
  readonly #since = new Map<string, number>();
  readonly #nowMs: () => number;

  constructor(devices: readonly Pick<PlantDevice, 'address' | 'answers'>[], nowMs: () => number = Date.now) {
    this.#devices = devices;
    this.#nowMs = nowMs;
  }

  /** Looks which devices have answered by now. @returns whether all have */
  look(): boolean {
    for (const { address, answers } of this.#devices) {
      if (answers > 0 && !this.#since.has(address)) this.#since.set(address, this.#nowMs());
    }
    return this.#devices.length > 0 && this.#since.size === this.#devices.length;
  }

  /** Whether the collector gathers from a device at a time in Unix ms; false for one that does not answer. */
  covers(address: string, timeMs: number): boolean {
    return timeMs >= (this.#since.get(address) ?? Number.POSITIVE_INFINITY);
  }
}
