import { randomUUID } from 'node:crypto';
import type { Clock } from '@stratora/runtime';

/** Milliseconds for which a message belongs to the server that took it. */
export const LEASE_MS = 30_000;
/** Milliseconds before the end of a lease from which on nothing is written any more. */
const LEASE_MARGIN_MS = 5000;

/**
 * The right of one server to send messages, for as long as nobody else may take them. It counts from before they were taken,
 * by the monotonic clock and by the wall's: a process that was frozen finds it at its end.
 */
export class MessageLease {
  readonly token = randomUUID();
  readonly #clock: Clock;
  readonly #wall: number;
  readonly #monotonic: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wall = clock.now();
    this.#monotonic = clock.monotonic();
  }

  /** Milliseconds until nothing may be written any more. */
  get leftMs(): number {
    const passed = Math.max(this.#clock.monotonic() - this.#monotonic, this.#clock.now() - this.#wall);
    return LEASE_MS - LEASE_MARGIN_MS - passed;
  }

  /** Whether a message may still be written to the wire. */
  get isGood(): boolean {
    return this.leftMs > 0;
  }
}
