import type { OutageNotices, OutageOrders } from '@stratora/contract';
import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const SMTP_PASSWORD = 'mail-server-secret';
const SIGNING_SECRET = 'a signing secret';
const NOTHING = '01980000-0000-7000-8000-000000000000';

describe('outage notices', () => {
  let backend: TestBackend;
  let collector: { id: string; key: string };
  let other: { id: string; key: string };
  let mail: string;
  let hook: string;
  let made = 0;

  beforeAll(async () => {
    backend = await startBackend();
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    const join = async (hostname: string) => {
      const { json } = await backend.register(token, { hostname });
      return { id: json.component_id as string, key: json.api_key as string };
    };
    collector = await join('hall-3');
    other = await join('hall-4');
  });
  afterAll(() => backend?.stop());

  beforeEach(async () => {
    made += 1;
    const make = async (body: object) =>
      (await backend.admin('POST', '/api/v1/notification-channels', body)).id as string;
    mail = await make({ name: `Mail ${made}`, type: 'email', config: { to: ['oncall@x.example'] } });
    hook = await make({
      name: `Hook ${made}`,
      type: 'webhook',
      config: { url: 'https://hook.example/path-secret', signing_secret: SIGNING_SECRET },
    });
    await set(null);
    await backend.admin('PATCH', '/api/v1/settings', { smtp: null });
  });

  function set(setting: object | null): Promise<unknown> {
    return backend.admin('PATCH', '/api/v1/settings', { outage_notice: setting });
  }

  async function fetchOrders(of = collector, mark?: string) {
    const answer = await backend.call('GET', `/api/v1/remote-collectors/${of.id}/outage-orders`, {
      key: of.key,
      ...(mark === undefined ? {} : { headers: { 'if-none-match': mark } }),
    });
    return {
      status: answer.status,
      mark: answer.headers.get('etag') ?? '',
      orders: (answer.status === 200 ? answer.json.orders : undefined) as OutageOrders | null | undefined,
    };
  }

  function shown(id = collector.id): Promise<OutageNotices> {
    return backend.admin('GET', `/api/v1/components/${id}/outage-notices`);
  }

  async function audited(action: string): Promise<{ actor: string; detail: object }[]> {
    return (await backend.admin('GET', `/api/v1/audit-log?search=${action}&limit=500`)).items;
  }

  it('are off until somebody sets them: the collector is told so', async () => {
    expect(await shown()).toMatchObject({ standing: 'off', after_seconds: null, channels: [], outages: [] });
    expect(await fetchOrders()).toMatchObject({ status: 200, orders: null });
  });

  it('give the collector what it needs, once, and are armed when it says that it has it', async () => {
    await backend.admin('PATCH', '/api/v1/settings', {
      smtp: {
        host: 'mail.example',
        username: 'stratora',
        password: SMTP_PASSWORD,
        from: 'stratora@x.example',
      },
    });
    await set({ channel_ids: [mail, hook] });
    const { orders, mark } = await fetchOrders();
    expect(orders).toMatchObject({
      after_seconds: 300,
      repeat_seconds: 3600,
      collector: { id: collector.id, name: 'hall-3' },
      server_origin: 'https://stratora.test:8443',
      mail_server: { host: 'mail.example', port: 587, password: SMTP_PASSWORD },
      channels: [
        { id: mail, type: 'email', config: { to: ['oncall@x.example'] } },
        {
          id: hook,
          type: 'webhook',
          config: { url: 'https://hook.example/path-secret', headers: {}, signing_secret: SIGNING_SECRET },
        },
      ],
    });
    expect(await shown()).toMatchObject({ standing: 'pending', fetched_at: null });
    expect((await fetchOrders(collector, mark)).status).toBe(304);
    const armed = await shown();
    expect(armed).toMatchObject({
      standing: 'armed',
      after_seconds: 300,
      channels: [
        { id: mail, fault: null },
        { id: hook, fault: null },
      ],
    });
    expect(Date.parse(armed.fetched_at ?? '')).not.toBeNaN();
    for (const secret of [SMTP_PASSWORD, SIGNING_SECRET, 'path-secret'])
      expect(JSON.stringify(armed)).not.toContain(secret);
    const told = await audited('outage_orders.deliver');
    expect(told.filter(({ actor }) => actor === 'collector hall-3')).toHaveLength(1);
  });

  it('change their mark with a channel, with the mail server, and with nothing else', async () => {
    await set({ channel_ids: [mail, hook] });
    const first = await fetchOrders();
    expect(first.orders?.channels.map(({ id }) => id)).toEqual([hook]);
    expect(first.orders?.mail_server).toBeNull();
    expect((await fetchOrders(collector, first.mark)).status).toBe(304);
    await backend.admin('PATCH', '/api/v1/settings', { smtp: { host: 'm.example', from: 's@x.example' } });
    const second = await fetchOrders(collector, first.mark);
    expect(second).toMatchObject({ status: 200, orders: { mail_server: { host: 'm.example' } } });
    await backend.admin('PATCH', `/api/v1/notification-channels/${hook}`, {
      config: { url: 'https://other.example/x' },
    });
    const third = await fetchOrders(collector, second.mark);
    expect(third.orders?.channels.at(-1)?.config).toMatchObject({ url: 'https://other.example/x' });
    await backend.admin('PATCH', `/api/v1/notification-channels/${hook}`, { text: '{{ $summary }}' });
    expect((await fetchOrders(collector, third.mark)).status).toBe(304);
    await backend.admin('PATCH', `/api/v1/notification-channels/${hook}`, { enabled: false });
    expect((await fetchOrders(collector, third.mark)).orders?.channels.map(({ id }) => id)).toEqual([mail]);
  });

  it('say that no channel is left, and take the orders back', async () => {
    await set({ channel_ids: [mail] });
    expect(await shown()).toMatchObject({
      standing: 'no_channel',
      channels: [{ id: mail, fault: 'There is no mail server in the settings.' }],
    });
    expect((await fetchOrders()).orders).toBeNull();
    await set({ channel_ids: [hook] });
    const { mark } = await fetchOrders();
    await backend.admin('DELETE', `/api/v1/notification-channels/${hook}`);
    expect(await fetchOrders(collector, mark)).toMatchObject({ status: 200, orders: null });
    expect(await shown()).toMatchObject({ standing: 'no_channel', channels: [] });
  });

  it('are for the collectors that were chosen', async () => {
    await set({ channel_ids: [hook], collector_ids: [other.id] });
    expect((await fetchOrders()).orders).toBeNull();
    expect((await fetchOrders(other)).orders).toMatchObject({ collector: { name: 'hall-4' } });
    expect(await shown()).toMatchObject({ standing: 'off' });
    const foreign = await backend.call('GET', `/api/v1/remote-collectors/${other.id}/outage-orders`, {
      key: collector.key,
    });
    expect([foreign.status, foreign.json.code]).toEqual([403, 'component_mismatch']);
  });

  it.each([
    [() => ({ channel_ids: [] }), 'outage_notice.channel_ids'],
    [() => ({ channel_ids: [NOTHING] }), 'outage_notice.channel_ids.0'],
    [() => ({ channel_ids: [mail, mail] }), 'outage_notice.channel_ids'],
    [() => ({ channel_ids: [hook], collector_ids: [NOTHING] }), 'outage_notice.collector_ids.0'],
    [() => ({ channel_ids: [hook], after_seconds: 9 }), 'outage_notice.after_seconds'],
    [() => ({ channel_ids: [hook], after_second: 60 }), 'outage_notice.after_second'],
  ])('refuse a setting that makes no sense, no. %#', async (setting, path) => {
    const { status, json } = await backend.call('PATCH', '/api/v1/settings', {
      token: backend.adminToken,
      body: { outage_notice: setting() },
    });
    expect([status, json.errors[0].path]).toEqual([400, path]);
  });

  it('refuse a chat, by which a collector does not tell', async () => {
    const chat = await backend.admin('POST', '/api/v1/notification-channels', {
      name: 'Chat',
      type: 'slack',
      config: { url: 'https://hooks.example/x' },
    });
    const { status, json } = await backend.call('PATCH', '/api/v1/settings', {
      token: backend.adminToken,
      body: { outage_notice: { channel_ids: [chat.id] } },
    });
    expect([status, json.errors[0].message]).toEqual([400, 'is neither a mail channel nor a webhook']);
  });

  describe('that were told', () => {
    const outage = {
      id: '01980000-0000-7000-8000-0000000000aa',
      began_at: '2026-03-29T00:00:00Z',
      ended_at: '2026-03-29T00:12:00Z',
      last_error: 'refused\u0000\u001b[2J',
      tellings: [
        {
          event: 'away',
          channel_id: NOTHING,
          channel_name: 'Hook',
          recipient: 'hook.example',
          state: 'accepted',
          attempts: 2,
          created_at: '2026-03-29T00:05:00Z',
          tried_at: '2026-03-29T00:05:01Z',
          message: 'Accepted with 200.',
        },
      ],
    };
    const report = (body: unknown, of = collector) =>
      backend.call('POST', `/api/v1/remote-collectors/${of.id}/outages`, { key: of.key, body });

    it('are kept with what became of each message, also when they are reported again', async () => {
      expect((await report(outage)).status).toBe(204);
      const [first] = (await shown()).outages;
      expect(first).toMatchObject({
        id: outage.id,
        began_at: '2026-03-29T00:00:00.000Z',
        ended_at: '2026-03-29T00:12:00.000Z',
        last_error: 'refused[2J',
        tellings: outage.tellings,
      });
      const back = { ...outage.tellings[0], event: 'back' };
      await report({ ...outage, tellings: [...outage.tellings, back] });
      const [again, ...more] = (await shown()).outages;
      expect([again?.tellings.length, more.length]).toEqual([2, 0]);
      // The same id of another collector is another outage.
      await report(outage, other);
      expect((await shown(other.id)).outages).toHaveLength(1);
      const told = await audited('outage.report');
      expect(told.map(({ actor }) => actor).toSorted()).toEqual(['collector hall-3', 'collector hall-4']);
      expect(told[0]?.detail).toMatchObject({ told: ['hook.example'] });
    });

    it('are fifty at most, the newest', async () => {
      for (let index = 0; index < 55; index += 1) {
        const id = `01980000-0000-7000-8000-0000000001${String(index).padStart(2, '0')}`;
        const began_at = new Date(Date.UTC(2026, 3, 1, 0, index)).toISOString();
        expect((await report({ ...outage, id, began_at, ended_at: began_at }, other)).status).toBe(204);
      }
      const { outages } = await shown(other.id);
      expect([outages.length, outages[0]?.began_at]).toEqual([50, '2026-04-01T00:54:00.000Z']);
    });

    it.each([
      ['began_at', '0000-01-01T00:00:00Z'],
      ['began_at', 'yesterday'],
      ['ended_at', '2026-02-30T00:00:00Z'],
      ['id', 'x'],
      ['tellings', [{ event: 'away' }]],
    ])('are refused with a %s such as %j', async (name, value) => {
      const { status, json } = await report({ ...outage, [name]: value });
      expect([status, json.errors[0].path.startsWith(name)]).toEqual([400, true]);
    });
  });

  it('are those of collectors: there are none of anything else', async () => {
    const { status } = await backend.call('GET', `/api/v1/components/${NOTHING}/outage-notices`, {
      token: backend.adminToken,
    });
    expect(status).toBe(404);
  });
});
