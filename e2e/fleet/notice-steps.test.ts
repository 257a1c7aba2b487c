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

/** Two servers on a database of their own, and a channel to the sink. */
class SendingPair {
  readonly one: EvaluatingServer;
  readonly two: EvaluatingServer;
  readonly #database: TestDatabase;
  readonly #connection: DatabaseConnection;
  #channelId = '';

  private constructor(name: string, database: TestDatabase) {
    this.#database = database;
    this.#connection = openDatabase({ url: database.url, logger: silentLogger() });
    const serverOf = (which: string) =>
      new EvaluatingServer({
        name: `${name}-${which}`,
        databaseUrl: database.url,
        storeUrl: 'http://127.0.0.1:1',
        hasFailpoints: true,
      });
    [this.one, this.two] = [serverOf('one'), serverOf('two')];
  }

  /** Starts the first server, which makes the channel. */
  static async start(name: string, sink: NoticeSink): Promise<SendingPair> {
    const pair = new SendingPair(name, await startDatabase());
    try {
      await pair.one.start();
      const config = { url: `${sink.url}/hook` };
      const channel = { name: 'hook', type: 'webhook', config };
      pair.#channelId = (await pair.one.call<{ id: string }>('POST', '/notification-channels', channel)).id;
      return pair;
    } catch (error) {
      await pair.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const server of [this.one, this.two]) await server.stop();
    await this.#connection.close();
    await this.#database.stop();
  }

  /** What both servers printed last. */
  get printed(): string {
    return [this.one, this.two].map(({ name, printed }) => `server ${name}:\n${printed}\n`).join('');
  }

  /** Puts a notice into the queue that goes out by itself. @returns its key */
  async enqueue(subject: string): Promise<string> {
    const notice = {
      event: 'test' as const,
      subject,
      detail: {},
      teamId: null,
      teamName: null,
      channelId: this.#channelId,
      channelName: 'hook',
      recipient: 'hook',
    };
    return this.#connection.db.transaction().execute(async (tx) => {
      const [id = ''] = await insertLooseNotices(tx, [notice], new Date());
      await notifySenders(tx);
      return id;
    });
  }

  async isSent(key: string): Promise<boolean> {
    const { rows } = await this.#connection.pool.query<{ state: string }>(
      'SELECT state FROM notification_outbox WHERE id = $1',
      [key],
    );
    return rows[0]?.state === 'sent';
  }

  /** Ends the leases of a server that is dead, as time would. */
  async endLeases(): Promise<void> {
    await this.#connection.pool.query(
      "UPDATE notification_outbox SET leased_until = now() WHERE state = 'sending'",
    );
  }

  /** Kills the first server, and starts it with a step at which it ends or stops. */
  async startAgain(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    this.one.signal('SIGKILL');
    await this.one.gone();
    await this.one.start(environment);
  }
}

// Both wait for leases most of the time, and so wait together.
describe.concurrent('a message whose server is lost in the middle', () => {
  const sink = new NoticeSink();
  const pairs: SendingPair[] = [];

  beforeAll(() => sink.start());
  afterAll(async () => {
    for (const pair of pairs) await pair.stop();
    await sink.stop();
  });
  beforeEach(({ onTestFailed }) =>
    onTestFailed(() => {
      for (const { printed } of pairs) process.stderr.write(printed);
    }),
  );

  async function startPair(name: string): Promise<SendingPair> {
    const pair = await SendingPair.start(name, sink);
    pairs.push(pair);
    return pair;
  }

  const arrivals = (key: string) => sink.arrived.filter((message) => message.key === key).length;

  it('arrives, and a second time only where it had been sent and that was not noted, under the same key', async () => {
    const pair = await startPair('killed');
    const table: { 'killed at': string; arrived: number }[] = [];
    for (const [step] of STEPS) {
      await pair.startAgain({ STRATORA_FAILPOINT: step });
      const key = await pair.enqueue(step);
      await pair.one.gone(PATIENCE);
      // Each message comes to its end before the next: a server at whose step it died would die of it again.
      await pair.endLeases();
      await pair.one.start();
      await waitFor(() => pair.isSent(key), {
        ...PATIENCE,
        what: `the message of the server killed at ${step}`,
      });
      table.push({ 'killed at': step, arrived: arrivals(key) });
    }
    showTable('notice-steps', table);
    expect(table.map(({ arrived }) => arrived)).toEqual(STEPS.map(([, times]) => times));
  }, 300_000);

  it('is sent by nobody who was stopped for longer than a lease and goes on', async () => {
    const pair = await startPair('stopped');
    const { one, two } = pair;
    await pair.startAgain({
      STRATORA_FAILPOINT: 'outbox.before-send',
      STRATORA_FAILPOINT_SIGNAL: 'SIGSTOP',
    });
    const key = await pair.enqueue('stopped');
    await waitFor(() => one.isStopped(), { ...PATIENCE, what: 'the stop of the server' });
    expect(arrivals(key)).toBe(0);
    await two.start();
    await waitFor(() => pair.isSent(key), { ...PATIENCE, what: 'the message, sent by the other server' });
    one.signal('SIGCONT');
    // It lives, and sends what it takes from now on.
    const rounds = await one.rounds();
    await waitFor(async () => (await one.rounds()) > rounds + 1, { ...PATIENCE, what: 'a round of it' });
    expect(arrivals(key)).toBe(1);
  }, 300_000);
});
