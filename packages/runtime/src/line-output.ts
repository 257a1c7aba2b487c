import { writeSync } from 'node:fs';

const RETRY_MS = 5;
/** Milliseconds for which a full pipe that does not block is tried again. */
const PATIENCE_MS = 2000;

/**
 * Writes lines to a file descriptor, each before the call returns, so that the last line before an end is never lost.
 *
 * A process must be able to end when the one that reads its log is gone: nothing more is written then, and nothing
 * throws. A full pipe is waited for: as long as it takes where the descriptor blocks, else for two seconds, after which the
 * rest of the line is lost.
 */
export class LineOutput {
  readonly #fd: number;
  readonly #pause = new Int32Array(new SharedArrayBuffer(4));
  #isClosed = false;

  /** @param fd standard output by default */
  constructor(fd = 1) {
    this.#fd = fd;
  }

  write(line: string): void {
    if (this.#isClosed) return;
    let rest: Uint8Array = Buffer.from(line);
    const endsAt = performance.now() + PATIENCE_MS;
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
          this.#isClosed = true;
          return;
        }
        if (performance.now() > endsAt) return;
        Atomics.wait(this.#pause, 0, 0, RETRY_MS);
      }
    }
  }
}
