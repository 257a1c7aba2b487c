import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '@stratora/runtime';
import { STALL_MS, VictoriaMetrics } from '@stratora/testkit';
import { createQueryClient, createWriteClient } from '@stratora/victoriametrics';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ModuleList } from '../../module-list.ts';
import {
  appError,
  CallerPlaces,
  clientAddress,
  createHttpMetrics,
  createHttpServer,
  registerScopes,
  requireRouteAccess,
} from '../../platform/http/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { createQuery } from './index.ts';
import { QUERIES_OF_ONE_USER, USER_QUERIES_AT_ONCE } from './query-module.ts';
import { parseDuration, parseTime, QUERY_LIMITS } from './query-parameters.ts';
import { QueryService } from './query-service.ts';

const NOW = Math.floor(Date.now() / 1_000);
let store: VictoriaMetrics;
let module: ServerModule;
let app: ReturnType<typeof createHttpServer>;

beforeAll(async () => {
  store = await VictoriaMetrics.start();
  const writer = createWriteClient({ url: store.url });
  const lines = Array.from(
    { length: 7 },
    (_, index) => `asked,node_id=n${index % 2},q=a"b f=${index} ${NOW - 60 + index * 10}\n`,
  );
  expect(await writer.write(Buffer.from(lines.join('')), 's')).toMatchObject({ ok: true });
  writer.close();
  await store.flush();
  module = createQuery({ url: store.url, maxResponseBytes: 100_000, timeoutMs: 5_000 });
  app = await serve(module);
});

async function serve(served: ServerModule) {
  const server = createHttpServer({
    logger: silentLogger(),
    address: clientAddress(undefined),
    metrics: createHttpMetrics(new Registry()),
  });
  requireRouteAccess(server);
  registerScopes(
    server,
    {
      authenticateComponent: () => {
        throw appError('api_key_invalid', 'no');
      },
      authenticateUser: async (request) => {
        const [, name] = /^Bearer (good|other)$/.exec(request.headers.authorization ?? '') ?? [];
        if (name === undefined) throw appError('not_authenticated', 'Log in first.');
        return {
          kind: 'user',
          userId: name,
          username: name,
          role: 'viewer',
          mustChangePassword: false,
          via: 'bearer',
          sessionId: undefined,
        };
      },
    },
    new ModuleList([served]).routes,
  );
  await server.ready();
  return server;
}

afterAll(async () => {
  await app.close();
  await module.stop?.();
  await store.stop();
});

const PROMETHEUS = '/api/v1/prometheus/api/v1';

function get(path: string, parameters: Record<string, string> = {}, base = '/api/v1/metrics') {
  const query = new URLSearchParams(parameters).toString();
  return app.inject({ url: `${base}${path}?${query}`, headers: { authorization: 'Bearer good' } });
}

test.each(['/api/v1/metrics', PROMETHEUS])('%s answers as Prometheus does', async (base) => {
  const instant = await get('/query', { query: 'asked_f{q="a\\"b"}', time: String(NOW) }, base);
  expect(instant.statusCode).toBe(200);
  expect(instant.headers['content-type']).toContain('application/json');
  expect(instant.json()).toMatchObject({ status: 'success', data: { resultType: 'vector' } });
  expect(instant.json<{ data: { result: unknown[] } }>().data.result).toHaveLength(2);

  const range = {
    query: 'sum(asked_f)',
    start: String(NOW - 60),
    end: new Date(NOW * 1_000).toISOString(),
    step: '10s',
  };
  const matrix = await get('/query_range', range, base);
  expect(matrix.json()).toMatchObject({ status: 'success', data: { resultType: 'matrix' } });

  const times = { start: String(NOW - 3_600), end: String(NOW) };
  expect((await get('/labels', times, base)).json<{ data: string[] }>().data).toContain('node_id');
  expect((await get('/label/node_id/values', times, base)).json<{ data: string[] }>().data.sort()).toEqual([
    'n0',
    'n1',
  ]);
  expect((await get('/label/__name__/values', times, base)).json<{ data: string[] }>().data).toEqual([
    'asked_f',
  ]);
  const series = await get('/series', { 'match[]': 'asked_f{node_id="n1"}', ...times }, base);
  expect(series.json()).toEqual({
    status: 'success',
    data: [{ __name__: 'asked_f', node_id: 'n1', q: 'a"b' }],
  });
});

