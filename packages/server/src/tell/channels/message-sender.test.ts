import type { MailServer } from '@stratora/contract';
import { Poster } from '@stratora/notifier';
import { OutboundGuard, silentLogger } from '@stratora/runtime';
import { HttpSink, MailSink } from '@stratora/testkit';
import { simpleParser } from 'mailparser';
import { afterEach, describe, expect, it } from 'vitest';
import { KeyRing, RecordSealer } from '../../platform/secrets/index.ts';
import type { Channel } from './channel.ts';
import { MailNotifier } from './mail/mail-notifier.ts';
import { MessageSender } from './message-sender.ts';
import { messageOf } from './notices.test-support.ts';
import { SlackNotifier } from './slack/slack-notifier.ts';
import { TeamsNotifier } from './teams/teams-notifier.ts';
import { WebhookNotifier } from './webhook/webhook-notifier.ts';

const SEALER = new RecordSealer(new KeyRing(new Map([[1, '11'.repeat(32)]])), 'notification_channel');

describe('a message', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  async function build() {
    const [sink, mailSink] = [new HttpSink(), await MailSink.start()];
    await sink.start();
    const guard = new OutboundGuard({ allow: ['127.0.0.0/8'] });
    const server: MailServer = {
      host: '127.0.0.1',
      port: mailSink.port,
      security: 'none',
      username: null,
      password: null,
      from: 'stratora@example.net',
      ca_pem: null,
    };
    const email = new MailNotifier({
      guard,
      publicOrigin: () => 'https://monitor.example.net',
      mailServer: () => server,
      now: () => new Date(),
    });
    ends.push(
      () => sink.stop(),
      () => mailSink.stop(),
      () => email.close(),
    );
    const poster = new Poster({ guard, version: '1', now: () => new Date() });
    const notifiers = {
      email,
      webhook: new WebhookNotifier(poster),
      slack: new SlackNotifier(poster),
      teams: new TeamsNotifier(poster),
    };
    const sender = new MessageSender({ notifiers, sealer: SEALER, logger: silentLogger() });
    return { sink, mailSink, sender };
  }

  function channelOf(type: Channel['type'], config: object, more: Partial<Channel> = {}): Channel {
    const id = '01980000-0000-7000-8000-00000000000a';
    const sealed = SEALER.seal(id, type, config);
    return {
      id,
      name: 'one',
      type,
      enabled: true,
      text: null,
      maxPerMinute: 60,
      recipients: [],
      sealed,
      ...more,
    };
  }

  const signal = () => new AbortController().signal;

  it.each(['webhook', 'slack', 'teams'] as const)('goes out by %s', async (type) => {
    const { sink, sender } = await build();
    const config = {
      url: `${sink.url}/x`,
      ...(type === 'webhook' ? { headers: {}, signing_secret: null } : {}),
    };
    expect(await sender.send(channelOf(type, config), messageOf(), signal())).toMatchObject({ ok: true });
    expect(sink.requests).toHaveLength(1);
    expect(sink.requests[0]?.body).toContain('Disk used /var on web-01');
  });

  it('goes out by mail, of a channel and to whoever is on call', async () => {
    const { mailSink, sender } = await build();
    const channel = channelOf('email', { to: ['oncall@example.com'] }, { text: 'Mine: {{ $summary }}' });
    expect(await sender.send(channel, messageOf(), signal())).toMatchObject({ ok: true });
    expect(await sender.send({ type: 'on_call' }, messageOf(), signal())).toMatchObject({ ok: true });
    const texts = await Promise.all(mailSink.mails.map(async ({ raw }) => (await simpleParser(raw)).text));
    expect(texts.map((text) => text?.includes('Mine: Disk used'))).toEqual([true, false]);
  });

  it('goes out with the built-in text where the one of the channel cannot be rendered, and says so', async () => {
    const { sink, sender } = await build();
    const channel = channelOf('slack', { url: `${sink.url}/x` }, { text: '{{ $labels.rack }}' });
    expect(await sender.send(channel, messageOf(), signal())).toEqual({
      ok: true,
      detail:
        "Slack accepted it. The channel's own text could not be rendered, so that the built-in one went out: There is no label `rack`.",
    });
    expect(sink.requests[0]?.body).toContain('Disk used /var on web-01');
  });

  it('goes out with the built-in text where the one of the channel cannot be read any more', async () => {
    const { sink, sender } = await build();
    const channel = channelOf('slack', { url: `${sink.url}/x` }, { text: '{{ broken' });
    expect(await sender.send(channel, messageOf(), signal())).toMatchObject({ ok: true });
    expect(sink.requests[0]?.body).toContain('Disk used /var on web-01');
  });

  it('is not sent, and may be later, where the config cannot be opened here', async () => {
    const { sink, sender } = await build();
    const channel = channelOf('slack', { url: `${sink.url}/x` });
    const result = await sender.send({ ...channel, id: 'another' }, messageOf(), signal());
    expect(result).toMatchObject({ ok: false, reason: 'internal_fault', isFinal: false });
    expect(sink.requests).toEqual([]);
  });

  it('is a result also where it cannot be made', async () => {
    const { sender } = await build();
    const channel = channelOf('slack', { url: 'https://hooks.example/' });
    expect(await sender.send(channel, messageOf([]), signal())).toMatchObject({
      ok: false,
      reason: 'internal_fault',
    });
  });
});
