import type { Clock } from '@stratora/runtime';

/** Agents that are polled at once: enough to fill the sockets' windows, few enough that their answers stay in the caches. */
const PLACES = 96;
/** Time after which a place goes to the next agent: its holder most likely waits for a device. */
const HOLD_MS = 150;
const SWEEP_MS = 50;

interface Waiter {
  readonly signal: AbortSignal;
  readonly go: () => void;
}

/** A place in the gate, to be left once. */
export interface Place {
  readonly enteredAt: number;
}

/**
 * Lets agents be polled some at a time. All at once they would hold the memory of all their tables until the last one
 * has answered; some at a time, the tables of the first are used again by the next.
 */
export class GatherGate {
  readonly #clock: Clock;
  readonly #places = new Set<Place>();
  #waiting: Waiter[] = [];
  #next = 0;
  #isSweeping = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a place as soon as there is one. @throws the signal's reason */
  async enter(signal: AbortSignal): Promise<Place> {
    if (this.#places.size >= PLACES) await this.#wait(signal);
    signal.throwIfAborted();
    const place = { enteredAt: this.#clock.monotonic() };
    this.#places.add(place);
    return place;
  }

  leave(place: Place): void {
    if (this.#places.delete(place)) this.#admit(1);
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        signal.removeEventListener('abort', go);
        resolve();
      };
      signal.addEventListener('abort', go, { once: true });
      this.#waiting.push({ signal, go });
      this.#sweepSoon();
    });
  }

  /** Admits that many of the waiting agents whose poll was not aborted. */
  #admit(count: number): void {
    let left = count;
    while (left > 0 && this.#next < this.#waiting.length) {
      const waiter = this.#waiting[this.#next++];
      if (waiter === undefined || waiter.signal.aborted) continue;
      waiter.go();
      left -= 1;
    }
    if (this.#next < this.#waiting.length) return;
    this.#waiting = [];
    this.#next = 0;
  }

  #sweepSoon(): void {
    if (this.#isSweeping) return;
    this.#isSweeping = true;
    this.#clock.setTimeout(() => {
      this.#isSweeping = false;
      const oldest = this.#clock.monotonic() - HOLD_MS;
      let freed = 0;
      for (const place of this.#places) {
        if (place.enteredAt > oldest) break;
        this.#places.delete(place);
        freed += 1;
      }
      this.#admit(freed);
      if (this.#waiting.length > 0) this.#sweepSoon();
    }, SWEEP_MS);
  }
}
