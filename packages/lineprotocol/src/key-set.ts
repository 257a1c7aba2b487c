import { unescapeName } from './line-escape.ts';

const SLOTS = 4_096;

/**
 * Set of the keys of one line, to notice one that comes twice. A table stamped with the line's number, indexed by the
 * length and a few bytes of a key, answers "surely new" for nearly every line; only a hit, or an escape in a key, costs
 * a comparison of texts.
 */
export class KeySet {
  /** True when a key contains a backslash, since two spellings can then be one key; set by the scanner. */
  hasEscape = false;
  readonly #stamps = new Int32Array(SLOTS);
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #stamp = 0;
  #count = 0;
  #isSuspicious = false;

  /** @param capacity keys to hold; one more is tolerated and then refused by the caller's own limit */
  constructor(capacity: number) {
    this.#starts = new Int32Array(capacity + 1);
    this.#ends = new Int32Array(capacity + 1);
  }

  clear(): void {
    this.#stamp = (this.#stamp + 1) | 0;
    this.#count = 0;
    this.#isSuspicious = false;
    this.hasEscape = false;
  }

  add(bytes: Uint8Array, start: number, end: number): void {
    const slot = slotOf(bytes, start, end);
    if (this.#stamps[slot] === this.#stamp) this.#isSuspicious = true;
    this.#stamps[slot] = this.#stamp;
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count += 1;
  }

  hasDuplicate(bytes: Uint8Array): boolean {
    if (!this.#isSuspicious && !this.hasEscape) return false;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const seen = new Set<string>();
    for (let index = 0; index < this.#count; index += 1) {
      // latin1 keeps every byte apart, so no decoding is needed to compare.
      seen.add(unescapeName(buffer.toString('latin1', this.#starts[index], this.#ends[index])));
    }
    return seen.size !== this.#count;
  }
}

/** Mixes the bytes where keys of one line tend to differ: their lengths, ends and middles. The key is not empty. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  let mixed = length;
  mixed = Math.imul(mixed, 31) + (bytes[start] as number);
  mixed = Math.imul(mixed, 31) + (bytes[end - 1] as number);
  mixed = Math.imul(mixed, 31) + (bytes[start + (length >> 1)] as number);
  mixed = Math.imul(mixed, 31) + (bytes[start + (length >> 2)] as number);
  mixed = Math.imul(mixed, 31) + (bytes[start + length - 1 - (length >> 2)] as number);
  return (mixed ^ (mixed >>> 12)) & (SLOTS - 1);
}
