import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type Logger, makeDirectory } from '@stratora/runtime';

const MAX_BYTES = 16 * 1024 * 1024;
const FILE_NAME = /^\d{13}-\d+\.lp\.gz$/;

/** Folder of batches that the server will never take, kept for a person to look at; bounded, the oldest go. */
export class Quarantine {
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #lines = 0;
  #count = 0;

  constructor(directory: string, clock: Clock, logger: Logger) {
    this.#directory = directory;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Lines set aside since the start. */
  get lines(): number {
    return this.#lines;
  }

  /** @param packed gzip of line protocol */
  async add(packed: Buffer, lines: number, reason: string): Promise<void> {
    this.#lines += lines;
    this.#count += 1;
    await makeDirectory(this.#directory);
    const time = String(Math.max(0, this.#clock.now())).padStart(13, '0');
    const name = `${time}-${this.#count}.lp.gz`;
    await writeFile(join(this.#directory, name), packed, { mode: 0o600 });
    this.#logger.error({ lines, reason, file: name }, 'batch set aside: the server will not take it');
    await this.#trim();
  }

  async #trim(): Promise<void> {
    const names = (await readdir(this.#directory)).filter((name) => FILE_NAME.test(name)).toSorted();
    let total = 0;
    for (const name of names.toReversed()) {
      const path = join(this.#directory, name);
      total += (await stat(path)).size;
      if (total > MAX_BYTES && name !== names.at(-1)) await rm(path, { force: true });
    }
  }
}
