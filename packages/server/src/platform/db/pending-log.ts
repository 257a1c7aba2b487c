import { type Clock, type Logger, type Periodic, periodic } from '@stratora/runtime';
import { isDatabaseAway } from './database-fault.ts';

export interface PendingLogOptions<T> {
  /** Name of the loop. */
  name: string;
  intervalMs: number;
  /** Most entries per call of `write`. */
  batchSize: number;
  clock: Clock;
  logger: Logger;
  /** Writes a batch in one transaction or statement: all of it or nothing. */
  write: (batch: readonly (readonly [key: string, value: T])[]) => Promise<void>;
  /** Merges a value that could not be written with a newer one of the same key. */
  merge: (older: T, newer: T) => T;
}

type Entries<T> = readonly (readonly [key: string, value: T])[];

/**
 * A buffer before a table that is reported to often: it holds one value per key and writes them every few seconds in
 * batches. While the database is away values wait in memory; they are lost with the process. A batch that the database
 * refuses for its content is written one by one, and what is refused then is dropped: one faulty value must not hold up
 * all others.
 */
export class PendingLog<T> {
  /** The loop that writes: one of the module's `loops`, which start and stop it. */
  readonly loop: Periodic;
  readonly #options: PendingLogOptions<T>;
  #pending = new Map<string, T>();
  /** The call of `flush` that was made last, while it runs. */
  #running: Promise<void> | undefined;

  constructor(options: PendingLogOptions<T>) {
    this.#options = options;
    const { name, intervalMs, clock, logger } = options;
    this.loop = periodic({ name, intervalMs, clock, logger, run: () => this.flush() });
  }

  /** Number of keys with a value that is not written yet. */
  get waiting(): number {
    return this.#pending.size;
  }

  /** Returns the value that waits for a key; it may be changed in place until the next `await`. */
  find(key: string): T | undefined {
    return this.#pending.get(key);
  }

  put(key: string, value: T): void {
    this.#pending.set(key, value);
  }

  /**
   * Writes all values, after what an earlier call still writes: the order of what is told of a key holds.
   * @throws the error of a database that is away; what is not written waits on
   */
  flush(): Promise<void> {
    const earlier = this.#running;
    const run = earlier ? earlier.then(() => this.#flush()) : this.#flush();
    const settled = run
      .catch(() => undefined)
      .then(() => {
        if (this.#running === settled) this.#running = undefined;
      });
    this.#running = settled;
    return run;
  }

  async #flush(): Promise<void> {
    const taken = [...this.#pending];
    this.#pending = new Map();
    const left = await this.#write(taken, this.#options.batchSize);
    if (left === undefined) return;
    for (const [key, older] of left.entries) {
      const newer = this.#pending.get(key);
      this.#pending.set(key, newer === undefined ? older : this.#options.merge(older, newer));
    }
    throw left.error;
  }

  /** Writes what is left, or logs that it could not. */
  async stop(): Promise<void> {
    await this.loop.stop();
    const { logger, name } = this.#options;
    await this.flush().catch((error: unknown) => {
      logger.warn({ err: error, loop: name, lost: this.waiting }, 'not all was written before the stop');
    });
  }

  /** @returns the values that are not written because the database is away */
  async #write(
    entries: Entries<T>,
    size: number,
  ): Promise<{ entries: Entries<T>; error: unknown } | undefined> {
    for (let start = 0; start < entries.length; start += size) {
      const batch = entries.slice(start, start + size);
      try {
        await this.#options.write(batch);
      } catch (error) {
        if (isDatabaseAway(error)) return { entries: entries.slice(start), error };
        const left = batch.length > 1 ? await this.#write(batch, 1) : this.#drop(batch, error);
        if (left) return { ...left, entries: [...left.entries, ...entries.slice(start + size)] };
      }
    }
    return undefined;
  }

  #drop(batch: Entries<T>, error: unknown): undefined {
    const { logger, name } = this.#options;
    logger.error({ err: error, loop: name, key: batch[0]?.[0] }, 'what was told cannot be stored');
  }
}
