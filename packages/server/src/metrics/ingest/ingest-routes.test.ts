import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { silentLogger, systemClock } from '@stratora/runtime';
import { VictoriaMetrics } from '@stratora/testkit';
import { createWriteClient, type WriteClient } from '@stratora/victoriametrics';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  appError,
  type ComponentIdentity,
  clientAddress,
  createHttpMetrics,
  createHttpServer,
  registerScopes,
  requireRouteAccess,
} from '../../platform/http/index.ts';
import { ByteBudget } from './byte-budget.ts';
import { INGEST_LIMITS } from './ingest-limits.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import { ingestRoutes } from './ingest-routes.ts';
import { IngestService } from './ingest-service.ts';
import type { Screened } from './line-screen.ts';
import { tagValue } from './own-tags.ts';

const COLLECTOR_NODE = '0190a1b2-c3d4-7e5f-8a9b-000000000001';
const AGENT_NODE = '0190a1b2-c3d4-7e5f-8a9b-000000000002';
const components: Record<string, ComponentIdentity> = {
  collector: { kind: 'component', componentId: 'collector', type: 'collector', nodeId: undefined },
  agent: { kind: 'component', componentId: 'agent', type: 'agent', nodeId: AGENT_NODE },
};

let store: VictoriaMetrics;
let writer: WriteClient;
let app: ReturnType<typeof createHttpServer>;
let budget: ByteBudget;
let registry: Registry;
let counted: { id: string; accepted: number; rejected: number }[] = [];
let seen: string[] = [];

function createApp(): typeof app {
  registry = new Registry();
  budget = new ByteBudget(INGEST_LIMITS.inFlightBytes);
  const count = (accepted: (screened: Screened) => number, rejected: (screened: Screened) => number) => {
    return (id: string, screened: Screened) => {
      counted.push({ id, accepted: accepted(screened), rejected: rejected(screened) });
    };
  };
  const service = new IngestService({
    writer,
    nodes: {
      nodesOf: (id) => new Map([[id === 'agent' ? AGENT_NODE : COLLECTOR_NODE, tagValue('press-07')]]),
    },
    diagnostics: {
      countAccepted: count(
        ({ lines }) => lines,
        () => 0,
      ),
      countRejected: count(
        () => 0,
        ({ rejected }) => rejected,
      ),
    },
    metrics: createIngestMetrics(registry, budget),
    budget,
    limits: INGEST_LIMITS,
    clock: systemClock,
    logger: silentLogger(),
    onData: (_, nodes) => seen.push(...nodes),
  });
  const http = createHttpServer({
    logger: silentLogger(),
    address: clientAddress(undefined),
    metrics: createHttpMetrics(registry),
  });
  requireRouteAccess(http);
  registerScopes(
    http,
    {
      authenticateUser: async () => {
        throw appError('not_authenticated', 'Log in first.');
      },
      authenticateComponent: (key) => {
        if (key === 'flooded') throw appError('too_many_requests', 'Too many wrong keys.');
        const identity = components[key];
        if (!identity) throw appError('api_key_invalid', 'The API key is not valid.');
        return identity;
      },
    },
    { public: [], component: [ingestRoutes(service, INGEST_LIMITS.bodyBytes)], user: [] },
  );
  return http;
}

beforeAll(async () => {
  store = await VictoriaMetrics.start();
  writer = createWriteClient({ url: store.url, timeoutMs: 5_000 });
  app = createApp();
  await app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await app.close();
  writer.close();
  await store.stop();
});

beforeEach(() => {
  counted = [];
  seen = [];
});

const nanos = (ms = Date.now()) => `${ms}000000`;

function post(
  body: string | Buffer,
  more: { headers?: Record<string, string>; query?: string; key?: string } = {},
) {
  return app.inject({
    method: 'POST',
    url: `/api/v1/ingest/influx${more.query ?? ''}`,
    headers: { 'x-api-key': more.key ?? 'collector', 'content-type': 'text/plain', ...more.headers },
    payload: body,
  });
}

async function stored(match: string): Promise<Record<string, number[]>> {
  const series = await store.export(match);
  return Object.fromEntries(series.map(({ metric, values }) => [metric['__name__'] ?? '', values]));
}

test('a good body is answered once the store has it, with the epoch', async () => {
  const answer = await post(`route,node_id=${COLLECTOR_NODE} a=1,b=2i ${nanos()}\n`);
  expect(answer.statusCode).toBe(204);
  expect(answer.headers['x-stratora-store-epoch']).toMatch(/^\d+/);
  expect(answer.headers['x-stratora-rejected-lines']).toBe('0');
  expect(answer.body).toBe('');
  expect(await stored('{__name__=~"route_.*"}')).toEqual({ route_a: [1], route_b: [2] });
  expect(counted).toContainEqual({ id: 'collector', accepted: 1, rejected: 0 });
  expect(seen).toEqual([COLLECTOR_NODE]);
  expect(budget.usedBytes).toBe(0);
});

