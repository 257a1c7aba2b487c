import { seededRandom, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AlertStorm } from './alert-storm.ts';
import { pause } from './component-fixture.ts';
import { EvaluatingServer } from './evaluating-server.ts';
import { showTable } from './measured-table.ts';
import { NoticeSink } from './notice-ledger.ts';

/** Number of times that a server is killed at a random moment, by STRATORA_TEST_NOTICE_KILLS; 100 in the deep run. */
const KILLS = Number(process.env['STRATORA_TEST_NOTICE_KILLS'] ?? 2);
const WAYS = 12;
const PATIENCE = { timeoutMs: 150_000 };

describe('notices of a storm', () => {
  const { random, seed } = seededRandom();
  const sink = new NoticeSink();
  let kills = 0;
  let storm: AlertStorm;
  let servers: EvaluatingServer[] = [];

  const [one, two] = [() => servers[0] as EvaluatingServer, () => servers[1] as EvaluatingServer];
  /** Whether something arrived since a time. */
  const arrivedSince = (since: number) => sink.arrived.some(({ at }) => at >= since);

  beforeAll(async () => {
    await sink.start();
    storm = await AlertStorm.start();
    servers = ['one', 'two'].map(
      (name) =>
        new EvaluatingServer({
          name,
          databaseUrl: storm.database.url,
          storeUrl: storm.store.url,
        }),
    );
    await one().start();
    for (let way = 0; way < WAYS; way += 1) {
      await one().call('POST', '/notification-channels', {
        name: `way ${way}`,
        type: 'webhook',
        max_per_minute: 600,
        config: { url: `${sink.url}/${way}` },
      });
    }
    await waitFor(() => arrivedSince(0), { ...PATIENCE, what: 'the first notice' });
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await storm?.stop();
    await sink.stop();
  });
  beforeEach(({ onTestFailed }) =>
    onTestFailed(() => {
      for (const { name, printed } of servers) process.stderr.write(`server ${name}:\n${printed}\n`);
    }),
  );

  /** Puts a test into the queue, by one of the ways. */
  async function enqueueTest(): Promise<void> {
    const way = Math.floor(random() * WAYS);
    await storm.query(
      `INSERT INTO notification_outbox (id, message_key, event, subject, detail, channel_id, channel_name, recipient,
         created_at, due_at)
       SELECT made.id, made.id, 'test', made.id::text, '{}', c.id, c.name, 'sink', now(), now()
       FROM (SELECT stratora_uuidv7() AS id OFFSET 0) AS made, notification_channels c WHERE c.name = $1`,
      [`way ${way}`],
    );
  }

  it(
    'are sent at most once more when servers die at random moments, of two',
    async () => {
      sink.answerMs = 100;
      await two().start();
      // What is grouped goes out once a minute; tests go at once, so that most kills meet some of them on their way.
      const drizzle = setInterval(() => void enqueueTest().catch(() => {}), 40);
      for (let round = 0; round < KILLS; round += 1) {
        const server = random() < 0.5 ? one() : two();
        await pause(random() * 4000);
        server.signal('SIGKILL');
        await server.gone();
        await server.start();
        kills += 1;
      }
      clearInterval(drizzle);
    },
    60_000 + KILLS * 30_000,
  );

  it('are lost by none of this, and told twice under one key alone', async () => {
    storm.end();
    storm.calm();
    await waitFor(
      async () =>
        (await storm.query("SELECT FROM alerts WHERE state = 'active' AND alert_key ^@ 'storm:' LIMIT 1"))
          .length === 0,
      { ...PATIENCE, what: 'the end of all alerts' },
    );
    await waitFor(
      async () =>
        (await storm.query("SELECT FROM notification_outbox WHERE state IN ('queued', 'sending') LIMIT 1"))
          .length === 0,
      { ...PATIENCE, what: 'the end of all notices' },
    );
    const keys = new Set(sink.arrived.map(({ key }) => key));
    const sent = await storm.query<{ key: string }>(
      "SELECT DISTINCT message_key AS key FROM notification_outbox WHERE state = 'sent'",
    );
    expect(sent.filter(({ key }) => !keys.has(key))).toEqual([]);
    // Whoever was told of an alert was told of its end, and nobody else.
    const unended = await storm.query(`
      SELECT FROM notification_outbox o WHERE o.state = 'sent' AND o.event = 'triggered' AND NOT EXISTS (
        SELECT FROM notification_outbox r WHERE r.alert_id = o.alert_id AND r.lane_id = o.lane_id
          AND r.event = 'resolved' AND r.state = 'sent')`);
    expect(unended.length).toBe(0);
    // Each alert of the storm has a notice for each way: sent, or overtaken by its end.
    const [unplanned] = await storm.query<{ count: number }>(`
      SELECT count(*)::int AS count FROM alerts a WHERE a.alert_key ^@ 'storm:' AND a.triggered_at > (
        SELECT max(created_at) FROM notification_channels) AND (
        SELECT count(*) FROM notification_outbox o WHERE o.alert_id = a.id AND o.event = 'triggered'
          AND o.state IN ('sent', 'merged')) <> ${WAYS}`);
    expect(unplanned?.count).toBe(0);
    expect(sink.toldTwice()).toEqual([]);
    const most = Math.max(...[...sink.byKey().values()].map((of) => of.length));
    expect(most - 1).toBeLessThanOrEqual(kills);
    showTable(
      'notice-kills',
      [
        {
          'killed at random': kills,
          'sent again': sink.resent(),
          messages: sink.arrived.length,
        },
      ],
      [`seed ${seed}`],
    );
  }, 400_000);
});
