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
