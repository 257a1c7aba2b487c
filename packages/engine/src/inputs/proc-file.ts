import { readFile } from 'node:fs/promises';

/** Reads a file of /proc or /sys as text; undefined where it does not exist or its owner is gone. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (
      code === 'ENOENT' ||
      code === 'ESRCH' ||
      code === 'ENOTDIR' ||
      code === 'EINVAL' ||
      code === 'EACCES'
    ) {
      return undefined;
    }
    throw error;
  }
}

/** Reads a file of /proc that must be there. */
export async function requireText(path: string): Promise<string> {
  const text = await readText(path);
  if (text === undefined) throw new Error(`${path} cannot be read`);
  return text;
}

/** Splits a line into its words. */
export function wordsOf(line: string): string[] {
  return line.trim().split(/\s+/);
}

const MAX_INT64 = 2n ** 63n - 1n;

/**
 * Parses a whole number without sign, which may be larger than a double holds exactly, and is the largest int64 beyond
 * that; undefined for anything else.
 */
export function parseCount(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return undefined;
  return largestInteger(BigInt(text));
}

/** Bounds a count by the largest integer that a field holds. */
export function largestInteger(value: bigint): bigint {
  return value > MAX_INT64 ? MAX_INT64 : value;
}