test('a form may carry the parameters', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: `${PROMETHEUS}/query`,
    headers: { authorization: 'Bearer good', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ query: '1+1' }).toString(),
  });
  expect(answer.json()).toMatchObject({ status: 'success', data: { resultType: 'vector' } });
});

test('the store’s own parameters are not for users', async () => {
  const answer = await get('/query', {
    query: 'count(asked_f)',
    time: String(NOW),
    'extra_filters[]': '{node_id="n0"}',
    extra_label: 'node_id=n0',
  });
  expect(answer.json()).toMatchObject({ data: { result: [{ value: [NOW, '2'] }] } });
});

test.each<[string, Record<string, string>, number, string]>([
  ['/query', {}, 400, 'validation_failed'],
  ['/query', { query: 'sum(' }, 400, 'validation_failed'],
  ['/query', { query: 'sum' }, 400, 'validation_failed'],
  ['/query', { query: 'sum by (q) (asked_f offset 1s offset 1s)' }, 422, 'query_failed'],
  ['/query_range', { query: 'sum', start: '1', end: '2', step: '1' }, 400, 'validation_failed'],
  // Points of a subquery are bounded by the store.
  ['/query', { query: 'max_over_time(asked_f[1y:1ms])' }, 422, 'query_failed'],
  ['/query', { query: 'max_over_time(asked_f[1y:])', step: '1ms' }, 422, 'query_failed'],
  ['/series', { 'match[]': '{__name__="sum"}' }, 400, 'validation_failed'],
  ['/label/q/values', { 'match[]': 'sum' }, 400, 'validation_failed'],
  ['/query', { query: '1', time: 'abc' }, 400, 'validation_failed'],
  ['/query', { query: 'a'.repeat(16_385) }, 400, 'validation_failed'],
  ['/query_range', { query: '1', start: '1', end: '2' }, 400, 'validation_failed'],
  ['/query_range', { query: '1', start: '2', end: '1', step: '1' }, 400, 'validation_failed'],
  ['/query_range', { query: '1', start: '0', end: '1000000', step: '1' }, 400, 'validation_failed'],
  ['/query_range', { query: '1', start: '0', end: '10', step: '0' }, 400, 'validation_failed'],
  ['/series', {}, 400, 'validation_failed'],
  ['/labels', { 'match[]': '{' }, 400, 'validation_failed'],
])('%s with %j is refused', async (...[path, parameters, status, code]) => {
  const answer = await get(path, parameters);
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ code });
  const other = await get(path, parameters, PROMETHEUS);
  expect(other.statusCode).toBe(status);
  expect(other.json()).toMatchObject({
    status: 'error',
    errorType: status === 400 ? 'bad_data' : 'execution',
  });
});

test('an answer beyond the bound is refused, not cut', async () => {
  const answer = await get('/query_range', {
    query: 'time()',
    start: String(NOW - 9_000),
    end: String(NOW),
    step: '1',
  });
  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toMatchObject({ code: 'query_failed' });
});

test.each(['/status/buildinfo', '/metadata', '/query_exemplars'])('Grafana may ask %s', async (path) => {
  expect((await get(path, {}, PROMETHEUS)).json()).toMatchObject({ status: 'success' });
});

test('nobody reads without a login', async () => {
  for (const path of [
    '/api/v1/metrics/query?query=1',
    `${PROMETHEUS}/query?query=1`,
    `${PROMETHEUS}/status/buildinfo`,
  ]) {
    const answer = await app.inject({ url: path });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'not_authenticated' });
  }
});

