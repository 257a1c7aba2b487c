import { appError } from './error-catalogue.ts';

export interface CallerPlacesOptions {
  /** Pieces of work at a time, of all callers together. */
  places: number;
  /** Those of one caller; fewer than all, so that nobody keeps the others out. */
  perCaller: number;
  /** Most calls of one caller that may wait for a place. */
  waitingPerCaller?: number;
  /** What the work is, at the begin of a sentence: "Back-tests". */
  what: string;
}

interface Waiting {
  readonly caller: string;
  readonly start: (giveBack: () => void) => void;
}

/** The places for work that costs much, which callers share. */
export class CallerPlaces {
  readonly #options: CallerPlacesOptions;
  readonly #held = new Map<string, number>();
  #waiting: Waiting[] = [];
  #taken = 0;

  constructor(options: CallerPlacesOptions) {
    this.#options = options;
  }

  /** Number of places that are taken. */
  get taken(): number {
    return this.#taken;
  }

  /**
   * Takes a place, or says at once that there is none.
   * @returns what gives it back
   * @throws AppError too_many_requests where the caller has as many as one may have, overloaded where others have them
   */
  take(caller: string): () => void {
    const { perCaller, what } = this.#options;
    if (this.#heldBy(caller) >= perCaller) {
      const words = perCaller === 1 ? 'one of yours is' : `${perCaller} of yours are`;
      throw appError('too_many_requests', `${what}: ${words} running; wait for its end, or cancel it.`);
    }
    if (!this.#isFreeFor(caller))
      throw appError('overloaded', `${what}: those of other people are running; try again shortly.`);
    return this.#hold(caller);
  }

  /**
   * Takes a place, and waits for one. Of those that wait, the caller that has the fewest places is next.
   * @returns what gives it back
   * @throws AppError too_many_requests where too many calls of the caller wait already, overloaded where none gets free in
   *   time, request_timeout where the caller is gone
   */
  async wait(
    caller: string,
    { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined },
  ): Promise<() => void> {
    const { what, waitingPerCaller = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#isFreeFor(caller)) return this.#hold(caller);
    if (this.#waiting.filter((one) => one.caller === caller).length >= waitingPerCaller)
      throw appError('too_many_requests', `${what}: too many of yours are waiting; ask for less at a time.`);
    return new Promise((resolve, reject) => {
      const leave = (error: Error) => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        end();
        reject(error);
      };
      const onGone = () => leave(appError('request_timeout', 'The caller is gone.'));
      const timer = setTimeout(
        () => leave(appError('overloaded', `${what}: others took too long; try again shortly.`)),
        timeoutMs,
      );
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onGone);
      };
      const waiting: Waiting = {
        caller,
        start: (giveBack) => {
          end();
          resolve(giveBack);
        },
      };
      this.#waiting.push(waiting);
      if (signal?.aborted === true) onGone();
      else signal?.addEventListener('abort', onGone, { once: true });
    });
  }

  #heldBy(caller: string): number {
    return this.#held.get(caller) ?? 0;
  }

  #isFreeFor(caller: string): boolean {
    const { places, perCaller } = this.#options;
    return this.#taken < places && this.#heldBy(caller) < perCaller;
  }

  #hold(caller: string): () => void {
    this.#taken += 1;
    this.#held.set(caller, this.#heldBy(caller) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#taken -= 1;
      const left = this.#heldBy(caller) - 1;
      if (left === 0) this.#held.delete(caller);
      else this.#held.set(caller, left);
      this.#startNext();
    };
  }

  #startNext(): void {
    let next: Waiting | undefined;
    for (const one of this.#waiting) {
      if (!this.#isFreeFor(one.caller)) continue;
      if (next === undefined || this.#heldBy(one.caller) < this.#heldBy(next.caller)) next = one;
    }
    if (next === undefined) return;
    const { caller, start } = next;
    this.#waiting = this.#waiting.filter((one) => one !== next);
    start(this.#hold(caller));
  }
}
