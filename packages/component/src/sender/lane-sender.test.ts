import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpClient, silentLogger, systemClock } from '@stratora/runtime';
import { FakeServer, problem, STALL_MS, waitFor } from '@stratora/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lane } from '../spool/delivery-ledger.ts';
import { Spool } from '../spool/spool.ts';
import { LaneSender } from './lane-sender.ts';
import { Quarantine } from './quarantine.ts';

let directory: string;
let server: FakeServer;
let spool: Spool;
let senders: LaneSender[];
let quarantine: Quarantine;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sender-test-'));
  server = new FakeServer();
  await server.start();
  server.components.set('collector/a', { id: 'a', nodeId: 'n', key: 'k', approval: 'approved' });
  quarantine = new Quarantine(join(directory, 'quarantine'), systemClock, silentLogger());
  senders = [];
  spool = await Spool.open({ directory, maxBytes: 1e9, segmentBytes: 1e6, logger: silentLogger() });
});
afterEach(async () => {
  await Promise.all(senders.map((sender) => sender.stop(0)));
  await spool.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

function send(lane: Lane): LaneSender {
  const sender = new LaneSender({
    lane,
    spool,
    client: createHttpClient({ baseUrl: server.url, timeoutMs: 20_000, maxSockets: 1 }),
    apiKey: () => 'k',
    quarantine,
    clock: systemClock,
    logger: silentLogger(),
    onRefused: () => {},
  });
  senders.push(sender);
  sender.start();
  return sender;
}

const text = (from: number, to: number) =>
  Buffer.from(Array.from({ length: to - from }, (_, i) => `m v=${from + i}i ${from + i}\n`).join(''));
const numbers = () => server.lines.map((line) => Number(/v=(\d+)i/.exec(line)?.[1]));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

test('new data leaves within a second of its arrival', async () => {
  send('live');
  const startedAt = Date.now();
  await spool.append(text(0, 10));
  await waitFor(() => server.lines.length === 10);
  expect(Date.now() - startedAt).toBeLessThan(1000 + STALL_MS);
});

test('what is too large is halved down to single lines, in order', async () => {
  server.intercept = (call) => (call.body.length > 100 ? problem(413, 'body_too_large') : undefined);
  await spool.append(text(0, 200));
  await spool.append(text(200, 300));
  spool.demote();
  send('backlog');
  await waitFor(() => server.lines.length === 300);
  expect(numbers()).toEqual(upTo(300));
  expect(spool.state.pendingBytes).toBe(0);
});

test('a proxy that refuses a single small line is waited for, and nothing is set aside', async () => {
  server.intercept = () => ({ status: 413, body: '<h1>413 Request Entity Too Large</h1>' });
  const sender = send('live');
  await spool.append(text(0, 3));
  await waitFor(() => sender.stats.problem?.startsWith('413') === true);
  expect(quarantine.lines).toBe(0);
  server.intercept = undefined;
  await waitFor(() => {
    sender.retryNow();
    return server.lines.length >= 3;
  });
  expect(numbers()).toEqual(upTo(3));
});

test('a batch without a good line is set aside, and the next one goes out', async () => {
  let first = true;
  server.intercept = () => {
    if (!first) return undefined;
    first = false;
    return problem(400, 'no_valid_lines');
  };
  send('live');
  await spool.append(text(0, 5));
  await waitFor(() => quarantine.lines === 5);
  await spool.append(text(5, 8));
  await waitFor(() => server.lines.length === 3);
  expect(await readdir(join(directory, 'quarantine'))).toHaveLength(1);
});

test('refusals, closed connections and pages of proxies delay the data and lose none', async () => {
  const faults = [
    problem(503, 'metrics_unavailable'),
    'drop' as const,
    { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>hello</p>' },
    { status: 302, headers: { location: '/login' } },
  ];
  server.intercept = () => faults.shift();
  const sender = send('live');
  await spool.append(text(0, 20));
  await waitFor(() => {
    sender.retryNow();
    return server.lines.length === 20;
  });
  expect(numbers()).toEqual(upTo(20));
  expect(sender.stats.failures).toBe(4);
});

test('Retry-After is kept to', async () => {
  let refused = 0;
  server.intercept = () => {
    refused += 1;
    return refused === 1
      ? {
          ...problem(503, 'overloaded'),
          headers: { ...problem(503, 'overloaded').headers, 'retry-after': '2' },
        }
      : undefined;
  };
  send('live');
  await spool.append(text(0, 1));
  await waitFor(() => server.calls.length === 1);
  await waitFor(() => server.lines.length === 1);
  expect((server.calls[1]?.at ?? 0) - (server.calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(1950);
});

test('after a restart of the store the last minutes are sent again by the backlog lane', async () => {
  send('live');
  send('backlog');
  await spool.append(text(0, 10));
  await waitFor(() => server.lines.length === 10);
  server.epoch = 'epoch-2';
  await spool.append(text(10, 12));
  await waitFor(() => server.lines.length === 22);
  expect(numbers().toSorted((a, b) => a - b)).toEqual([...upTo(10), ...upTo(12)].toSorted((a, b) => a - b));
});
