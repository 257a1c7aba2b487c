/** Ids, moments and numbers of the made-up plant: the same ones in every run, but for the time. */

/** A small generator of repeatable numbers in 0..1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function idOf(kind: number, index: number): string {
  return `0190${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** So many seconds before now. */
export const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
