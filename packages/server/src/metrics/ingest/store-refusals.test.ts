import { Readable } from 'node:stream';
import { AppError, silentLogger, systemClock } from '@stratora/runtime';
import { LoopbackServer } from '@stratora/testkit';
import { createWriteClient, type WriteClient } from '@stratora/victoriametrics';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ComponentIdentity } from '../../platform/http/index.ts';
import { ByteBudget } from './byte-budget.ts';
import { INGEST_LIMITS } from './ingest-limits.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import { IngestService } from './ingest-service.ts';
import { tagValue } from './own-tags.ts';
import { nameOf, type RejectedLines } from './reject-reason.ts';

const NODE = '0190a1b2-c3d4-7e5f-8a9b-000000000001';
const COLLECTOR: ComponentIdentity = {
  kind: 'component',
  componentId: 'collector',
  type: 'collector',
  nodeId: undefined,
};

/** Answers of a store to a write. */
let answer: (body: string) => { status: number; text?: string; headers?: Record<string, string> };
let taken: string[] = [];
const store = new LoopbackServer((request, body, response) => {
  if (request.url === '/metrics') {
    response.end('vm_app_start_timestamp 7\n');
    return;
  }
  const { status, text = '', headers = {} } = answer(body.toString());
  if (status === 204) taken.push(...body.toString().split('\n').slice(0, -1));
  response.writeHead(status, headers).end(text);
});
let writer: WriteClient;
let service: IngestService;
let registry: Registry;
let accepted = 0;
let rejected: { count: number; names: string[] }[] = [];

beforeAll(async () => {
  await store.start();
  writer = createWriteClient({ url: store.url, timeoutMs: 5_000 });
});

afterAll(async () => {
  writer.close();
  await store.stop();
});

beforeEach(() => {
  taken = [];
  rejected = [];
  accepted = 0;
  registry = new Registry();
  const budget = new ByteBudget(INGEST_LIMITS.inFlightBytes);
  service = new IngestService({
    writer,
    nodes: { nodesOf: () => new Map([[NODE, tagValue('node')]]) },
    diagnostics: {
      countAccepted: (_, { lines }, refused) => {
        accepted += lines - refused;
      },
      countRejected: (_, lines: RejectedLines) => {
        if (lines.rejected > 0) rejected.push({ count: lines.rejected, names: lines.named.map(nameOf) });
      },
    },
    metrics: createIngestMetrics(registry, budget),
    budget,
    limits: INGEST_LIMITS,
    clock: systemClock,
    logger: silentLogger(),
  });
});

function ingest(body: string) {
  return service.ingest(COLLECTOR, { headers: {}, stream: Readable.from([Buffer.from(body)]) }, 'ns');
}

async function refusalOf(body: string): Promise<AppError> {
  const error: unknown = await ingest(body).catch((caught: unknown) => caught);
  if (!(error instanceof AppError)) throw new Error('the body was not refused');
  return error;
}

const line = (name: string) => `m,node_id=${NODE},name=${name} f=1 ${Date.now()}000000`;

// The words are those of vminsert, vmauth and nginx.
describe('a refusal that is not about a line is the store’s failure', () => {
  test.each([
    [400, 'unsupported path requested: "/insert/0/write"'],
    [400, 'cannot parse path "/write": cannot find {tenantID} in "/write"'],
    [400, 'auth error: cannot parse accountID from "x"'],
    [400, 'missing route for "http://vmauth:8427/write"'],
    [
      400,
      'cannot process influx line protocol data: too big data size exceeding -influx.maxRequestSize=1024 bytes',
    ],
    [400, ''],
    [401, 'Unauthorized'],
    [403, '<h1>403 Forbidden</h1>'],
    [404, '404 page not found'],
    [405, 'Method Not Allowed'],
    [411, ''],
    [413, '<h1>413 Request Entity Too Large</h1>'],
    [422, ''],
    [302, ''],
    [200, '<h1>Log in</h1>'],
    [202, ''],
    [429, ''],
    [500, ''],
    [502, ''],
    [503, ''],
  ])('%i %s', async (status, text) => {
    answer = () => ({ status, text, headers: { location: 'http://127.0.0.1/login' } });
    const error = await refusalOf(`${line('a')}\n${line('b')}\n`);
    expect(error).toMatchObject({ status: 503, code: 'metrics_unavailable' });
    expect(error.message).not.toContain(text === '' ? 'status' : text);
    expect(rejected).toEqual([]);
    expect(accepted).toBe(0);
  });
});

const strict = (isBad: (text: string) => boolean) => (body: string) => {
  const lines = body.split('\n').slice(0, -1);
  const bad = lines.findIndex(isBad);
  if (bad < 0) return { status: 204 };
  const rest = lines.slice(bad).join('\n');
  return {
    status: 400,
    text: `cannot process influx line protocol data: incorrect influx line "${rest}": nope`,
  };
};

test('a store that refuses a whole body for one line gets the others, and the line is counted and named', async () => {
  answer = strict((text) => text.includes('name=bad'));
  const names = Array.from({ length: 3_000 }, (_, index) => (index === 1_234 ? 'bad' : `g${index}`));
  const kept = await ingest(`${names.map(line).join('\n')}\njunk\n`);
  expect(kept).toEqual({ epoch: '7', rejectedLines: 2 });
  expect(new Set(taken).size).toBe(2_999);
  expect(accepted).toBe(2_999);
  expect(rejected).toEqual([
    { count: 1, names: ['line 3001'] },
    { count: 1, names: [expect.stringMatching(`^m,node_id=${NODE},name=bad f=1 `)] },
  ]);
  expect(await registry.metrics()).toContain(
    'stratora_ingest_rejected_lines_total{reason="refused_by_store"} 1',
  );
});

test('one sender’s refused line costs the others nothing that is written together with it', async () => {
  answer = strict((text) => text.includes('name=bad'));
  const answers = await Promise.all([
    ingest(line('a')),
    ingest(`${line('bad')}\n${line('b')}`),
    ingest(line('c')),
  ]);
  expect(answers.map(({ rejectedLines }) => rejectedLines)).toEqual([0, 1, 0]);
  expect(new Set(taken.map((text) => /name=(\w+)/.exec(text)?.[1]))).toEqual(new Set(['a', 'b', 'c']));
});

test('a refusal that quotes more than is read is still one of a line', async () => {
  const long = 'x'.repeat(3_000);
  answer = strict((text) => text.includes('name=bad'));
  const body = [line('bad'), ...Array.from({ length: 1_000 }, (_, index) => line(`${long}${index}`))].join(
    '\n',
  );
  expect(await ingest(body)).toMatchObject({ rejectedLines: 1 });
  expect(new Set(taken).size).toBe(1_000);
});

test('a body of which the store refuses every line is refused, with the lines named', async () => {
  answer = strict(() => true);
  const error = await refusalOf(`${line('a')}\n${line('b')}\n`);
  expect(error).toMatchObject({ status: 400, code: 'no_valid_lines' });
  expect(error.details?.['rejectedLines']).toBe(2);
  expect(error.details?.['errors']).toHaveLength(2);
  expect(taken).toEqual([]);
});
