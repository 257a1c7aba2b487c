import { readFile } from 'node:fs/promises';

/** A file of /proc or /sys as text; undefined where it does not exist or its owner is gone. */
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

/** A file of /proc that must be there. */
export async function requireText(path: string): Promise<string> {
  const text = await readText(path);
  if (text === undefined) throw new Error(`${path} cannot be read`);
  return text;
}

/** The words of a line. */
export function wordsOf(line: string): string[] {
  return line.trim().split(/\s+/);
}

/** A whole number without sign, which may be larger than a double holds exactly; undefined for anything else. */
export function parseCount(text: string | undefined): bigint | undefined {
  return text !== undefined && /^\d{1,20}$/.test(text) ? BigInt.asIntN(64, BigInt(text)) : undefined;
}
