import { LoopbackServer } from './loopback-server.ts';

/** A request as it came. */
export interface TakenRequest {
  method: string;
  /** Path and query, letter by letter. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** What a sink answers; `silent`: it never does. */
export interface SinkAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** An HTTP server that keeps what is posted to it and answers what it is told to. */
export class HttpSink {
  readonly requests: TakenRequest[] = [];
  /** The next answers; then 200 with `ok`. */
  readonly answers: (SinkAnswer | 'silent')[] = [];
  readonly #server: LoopbackServer;

  /** @param host an address of another interface, for callers in other namespaces */
  constructor(host?: string) {
    this.#server = new LoopbackServer((request, body, response) => {
      const { method = '', url = '', headers } = request;
      this.requests.push({ method, url, headers, body: body.toString() });
      const answer = this.answers.shift() ?? { status: 200, body: 'ok' };
      if (answer === 'silent') return;
      response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
    }, host);
  }

  get url(): string {
    return this.#server.url;
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}
