import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect, type Socket } from 'node:net';
import type { ComponentType } from '@stratora/contract';
import { startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderMarked } from './marked-configs.test-support.ts';

interface Enrolled {
  component_id: string;
  api_key: string;
  node_id?: string;
}

/** What Fastify tells of each request that reaches a handler of a route. */
const ROUTED = 'tracing:fastify.request.handler:start';

describe('the config pull in front of the router', () => {
  let backend: TestBackend;
  let collector: Enrolled;
  let agent: Enrolled;
  let pending: Enrolled;
  let routed = 0;
  const countRouted = () => {
    routed += 1;
  };

  beforeAll(async () => {
    subscribe(ROUTED, countRouted);
    backend = await startBackend();
    collector = await enrol('collector', 'c1', true);
    agent = await enrol('agent', 'a1', true);
    pending = await enrol('collector', 'c2', false);
  });
  afterAll(async () => {
    unsubscribe(ROUTED, countRouted);
    await backend?.stop();
  });

  async function enrol(type: ComponentType, hostname: string, approves: boolean): Promise<Enrolled> {
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: approves });
    return (await backend.register(token, { component_type: type, hostname })).json as Enrolled;
  }

  const pathOf = ({ component_id: id, node_id: nodeId }: Enrolled) =>
    nodeId === undefined ? `/api/v1/remote-collectors/${id}/config` : `/api/v1/agents/${nodeId}/config`;

  interface Request {
    method?: string;
    path: string;
    key?: string;
    version?: string;
    headers?: string[];
  }

  /** The bytes of an answer but for what differs each time, and whether a route of the router gave them. */
  async function ask(request: Request): Promise<{ bytes: string; isRouted: boolean }> {
    const { method = 'GET', path, key, version = '1.1', headers = [] } = request;
    const lines = [`${method} ${path} HTTP/${version}`, 'Host: stratora.test', ...headers];
    if (key !== undefined) lines.push(`X-API-Key: ${key}`);
    const before = routed;
    const bytes = await exchange(`${lines.join('\r\n')}\r\n\r\n`);
    return { bytes: withoutClock(bytes), isRouted: routed > before };
  }

  function exchange(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(backend.url).port), '127.0.0.1');
      let received = '';
      let quiet: NodeJS.Timeout | undefined;
      const end = () => socket.destroy();
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
        clearTimeout(quiet);
        // What comes beside a whole answer would be at its heels; the rest of one may be late.
        quiet = setTimeout(end, isWhole(received, text) ? 60 : 10_000);
      });
      socket.on('close', () => {
        clearTimeout(quiet);
        resolve(received);
      });
      socket.on('error', reject);
      socket.write(text);
    });
  }

  function isWhole(received: string, asked: string): boolean {
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0) return false;
    const length = /^content-length: (\d+)\r$/im.exec(received.slice(0, headEnd + 2))?.[1];
    if (asked.startsWith('HEAD ') || length === undefined) return true;
    return received.length >= headEnd + 4 + Number(length);
  }

  const withoutClock = (bytes: string) =>
    bytes
      .replace(/^x-request-id: [0-9a-f-]{36}\r$/gm, 'x-request-id: ID\r')
      .replace(/^Date: [^\r]+\r$/gm, 'Date: NOW\r')
      .replace(/^retry-after: \d+\r$/gm, 'retry-after: N\r');

  /** A request that says that it has no body is read by the router alone, and means the same. */
  const NO_BODY = 'Content-Length: 0';

  const askSlowly = (request: Request) => ask({ ...request, headers: [...(request.headers ?? []), NO_BODY] });

  const bothWays = async (request: Request) => ({ fast: await ask(request), slow: await askSlowly(request) });

  /** The answers of both ways where memory can answer: on a slow machine what it holds may just be too old. */
  async function rememberedWay(request: Request) {
    const fast = await waitFor(async () => {
      const answer = await ask(request);
      return !answer.isRouted && answer;
    });
    return { fast, slow: await askSlowly(request) };
  }

  /** Its tag, once everything that was told of the component is read and memory alone can answer. */
  async function etagOf(component: Enrolled): Promise<string> {
    const path = pathOf(component);
    const answer = await waitFor(async () => {
      const pulled = await ask({ path, key: component.api_key });
      return !pulled.isRouted && pulled;
    });
    return /^etag: (\S+)\r$/m.exec(answer.bytes)?.[1] ?? '';
  }

  it('sends the bytes that the route would send', async () => {
    for (const component of [collector, agent]) {
      const etag = await etagOf(component);
      const cases: [number, Partial<Request>][] = [
        [200, {}],
        [304, { headers: [`If-None-Match: ${etag}`] }],
        [304, { headers: [`if-none-match: "${'0'.repeat(64)}", ${etag}`] }],
        [304, { headers: [`If-None-Match: "x"`, `If-None-Match: ${etag}`] }],
        [200, { headers: [`If-None-Match: "${'0'.repeat(64)}"`] }],
        [304, { headers: [`If-None-Match: W/${etag}`] }],
        [200, { headers: [`If-None-Match: ${etag.slice(1, -1)}`] }],
        [304, { headers: ['If-None-Match: *'] }],
        [200, { headers: ['If-None-Match:'] }],
        [304, { headers: [`If-None-Match: ${etag}`, 'Connection: close'] }],
        [200, { headers: ['Connection: close'] }],
        [304, { headers: [`If-None-Match: ${etag}`, 'X-Stratora-Instance: abcdefghijklmnopqrstuv'] }],
        [200, { version: '1.0' }],
        [304, { version: '1.0', headers: [`If-None-Match: ${etag}`] }],
        [200, { headers: ['Accept-Encoding: gzip, br', 'Accept: text/html', 'Expect: 100-continue'] }],
      ];
      for (const [status, more] of cases) {
        const { fast, slow } = await rememberedWay({
          path: pathOf(component),
          key: component.api_key,
          ...more,
        });
        expect(fast.bytes, JSON.stringify(more)).toBe(slow.bytes);
        expect(slow.isRouted).toBe(true);
        expect(fast.bytes).toContain(`HTTP/1.1 ${status} `);
      }
    }
  });

  it('leaves to the route whatever is not a plain pull of its own config by an approved component', async () => {
    const path = pathOf(collector);
    const key = collector.api_key;
    const cases: [number, Request][] = [
      [401, { path }],
      [401, { path, key: '' }],
      [401, { path, key: `${key}a` }],
      [401, { path, key: key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A') }],
      [401, { path, key: `sk_stra_${'a'.repeat(43)}` }],
      [401, { path, key: 'é'.repeat(51) }],
      [401, { path, key, headers: [`X-API-Key: ${key}`] }],
      [403, { path, key: agent.api_key }],
      [403, { path: pathOf(agent), key }],
      [403, { path: path.replace(collector.component_id, agent.component_id), key }],
      [403, { path: pathOf(agent).replace(agent.node_id ?? '', agent.component_id), key: agent.api_key }],
      [403, { path: pathOf(pending), key: pending.api_key }],
      [403, { path: path.replace(collector.component_id, collector.component_id.toUpperCase()), key }],
      [200, { path: `${path}?x=1`, key }],
      [404, { path: `${path}/`, key }],
      [404, { path: `/${path}`, key }],
      [200, { path: path.replace('config', 'confi%67'), key }],
      [200, { path, key, method: 'HEAD' }],
      [405, { path, key, method: 'POST' }],
    ];
    await etagOf(collector);
    for (const [status, request] of cases) {
      const { fast, slow } = await bothWays(request);
      expect(fast.bytes, JSON.stringify(request)).toBe(slow.bytes);
      expect(fast.bytes, JSON.stringify(request)).toContain(`HTTP/1.1 ${status} `);
    }
  });

  it('answers what comes in one packet in its order', async () => {
    const etag = await etagOf(collector);
    const head = (more: string) =>
      `GET ${pathOf(collector)} HTTP/1.1\r\nHost: s\r\nX-API-Key: ${collector.api_key}\r\n${more}\r\n`;
    const answers = await exchange(
      head(`If-None-Match: ${etag}\r\n`) + head(`${NO_BODY}\r\nIf-None-Match: ${etag}\r\n`) + head(''),
    );
    expect([...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
      '304',
      '304',
      '200',
    ]);
  });

  it('counts as the route does', async () => {
    const etag = await etagOf(collector);
    const counted = async () => {
      const { text } = await backend.call('GET', '/metrics');
      const route = '/api/v1/remote-collectors/:id/config';
      const value = (line: string) => Number(new RegExp(`^${line} (\\S+)$`, 'm').exec(text)?.[1]);
      return [
        value(
          `stratora_http_requests_total\\{method="GET",route="${route}",status="304"\\}`.replaceAll(
            '/',
            '\\/',
          ),
        ),
        value(`stratora_http_request_duration_seconds_count\\{route="${route}"\\}`.replaceAll('/', '\\/')),
      ];
    };
    const request = { path: pathOf(collector), key: collector.api_key, headers: [`If-None-Match: ${etag}`] };
    await rememberedWay(request);
    const before = await counted();
    const { slow } = await rememberedWay(request);
    expect(slow.isRouted).toBe(true);
    expect(await counted()).toEqual(before.map((value) => value + 2));
  });

  it('is a sign of life', async () => {
    const { states, database } = backend.app.modules;
    const heardWithin = async (interval: string) => {
      const { rows } = await database.pool.query(
        'SELECT FROM component_states WHERE component_id = $1 AND last_seen_at > now() - $2::interval',
        [collector.component_id, interval],
      );
      return rows.length > 0;
    };
    await states.flush();
    await waitFor(async () => {
      await database.pool.query(
        "UPDATE component_states SET last_seen_at = now() - interval '1 h' WHERE component_id = $1",
        [collector.component_id],
      );
      return states.waiting === 0 && !(await heardWithin('30 min'));
    });
    expect((await ask({ path: pathOf(collector), key: collector.api_key })).isRouted).toBe(false);
    await waitFor(async () => {
      await states.flush();
      return heardWithin('10 min');
    });
  });

  it('gives a new config as the route does', async () => {
    const before = await etagOf(collector);
    const node = {
      name: 'late',
      ip_address: '192.0.2.7',
      template: 'ping',
      collector_id: collector.component_id,
    };
    await backend.admin('POST', '/api/v1/nodes', node);
    await renderMarked(backend);
    const after = await etagOf(collector);
    expect(after).not.toBe(before);
    const request = {
      path: pathOf(collector),
      key: collector.api_key,
      headers: [`If-None-Match: ${before}`],
    };
    const { fast, slow } = await rememberedWay(request);
    expect(slow.isRouted).toBe(true);
    expect(fast.bytes).toBe(slow.bytes);
    expect(fast.bytes).toContain('HTTP/1.1 200 ');
    expect(fast.bytes).toContain('node_name = "late"');
  });

  it('ends with the answer to a revocation', async () => {
    const victim = await enrol('collector', 'victim', true);
    await etagOf(victim);
    const request = { path: pathOf(victim), key: victim.api_key };
    await backend.admin('POST', `/api/v1/components/${victim.component_id}/revoke`);
    const { fast, slow } = await bothWays(request);
    expect(fast.bytes).toBe(slow.bytes);
    expect(fast.bytes).toContain('HTTP/1.1 403 ');
    expect(fast.bytes).toContain('component_revoked');
  });
});

describe('a server that stops', () => {
  it('tells whoever still asks to come back', async () => {
    const backend = await startBackend();
    const socket: Socket = connect(Number(new URL(backend.url).port), '127.0.0.1');
    let received = '';
    const closed = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
    // Half a request is one that is being served: such a connection outlives the beginning of the stop.
    socket.write('GET /api/v1/health HTTP/1.1\r\nHost: stratora.test\r\n');
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    const stopped = backend.stop();
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    socket.write('\r\n');
    await closed;
    await stopped;
    expect(received).toMatch(/^HTTP\/1\.1 503 /);
    expect(received).toMatch(/^retry-after: [2-9]\r$/m);
    expect(received).toMatch(/^x-request-id: [0-9a-f-]{36}\r$/m);
    expect(received).toMatch(/^connection: close\r$/im);
    expect(received).toContain('"code":"overloaded"');
  });
});
