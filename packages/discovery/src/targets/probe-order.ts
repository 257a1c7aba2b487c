/** The golden section: its multiples fill a circle most evenly, so that neighbours in the order are far apart in the network. */
const GOLDEN = 0.618_033_988_749_894_9;

/**
 * The order in which places are asked: a permutation of 0 to `count` - 1 in which a run of consecutive turns is spread evenly
 * over all of the range, so that no subnet and no switch sees a burst. The same seed gives the same order, which is how a
 * scan goes on where it was.
 */
export class ProbeOrder {
  readonly count: number;
  readonly #stride: number;
  readonly #offset: number;

  /** @param seed any text, the id of a run for one */
  constructor(count: number, seed: string) {
    this.count = count;
    this.#stride = strideFor(count);
    this.#offset = count === 0 ? 0 : hashOf(seed) % count;
  }

  /** Returns the place whose turn it is. */
  place(turn: number): number {
    // Below 2^53 for up to 2^26 places.
    return (turn * this.#stride + this.#offset) % this.count;
  }
}

/** Finds the number nearest to the golden section of `count` that has no divisor in common with it. */
function strideFor(count: number): number {
  const wanted = Math.max(1, Math.round(count * GOLDEN));
  for (let distance = 0; distance < count; distance++) {
    if (isCoprime(wanted + distance, count)) return wanted + distance;
    if (wanted - distance > 0 && isCoprime(wanted - distance, count)) return wanted - distance;
  }
  return 1;
}

function isCoprime(a: number, b: number): boolean {
  let [high, low] = [a, b];
  while (low !== 0) [high, low] = [low, high % low];
  return high === 1;
}

/** FNV-1a over the UTF-16 units of a text. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