test('bad, foreign and future lines are dropped one by one and counted', async () => {
  const body = [
    `mixed,node_id=${COLLECTOR_NODE} good=1 ${nanos()}`,
    `mixed,node_id=${AGENT_NODE} foreign=1 ${nanos()}`,
    `mixed,node_id=${COLLECTOR_NODE} future=1 ${nanos(Date.now() + 86_400_000)}`,
    `mixed,node_id=${COLLECTOR_NODE} nan=NaN ${nanos()}`,
    `mixed,node_id=${COLLECTOR_NODE} text="x",kept=2 ${nanos()}`,
  ].join('\n');
  const answer = await post(body);
  expect(answer.statusCode).toBe(204);
  expect(answer.headers['x-stratora-rejected-lines']).toBe('3');
  expect(await stored('{__name__=~"mixed_.*"}')).toEqual({ mixed_good: [1], mixed_kept: [2] });
  const text = await registry.metrics();
  expect(text).toContain('stratora_ingest_rejected_lines_total{reason="node_foreign"} 1');
  expect(text).toContain('stratora_ingest_rejected_lines_total{reason="time_future"} 1');
  expect(text).toContain('stratora_ingest_rejected_lines_total{reason="bad_number"} 1');
});

test('a body without a good line is refused, with the lines named', async () => {
  const answer = await post(`junk\nm,node_id=${AGENT_NODE} f=1\n`);
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.headers['x-stratora-rejected-lines']).toBe('2');
  expect(answer.json()).toMatchObject({
    code: 'no_valid_lines',
    errors: [
      { path: 'line 1', message: 'bad_measurement' },
      { path: 'line 2', message: 'node_foreign' },
    ],
  });
  expect((await post('')).json()).toMatchObject({ code: 'no_valid_lines' });
});

test('a body of nothing but text is taken, since there is nothing to store', async () => {
  const answer = await post(`m,node_id=${COLLECTOR_NODE} s="x"`);
  expect(answer.statusCode).toBe(204);
  expect(answer.headers['x-stratora-store-epoch']).toMatch(/^\d+/);
});

test('the query string of a client never reaches the store', async () => {
  const query = `?precision=ms&extra_label=node_id=stolen&db=evil&extra_label=a=b`;
  expect((await post(`query,node_id=${COLLECTOR_NODE} f=1 ${Date.now()}`, { query })).statusCode).toBe(204);
  const [series] = await store.export('query_f');
  expect(series?.metric).toEqual({ __name__: 'query_f', node_id: COLLECTOR_NODE });
});

test.each([
  ['ns', 1_000_000n],
  ['us', 1_000n],
  ['ms', 1n],
])('times in %s are stored in milliseconds', async (precision, factor) => {
  const now = Date.now();
  const body = `unit_${precision},node_id=${COLLECTOR_NODE} f=1 ${BigInt(now) * factor}`;
  expect((await post(body, { query: `?precision=${precision}` })).statusCode).toBe(204);
  expect((await store.export(`unit_${precision}_f`))[0]?.timestamps).toEqual([now]);
});

test('times in seconds are stored, and an unknown unit is refused', async () => {
  const now = Math.floor(Date.now() / 1_000);
  await post(`unit_s,node_id=${COLLECTOR_NODE} f=1 ${now}`, { query: '?precision=s' });
  expect((await store.export('unit_s_f'))[0]?.timestamps).toEqual([now * 1_000]);
  const refused = await post('m f=1', { query: '?precision=h' });
  expect(refused.statusCode).toBe(400);
  expect(refused.json()).toMatchObject({ code: 'validation_failed', errors: [{ path: 'precision' }] });
  expect((await post('m f=1', { query: '?precision=ns&precision=s' })).statusCode).toBe(400);
});

test('an agent’s data is its own node’s, said or not', async () => {
  const answer = await post(`own f=1\nown,node_id=${AGENT_NODE} g=1\nown,node_id=${COLLECTOR_NODE} h=1`, {
    key: 'agent',
  });
  expect(answer.headers['x-stratora-rejected-lines']).toBe('1');
  const series = await store.export('{__name__=~"own_.*"}');
  expect(series.map(({ metric }) => `${metric['__name__']} ${metric['node_id']}`).sort()).toEqual([
    `own_f ${AGENT_NODE}`,
    `own_g ${AGENT_NODE}`,
  ]);
});

