import { type Clock, type Logger, type Periodic, periodic } from '@stratora/runtime';
import { isDatabaseAway } from './database-fault.ts';

export interface PendingLogOptions<T> {
  /** Of its loop. */
  name: string;
  intervalMs: number;
  /** Entries per call of `write`. */
  batchSize: number;
  clock: Clock;
  logger: Logger;
  /** In one transaction, or in one statement: all of the batch or none of it. */
  write: (batch: readonly (readonly [key: string, value: T])[]) => Promise<void>;
  /** What could not be written, with what came for the same key meanwhile. */
  merge: (older: T, newer: T) => T;
}

type Entries<T> = readonly (readonly [key: string, value: T])[];

/**
 * What is told often and written now and then: one value by key, written every few seconds in batches. While the database
 * is away it waits in memory; it is lost with the process. A batch that the database refuses for what is in it is written
 * one by one, and what is refused then is dropped: the nonsense of one must not hold up the words of all others.
 */
export class PendingLog<T> {
  /** For the module's `loops`, which start and stop it. */
  readonly loop: Periodic;
  readonly #options: PendingLogOptions<T>;
  #pending = new Map<string, T>();

  constructor(options: PendingLogOptions<T>) {
    this.#options = options;
    const { name, intervalMs, clock, logger } = options;
    this.loop = periodic({ name, intervalMs, clock, logger, run: () => this.flush() });
  }

  /** Keys with something that is not written yet. */
  get waiting(): number {
    return this.#pending.size;
  }

  /** What waits for a key; it may be changed in place until something else is awaited. */
  find(key: string): T | undefined {
    return this.#pending.get(key);
  }

  put(key: string, value: T): void {
    this.#pending.set(key, value);
  }

  /** @throws what came up while the database was away; what is not written waits on */
  async flush(): Promise<void> {
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

  /** Writes what is left, or says that it could not. */
  async stop(): Promise<void> {
    await this.loop.stop();
    const { logger, name } = this.#options;
    await this.flush().catch((error: unknown) => {
      logger.warn({ err: error, loop: name, lost: this.waiting }, 'not all was written before the stop');
    });
  }

  /** @returns what the database being away has left over */
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
