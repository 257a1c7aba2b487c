import { seededRandom, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AlertStorm } from './alert-storm.ts';
import { pause } from './component-fixture.ts';
import { EvaluatingServer } from './evaluating-server.ts';
import { showTable } from './measured-table.ts';
import { NoticeSink } from './notice-ledger.ts';

/** Steps of a message at which the server dies. */
const STEPS = ['outbox.taken', 'outbox.before-send', 'outbox.after-send', 'outbox.noted'] as const;
/** Number of times that a server is killed at a random moment, by STRATORA_TEST_NOTICE_KILLS; 100 in the deep run. */
const KILLS = Number(process.env['STRATORA_TEST_NOTICE_KILLS'] ?? 2);
const WAYS = 12;
const PATIENCE = { timeoutMs: 150_000 };

describe('notices of a storm', () => {
  const { random, seed } = seededRandom();
  const sink = new NoticeSink();
  const kills: { at: string; resent: number }[] = [];
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
          hasFailpoints: true,
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

  it.each(STEPS)('are sent at most once more when the server dies at %s', async (step) => {
    const before = sink.resent();
    one().signal('SIGKILL');
    await one().gone();
    await one().start({ STRATORA_FAILPOINT: step });
    await one().gone(PATIENCE);
    const since = Date.now();
    await one().start();
    // What it had in its hands is sent again when its lease has run out.
    await waitFor(async () => arrivedSince(since) && (await lost()) === 0, {
      ...PATIENCE,
      what: 'the messages of the dead server',
    });
    // Several messages can be between the send and the note at once, one on each way and four on each of them.
    const resent = sink.resent() - before;
    kills.push({ at: step, resent });
    if (step !== 'outbox.after-send') return;
    expect(resent).toBeGreaterThan(0);
  });

  /** Number of messages whose sender is gone and that nobody has taken since. */
  async function lost(): Promise<number> {
    const [row] = await storm.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM notification_outbox WHERE state = 'sending' AND leased_until < now() + interval '25 s'",
    );
    return row?.count ?? 0;
  }

  it(
    'are sent at most once more when servers die at random moments, of two',
    async () => {
      sink.answerMs = 100;
      await two().start();
      for (let round = 0; round < KILLS; round += 1) {
        const before = sink.resent();
        const server = random() < 0.5 ? one() : two();
        await pause(random() * 4000);
        server.signal('SIGKILL');
        await server.gone();
        await server.start();
        kills.push({ at: 'random', resent: sink.resent() - before });
      }
    },
    60_000 + KILLS * 30_000,
  );

  it('are sent by nobody who was stopped for longer than a lease and goes on', async () => {
    two().signal('SIGKILL');
    await two().gone();
    one().signal('SIGKILL');
    await one().gone();
    await one().start({ STRATORA_FAILPOINT: 'outbox.before-send', STRATORA_FAILPOINT_SIGNAL: 'SIGSTOP' });
    await waitFor(() => one().isStopped(), { ...PATIENCE, what: 'the stop of the server' });
    const [held] = await storm.query<{ key: string }>(
      "SELECT message_key AS key FROM notification_outbox WHERE state = 'sending' ORDER BY leased_until DESC LIMIT 1",
    );
    await two().start();
    // Those that it had written already go out once more as well.
    await waitFor(
      async () =>
        [...sink.byKey().keys()].some((key) => key.endsWith(held?.key ?? '-')) && (await lost()) === 0,
      { ...PATIENCE, what: 'the messages, sent by the other server' },
    );
    const before = sink.resent();
    one().signal('SIGCONT');
    const rounds = await one().rounds();
    await waitFor(async () => (await one().rounds()) > rounds + 1, { ...PATIENCE, what: 'a round of it' });
    expect(sink.resent()).toBe(before);
  }, 300_000);

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
    expect(most - 1).toBeLessThanOrEqual(kills.length + 1);
    showTable(
      'notice-kills',
      [...Map.groupBy(kills, ({ at }) => at)].map(([at, of]) => ({
        killed: at,
        times: of.length,
        'sent again, most': Math.max(...of.map(({ resent }) => resent)),
        'sent again': of.reduce((sum, { resent }) => sum + resent, 0),
      })),
      [`${sink.arrived.length} messages arrived, seed ${seed}`],
    );
  }, 400_000);
});
