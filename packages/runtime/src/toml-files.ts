import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { errorMessage } from './app-error.ts';

/** A fault of one file. */
export interface FileFault {
  file: string;
  /** Line of the TOML text, where it is known. */
  line?: number;
  message: string;
}

/** What was read of a file, or all that is wrong with it. */
export type ReadFile<T> = { value: T } | { faults: readonly FileFault[] };

/** Parses the TOML text of a file. */
export function parseToml(file: string, text: string): ReadFile<unknown> {
  try {
    return { value: parse(text) };
  } catch (error) {
    const { line } = error as { line?: number };
    return {
      faults: [
        { file, ...(line === undefined ? {} : { line }), message: `is no TOML: ${parserWords(error)}` },
      ],
    };
  }
}

/** Returns what the parser says without its own heading and without the picture of the place. */
function parserWords(error: unknown): string {
  const [first = ''] = errorMessage(error).split('\n');
  return first.replace(/^Invalid TOML document: /, '');
}

/** Reads every `*.toml` of a folder, in the order of their names. A file with a fault is left out and named; the others load. */
export async function readTomlFiles<T>(
  folder: string,
  read: (file: string, text: string) => ReadFile<T>,
): Promise<{ values: T[]; faults: FileFault[] }> {
  const values: T[] = [];
  const faults: FileFault[] = [];
  const files = (await readdir(folder)).filter((name) => name.endsWith('.toml')).sort();
  for (const file of files) {
    const found = read(file, await readFile(join(folder, file), 'utf8'));
    if ('faults' in found) faults.push(...found.faults);
    else values.push(found.value);
  }
  return { values, faults };
}
