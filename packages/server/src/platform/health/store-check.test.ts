import { type Clock, silentLogger, systemClock } from '@stratora/runtime';
import { LoopbackServer, ManualClock, STALL_MS } from '@stratora/testkit';
import { createQueryClient, createWriteClient } from '@stratora/victoriametrics';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StoreCheck } from './store-check.ts';
import { StoreState } from './store-state.ts';

type Answer = [status: number, text?: string, headers?: Record<string, string>];

/** Answers as a cluster does, by the words of vminsert and vmselect; a test may put its own before them. */
let before: (path: string) => Answer | undefined;
/** Seconds that a query for the own sample gives; undefined gives none. */
let seen: number | undefined;
const writes: string[] = [];
const cluster = new LoopbackServer((request, body, response) => {
  const path = request.url ?? '';
  const [status, text, headers] = before(path) ?? answerOf(path, body.toString());
  response.writeHead(status, headers).end(text);
});
const closing: (() => void)[] = [];

function answerOf(path: string, body: string): Answer {
  if (path === '/metrics') return [200, 'vm_app_start_timestamp 7\n'];
  if (/^\/insert\/\d+\/influx\/write(\?.*)?$/.test(path)) {
    writes.push(body);
    return [204];
  }
  if (/^\/select\/\d+\/prometheus\/api\/v1\/query(\?.*)?$/.test(path)) {
    const sample = seen === undefined ? [] : [{ metric: {}, value: [seen, String(seen)] }];
    return [200, JSON.stringify({ status: 'success', data: { resultType: 'vector', result: sample } })];
  }
  return [400, `unsupported path requested: "${path}"`];
}

beforeAll(() => cluster.start());
afterAll(() => cluster.stop());

beforeEach(() => {
  before = () => undefined;
  seen = Number.MAX_SAFE_INTEGER;
  writes.length = 0;
});

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function checkOf(writePath: string, readPath: string, clock: Clock = systemClock) {
  const logger = silentLogger();
  const metricsWriteUrl = cluster.url + writePath;
  const metricsReadUrl = cluster.url + readPath;
  const state = new StoreState(clock);
  const writer = createWriteClient({
    url: metricsWriteUrl,
    clock,
    onResult: (result) => state.noteWrite(result),
  });
  const query = createQueryClient({ url: metricsReadUrl, onResult: (refusal) => state.noteRead(refusal) });
  const check = new StoreCheck({ state, writer, query, metricsWriteUrl, metricsReadUrl, clock, logger });
  closing.push(
    () => writer.close(),
    () => query.close(),
  );
  return { check, state, writer, query };
}

const WRITE = '/insert/0/influx';
const READ = '/select/0/prometheus';

test('right URLs are proved by a write and a read', async () => {
  const { check, state } = checkOf(WRITE, READ);
  expect(state.isGood).toBe(false);
  expect(await check.faults()).toEqual([]);
  expect(writes[0]).toMatch(/^stratora_store check=\d{10} \d{13}\n$/);
  await check.faults();
  expect(writes).toHaveLength(1);
});

describe('a URL that leads elsewhere is named with the path that works', () => {
  test.each([
    ['', WRITE],
    ['/write', WRITE],
    ['/insert/0', WRITE],
    ['/insert/3', '/insert/3/influx'],
    ['/insert/0/influx/write', WRITE],
    ['/insert/0/influx/influx', WRITE],
    ['/insert/0/prometheus', WRITE],
    ['/insert/0/prometheus/api/v1/write', WRITE],
    ['/select/0/prometheus', WRITE],
  ])('written to at %j', async (given, right) => {
    const [words, ...others] = await checkOf(given, READ).check.faults();
    expect(words).toBe(
      `STRATORA_METRICS_WRITE_URL does not lead to a metric store (400 to a write): its path must be ${right}.`,
    );
    expect(others).toEqual([]);
  });

  test.each([
    ['', READ],
    ['/select/0', READ],
    ['/select/5', '/select/5/prometheus'],
    ['/select/0/prometheus/api/v1', READ],
    ['/select/0/prometheus/api/v1/query', READ],
    ['/select/0/prometheus/prometheus', READ],
    ['/insert/0/influx', READ],
  ])('read from at %j', async (given, right) => {
    const [words] = await checkOf(WRITE, given).check.faults();
    expect(words).toBe(
      `STRATORA_METRICS_READ_URL does not lead to a metric store (400 to a query): its path must be ${right}.`,
    );
  });

  test('where nothing works the forms are told', async () => {
    before = (path) => (path === '/metrics' ? undefined : [404, 'not found']);
    const [write, read] = await checkOf('/x', '/y').check.faults();
    expect(write).toContain('http://HOST:8480/insert/0/influx');
    expect(read).toContain('http://HOST:8481/select/0/prometheus');
  });
});

