import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Tells when the template files of a folder have changed, and have come to rest. */
export class FolderWatch {
  readonly #folder: string;
  #published: string | undefined;
  #seen: string | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Looks at the folder. The first look is what others are compared with.
   *
   * @returns whether files are others than those of the last change, and were so at the look before: nobody writes on them now
   */
  async look(): Promise<boolean> {
    const before = this.#seen;
    this.#seen = await stateOf(this.#folder);
    this.#published ??= this.#seen;
    if (this.#seen === this.#published || this.#seen !== before) return false;
    this.#published = this.#seen;
    return true;
  }
}

/** Names, sizes and times of the files, as one text. A file that goes away meanwhile counts as gone. */
async function stateOf(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.toml')).toSorted();
  const states = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => undefined);
      return found === undefined ? '' : `${name} ${found.size} ${found.mtimeMs}`;
    }),
  );
  return states.join('\n');
}
