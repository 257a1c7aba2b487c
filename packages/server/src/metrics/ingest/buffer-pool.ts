const MIN_BYTES = 64 * 1024;
/** Buffers of these sizes are kept, so many of each: 8 MiB in all. */
const KEPT = 4;
const CLASSES = [128 * 1024, 256 * 1024, 512 * 1024, 1024 * 1024];

/**
 * Buffers for large bodies, used again: allocating half a megabyte per body makes the garbage collector a fifth of
 * the whole cost of ingest.
 */
export class BufferPool {
  readonly #free = new Map<number, Buffer[]>(CLASSES.map((size) => [size, []]));

  /**
   * A buffer of at least so many bytes, whose content is whatever was there before; undefined for sizes that are not
   * kept.
   */
  take(bytes: number): Buffer | undefined {
    const size = bytes > MIN_BYTES ? CLASSES.find((candidate) => candidate >= bytes) : undefined;
    return size === undefined ? undefined : (this.#free.get(size)?.pop() ?? Buffer.allocUnsafeSlow(size));
  }

  /** Gives back what {@link take} gave; nobody may hold on to any part of it. */
  give(buffer: Buffer): void {
    const free = this.#free.get(buffer.length);
    if (free && free.length < KEPT) free.push(buffer);
  }
}
