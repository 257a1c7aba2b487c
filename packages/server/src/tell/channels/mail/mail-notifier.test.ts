import type { MailServer } from '@stratora/contract';
import type { MailLimits } from '@stratora/notifier';
import { OutboundGuard } from '@stratora/runtime';
import { MailSink, type MailSinkOptions, type MailStage, TestAuthority } from '@stratora/testkit';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingMessage } from '../notice.ts';
import { messageOf } from '../notices.test-support.ts';
import { viewOf } from '../wording/message-view.ts';
import { MailNotifier } from './mail-notifier.ts';

const PASSWORD = 'c0rrect-horse';
const LOGIN = { user: 'stratora', password: PASSWORD };
const LOOPBACK = ['127.0.0.0/8'];
const SHORT: MailLimits = { connectMs: 400, greetingMs: 400, silenceMs: 400, wholeMs: 3000 };
const PATIENT: MailLimits = { connectMs: 5000, greetingMs: 5000, silenceMs: 5000, wholeMs: 10_000 };

describe('mail', () => {
  let authority: TestAuthority;
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    authority = await TestAuthority.create('127.0.0.1', 'localhost');
  });
  afterAll(() => authority.dispose());
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  async function serve(options: MailSinkOptions = {}) {
    const sink = await MailSink.start(options);
    ends.push(() => sink.stop());
    return sink;
  }

  function notifierOf(server: Partial<MailServer> & { port: number }, more: Options = {}) {
    const notifier = new MailNotifier({
      guard: new OutboundGuard({ allow: more.allow ?? LOOPBACK }),
      publicOrigin: () => 'https://monitor.example.net:8443',
      now: () => new Date(),
      mailServer: () => ({
        host: '127.0.0.1',
        security: 'none',
        username: null,
        password: null,
        from: 'stratora@example.net',
        ca_pem: null,
        ...server,
      }),
      limits: more.limits ?? PATIENT,
    });
    ends.push(() => notifier.close());
    return {
      send: (message: Partial<OutgoingMessage> = {}, signal = new AbortController().signal) => {
        const whole = messageOf(undefined, message);
        return notifier.send(undefined, whole, viewOf(whole, null), signal);
      },
    };
  }

  interface Options {
    allow?: string[];
    limits?: MailLimits;
  }

  it('goes out in the clear where the settings say so', async () => {
    const sink = await serve();
    expect(await notifierOf({ port: sink.port }).send()).toMatchObject({ ok: true });
    expect(sink.mails).toMatchObject([
      { from: 'stratora@example.net', to: ['oncall@example.com'], isSecure: false },
    ]);
    const mail = await simpleParser(sink.mails[0]?.raw ?? '');
    expect(mail.messageId).toBe('<0198-key-1@monitor.example.net>');
    expect(mail.text).toContain('New alert.');
  });

  it.each(['starttls', 'tls'] as const)(
    'goes out by %s, with a login and a private authority',
    async (security) => {
      const sink = await serve({ tls: authority.server, isSecure: security === 'tls', login: LOGIN });
      const login = { username: LOGIN.user, password: PASSWORD };
      const notifier = notifierOf({ port: sink.port, security, ca_pem: authority.ca, ...login });
      expect(await notifier.send()).toMatchObject({ ok: true });
      expect(sink.mails).toMatchObject([{ isSecure: true, user: 'stratora' }]);
    },
  );

  it('goes out by the connection that is there', async () => {
    const sink = await serve({ tls: authority.server, login: LOGIN });
    const login = { username: LOGIN.user, password: PASSWORD };
    const notifier = notifierOf({ port: sink.port, security: 'starttls', ca_pem: authority.ca, ...login });
    for (let round = 0; round < 5; round += 1) expect(await notifier.send()).toMatchObject({ ok: true });
    expect(sink.mails).toHaveLength(5);
    expect({ connections: sink.connections, logins: sink.logins }).toEqual({ connections: 1, logins: 1 });
  });

  it('opens few connections for many at once', async () => {
    const sink = await serve();
    const notifier = notifierOf({ port: sink.port });
    const results = await Promise.all(Array.from({ length: 40 }, () => notifier.send()));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(sink.mails).toHaveLength(40);
    expect(sink.connections).toBeLessThanOrEqual(5);
  });

  it('is never sent in the clear where STARTTLS is demanded and not offered', async () => {
    const sink = await serve();
    const result = await notifierOf({ port: sink.port, security: 'starttls' }).send();
    expect(result).toMatchObject({ ok: false, reason: 'tls_failed', isFinal: false });
    expect(sink.mails).toEqual([]);
  });

  it('is not given to a server whose authority is not known', async () => {
    for (const isSecure of [false, true]) {
      const sink = await serve({ tls: authority.server, isSecure });
      const security = isSecure ? 'tls' : 'starttls';
      const result = await notifierOf({ port: sink.port, security }).send();
      expect(result).toMatchObject({ ok: false, reason: 'tls_failed', isFinal: false });
      expect(sink.mails).toEqual([]);
    }
  });

  it('is not given to a server whose certificate is for another name', async () => {
    const stranger = await TestAuthority.create('mail.example.net');
    try {
      const sink = await serve({ tls: stranger.server });
      const result = await notifierOf({ port: sink.port, security: 'starttls', ca_pem: stranger.ca }).send();
      expect(result).toMatchObject({ ok: false, reason: 'tls_failed' });
    } finally {
      await stranger.dispose();
    }
  });

  it('says that the login is wrong, and never with which password', async () => {
    const sink = await serve({ login: LOGIN });
    const notifier = notifierOf({ port: sink.port, username: 'stratora', password: 'wrong-password' });
    const result = await notifier.send();
    expect(result).toMatchObject({
      ok: false,
      reason: 'login_failed',
      isFinal: false,
      retryAfterMs: 300_000,
    });
    expect(JSON.stringify(result)).not.toContain('wrong-password');
  });

  it('is tried again where a recipient is put off, and not where it is refused; the others get theirs', async () => {
    const sink = await serve();
    sink.refusals.set('grey@example.com', '451 4.7.1 Greylisted, please try again');
    sink.refusals.set('gone@example.com', '550 5.1.1 No such user');
    const notifier = notifierOf({ port: sink.port });
    expect(await notifier.send({ recipient: 'grey@example.com' })).toEqual({
      ok: false,
      reason: 'server_busy',
      message: 'The mail server put it off (451): 4.7.1 Greylisted, please try again',
      isFinal: false,
    });
    expect(await notifier.send({ recipient: 'gone@example.com' })).toMatchObject({
      reason: 'recipient_rejected',
      isFinal: true,
      message: expect.stringContaining('5.1.1 No such user') as string,
    });
    expect(await notifier.send()).toMatchObject({ ok: true });
    expect(sink.mails.map(({ to }) => to)).toEqual([['oncall@example.com']]);
    expect(sink.connections).toBe(1);
    sink.refusals.clear();
    expect(await notifier.send({ recipient: 'grey@example.com' })).toMatchObject({ ok: true });
  });

  it.each([
    ['554 5.7.1 Spam', { reason: 'rejected', isFinal: true }],
    ['552 5.3.4 Too big', { reason: 'too_large', isFinal: true }],
    ['452 4.3.1 Out of space', { reason: 'server_busy', isFinal: false }],
    ['421 4.3.2 Going down', { reason: 'server_busy', isFinal: false }],
  ])('that is answered with %s is told so', async (answer, expected) => {
    const sink = await serve();
    sink.dataAnswers.push(answer);
    expect(await notifierOf({ port: sink.port }).send()).toMatchObject({ ok: false, ...expected });
  });

  it.each(['greeting', 'login', 'sender', 'recipient', 'data'] as const satisfies readonly MailStage[])(
    'is given up where the server stalls at %s, and the next one goes out',
    async (stage) => {
      const sink = await serve({ login: LOGIN });
      sink.stallAt = stage;
      const login = { username: LOGIN.user, password: PASSWORD };
      const notifier = notifierOf({ port: sink.port, ...login }, { limits: SHORT });
      const startedAt = performance.now();
      expect(await notifier.send()).toMatchObject({ ok: false, reason: 'timeout', isFinal: false });
      expect(performance.now() - startedAt).toBeLessThan(SHORT.wholeMs);
      sink.stallAt = undefined;
      expect(await notifier.send()).toMatchObject({ ok: true });
    },
  );

  it('is given up as a whole, also where the server stalls all at once', async () => {
    const sink = await serve();
    sink.stallAt = 'data';
    const limits = { ...PATIENT, wholeMs: 600 };
    const notifier = notifierOf({ port: sink.port }, { limits });
    const results = await Promise.all(Array.from({ length: 12 }, () => notifier.send()));
    expect(results.every((result) => !result.ok && result.reason === 'timeout')).toBe(true);
  });

  it('ends when whoever sends it ends it', async () => {
    const sink = await serve();
    sink.stallAt = 'data';
    const controller = new AbortController();
    const sending = notifierOf({ port: sink.port }).send({}, controller.signal);
    controller.abort();
    expect(await sending).toMatchObject({ ok: false, reason: 'timeout', isFinal: false });
  });

  it('says that nothing listens, that a name is unknown, that an address is refused', async () => {
    const sink = await serve();
    const { port } = sink;
    await sink.stop();
    expect(await notifierOf({ port }).send()).toMatchObject({ reason: 'connection_failed', isFinal: false });
    expect(await notifierOf({ port, host: 'mail.invalid' }).send()).toMatchObject({
      reason: 'name_not_found',
      isFinal: false,
    });
    expect(await notifierOf({ port }, { allow: [] }).send()).toMatchObject({
      reason: 'address_refused',
      isFinal: true,
    });
  });

  it('waits for a mail server where there is none', async () => {
    const notifier = new MailNotifier({
      guard: new OutboundGuard(),
      publicOrigin: () => 'https://monitor.example.net',
      now: () => new Date(),
      mailServer: () => undefined,
    });
    const message = messageOf();
    const result = await notifier.send(undefined, message, viewOf(message, null), AbortSignal.timeout(5000));
    expect(result).toMatchObject({ ok: false, reason: 'no_mail_server', isFinal: false });
  });
});
