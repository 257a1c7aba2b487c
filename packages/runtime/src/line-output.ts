import { writeSync } from 'node:fs';

const RETRY_MS = 5;
/** Milliseconds for which a reader that does not read may hold up its writer. */
const PATIENCE_MS = 2000;

/**
 * Writes lines to a file descriptor, each before the call returns, so that the last line before an end is never lost.
 *
 * A process must be able to end when the one that reads its log is gone: nothing more is written then, and nothing
 * throws. A reader that stands still costs the writer two seconds a line at most, and loses that line.
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
