import { createServer, type Server } from 'node:http';

const LINE_FEED = 0x0a;
const EQUALS_SIGN = 0x3d;

/** A server on a unix socket in the place of the component: takes every batch, answers 204 and counts. */
export class LineSink {
  lines = 0;
  /** Number of equals signs: that of the tags and fields, as long as none is in a value. */
  cells = 0;
  /** When lines came last, ms since the epoch; 0 before the first. */
  lastAtMs = 0;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => {
        this.lines += count(chunk, LINE_FEED);
        this.cells += count(chunk, EQUALS_SIGN);
        this.lastAtMs = Date.now();
      });
      request.once('end', () => response.writeHead(204).end());
    });
  }

  static listen(socketPath: string): Promise<LineSink> {
    const sink = new LineSink();
    return new Promise((resolve, reject) => {
      sink.#server.once('error', reject);
      sink.#server.listen(socketPath, () => resolve(sink));
    });
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function count(chunk: Buffer, octet: number): number {
  let found = 0;
  for (let at = chunk.indexOf(octet); at >= 0; at = chunk.indexOf(octet, at + 1)) found += 1;
  return found;
}
