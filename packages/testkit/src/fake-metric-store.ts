import type { ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server.ts';

/** A query that the backend sent to the store for a user. */
export interface StoreQuery {
  path: string;
  parameters: [string, string][];
}

/** A series of an answer to the evaluator. */
export interface VectorItem {
  metric: Readonly<Record<string, string>>;
  value: number;
}

/** Text of a query that the store refuses, like one whose series do not fit each other. */
export const REFUSED_QUERY = 'refused_by_store';

/** Beginning of the query by which the backend looks which nodes answer. */
const EVIDENCE = 'tlast_over_time(ping_packets_received';
/** Beginning of the lines and queries by which the backend checks its store. */
const OWN_SAMPLE = 'stratora_store';

/**
 * A metric store that takes every line and gives the same answer to every query, so that what the backend makes of both
 * can be compared to the byte. The test decides whether it is up, and which nodes have samples.
 */
export class FakeMetricStore {
  /** Lines taken, in the order of their arrival, each behind the path that it was sent to. */
  readonly taken: string[] = [];
  /** Queries, except those of the evaluator, which come when they will. */
  readonly questions: StoreQuery[] = [];
  /** Time of the newest sample by node id, epoch ms. */
  readonly evidence = new Map<string, number>();
  /** Answers the expressions of the evaluator; without series unless a test says otherwise. */
  vectorOf: (query: string) => readonly VectorItem[] = () => [];
  /** Whether every request is refused. */
  isAway = false;
  readonly #server = new LoopbackServer((request, body, response) =>
    this.#handle(request.url ?? '', body.toString(), response),
  );
  #reads = 0;

  get url(): string {
    return this.#server.url;
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  #handle(path: string, body: string, response: ServerResponse): void {
    if (this.isAway) response.writeHead(503).end('away');
    else if (path === '/health') response.writeHead(200).end('OK');
    else if (path === '/metrics') response.writeHead(200).end(this.#metrics());
    else if (path.startsWith('/write')) {
      for (const line of body.split('\n')) {
        if (line !== '' && !line.startsWith(OWN_SAMPLE)) this.taken.push(`${path} ${line}`);
      }
      response.writeHead(204).end();
    } else this.#answer(path, new URLSearchParams(body), response);
  }

  #metrics(): string {
    this.#reads += 1;
    return `vm_app_start_timestamp 1700000000\nvm_http_requests_total{path="/metrics"} ${this.#reads}\n`;
  }

  #answer(path: string, parameters: URLSearchParams, response: ServerResponse): void {
    const query = parameters.get('query') ?? '';
    if (query.includes(EVIDENCE)) {
      const result = [...this.evidence].map(([node_id, at]) => ({
        metric: { node_id },
        value: [at / 1000, String(at / 1000)],
      }));
      json(response, 200, { status: 'success', data: { resultType: 'vector', result } });
      return;
    }
    if (query.includes(OWN_SAMPLE) || parameters.has('deny_partial_response')) {
      const items = query.includes(OWN_SAMPLE) ? [] : this.vectorOf(query);
      const at = Number(parameters.get('time'));
      const result = items.map(({ metric, value }) => ({ metric, value: [at, String(value)] }));
      json(response, 200, { status: 'success', data: { resultType: 'vector', result } });
      return;
    }
    this.questions.push({ path, parameters: [...parameters] });
    if (query.includes(REFUSED_QUERY)) {
      json(response, 422, { status: 'error', errorType: '422', error: 'cannot evaluate the query' });
      return;
    }
    json(response, 200, { status: 'success', data: dataOf(path) });
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function dataOf(path: string): unknown {
  const metric = { __name__: 'up', node_id: 'n' };
  if (path.endsWith('/query'))
    return { resultType: 'vector', result: [{ metric, value: [1_000_000_000, '1'] }] };
  if (path.endsWith('/query_range'))
    return { resultType: 'matrix', result: [{ metric, values: [[1_000_000_000, '1']] }] };
  if (path.endsWith('/series')) return [metric];
  return ['__name__', 'node_id'];
}
