import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StoreRecorderOptions {
  /** Port of the metric store on the loopback. */
  storePort: number;
  /** Address to listen on; the loopback by default. */
  address?: string;
  /** Called with each body of lines once the store has taken it, in the order of its answers. */
  onTaken: (body: Buffer) => void;
}

/** A proxy in front of a metric store that passes everything on and reports what is written in which order. */
export class StoreRecorder {
  readonly #options: StoreRecorderOptions;
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(options: StoreRecorderOptions) {
    this.#options = options;
    this.#server = createServer({ keepAliveTimeout: 75_000, requestTimeout: 0 }, (incoming, response) => {
      void this.#pass(incoming, response);
    });
  }

  get url(): string {
    return `http://${this.#options.address ?? '127.0.0.1'}:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, this.#options.address ?? '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    this.#agent.destroy();
  }

  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const isWrite = incoming.method === 'POST' && (incoming.url ?? '').startsWith('/write');
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    const outgoing = request({
      host: '127.0.0.1',
      port: this.#options.storePort,
      agent: this.#agent,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
    });
    outgoing.once('error', () => response.destroy());
    outgoing.once('response', (answer) => {
      if (isWrite && answer.statusCode === 204) this.#options.onTaken(body);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.end(body);
  }
}
