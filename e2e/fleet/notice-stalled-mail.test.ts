import { silentLogger } from '@stratora/runtime';
import { MailSink, startDatabase, type TestDatabase, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../packages/server/src/platform/db/index.ts';
import {
  insertLooseNotices,
  notifySenders,
} from '../../packages/server/src/tell/outbox/outbox-writing-queries.ts';
import { pause } from './component-fixture.ts';
import { EvaluatingServer } from './evaluating-server.ts';
import { percentile, showTable } from './measured-table.ts';
import { NoticeSink } from './notice-ledger.ts';

/** Posts of each part of the measure, and milliseconds from one to the next. With every fourth goes a mail. */
const POSTS = 400;
const EVERY_MS = 40;
/** Milliseconds by which p95 may differ on a machine that stalls; a post that waited for the mails would take longer. */
const SLACK_MS = 5000;

describe('a mail server that stalls', () => {
  const sink = new NoticeSink();
  let mail: MailSink & { readonly port: number };
  let database: TestDatabase;
  let connection: DatabaseConnection;
  let server: EvaluatingServer;
  let hookId: string;
  let mailId: string;
  let made = 0;

  beforeAll(async () => {
    await sink.start();
    mail = await MailSink.start();
    database = await startDatabase();
    connection = openDatabase({ url: database.url, logger: silentLogger() });
    server = new EvaluatingServer({ name: 'one', databaseUrl: database.url, storeUrl: 'http://127.0.0.1:1' });
    await server.start();
    const smtp = { host: '127.0.0.1', port: mail.port, security: 'none', from: 'stratora@example.com' };
    await server.call('PATCH', '/settings', { smtp });
    hookId = await addChannel({ name: 'hook', type: 'webhook', config: { url: `${sink.url}/hook` } });
    mailId = await addChannel({ name: 'mail', type: 'email', config: { to: ['ada@example.com'] } });
  });
  afterAll(async () => {
    await server?.stop();
    await connection?.close();
    await database?.stop();
    await mail?.stop();
    await sink.stop();
  });
  beforeEach(({ onTestFailed }) => onTestFailed(() => void process.stderr.write(server.printed)));

  async function addChannel(body: object): Promise<string> {
    const path = '/notification-channels';
    return (await server.call<{ id: string }>('POST', path, { max_per_minute: 60_000, ...body })).id;
  }

  /** Puts a notice into the queue that goes out by itself. @returns its key */
  async function enqueue(channelId: string, recipient: string): Promise<string> {
    made += 1;
    const of = { detail: {}, teamId: null, teamName: null, channelId, channelName: recipient, recipient };
    return connection.db.transaction().execute(async (tx) => {
      const [id = ''] = await insertLooseNotices(
        tx,
        [{ event: 'test', subject: String(made), ...of }],
        new Date(),
      );
      await notifySenders(tx);
      return id;
    });
  }

  /** Counts the mails that were sent, without those of alerts of the server's own. */
  async function countSent(): Promise<number> {
    const { rows } = await connection.pool.query<{ count: number }>(
      "SELECT count(*)::int FROM notification_outbox WHERE channel_id = $1 AND event = 'test' AND state = 'sent'",
      [mailId],
    );
    return rows[0]?.count ?? 0;
  }

  /** Posts for a while, with mails in between. @returns milliseconds that each post took, ascending */
  async function measure(): Promise<number[]> {
    const begun = new Map<string, number>();
    for (let index = 0; index < POSTS; index += 1) {
      const at = Date.now();
      if (index % 4 === 0) await enqueue(mailId, 'ada@example.com');
      begun.set(await enqueue(hookId, 'hook'), at);
      await pause(Math.max(0, EVERY_MS - (Date.now() - at)));
    }
    const arrivals = () => sink.arrived.filter(({ key }) => begun.has(key));
    await waitFor(() => arrivals().length >= POSTS, { timeoutMs: 60_000, what: 'the posts' });
    return arrivals()
      .map(({ key, at }) => at - (begun.get(key) ?? Number.NaN))
      .toSorted((a, b) => a - b);
  }

  it('delays no post, and has its mails when it goes on', async () => {
    await measure();
    const well = await measure();
    await waitFor(async () => (await countSent()) === POSTS / 2, { timeoutMs: 60_000, what: 'the mails' });
    const mails = mail.mails.length;
    mail.stallAt = 'data';
    const stalled = await measure();
    expect(mail.mails).toHaveLength(mails);
    const row = (label: string, times: number[]) => ({
      'mail server': label,
      posts: times.length,
      'median (ms)': percentile(times, 0.5),
      'p95 (ms)': percentile(times, 0.95),
      'longest (ms)': times.at(-1) ?? Number.NaN,
    });
    showTable('notice-stalled-mail', [row('well', well), row('stalls', stalled)]);
    expect(percentile(stalled, 0.95)).toBeLessThanOrEqual(2 * percentile(well, 0.95) + SLACK_MS);
    mail.stallAt = undefined;
    await waitFor(async () => (await countSent()) === (3 * POSTS) / 4, {
      timeoutMs: 120_000,
      what: 'the end of all mails',
    });
    expect(mail.mails.length).toBeGreaterThanOrEqual((3 * POSTS) / 4);
  }, 300_000);
});
