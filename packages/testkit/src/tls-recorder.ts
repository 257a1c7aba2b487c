import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsKeyPair } from './test-authority.ts';

export interface RecordedRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** An HTTPS server that keeps whatever is sent to it, for proving that something never was. */
export class TlsRecorder {
  readonly requests: RecordedRequest[] = [];
  readonly #server: Server;
  #port = 0;

  constructor(pair: TlsKeyPair, answer: (request: RecordedRequest, response: ServerResponse) => void) {
    this.#server = createServer(pair, (incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
        this.requests.push(request);
        answer(request, response);
      });
    });
    this.#server.on('tlsClientError', () => {});
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  /** Serves another certificate from now on; connections that are open keep theirs. */
  present(pair: TlsKeyPair): void {
    this.#server.setSecureContext(pair);
    this.#server.closeAllConnections();
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(this.#port, '127.0.0.1', resolve);
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
