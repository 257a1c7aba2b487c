import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handler = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void;

/** An HTTP server on a free port of the loopback that hands over each request with its whole body. */
export class LoopbackServer {
  readonly #server: Server;
  readonly #host: string;
  #port = 0;

  /** @param host an address of another interface, for callers in other namespaces */
  constructor(handler: Handler, host = '127.0.0.1') {
    this.#host = host;
    this.#server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
      void handOver(handler, request, response);
    });
  }

  get url(): string {
    return `http://${this.#host}:${this.#port}`;
  }

  /** Listens on a free port, or again on the port that it had. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, this.#host, resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

async function handOver(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    // The caller left in the middle of its body.
    return;
  }
  handler(request, Buffer.concat(chunks), response);
}
