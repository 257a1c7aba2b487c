import { silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../packages/server/src/platform/db/index.ts';
import {
  insertLooseNotices,
  notifySenders,
} from '../../packages/server/src/tell/outbox/outbox-writing-queries.ts';
import { EvaluatingServer } from './evaluating-server.ts';
import { showTable } from './measured-table.ts';
import { NoticeSink } from './notice-ledger.ts';

/** Steps of a message at which the server dies, and how many times the message arrives. */
const STEPS = [
  ['outbox.taken', 1],
  ['outbox.before-send', 1],
  ['outbox.after-send', 2],
  ['outbox.noted', 1],
] as const;
const PATIENCE = { timeoutMs: 120_000 };

describe('a message whose server is lost in the middle', () => {
  const sink = new NoticeSink();
  const servers: EvaluatingServer[] = [];
  let database: TestDatabase;
  let connection: DatabaseConnection;
  let channelId: string;

  beforeAll(async () => {
    await sink.start();
    database = await startDatabase();
    connection = openDatabase({ url: database.url, logger: silentLogger() });
    for (const name of ['one', 'two']) {
      servers.push(
        new EvaluatingServer({
          name,
          databaseUrl: database.url,
          storeUrl: 'http://127.0.0.1:1',
          hasFailpoints: true,
        }),
      );
    }
    await one().start();
    const config = { url: `${sink.url}/hook` };
    const made = await one().call<{ id: string }>('POST', '/notification-channels', {
      name: 'hook',
      type: 'webhook',
      config,
    });
    channelId = made.id;
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await connection?.close();
    await database?.stop();
    await sink.stop();
  });
  beforeEach(({ onTestFailed }) =>
    onTestFailed(() => {
      for (const { name, printed } of servers) process.stderr.write(`server ${name}:\n${printed}\n`);
    }),
  );

  const one = () => servers[0] as EvaluatingServer;
  const two = () => servers[1] as EvaluatingServer;

  /** Puts a notice into the queue that goes out by itself. @returns its key */
  async function enqueue(subject: string): Promise<string> {
    const notice = {
      event: 'test' as const,
      subject,
      detail: {},
      teamId: null,
      teamName: null,
      channelId,
      channelName: 'hook',
      recipient: 'hook',
    };
    return connection.db.transaction().execute(async (tx) => {
      const [id = ''] = await insertLooseNotices(tx, [notice], new Date());
      await notifySenders(tx);
      return id;
    });
  }

  const arrivals = (key: string) => sink.arrived.filter((message) => message.key === key).length;
  async function isSent(key: string): Promise<boolean> {
    const { rows } = await connection.pool.query<{ state: string }>(
      'SELECT state FROM notification_outbox WHERE id = $1',
      [key],
    );
    return rows[0]?.state === 'sent';
  }

  it('arrives, and a second time only where it had been sent and that was not noted, under the same key', async () => {
    const keys: string[] = [];
    for (const [step] of STEPS) {
      one().signal('SIGKILL');
      await one().gone();
      await one().start({ STRATORA_FAILPOINT: step });
      keys.push(await enqueue(step));
      await one().gone(PATIENCE);
    }
    await one().start();
    for (const key of keys)
      await waitFor(() => isSent(key), { ...PATIENCE, what: 'the messages of the dead servers' });
    const table = STEPS.map(([step], index) => ({ 'killed at': step, arrived: arrivals(keys[index] ?? '') }));
    showTable('notice-steps', table);
    expect(table.map(({ arrived }) => arrived)).toEqual(STEPS.map(([, times]) => times));
  }, 300_000);

  it('is sent by nobody who was stopped for longer than a lease and goes on', async () => {
    one().signal('SIGKILL');
    await one().gone();
    await one().start({ STRATORA_FAILPOINT: 'outbox.before-send', STRATORA_FAILPOINT_SIGNAL: 'SIGSTOP' });
    const key = await enqueue('stopped');
    await waitFor(() => one().isStopped(), { ...PATIENCE, what: 'the stop of the server' });
    expect(arrivals(key)).toBe(0);
    await two().start();
    await waitFor(() => isSent(key), { ...PATIENCE, what: 'the message, sent by the other server' });
    one().signal('SIGCONT');
    // It lives, and sends what it takes from now on.
    const rounds = await one().rounds();
    await waitFor(async () => (await one().rounds()) > rounds + 1, { ...PATIENCE, what: 'a round of it' });
    expect(arrivals(key)).toBe(1);
  }, 300_000);
});
