import type { Delivery, ListAnswer, NotificationChannel } from '@stratora/contract';
import { HttpSink, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AlertScene, ofNode } from '../../judge/alerts/alert-scene.test-support.ts';
import { AlertWriter } from '../../judge/alerts/index.ts';
import { OutboxPlanner } from './outbox-planner.ts';

describe('the outbox of a server', () => {
  const sink = new HttpSink();
  let scene: AlertScene;
  let writer: AlertWriter;
  let node: string;
  let channel: NotificationChannel;

  beforeAll(async () => {
    await sink.start();
    scene = await AlertScene.start({ config: { outboundAllow: ['127.0.0.0/8'] } });
    writer = new AlertWriter(scene.backend.app.modules.outbox.observe);
    node = await scene.addNode('core');
    channel = (await scene.backend.admin('POST', '/api/v1/notification-channels', {
      name: 'incidents',
      type: 'webhook',
      max_per_minute: 600,
      config: { url: `${sink.url}/hook` },
    })) as NotificationChannel;
  });
  afterAll(async () => {
    await scene?.stop();
    await sink.stop();
  });
  afterEach(async () => {
    await scene.clear();
    await sql`DELETE FROM notification_outbox`.execute(scene.db);
    sink.requests.length = 0;
  });

  const apply = (...changes: Parameters<AlertWriter['apply']>[1]) =>
    scene.inTransaction((tx) => writer.apply(tx, changes));
  const trigger = async (key = 'test_cpu') => {
    const ids = await apply(scene.trigger(ofNode(node, key)));
    return [...ids.values()][0] ?? '';
  };
  const deliveries = (query = ''): Promise<ListAnswer<Delivery>> =>
    scene.backend.admin('GET', `/api/v1/deliveries?${query}`) as Promise<ListAnswer<Delivery>>;
  const settled = (query: string) =>
    waitFor(
      async () => {
        const { items } = await deliveries(query);
        return items.length > 0 && items.every(({ state }) => state !== 'queued') && items;
      },
      { what: `the end of ${query}` },
    );

  it('tells the default team’s channels of an alert, and keeps account of it', async () => {
    const id = await trigger();
    const [delivery] = await settled(`alert_id=${id}`);
    expect(delivery).toMatchObject({
      alert_id: id,
      node_name: 'core',
      event: 'triggered',
      step: 0,
      channel_id: channel.id,
      channel_name: 'incidents',
      recipient: new URL(sink.url).host,
      state: 'sent',
      attempts: 1,
      reason: null,
      next_attempt_at: null,
    });
    const [request] = sink.requests;
    expect(request?.headers['idempotency-key']).toBe(delivery?.idempotency_key);
    const { deliveries: shown, deliveries_total: total } = await scene.detail(id);
    expect({ shown, total }).toEqual({ shown: [delivery], total: 1 });
    expect(await scene.backend.admin('GET', `/api/v1/deliveries/${delivery?.id}`)).toEqual(delivery);
    await apply(scene.change(ofNode(node), 'resolve', { value: 1, reason: undefined }));
    const all = await waitFor(async () => {
      const { items } = await deliveries(`alert_id=${id}`);
      return items.length === 2 && items;
    });
    expect(all.map(({ event }) => event)).toEqual(['resolved', 'triggered']);
  });

  it('says in the answer to why who was told', async () => {
    const id = await trigger();
    await settled(`alert_id=${id}`);
    const query = `node_id=${node}&definition_id=${scene.definitionId}`;
    const { sentences } = await waitFor(async () => {
      const why = (await scene.backend.admin('GET', `/api/v1/alerts/why?${query}`)) as {
        sentences: string[];
      };
      return (
        why.sentences.some((sentence) =>
          sentence.startsWith(`Told: ${new URL(sink.url).host} by “incidents”`),
        ) && why
      );
    });
    expect(sentences.join(' ')).not.toContain('Nobody was told');
  });

  it('says who was told by a time, however much was to be told after it', async () => {
    const id = await trigger();
    const [delivery] = await settled(`alert_id=${id}`);
    const at = delivery?.sent_at ?? '';
    await sql`
      INSERT INTO notification_outbox (alert_id, event, repeat, team_id, team_name, channel_id, channel_name, recipient,
        state, reason, created_at, due_at, message_key)
      SELECT o.alert_id, 'repeated', n, o.team_id, o.team_name, o.channel_id, o.channel_name, o.recipient,
        'skipped', 'acknowledged', o.sent_at + n * interval '1 second', o.due_at, stratora_uuidv7()
      FROM notification_outbox o, generate_series(1, 300) n WHERE o.id = ${delivery?.id}`.execute(scene.db);
    const { sentences } = (await scene.backend.admin(
      'GET',
      `/api/v1/alerts/why?node_id=${node}&definition_id=${scene.definitionId}&at=${at}`,
    )) as { sentences: string[] };
    expect(sentences).toContain(`Told: ${delivery?.recipient} by “incidents” at ${at} (triggered).`);
  });

  it('sends a test by the real way, at once, and says what became of it', async () => {
    const path = `/api/v1/notification-channels/${channel.id}/test`;
    const { delivery_id: id } = (await scene.backend.admin('POST', path)) as { delivery_id: string };
    const [delivery] = await settled(`event=test`);
    expect(delivery).toMatchObject({ id, event: 'test', alert_id: null, state: 'sent' });
    expect(JSON.parse(sink.requests[0]?.body ?? '{}')).toMatchObject({ type: 'test' });
    const shown = (await scene.backend.admin(
      'GET',
      `/api/v1/notification-channels/${channel.id}`,
    )) as NotificationChannel;
    expect(shown.last_accepted_at).not.toBeNull();
    expect(shown.queued_count).toBe(0);
  });

  it('says of what waits behind a failure of its channel that nothing gets through', async () => {
    const dead = (await scene.backend.admin('POST', '/api/v1/notification-channels', {
      name: 'dead',
      type: 'webhook',
      config: { url: 'http://127.0.0.1:9/' },
    })) as NotificationChannel;
    const first = (query: string) => async () =>
      (await deliveries(`channel_id=${dead.id}&${query}`)).items[0];
    await scene.backend.admin('POST', `/api/v1/notification-channels/${dead.id}/test`);
    await waitFor(async () => ((await first('event=test')())?.attempts ?? 0) > 0, { what: 'a try' });
    await trigger();
    expect(await first('event=triggered')()).toMatchObject({
      state: 'queued',
      attempts: 0,
      message: 'Nothing gets through by its channel at the moment.',
    });
    await scene.backend.admin('DELETE', `/api/v1/notification-channels/${dead.id}`);
  });

  it('tells nobody of what is acknowledged before it goes out', async () => {
    const id = await trigger();
    await scene.backend.admin('POST', `/api/v1/alerts/${id}/acknowledge`, {});
    const [{ next_attempt_at: nextAt, state } = {}] = (await deliveries(`alert_id=${id}`)).items;
    expect({ nextAt, state }).toEqual({ nextAt: null, state: 'queued' });
    await apply(scene.change(ofNode(node), 'resolve', { value: 1, reason: undefined }));
    const [delivery] = await settled(`alert_id=${id}`);
    expect(delivery).toMatchObject({ state: 'merged', reason: 'resolved_before', sent_at: null });
    expect(sink.requests).toEqual([]);
  });

  it('lists deliveries by what is asked for', async () => {
    const id = await trigger('test_cpu:a');
    await trigger('test_cpu:b');
    await settled(`alert_id=${id}`);
    const counted = async (query: string) => (await deliveries(query)).total;
    expect(await counted('')).toBe(2);
    expect(await counted(`channel_id=${channel.id}&event=triggered`)).toBe(2);
    expect(await counted('event=resolved')).toBe(0);
    expect(await counted('state=failed')).toBe(0);
    expect(await counted('search=INCID')).toBe(2);
    expect(await counted('search=nowhere')).toBe(0);
    const first = await deliveries('limit=1');
    const second = await deliveries(`limit=1&cursor=${first.next_cursor}`);
    expect(new Set([...first.items, ...second.items].map(({ alert_id: alert }) => alert)).size).toBe(2);
    for (const query of ['alert_id=x', 'event=gone', 'state=sending', 'sort=recipient', 'cursor=x']) {
      const answer = await scene.backend.call('GET', `/api/v1/deliveries?${query}`, {
        token: scene.backend.adminToken,
      });
      expect({ query, status: answer.status }).toEqual({ query, status: 400 });
    }
    const path = `/api/v1/deliveries/${first.items[0]?.id}`;
    const read = await scene.backend.call('GET', path, { token: scene.backend.adminToken });
    const headers = { 'if-none-match': read.headers.get('etag') ?? '' };
    const again = await scene.backend.call('GET', path, { token: scene.backend.adminToken, headers });
    expect([read.status, again.status]).toEqual([200, 304]);
    const gone = await scene.backend.call('GET', `/api/v1/deliveries/${node}`, {
      token: scene.backend.adminToken,
    });
    expect(gone.status).toBe(404);
  });

  it('writes alerts also where their notices cannot be planned, and plans them later', async () => {
    const errors: unknown[] = [];
    const planner = new OutboxPlanner({
      logger: { error: (...words: unknown[]) => errors.push(words) },
      readTeams: () => Promise.reject(new Error('a team that cannot be read')),
    });
    const broken = new AlertWriter((tx, ids, at) => planner.note(tx, ids, at));
    const ids = await scene.inTransaction((tx) => broken.apply(tx, [scene.trigger(ofNode(node))]));
    expect({ failures: planner.failures, errors: errors.length }).toEqual({ failures: 1, errors: 1 });
    // The escalation loop of the server finds it.
    const [delivery] = await settled(`alert_id=${[...ids.values()][0]}`);
    expect(delivery).toMatchObject({ event: 'triggered', state: 'sent' });
  });

  it('plans a storm of 5,000 alerts with its cycle', async () => {
    const changes = Array.from({ length: 5000 }, (_, index) =>
      scene.trigger(ofNode(node, `test_cpu:${index}`)),
    );
    await apply(...changes);
    const counted = await deliveries('event=triggered&limit=1');
    expect(counted.total).toBe(5000);
    await waitFor(async () => (await deliveries('state=sent&limit=1')).total === 5000, {
      timeoutMs: 60_000,
      what: 'the end of the storm',
    });
    // A hundred alerts are one message.
    expect(sink.requests.length).toBe(50);
    expect(new Set(sink.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(50);
  });

  it('forgets what was told of an alert with the alert', async () => {
    const id = await trigger();
    await settled(`alert_id=${id}`);
    await scene.clear();
    expect((await deliveries('')).total).toBe(0);
  });
});
