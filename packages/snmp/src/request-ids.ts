import { randomFillSync } from 'node:crypto';

const BATCH = 256;
const LOWEST = 0x01000000;
const COUNT = 0x7fffffff - LOWEST;
/** The same for devices that keep only a part of an id: positive in two octets. */
const LOWEST_SHORT = 0x0100;
const SHORT_COUNT = 0x7fff - LOWEST_SHORT;

/**
 * Source of ids for requests: random, so that an answer cannot be forged without seeing the request, and always four
 * octets long on the wire.
 */
export class RequestIds {
  private readonly batch = new Uint32Array(BATCH);
  private used = BATCH;

  /** Returns an id that is not in flight; a short one has two octets. */
  next(inFlight: ReadonlyMap<number, unknown>, isShort = false): number {
    for (;;) {
      if (this.used === BATCH) {
        randomFillSync(this.batch);
        this.used = 0;
      }
      const random = this.batch[this.used++] ?? 0;
      const id = isShort ? LOWEST_SHORT + (random % SHORT_COUNT) : LOWEST + (random % COUNT);
      if (!inFlight.has(id)) return id;
    }
  }
}
