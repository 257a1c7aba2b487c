import { appError } from '../http/index.ts';

/**
 * A queue that runs at most `width` pieces of heavy work at once and lets at most `length` wait, so that a flood of
 * wrong passwords or keys cannot take the threads that everything else needs.
 */
export class WorkQueue {
  readonly #width: number;
  readonly #length: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(width: number, length: number) {
    this.#width = width;
    this.#length = length;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** @throws AppError overloaded when too many wait already */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#width) {
      if (this.#waiting.length >= this.#length) {
        throw appError('overloaded', 'Too many logins are waiting; try again shortly.');
      }
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    } else this.#running += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next in line, so a newcomer cannot overtake.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
