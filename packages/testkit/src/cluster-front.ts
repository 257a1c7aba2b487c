import { request, type ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server.ts';

const WRITE = /^\/insert\/\d+(?::\d+)?\/influx(\/write(?:\?.*)?)$/;
const READ = /^\/select\/\d+(?::\d+)?\/prometheus(\/.*)$/;

/**
 * A single-node VictoriaMetrics that has the paths of a cluster, by the words and statuses with which vminsert and vmselect
 * refuse all others (1.150). For tests where the cluster itself cannot be had.
 */
export class ClusterFront {
  /** Called with each path first; what it returns is asked for instead, as a proxy would that was set up so. */
  rewrite: (path: string) => string = (path) => path;
  readonly #storePort: number;
  readonly #server = new LoopbackServer((incoming, body, response) => {
    const path = this.rewrite(incoming.url ?? '/');
    const inner = innerPath(path);
    if (inner === undefined) refuse(response, path);
    else
      this.#pass(
        { path: inner, method: incoming.method ?? 'GET', headers: incoming.headers, body },
        response,
      );
  });

  constructor(storePort: number) {
    this.#storePort = storePort;
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

  #pass(
    {
      body,
      ...call
    }: { path: string; method: string; headers: NodeJS.Dict<string | string[]>; body: Buffer },
    response: ServerResponse,
  ): void {
    const outgoing = request({ host: '127.0.0.1', port: this.#storePort, ...call });
    outgoing.once('error', () => response.writeHead(502).end('bad gateway'));
    outgoing.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.end(body);
  }
}

function innerPath(path: string): string | undefined {
  if (path === '/metrics' || path === '/health') return path;
  return WRITE.exec(path)?.[1] ?? READ.exec(path)?.[1];
}

function refuse(response: ServerResponse, path: string): void {
  const words =
    path.split('/').length < 4
      ? `cannot parse path "${path}": cannot find {tenantID} in "${path}"; expecting /{prefix}/{tenantID}/{suffix} format`
      : `unsupported path requested: "${path}"`;
  response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`);
}
