import { type Backoff, type Clock, createBackoff } from '@stratora/runtime';
import type { Outage, Telling } from './outage-record.ts';

/** Pauses between tries to one recipient: the network of the collector itself may be what is broken. */
const RETRY = { minMs: 10_000, maxMs: 900_000, jitter: 0.2 };
/** Tries after which a message is given up: about a day of them. */
const MOST_ATTEMPTS = 100;
/** Messages that are sent at once. */
const AT_ONCE = 8;

interface Wait {
  backoff: Backoff;
  dueAt: number;
}

/** When each message is tried again. A restart forgets it and tries at once. */
export class OutageDeliveries {
  readonly #clock: Clock;
  readonly #waits = new Map<string, Wait>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Lists the messages that are to be tried now, some of those that are. */
  due(outage: Outage): Telling[] {
    const now = this.#clock.monotonic();
    return outage.tellings
      .filter(({ state, key }) => state === 'waiting' && (this.#waits.get(key)?.dueAt ?? now) <= now)
      .slice(0, AT_ONCE);
  }

  /** Notes that a try failed. @returns whether there is to be another one */
  noteFailure({ key, attempts }: Telling, retryAfterMs: number): boolean {
    if (attempts + 1 >= MOST_ATTEMPTS) return false;
    const backoff = this.#waits.get(key)?.backoff ?? createBackoff(RETRY);
    const dueAt = this.#clock.monotonic() + Math.max(backoff.next(), retryAfterMs);
    this.#waits.set(key, { backoff, dueAt });
    return true;
  }

  /** Forgets the messages of outages that are done with. */
  forget(outages: readonly Outage[]): void {
    const known = new Set(outages.flatMap(({ tellings }) => tellings.map(({ key }) => key)));
    for (const key of this.#waits.keys()) if (!known.has(key)) this.#waits.delete(key);
  }
}