test('a store that is away is told as such, without its address', async () => {
  await store.kill();
  const answer = await get('/query', { query: '1' });
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ code: 'metrics_unavailable' });
  expect(answer.body).not.toContain('127.0.0.1');
  expect((await get('/query', { query: '1' }, PROMETHEUS)).json()).toMatchObject({
    errorType: 'unavailable',
  });
  await store.launch();
});

test('a store that stands still is told as such within seconds', async () => {
  process.kill(store.pid, 'SIGSTOP');
  try {
    const startedAt = performance.now();
    const [answer, other] = await Promise.all([
      get('/query', { query: '1' }),
      get('/query', { query: '1' }, PROMETHEUS),
    ]);
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'metrics_unavailable' });
    expect(other.json()).toMatchObject({ errorType: 'unavailable' });
    expect(performance.now() - startedAt).toBeLessThan(5000 + STALL_MS);
  } finally {
    process.kill(store.pid, 'SIGCONT');
  }
  expect((await get('/query', { query: '1' })).statusCode).toBe(200);
});

test('a query that takes long is waited for while its store lives', async () => {
  const slow = createServer((request, response) => {
    if (request.url === '/health') response.writeHead(404).end();
    else setTimeout(() => response.end('{"status":"success"}'), 4_500);
  });
  await once(slow.listen(0, '127.0.0.1'), 'listening');
  const slowClient = createQueryClient({ url: `http://127.0.0.1:${(slow.address() as AddressInfo).port}` });
  try {
    const places = new CallerPlaces({ places: 1, perCaller: 1, what: 'Queries' });
    const service = new QueryService({ client: slowClient, limits: QUERY_LIMITS, timeoutMs: 30_000, places });
    const body = await service.ask('query', new URLSearchParams({ query: '1' }), { caller: 'anna' });
    expect(body.toString()).toBe('{"status":"success"}');
  } finally {
    slowClient.close();
    slow.close();
    slow.closeAllConnections();
  }
});

test('however many queries come, the store works on a few at a time, and not on those of one user alone', async () => {
  let open = 0;
  let most = 0;
  const slow = createServer((request, response) => {
    if (request.url === '/health') return void response.writeHead(404).end();
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      response.end('{"status":"success"}');
    }, 50);
  });
  await once(slow.listen(0, '127.0.0.1'), 'listening');
  const asked = createQuery({ url: `http://127.0.0.1:${(slow.address() as AddressInfo).port}` });
  const server = await serve(asked);
  try {
    const url = `${PROMETHEUS}/query?query=1`;
    const ask = (name: string) => server.inject({ url, headers: { authorization: `Bearer ${name}` } });
    const alone = await Promise.all(Array.from({ length: 30 }, () => ask('good')));
    expect(alone.map(({ statusCode }) => statusCode)).toEqual(alone.map(() => 200));
    expect(most).toBe(QUERIES_OF_ONE_USER);
    const both = await Promise.all([...Array.from({ length: 30 }, () => ask('good')), ask('other')]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual(both.map(() => 200));
    expect(most).toBe(USER_QUERIES_AT_ONCE);
  } finally {
    await server.close();
    await asked.stop?.();
    slow.close();
    slow.closeAllConnections();
  }
});

test('times and durations are read as Prometheus reads them', () => {
  expect(parseTime('1700000000.5')).toBe(1_700_000_000.5);
  expect(parseTime('2026-01-01T00:00:00Z')).toBe(Date.parse('2026-01-01T00:00:00Z') / 1_000);
  expect(parseTime('yesterday')).toBeNaN();
  expect(parseDuration('1h30m')).toBe(5_400);
  expect(parseDuration('15')).toBe(15);
  expect(parseDuration('250ms')).toBe(0.25);
  expect(parseDuration('1x')).toBeNaN();
});