test('small and large gzip bodies are unpacked, many at a time', async () => {
  const line = (index: number) => `zip,node_id=${COLLECTOR_NODE},i=${index} f=${index} ${nanos()}\n`;
  const large = Array.from({ length: 20_000 }, (_, index) => line(index)).join('');
  const answers = await Promise.all([
    post(gzipSync(large), { headers: { 'content-encoding': 'gzip' } }),
    ...Array.from({ length: 50 }, (_, index) =>
      post(gzipSync(line(100_000 + index)), { headers: { 'content-encoding': 'gzip' } }),
    ),
  ]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(51).fill(204));
  expect(await store.export('zip_f')).toHaveLength(20_050);
  expect(budget.usedBytes).toBe(0);
});

const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 'm f=1\n'), { level: 9 });

test.each<[string, Buffer, string, [number, string]]>([
  ['a bomb', bomb, 'gzip', [413, 'body_too_large']],
  [
    'a plain body over the limit',
    Buffer.alloc(33 * 1024 * 1024, 'm f=1\n'),
    'identity',
    [413, 'body_too_large'],
  ],
  ['a truncated body', gzipSync('m f=1\n'.repeat(1000)).subarray(0, 40), 'gzip', [400, 'truncated_body']],
  ['a stub', Buffer.from([0x1f, 0x8b]), 'gzip', [400, 'truncated_body']],
  ['plain text that says gzip', Buffer.from('m f=1\n'.repeat(100)), 'gzip', [400, 'bad_request']],
  ['an encoding we do not speak', Buffer.from('m f=1'), 'br', [400, 'unsupported_encoding']],
  ['an encoding upon another', Buffer.from('m f=1'), 'gzip, gzip', [400, 'unsupported_encoding']],
])('%s is refused', async (_, body, encoding, [status, code]) => {
  const answer = await post(body, { headers: { 'content-encoding': encoding } });
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ code });
  expect(budget.usedBytes).toBe(0);
});

test('a lying size at the end of a gzip body changes nothing', async () => {
  const packed = gzipSync(`lie,node_id=${COLLECTOR_NODE} f=1 ${nanos()}\n`.repeat(50));
  packed.writeUInt32LE(10, packed.length - 4);
  expect((await post(packed, { headers: { 'content-encoding': 'gzip' } })).statusCode).toBe(400);
});

test('many bombs at a time hold little memory and are all refused', { timeout: 30_000 }, async () => {
  const before = process.memoryUsage().rss;
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post(bomb, { headers: { 'content-encoding': 'gzip' } })),
  );
  clearInterval(watch);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(20).fill(413));
  // 20 bombs of 200 MiB; two are unpacked at a time, up to 32 MiB each.
  expect(peak - before).toBeLessThan(300 * 1024 * 1024);
});

test('without room for its bytes a body is put off', async () => {
  const account = budget.open();
  account.hold(INGEST_LIMITS.inFlightBytes);
  const answer = await post(`m,node_id=${COLLECTOR_NODE} f=1`);
  account.close();
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ code: 'overloaded' });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
});

test('a body that stays away is not waited for once its sender is gone', async () => {
  const { port } = app.server.address() as AddressInfo;
  const request = httpRequest({
    port,
    method: 'POST',
    path: '/api/v1/ingest/influx',
    headers: { 'x-api-key': 'collector', 'content-length': '1000', 'content-type': 'text/plain' },
  });
  request.on('error', () => {});
  request.write('m f=1');
  await expect.poll(() => budget.usedBytes, { timeout: 10_000 }).toBeGreaterThan(0);
  request.destroy();
  await expect.poll(() => budget.usedBytes, { timeout: 10_000 }).toBe(0);
});

test('while the store is away senders keep their data, and the epoch is new when it is back', async () => {
  const line = () => `away,node_id=${COLLECTOR_NODE} f=1 ${nanos()}\n`;
  const before = await post(line());
  await store.kill();
  const refusedAnswers = await Promise.all([post(line()), post(line().repeat(5_000))]);
  for (const answer of refusedAnswers) {
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'metrics_unavailable' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(answer.body).not.toContain('ECONN');
  }
  expect((await post(`m,node_id=${COLLECTOR_NODE} s="x"`)).statusCode).toBe(503);
  await store.launch();
  const after = await post(line());
  expect(after.statusCode).toBe(204);
  expect(after.headers['x-stratora-store-epoch']).not.toBe(before.headers['x-stratora-store-epoch']);
});

test('too many wrong keys of others make a sender wait, and not drop its data', async () => {
  const answer = await post('m f=1', { key: 'flooded' });
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ code: 'overloaded' });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
});

test('nobody without a key gets a body read', async () => {
  expect((await post('m f=1', { key: 'nobody' })).statusCode).toBe(401);
});
