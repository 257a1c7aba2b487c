import { signatureOf } from '@stratora/notifier';
import { HttpSink, MailSink, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SECRET = 'a signing secret';
const LOGIN = { user: 'stratora', password: 'mail-secret' };

describe('a test message', () => {
  let backend: TestBackend;
  let sink: HttpSink;
  let mail: MailSink & { readonly port: number };
  let made = 0;

  beforeAll(async () => {
    sink = new HttpSink();
    await sink.start();
    mail = await MailSink.start({ login: LOGIN });
    backend = await startBackend({ config: { outboundAllow: ['127.0.0.1/32'] } });
    await backend.admin('PATCH', '/api/v1/settings', {
      smtp: {
        host: '127.0.0.1',
        port: mail.port,
        security: 'none',
        username: LOGIN.user,
        password: LOGIN.password,
        from: 'stratora@example.net',
      },
      public_origin: 'https://monitor.example.net',
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await sink?.stop();
    await mail?.stop();
  });

  async function tested(body: object) {
    made += 1;
    const { id } = await backend.admin('POST', '/api/v1/notification-channels', {
      name: `c${made}`,
      ...body,
    });
    const answer = await backend.call('POST', `/api/v1/notification-channels/${id}/test`, {
      token: backend.adminToken,
    });
    expect(answer.status, answer.text).toBe(202);
    const delivery = `/api/v1/deliveries/${answer.json.delivery_id}`;
    const over = await waitFor(async () => {
      const { state, ...more } = await backend.admin('GET', delivery);
      return state === 'queued' ? undefined : { state, ...more };
    });
    return { over, channel: await backend.admin('GET', `/api/v1/notification-channels/${id}`) };
  }

  it('reaches a webhook, signed, and proves the channel', async () => {
    const config = { url: `${sink.url}/hook`, signing_secret: SECRET };
    const { over, channel } = await tested({ type: 'webhook', config });
    expect(over).toMatchObject({ state: 'sent', event: 'test', attempts: 1 });
    const request = sink.requests.find(({ url }) => url === '/hook');
    expect(request?.headers['x-stratora-signature']).toBe(signatureOf(request?.body ?? '', SECRET));
    expect(request?.headers['idempotency-key']).toBe(over.idempotency_key);
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      type: 'test',
      source: 'stratora',
      alert_id: null,
    });
    expect(channel).toMatchObject({ last_failure: null, queued_count: 0 });
    expect(channel.last_accepted_at).not.toBeNull();
  });

  it('reaches each address of a mail channel by a mail of its own', async () => {
    const { over } = await tested({ type: 'email', config: { to: ['a@example.com', 'b@example.com'] } });
    expect(over).toMatchObject({ state: 'sent' });
    await waitFor(() => mail.mails.length === 2);
    expect(
      mail.mails.map(({ to, user }) => ({ to, user })).toSorted((a, b) => (a.to < b.to ? -1 : 1)),
    ).toEqual([
      { to: ['a@example.com'], user: 'stratora' },
      { to: ['b@example.com'], user: 'stratora' },
    ]);
    const ids = await Promise.all(mail.mails.map(async ({ raw }) => (await simpleParser(raw)).messageId));
    expect(ids).toContain(`<${over.idempotency_key}@monitor.example.net>`);
    expect(new Set(ids).size).toBe(2);
  });

  it('that is refused leaves its reason at the channel', async () => {
    sink.answers.push({ status: 404, body: 'no_service' });
    const { over, channel } = await tested({
      type: 'slack',
      config: { url: `${sink.url}/services/secretpart` },
    });
    expect(over).toMatchObject({ state: 'failed', reason: 'rejected' });
    expect(channel.last_accepted_at).toBeNull();
    expect(channel.last_failure).toMatchObject({
      reason: 'rejected',
      message: 'Slack refuses: the incoming webhook was removed or switched off.',
    });
  });

  it('goes to no address that is not allowed', async () => {
    const { over, channel } = await tested({ type: 'teams', config: { url: 'http://127.0.0.2:9/x' } });
    expect(over).toMatchObject({ state: 'failed', reason: 'address_refused' });
    expect(channel.last_failure.message).toContain('STRATORA_OUTBOUND_ALLOW');
  });
});
