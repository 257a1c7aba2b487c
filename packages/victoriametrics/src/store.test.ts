import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { VictoriaMetrics, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createQueryClient, type QueryClient } from './query-client.ts';
import { parseStoreUrl } from './store-endpoint.ts';
import { findWorkingPath } from './store-form.ts';
import { refusalOfWrite } from './store-result.ts';
import { createWriteClient, type WriteClient } from './write-client.ts';

let store: VictoriaMetrics;
let writer: WriteClient;
let reader: QueryClient;

beforeAll(async () => {
  store = await VictoriaMetrics.start();
  writer = createWriteClient({ url: store.url, timeoutMs: 5_000 });
  reader = createQueryClient({ url: store.url, timeoutMs: 5_000 });
});

afterAll(async () => {
  writer.close();
  reader.close();
  await store.stop();
});

const line = (name: string, timeMs = Date.now(), value = 1) =>
  Buffer.from(`${name},node_id=n f=${value} ${timeMs}\n`);

test('what was written can be queried, with its labels', async () => {
  const timeMs = Date.now() - 1_000;
  expect(await writer.write(line('written', timeMs, 42), 'ms')).toMatchObject({ ok: true });
  await store.flush();
  expect(await reader.query('written_f', timeMs)).toEqual({
    ok: true,
    value: [{ metric: { __name__: 'written_f', node_id: 'n' }, timeMs, value: 42 }],
  });
  const range = { startMs: timeMs - 60_000, endMs: timeMs + 60_000 };
  expect(await reader.series('written_f', range)).toEqual({
    ok: true,
    value: [{ __name__: 'written_f', node_id: 'n' }],
  });
  expect(await reader.labelValues('node_id', range)).toEqual({ ok: true, value: ['n'] });
  expect(await reader.labels(range)).toMatchObject({ ok: true });
  const points = await reader.queryRange('written_f', { ...range, stepMs: 10_000 });
  expect(points.ok && points.value[0]?.points.every(([, value]) => value === 42)).toBe(true);
});

test('an extra filter hides the series of others', { timeout: 40_000 }, async () => {
  const timeMs = Date.now();
  await writer.write(
    Buffer.concat([line('filtered', timeMs), Buffer.from(`filtered,node_id=b f=2 ${timeMs}\n`)]),
    'ms',
  );
  await store.flush();
  const valuesOf = async (extraFilters: string[]) => {
    const answer = await reader.query('filtered_f', Date.now(), { extraFilters });
    return answer.ok ? answer.value.map(({ value }) => value).toSorted((a, b) => a - b) : [];
  };
  // A series that is new to a running store is found by queries within 10 s.
  await waitFor(async () => (await valuesOf([])).length === 2);
  expect(await valuesOf(['{node_id="b"}'])).toEqual([2]);
  expect(await valuesOf(['{node_id="n"}', '{node_id="b"}'])).toEqual([1, 2]);
  expect(await valuesOf(['{node_id="none"}'])).toEqual([]);
});

test('a line that VictoriaMetrics names is refused for good, a path that it does not know is not', async () => {
  const judge = async (path: string, body: string) => {
    const answer = await fetch(store.url + path, { method: 'POST', body });
    return answer.status === 204 ? 'taken' : refusalOfWrite(answer.status, await answer.text()).reason;
  };
  expect(['taken', 'rejected']).toContain(await judge('/write', 'm f=abc,\nm f=1\n'));
  expect(await judge('/insert/0/influx/write', 'm f=1\n')).toBe('misconfigured');
  expect(await judge('/write/write', 'm f=1\n')).toBe('misconfigured');
  const elsewhere = createQueryClient({ url: `${store.url}/select/0/prometheus`, timeoutMs: 5_000 });
  expect(await elsewhere.query('1')).toMatchObject({ ok: false, retry: true, reason: 'misconfigured' });
  elsewhere.close();
});

test('the path that works at a store is found, whatever was copied along', async () => {
  for (const path of ['/insert/0/influx', '/write', '/api/v1/write', '/insert/7/influx/write']) {
    expect(await findWorkingPath('write', store.url + path)).toBe('');
  }
  for (const path of ['/select/0/prometheus', '/api/v1', '/api/v1/query']) {
    expect(await findWorkingPath('read', store.url + path)).toBe('');
  }
});

test('a bad expression is refused for good', async () => {
  expect(await reader.query('sum(')).toMatchObject({ ok: false, retry: false, reason: 'rejected' });
});

test('the epoch stays while the store runs and is new in the first answer after it was killed', async () => {
  const first = await writer.write(line('epoch'), 'ms');
  const second = await writer.write(line('epoch'), 'ms');
  expect(first).toEqual(second);
  for (let round = 0; round < 2; round += 1) {
    const before = await writer.epoch();
    await store.kill('SIGKILL');
    expect(await writer.write(line('epoch'), 'ms')).toMatchObject({
      ok: false,
      retry: true,
      reason: 'unavailable',
    });
    await store.launch();
    const after = await writer.write(line('epoch'), 'ms');
    expect(after.ok).toBe(true);
    expect(after).not.toEqual(before);
  }
});

test.each([
  [400, { retry: true, reason: 'misconfigured', status: 400 }],
  [401, { retry: true, reason: 'misconfigured' }],
  [302, { retry: true, reason: 'misconfigured' }],
  [429, { retry: true, reason: 'overloaded' }],
  [503, { retry: true, reason: 'overloaded' }],
  [404, { retry: true, reason: 'misconfigured' }],
  [413, { retry: true, reason: 'misconfigured' }],
  [200, { retry: true, reason: 'misconfigured' }],
])('a store that answers %i is understood', async (status, expected) => {
  const server = createServer((request, response) => {
    request.resume();
    response.statusCode = request.url === '/metrics' ? 200 : status;
    response.end('vm_app_start_timestamp 1\n');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const client = createWriteClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  expect(await client.write(line('status'))).toMatchObject({ ok: false, ...expected });
  client.close();
  server.close();
});

test('a connection that breaks under a write is tried once more', async () => {
  let writes = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.url === '/metrics') {
      response.end('vm_app_start_timestamp 7\n');
      return;
    }
    writes += 1;
    if (writes === 2) request.socket.destroy();
    else response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const client = createWriteClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  expect(await client.write(line('first'))).toEqual({ ok: true, epoch: '7' });
  expect(await client.write(line('second'))).toEqual({ ok: true, epoch: '7' });
  expect(writes).toBe(3);
  client.close();
  server.close();
});

test('a URL gives its origin, path and credentials', () => {
  expect(parseStoreUrl('http://u%40x:p@vm:8480/insert/0/influx/')).toEqual({
    baseUrl: 'http://vm:8480/insert/0/influx',
    origin: 'http://vm:8480',
    headers: { authorization: `Basic ${Buffer.from('u@x:p').toString('base64')}` },
  });
  expect(() => parseStoreUrl('ftp://vm')).toThrow(TypeError);
});