test.each<[string, Answer, RegExp]>([
  ['a login', [401, 'Unauthorized'], /USER:PASSWORD@HOST/],
  ['a proxy’s login', [403, '<h1>no</h1>'], /USER:PASSWORD@HOST/],
  ['a body too large for a proxy', [413, '<h1>no</h1>'], /client_max_body_size/],
  ['a redirect', [302, '', { location: 'http://elsewhere/' }], /redirect \(302\)/],
  ['a page', [200, '<h1>Log in</h1>'], /does not lead to a metric store/],
  ['a busy store', [503, ''], /cannot be written to at the moment/],
])('what stands in front is named: %s', async (_, answer, words) => {
  before = (path) => (path.includes('/write') ? answer : undefined);
  const faults = await checkOf(WRITE, READ).check.faults();
  expect(faults).toEqual([expect.stringMatching(words)]);
  expect(faults[0]).not.toContain(cluster.url);
});

test('a store that is not there yet is tried again until it is', async () => {
  const { check } = checkOf(WRITE, READ);
  await cluster.stop();
  expect(await check.faults()).toEqual([
    'The metric store cannot be written to at the moment.',
    'The metric store cannot be asked at the moment.',
  ]);
  await cluster.start();
  expect(await check.faults()).toEqual([]);
});

test('a store that hears nothing is said within seconds', { timeout: 20_000 }, async () => {
  const silent = new LoopbackServer(() => {});
  await silent.start();
  const url = silent.url;
  const state = new StoreState(systemClock);
  const writer = createWriteClient({ url });
  const query = createQueryClient({ url });
  const check = new StoreCheck({
    state,
    writer,
    query,
    metricsWriteUrl: url,
    metricsReadUrl: url,
    clock: systemClock,
    logger: silentLogger(),
  });
  expect(await check.faults()).toEqual(['The metric store does not answer.']);
  // Nor does it keep a server from stopping.
  check.loop.start();
  const stoppedAt = performance.now();
  await check.loop.stop();
  expect(performance.now() - stoppedAt).toBeLessThan(1_000 + STALL_MS);
  await silent.stop();
  writer.close();
  query.close();
});

test('a fault of the set-up stays said while small writes pass', async () => {
  const clock = new ManualClock();
  const { check, writer, state } = checkOf(WRITE, READ, clock);
  await check.faults();
  const big = Buffer.from('m f=1\n'.repeat(1_000));
  before = (path) => (path.includes('/write') ? [413, 'too large'] : undefined);
  await writer.write(big);
  before = () => undefined;
  await writer.write(Buffer.from('m f=1\n'));
  expect(await check.faults()).toEqual([expect.stringContaining('413')]);
  await clock.advance(31_000);
  await writer.write(Buffer.from('m f=1\n'));
  expect(state.isGood).toBe(true);
});

test('two URLs of two stores are noticed, since what is written is not found', async () => {
  const clock = new ManualClock();
  seen = undefined;
  const { check } = checkOf(WRITE, READ, clock);
  check.loop.start();
  const faultsLater = async () => {
    await clock.advance(5_000);
    return check.faults();
  };
  try {
    await expect.poll(() => writes.length, { timeout: 10_000 }).toBe(1);
    expect(await check.faults()).toEqual([]);
    await expect
      .poll(faultsLater, { timeout: 20_000, interval: 10 })
      .toEqual([expect.stringContaining('one store and one account')]);
    seen = Number.MAX_SAFE_INTEGER;
    await expect.poll(faultsLater, { timeout: 20_000, interval: 10 }).toEqual([]);
  } finally {
    await check.loop.stop();
  }
});
