import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { makeDirectory } from '@stratora/runtime';
import { type ProgramSource, programFiles } from './program-files.ts';
import { tarArchive } from './tar-archive.ts';

export interface BuiltArchive {
  /** Name under which it is fetched, such as `stratora-linux-x64.tar.gz`. */
  name: string;
  path: string;
  bytes: number;
  /** SHA-256 in hex. */
  sha256: string;
}

/** Level of gzip: half the time of the best level, for two percent more bytes. */
const GZIP_LEVEL = 5;

/**
 * The program for other hosts as one archive, made when it is first asked for and kept in the data directory. It depends on
 * the program alone, so servers of one version give the same bytes.
 */
export class ProgramArchive {
  readonly name: string;
  readonly #source: ProgramSource;
  readonly #folder: string;
  #built: Promise<BuiltArchive | undefined> | undefined;

  /** @param folder folder of its own, below the data directory */
  constructor(name: string, source: ProgramSource, folder: string) {
    this.name = name;
    this.#source = source;
    this.#folder = folder;
  }

  /**
   * Returns the archive; undefined when this installation has no built program. @throws when it cannot be made, as on a
   * full disk
   */
  get(): Promise<BuiltArchive | undefined> {
    this.#built ??= this.#find().catch((error: unknown) => {
      this.#built = undefined;
      throw error;
    });
    return this.#built;
  }

  async #find(): Promise<BuiltArchive | undefined> {
    const entries = await programFiles(this.#source);
    if (!entries) return undefined;
    await makeDirectory(this.#folder);
    // A hash of what a new build or another runtime changes; a hash of the contents would mean to read them all.
    const key = createHash('sha256')
      .update(
        JSON.stringify([
          this.#source.version,
          process.version,
          entries.map(({ name, size }) => [name, size]),
        ]),
      )
      .digest('hex')
      .slice(0, 16);
    const kept = (await readdir(this.#folder)).find((file) => file.startsWith(`${this.name}.${key}.`));
    // The hash is in the file name; a file that was damaged since is made anew.
    if (kept !== undefined) {
      const found = await this.#describe(join(this.#folder, kept));
      if (kept === `${this.name}.${key}.${found.sha256}`) return found;
    }
    const partial = join(this.#folder, `${this.name}.part`);
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk: Buffer, _, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(
      tarArchive(entries),
      createGzip({ level: GZIP_LEVEL }),
      hashing,
      createWriteStream(partial, { mode: 0o600 }),
    );
    const sha256 = hash.digest('hex');
    const path = join(this.#folder, `${this.name}.${key}.${sha256}`);
    await rename(partial, path);
    await this.#removeOthers(path);
    return { name: this.name, path, bytes: (await stat(path)).size, sha256 };
  }

  async #describe(path: string): Promise<BuiltArchive> {
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    return { name: this.name, path, bytes: (await stat(path)).size, sha256: hash.digest('hex') };
  }

  async #removeOthers(path: string): Promise<void> {
    for (const file of await readdir(this.#folder)) {
      const other = join(this.#folder, file);
      if (file.startsWith(`${this.name}.`) && other !== path) await rm(other, { force: true });
    }
  }
}
