/** Where a scan goes on: which addresses are done, and which users are not tried any further. */
export interface ScanCursor {
  /** What the source of addresses wrote. */
  readonly done: unknown;
  /** Number of addresses that it was written for: for another number it says nothing. */
  readonly count: number;
  readonly stoppedUsers: readonly string[];
}

const VERSION = 1;
const NOTHING: ScanCursor = { done: undefined, count: 0, stoppedUsers: [] };

export function writeCursor({ done, count, stoppedUsers }: ScanCursor): string {
  return JSON.stringify({ v: VERSION, n: count, d: done, u: stoppedUsers });
}

/** Reads a cursor; one that cannot be read begins at the start. */
export function readCursor(text: string | null): ScanCursor {
  if (text === null || text === '') return NOTHING;
  try {
    const { v, n, d, u } = JSON.parse(text) as Record<string, unknown>;
    if (v !== VERSION || typeof n !== 'number') return NOTHING;
    const users = Array.isArray(u) ? u.filter((name): name is string => typeof name === 'string') : [];
    return { done: d, count: n, stoppedUsers: users };
  } catch {
    return NOTHING;
  }
}
