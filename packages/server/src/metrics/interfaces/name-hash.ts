/** Multipliers of FNV-1a and of MurmurHash3, 32 bits. */
const FIRST = 0x0100_0193;
const SECOND = 0x85eb_ca6b;

/**
 * A hash of 64 bits in two words, over pieces of bytes: what names an interface is compared millions of times a minute,
 * and kept as it came it would fill the memory. Seeds are drawn per process, so that no device can choose its collisions.
 */
export class NameHash {
  /** The two words; the first is odd. */
  a = 1;
  b = 1;

  /** Starts over from the words of another hash, or of a seed. */
  startAt(a: number, b: number): void {
    this.a = a | 0;
    this.b = b | 0;
  }

  /** Adds a piece. Its length counts too, so that pieces do not run into each other. */
  add(bytes: Uint8Array, start: number, end: number): void {
    let { a, b } = this;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number;
      a = Math.imul(a ^ byte, FIRST);
      b = Math.imul(b ^ byte, SECOND) ^ (b >>> 15);
    }
    this.a = Math.imul(a ^ (end - start), FIRST) | 1;
    this.b = Math.imul(b ^ (b >>> 16) ^ (end - start), SECOND);
  }
}

/** Returns a word of 32 bits for a piece alone; 0 for one that is not there. */
export function wordOf(bytes: Uint8Array, start: number, end: number): number {
  if (start < 0) return 0;
  let word = end - start;
  for (let at = start; at < end; at += 1) word = Math.imul(word ^ (bytes[at] as number), FIRST);
  return word ^ (word >>> 15);
}
