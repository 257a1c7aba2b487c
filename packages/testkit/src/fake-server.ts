import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { LoopbackServer } from './loopback-server.ts';

export interface FakeAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface FakeCall {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
  at: number;
}

interface FakeComponent {
  id: string;
  nodeId: string;
  key: string;
  approval: 'pending' | 'approved' | 'revoked';
}

/**
 * The server's component API by docs/protocol.md, in memory and on the loopback: what a component needs to
 * register, get a config and deliver data. Any answer can be replaced through `intercept`.
 */
export class FakeServer {
  readonly calls: FakeCall[] = [];
  /** Lines taken, in the order of their arrival. */
  readonly lines: string[] = [];
  readonly reports: Record<string, unknown>[] = [];
  readonly heartbeats: Record<string, unknown>[] = [];
  readonly components = new Map<string, FakeComponent>();
  token = 'enroll_test';
  autoApprove = true;
  epoch = 'epoch-1';
  config: string | undefined;
  /**
   * Called before each call is answered; its answer replaces the server's, undefined keeps it, `drop` closes the
   * connection.
   */
  intercept: ((call: FakeCall) => FakeAnswer | 'drop' | undefined) | undefined;
  readonly #server = new LoopbackServer((request, body, response) => this.#handle(request, body, response));

  get url(): string {
    return this.#server.url;
  }

  get configHash(): string | undefined {
    return this.config === undefined ? undefined : createHash('sha256').update(this.config).digest('hex');
  }

  /** Listens on a free port, or again on the port that it had. */
  start(): Promise<void> {
    return this.#server.start();
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  callsTo(path: string): FakeCall[] {
    return this.calls.filter((call) => call.path.startsWith(path));
  }

  #handle(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const call: FakeCall = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers as Record<string, string>,
      body,
      at: Date.now(),
    };
    this.calls.push(call);
    const answer = this.intercept?.(call) ?? this.#answer(call);
    if (answer === 'drop') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  #answer(call: FakeCall): FakeAnswer {
    if (call.path === '/api/v1/components/register') return this.#register(call);
    const component = [...this.components.values()].find((entry) => entry.key === call.headers['x-api-key']);
    if (!component) return problem(401, 'api_key_invalid');
    if (component.approval === 'pending') return problem(403, 'component_not_approved');
    if (component.approval === 'revoked') return problem(403, 'component_revoked');
    if (call.path.startsWith('/api/v1/ingest/influx')) return this.#ingest(call);
    if (call.path.endsWith('/config')) return this.#config(call);
    if (call.path.endsWith('/report')) {
      this.reports.push(JSON.parse(call.body.toString()) as Record<string, unknown>);
      return { status: 204 };
    }
    if (call.path.startsWith('/api/v1/agents/heartbeat/')) {
      this.heartbeats.push(JSON.parse(call.body.toString()) as Record<string, unknown>);
      return json(200, { config_hash: this.configHash ?? null, server_time: new Date().toISOString() });
    }
    return problem(404, 'not_found');
  }

  #register(call: FakeCall): FakeAnswer {
    const body = JSON.parse(call.body.toString()) as Record<string, string>;
    if (body['enrollment_token'] !== this.token) return problem(401, 'enrollment_token_invalid');
    const name = `${body['component_type']}/${body['hostname']}`;
    const known = this.components.get(name);
    const proof = known !== undefined && known.key === call.headers['x-api-key'];
    const component: FakeComponent = {
      id: known?.id ?? randomUUID(),
      nodeId: known?.nodeId ?? randomUUID(),
      key: `sk_stra_${randomBytes(33).toString('base64url').slice(0, 43)}`,
      approval: this.autoApprove ? 'approved' : proof ? known.approval : 'pending',
    };
    this.components.set(name, component);
    return json(known ? 200 : 201, {
      component_id: component.id,
      api_key: component.key,
      status: component.approval,
      ...(body['component_type'] === 'agent' ? { node_id: component.nodeId } : {}),
    });
  }

  #config(call: FakeCall): FakeAnswer {
    const hash = this.configHash;
    if (hash === undefined) return problem(404, 'not_found');
    const etag = `"${hash}"`;
    if (call.headers['if-none-match']?.split(', ').includes(etag)) return { status: 304, headers: { etag } };
    return { status: 200, headers: { 'content-type': 'application/toml', etag }, body: this.config ?? '' };
  }

  #ingest(call: FakeCall): FakeAnswer {
    const text = (call.headers['content-encoding'] === 'gzip' ? gunzipSync(call.body) : call.body).toString();
    this.lines.push(...text.split('\n').filter((line) => line !== ''));
    return {
      status: 204,
      headers: { 'x-stratora-store-epoch': this.epoch, 'x-stratora-rejected-lines': '0' },
    };
  }
}

function json(status: number, body: unknown): FakeAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Builds a problem document as the server writes it. */
export function problem(status: number, code: string): FakeAnswer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: 'about:blank', title: code, status, detail: code, code }),
  };
}
