/**
 * Makes a generator of numbers in [0, 1) (Mulberry32), with the seed of STRATORA_TEST_SEED.
 * @param usual the seed without it; another one each time where there is none
 */
export function seededRandom(usual?: number): { random: () => number; seed: number } {
  const seed = Number(process.env['STRATORA_TEST_SEED'] ?? usual ?? Math.floor(Math.random() * 1e9));
  let state = seed;
  function random(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return { random, seed };
}
