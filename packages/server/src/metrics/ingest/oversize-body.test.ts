import type { AddressInfo } from 'node:net';
import { createConnection } from 'node:net';
import { createHttpClient, silentLogger, systemClock } from '@stratora/runtime';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

const MIB = 1024 * 1024;
const LIMIT = 2 * MIB;
/** What the two kernels and the two processes hold of a stream that nobody reads. */
const BUFFERED = 16 * MIB;
const identity: ComponentIdentity = {
  kind: 'component',
  componentId: 'c',
  type: 'collector',
  nodeId: undefined,
};
const registry = new Registry();
const budget = new ByteBudget(INGEST_LIMITS.inFlightBytes);
let app: ReturnType<typeof createHttpServer>;
let port: number;

beforeAll(async () => {
  const taken = { ok: true, epoch: 'e' } as const;
  const service = new IngestService({
    writer: { write: async () => taken, epoch: async () => taken, labelLimit: 40, close: () => {} },
    nodes: { nodesOf: () => new Map() },
    diagnostics: { countAccepted: () => {}, countRejected: () => {} },
    metrics: createIngestMetrics(registry, budget),
    budget,
    limits: { ...INGEST_LIMITS, bodyBytes: LIMIT },
    clock: systemClock,
    logger: silentLogger(),
  });
  app = createHttpServer({
    logger: silentLogger(),
    address: clientAddress(undefined),
    metrics: createHttpMetrics(registry),
  });
  requireRouteAccess(app);
  registerScopes(
    app,
    {
      authenticateUser: async () => {
        throw appError('not_authenticated', 'Log in first.');
      },
      authenticateComponent: (key) => {
        if (key !== 'good') throw appError('api_key_invalid', 'The API key is not valid.');
        return identity;
      },
    },
    { public: [], component: [ingestRoutes(service, LIMIT)], user: [] },
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = app.server.address() as AddressInfo);
});

afterAll(() => app.close());

interface Sent {
  status: number;
  text: string;
  sentBytes: number;
  ms: number;
}

/** Sends a body without an end, as fast as it is taken, and never stops because of an answer. */
function sendEndless(key: string, head: string): Promise<Sent> {
  const chunk = Buffer.alloc(65_536, 'm f=1\n');
  const frame = Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]);
  const startedAt = performance.now();
  let text = '';
  let sentBytes = 0;
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.setNoDelay();
    const send = () => {
      while (!socket.destroyed && socket.write(frame)) sentBytes += frame.length;
      sentBytes += frame.length;
    };
    socket.on('connect', () => {
      socket.write(`POST /api/v1/ingest/influx HTTP/1.1\r\nHost: t\r\nX-API-Key: ${key}\r\n${head}\r\n\r\n`);
      send();
    });
    socket.on('drain', send);
    socket.on('data', (data: Buffer) => {
      text += data.toString();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0);
      resolve({ status, text, sentBytes, ms: performance.now() - startedAt });
    });
  });
}

const CHUNKED = 'Transfer-Encoding: chunked';

test('chunks without end are answered 413 each time, and cut soon after', { timeout: 120_000 }, async () => {
  const tries: Sent[] = [];
  for (let round = 0; round < 4; round += 1) {
    tries.push(...(await Promise.all(Array.from({ length: 5 }, () => sendEndless('good', CHUNKED)))));
  }
  expect(tries.map(({ status }) => status)).toEqual(Array(20).fill(413));
  expect(tries.every(({ text }) => text.includes('"code":"body_too_large"'))).toBe(true);
  expect(Math.max(...tries.map(({ sentBytes }) => sentBytes))).toBeLessThan(LIMIT + MIB + BUFFERED);
  expect(budget.usedBytes).toBe(0);
});

test('a length beyond the limit is refused before anything is read', { timeout: 60_000 }, async () => {
  const head = `Content-Length: ${1024 * MIB}`;
  const tries = await Promise.all(Array.from({ length: 20 }, () => sendEndless('good', head)));
  expect(tries.map(({ status }) => status)).toEqual(Array(20).fill(413));
  expect(Math.max(...tries.map(({ sentBytes }) => sentBytes))).toBeLessThan(MIB + BUFFERED);
});

test('nobody without a key keeps us reading', { timeout: 60_000 }, async () => {
  const tries = await Promise.all(Array.from({ length: 5 }, () => sendEndless('wrong', CHUNKED)));
  expect(tries.map(({ status }) => status)).toEqual(Array(5).fill(401));
  expect(Math.max(...tries.map(({ sentBytes }) => sentBytes))).toBeLessThan(MIB + BUFFERED);
});

test('our own client reads the answer to a body that it is still sending', { timeout: 60_000 }, async () => {
  const client = createHttpClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 30_000 });
  const body = Buffer.alloc(40 * MIB, 'm f=1\n');
  try {
    for (let round = 0; round < 4; round += 1) {
      const answer = await client.request({
        method: 'POST',
        path: '/api/v1/ingest/influx',
        headers: { 'x-api-key': 'good' },
        body,
      });
      expect(answer.status).toBe(413);
      expect(answer.json()).toMatchObject({ code: 'body_too_large' });
    }
  } finally {
    client.close();
  }
});

test('a short body that is refused early leaves the connection to the next request', async () => {
  const request = (key: string, body: string, length = body.length) =>
    `POST /api/v1/ingest/influx?precision=h HTTP/1.1\r\nHost: t\r\nX-API-Key: ${key}\r\nContent-Length: ${length}\r\n\r\n${body}`;
  const socket = createConnection(port, '127.0.0.1');
  let text = '';
  socket.on('data', (data: Buffer) => {
    text += data.toString();
  });
  socket.write(request('good', 'm f=1\n', 100_000));
  await expect.poll(() => text, { timeout: 10_000 }).toContain('validation_failed');
  socket.write('x'.repeat(100_000 - 6));
  socket.write(request('wrong', 'm f=1\n'));
  await expect.poll(() => text, { timeout: 10_000 }).toContain('api_key_invalid');
  socket.destroy();
});
