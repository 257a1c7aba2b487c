import { ERROR_CODES } from '@stratora/contract';
import { AppError } from '@stratora/runtime';

export interface BatchReaderOptions<T> {
  /** Reads the rows of some keys; those without a row are left out of the answer. */
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>;
  /** Most keys of one read. */
  maxKeys: number;
  /** Most reads at one time: the part of the pool that a crowd of callers may take. */
  maxReads: number;
  /** Most keys that may wait; further callers are refused as overloaded. */
  maxWaiting: number;
}

interface Waiting<T> {
  promise: Promise<T | undefined>;
  resolve: (row: T | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Joins reads of single rows into few statements: ten thousand callers of one instant cost the database twenty reads.
 * A caller joins only a read that has not begun, so what it gets is never older than its question.
 */
export class BatchReader<T> {
  readonly #options: BatchReaderOptions<T>;
  #waiting = new Map<string, Waiting<T>>();
  #reads = 0;
  #isDue = false;

  constructor(options: BatchReaderOptions<T>) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** @throws AppError overloaded when too many wait already, and whatever the read throws */
  read(key: string): Promise<T | undefined> {
    const known = this.#waiting.get(key);
    if (known) return known.promise;
    if (this.#waiting.size >= this.#options.maxWaiting) {
      const message = 'Too many calls wait for the database; try again shortly.';
      return Promise.reject(new AppError('overloaded', { status: ERROR_CODES.overloaded, message }));
    }
    const { promise, resolve, reject } = Promise.withResolvers<T | undefined>();
    this.#waiting.set(key, { promise, resolve, reject });
    this.#schedule();
    return promise;
  }

  /** Begins reads in the next turn of the event loop: what other sockets bring in this one comes along. */
  #schedule(): void {
    if (this.#isDue || this.#reads >= this.#options.maxReads) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      while (this.#waiting.size > 0 && this.#reads < this.#options.maxReads) void this.#readNext();
    });
  }

  async #readNext(): Promise<void> {
    const taken = this.#take();
    this.#reads += 1;
    try {
      const rows = await this.#options.read([...taken.keys()]);
      for (const [key, { resolve }] of taken) resolve(rows.get(key));
    } catch (error) {
      for (const { reject } of taken.values()) reject(error);
    } finally {
      this.#reads -= 1;
      if (this.#waiting.size > 0) this.#schedule();
    }
  }

  #take(): Map<string, Waiting<T>> {
    const all = this.#waiting;
    if (all.size <= this.#options.maxKeys) {
      this.#waiting = new Map();
      return all;
    }
    const taken = new Map<string, Waiting<T>>();
    for (const [key, waiting] of all) {
      if (taken.size === this.#options.maxKeys) break;
      taken.set(key, waiting);
      all.delete(key);
    }
    return taken;
  }
}
