import { randomFillSync } from 'node:crypto';

const BATCH = 256;
const LOWEST = 0x01000000;
const COUNT = 0x7fffffff - LOWEST;

/**
 * Source of ids for requests: random, so that an answer cannot be forged without seeing the request, and always four
 * octets long on the wire.
 */
export class RequestIds {
  private readonly batch = new Uint32Array(BATCH);
  private used = BATCH;

  /** Returns an id that is not in flight. */
  next(inFlight: ReadonlyMap<number, unknown>): number {
    for (;;) {
      if (this.used === BATCH) {
        randomFillSync(this.batch);
        this.used = 0;
      }
      const id = LOWEST + ((this.batch[this.used++] ?? 0) % COUNT);
      if (!inFlight.has(id)) return id;
    }
  }
}
