import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { writeFileAtomic } from '@stratora/runtime';

const MARK = 'stratora-checked-1';

export interface CheckedValue<T> {
  value: T | undefined;
  /** The file that the value came from; `none` when neither is good. */
  source: 'main' | 'copy' | 'none';
  /** Files that exist and fail their check. */
  damaged: string[];
}

function encode(value: unknown): string {
  const body = JSON.stringify(value);
  return `${MARK} ${digest(body)}\n${body}\n`;
}

function digest(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}

async function readOne(path: string): Promise<{ value?: unknown; state: 'good' | 'absent' | 'damaged' }> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'absent' };
    throw error;
  }
  const end = text.indexOf('\n');
  const body = text.slice(end + 1, -1);
  if (end < 0 || !text.endsWith('\n') || text.slice(0, end) !== `${MARK} ${digest(body)}`) {
    return { state: 'damaged' };
  }
  return { value: JSON.parse(body) as unknown, state: 'good' };
}

/**
 * A small JSON value in a file that knows whether it is whole (SHA-256 in its first line, mode 0600), with a copy
 * beside it. Any damage to one of the two is found and mended from the other.
 */
export class CheckedFile<T> {
  readonly path: string;
  readonly #isValid: (value: unknown) => value is T;

  /** @param isValid what passes the checksum and not this counts as damaged too */
  constructor(path: string, isValid: (value: unknown) => value is T) {
    this.path = path;
    this.#isValid = isValid;
  }

  get copyPath(): string {
    return `${this.path}.copy`;
  }

  /** Reads, and mends whichever of the two files is absent, damaged or older. */
  async read(): Promise<CheckedValue<T>> {
    const damaged: string[] = [];
    const take = async (path: string): Promise<T | undefined> => {
      const found = await readOne(path);
      if (found.state === 'good' && this.#isValid(found.value)) return found.value;
      if (found.state !== 'absent') damaged.push(path);
      return undefined;
    };
    const main = await take(this.path);
    const copy = await take(this.copyPath);
    const value = main ?? copy;
    if (value === undefined) return { value, source: 'none', damaged };
    const text = encode(value);
    if (main === undefined) await writeFileAtomic(this.path, text, { mode: 0o600 });
    if (copy === undefined || encode(copy) !== text) {
      await writeFileAtomic(this.copyPath, text, { mode: 0o600 });
    }
    return { value, source: main === undefined ? 'copy' : 'main', damaged };
  }

  async write(value: T): Promise<void> {
    const text = encode(value);
    await writeFileAtomic(this.path, text, { mode: 0o600 });
    await writeFileAtomic(this.copyPath, text, { mode: 0o600 });
  }
}

/**
 * Writes one checked file without a copy and without flushing: for what may be lost at a price (a cursor: what follows
 * is sent again). Reading it never yields a wrong value.
 */
export async function writeCheckedQuickly(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.tmp`, encode(value), { mode: 0o600 });
  await rename(`${path}.tmp`, path);
}

export async function readCheckedQuickly(path: string): Promise<unknown> {
  const found = await readOne(path);
  return found.state === 'good' ? found.value : undefined;
}
