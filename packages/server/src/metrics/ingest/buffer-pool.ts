const MIN_BYTES = 64 * 1024;
/** Number of buffers that are kept of each size: 8 MiB in all. */
const KEPT = 4;
const CLASSES = [128 * 1024, 256 * 1024, 512 * 1024, 1024 * 1024];

/**
 * A pool of buffers for large bodies: allocating half a megabyte per body makes the garbage collector a fifth of the
 * whole cost of ingest.
 */
export class BufferPool {
  readonly #free = new Map<number, Buffer[]>(CLASSES.map((size) => [size, []]));

  /**
   * Takes a buffer of at least so many bytes, whose content is whatever was there before; undefined for sizes that are
   * not kept.
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
