import { silentLogger } from '@stratora/runtime';
import { LoopbackServer, startDatabase, type TestDatabase } from '@stratora/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../db/index.ts';
import { SystemHealth, type SystemHealthOptions } from './system-health.ts';

let database: TestDatabase;
let connection: DatabaseConnection;
const store = new LoopbackServer((_, __, response) => {
  response.writeHead(200).end();
});

beforeAll(async () => {
  database = await startDatabase();
  connection = openDatabase({ url: database.url, logger: silentLogger() });
  await store.start();
});
afterAll(async () => {
  await connection?.close();
  await store.stop();
  await database?.stop();
});

async function healthWith(options: Partial<SystemHealthOptions>) {
  const health = new SystemHealth({
    db: connection.db,
    store: { faults: async () => [] },
    metricsReadUrl: store.url,
    metricsWriteUrl: store.url,
    version: '1.0.0',
    ...options,
  });
  const answer = await health.check();
  health.close();
  return answer;
}

it('is good where the database and the store answer', async () => {
  expect(await healthWith({})).toEqual({
    status: 'ok',
    version: '1.0.0',
    checks: { database: 'ok', metrics: 'ok', rules: 'ok' },
    messages: [],
  });
});

it('names rules that judge nothing, and stays good: a load balancer leaves the server on which they are mended', async () => {
  const health = await healthWith({ rulesFault: async () => 'The rule “Load” judges nothing.' });
  expect(health).toMatchObject({
    status: 'ok',
    checks: { rules: 'failing' },
    messages: ['The rule “Load” judges nothing.'],
  });
});

it('is degraded where a condition does not hold, or the store has faults', async () => {
  const words = 'Alert rules are not evaluated.';
  expect(await healthWith({ conditions: [{ holds: () => false, words }] })).toMatchObject({
    status: 'degraded',
    messages: [words],
  });
  expect(await healthWith({ store: { faults: async () => ['The store is read-only.'] } })).toMatchObject({
    status: 'degraded',
    checks: { metrics: 'failing' },
    messages: ['The store is read-only.'],
  });
});
