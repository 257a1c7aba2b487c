import type { Component, Node, NotificationChannel, OutageNotices } from '@stratora/contract';
import { signatureOf } from '@stratora/notifier';
import { HttpSink, MailSink, RemoteComponent, StratoraSystem, waitFor } from '@stratora/testkit';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The fields of a webhook's body that are read one by one. */
interface Posted {
  summary: string;
  details: { outage_id: string };
}

const AFTER_SECONDS = 12;
const SECRET = 'a signing secret';
const SMTP_PASSWORD = 'the password of the mail server';
const LOGIN = { user: 'stratora', password: SMTP_PASSWORD };
const LOOPBACK = { STRATORA_OUTBOUND_ALLOW: '127.0.0.0/8' };
const SLOW = { timeoutMs: 120_000 };

describe('a server that is away for longer than the set time', () => {
  const sink = new HttpSink();
  let mails: MailSink & { readonly port: number };
  let system: StratoraSystem;
  let collector: RemoteComponent;
  let component: Component;

  beforeAll(async () => {
    await sink.start();
    mails = await MailSink.start({ login: LOGIN });
    system = await StratoraSystem.start({ args: ['--no-collector', '--no-agent'], env: LOOPBACK });
    collector = await RemoteComponent.start(system, 'collector', 'hall-3', { environment: LOOPBACK });
    component = await collector.registered(system);
    const node = { template: 'ping', collector_id: component.id };
    await system.api.post<Node>('/api/v1/nodes', { ...node, name: 'oven', ip_address: '127.0.0.1' });
    // Nothing is there: routers discard what goes to this network (RFC 6666).
    await system.api.post<Node>('/api/v1/nodes', { ...node, name: 'press', ip_address: '100::1' });
    await arm();
    await waitFor(async () => (await notices()).standing === 'armed', { ...SLOW, what: 'the orders' });
    await waitFor(seesNodes, { ...SLOW, what: 'what became of both nodes' });
  }, 240_000);
  afterAll(async () => {
    await collector?.dispose();
    await system?.dispose();
    await mails?.stop();
    await sink.stop();
  });

  async function arm(): Promise<void> {
    const channel = async (body: object) =>
      (await system.api.post<NotificationChannel>('/api/v1/notification-channels', body)).id;
    const hook = await channel({
      name: 'Hook',
      type: 'webhook',
      config: { url: `${sink.url}/hook`, signing_secret: SECRET, headers: { 'X-Token': 'token-secret' } },
    });
    const mail = await channel({ name: 'Mail', type: 'email', config: { to: ['oncall@x.example'] } });
    await system.api.expect('PATCH', '/api/v1/settings', {
      smtp: {
        host: '127.0.0.1',
        port: mails.port,
        security: 'none',
        username: LOGIN.user,
        password: SMTP_PASSWORD,
        from: 'stratora@x.example',
      },
      outage_notice: { after_seconds: AFTER_SECONDS, channel_ids: [hook, mail] },
    });
  }

  function notices(): Promise<OutageNotices> {
    return system.api.get<OutageNotices>(`/api/v1/components/${component.id}/outage-notices`);
  }

  async function seesNodes(): Promise<boolean> {
    const { items } = await system.api.get<{ items: Node[] }>('/api/v1/nodes?limit=50');
    const details = await Promise.all(
      items.map(({ id }) => system.api.get<{ collection: unknown[] }>(`/api/v1/nodes/${id}`)),
    );
    return details.length === 2 && details.every(({ collection }) => collection.length > 0);
  }

  const bodies = () => sink.requests.map(({ body }) => JSON.parse(body) as Posted);

  it('is told of once by its collector, which says what it sees, also when that is killed meanwhile', async () => {
    const stoppedAt = Date.now();
    await system.stop();
    await waitFor(() => sink.requests.length > 0 && mails.mails.length > 0, {
      ...SLOW,
      what: 'the messages',
    });
    expect(Date.now() - stoppedAt).toBeGreaterThan(AFTER_SECONDS * 500);
    const [request] = sink.requests;
    expect(request?.headers['x-stratora-signature']).toBe(signatureOf(request?.body ?? '', SECRET));
    expect(request?.headers).toMatchObject({
      'x-token': 'token-secret',
      'idempotency-key': expect.stringMatching(/^outage-/),
    });
    const [body] = bodies();
    expect(body).toMatchObject({
      type: 'server_away',
      source: 'stratora',
      severity: 'critical',
      summary: expect.stringMatching(/^hall-3: the Stratora server has not answered for \d/),
      details: {
        event: 'away',
        collector: { id: component.id, name: 'hall-3' },
        server_url: system.ready.url,
        last_error: expect.stringContaining('Nothing answers at port'),
        nodes: { total: 2, answering: 1, silent_count: 1, silent: [{ name: 'press' }] },
      },
    });
    const [taken] = mails.mails;
    expect(taken).toMatchObject({ to: ['oncall@x.example'], user: LOGIN.user });
    const mail = await simpleParser(taken?.raw ?? '');
    expect(mail.subject).toBe(body?.summary);
    expect(mail.text).toContain('1 of 2 answer as last polled. 1 does not answer:');
    expect(mail.text).toContain('- press (ping: ');

    process.kill(collector.pid, 'SIGKILL');
    await collector.gone;
    collector.launch();
    const statusOfNew = async () => {
      const status = await collector.status();
      return status?.pid === collector.pid ? status : undefined;
    };
    await waitFor(async () => (await statusOfNew())?.connection.state === 'unreachable', SLOW);
    expect((await statusOfNew())?.outage_notice).toEqual({
      after_seconds: AFTER_SECONDS,
      channels: ['Hook', 'Mail'],
    });
    // Another silence of the set time passes, and more.
    await waitFor(async () => {
      const { started_at: from, updated_at: to } = (await statusOfNew()) ?? {};
      return Date.parse(to ?? '') - Date.parse(from ?? '') > AFTER_SECONDS * 2000;
    }, SLOW);
    expect([sink.requests.length, mails.mails.length]).toEqual([1, 1]);
  }, 240_000);

  it('is told of when it is back, and shows who was told', async () => {
    await system.launch();
    await waitFor(() => sink.requests.length > 1 && mails.mails.length > 1, { ...SLOW, what: 'all-clears' });
    const [away, back] = bodies();
    expect(back).toMatchObject({ type: 'server_back', details: { event: 'back' } });
    expect(back?.details.outage_id).toBe(away?.details.outage_id);
    const [first, second] = await Promise.all(mails.mails.map(({ raw }) => simpleParser(raw)));
    expect(second?.subject).toMatch(/^hall-3: the Stratora server answers again, after /);
    expect(second?.inReplyTo).toBe(first?.messageId);

    const isWhole = (outage: OutageNotices['outages'][number] | undefined) =>
      outage?.tellings.length === 4 && outage.tellings.every(({ state }) => state === 'accepted');
    await waitFor(async () => isWhole((await notices()).outages[0]), { ...SLOW, what: 'the report' });
    const [outage, ...more] = (await notices()).outages;
    expect(more).toEqual([]);
    // A server that starts answers 503 for a moment.
    expect(outage?.last_error).toMatch(/Nothing answers at port|\(503 /);
    expect(outage?.tellings.map(({ event, recipient }) => `${event} ${recipient}`).toSorted()).toEqual([
      `away ${new URL(sink.url).host}`,
      'away oncall@x.example',
      `back ${new URL(sink.url).host}`,
      'back oncall@x.example',
    ]);
    expect([sink.requests.length, mails.mails.length]).toEqual([2, 2]);
  }, 240_000);

  it('is no news where it is only started anew', async () => {
    const before = sink.requests.length;
    const { outage_notice: setting } = await system.api.get<{ outage_notice: object }>('/api/v1/settings');
    await system.api.expect('PATCH', '/api/v1/settings', {
      outage_notice: { ...setting, after_seconds: 600 },
    });
    const isNewest = async () => (await collector.status())?.outage_notice?.after_seconds === 600;
    await waitFor(isNewest, { ...SLOW, what: 'the new orders' });
    await system.stop();
    await system.launch();
    await waitFor(async () => (await collector.status())?.connection.state === 'connected', SLOW);
    const heardAgain = Date.now();
    await waitFor(
      async () => {
        const { last_seen_at: seen } = await system.api.get<Component>(`/api/v1/components/${component.id}`);
        return Date.parse(seen ?? '') > heardAgain;
      },
      { ...SLOW, what: 'a sign of life' },
    );
    expect(sink.requests).toHaveLength(before);
  }, 240_000);
});
