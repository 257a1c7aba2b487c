import { Poster, signatureOf } from '@stratora/notifier';
import { OutboundGuard } from '@stratora/runtime';
import { HttpSink, type SinkAnswer } from '@stratora/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageOf, noticeOf } from '../notices.test-support.ts';
import { SlackNotifier } from '../slack/slack-notifier.ts';
import { TeamsNotifier } from '../teams/teams-notifier.ts';
import { viewOf } from '../wording/message-view.ts';
import { WebhookNotifier } from './webhook-notifier.ts';

const NOW = new Date('2026-03-29T01:00:00Z');
const SECRET = 'signing-secret';

describe('what is posted', () => {
  let sink: HttpSink;

  beforeEach(async () => {
    sink = new HttpSink();
    await sink.start();
  });
  afterEach(() => sink.stop());

  function posterOf({ allow = ['127.0.0.0/8'], timeoutMs = 5000 } = {}) {
    const guard = new OutboundGuard({ allow });
    return new Poster({ guard, version: '1.2.3', now: () => NOW, timeoutMs });
  }

  function webhook(more: { poster?: Poster; url?: string; signal?: AbortSignal } = {}) {
    const { poster = posterOf(), url = `${sink.url}/hook`, signal = new AbortController().signal } = more;
    const message = messageOf([noticeOf()]);
    const config = { url, headers: { 'X-Team': 'netops' }, signing_secret: SECRET };
    return new WebhookNotifier(poster).send(config, message, viewOf(message, null), signal);
  }

  function chat(kind: 'slack' | 'teams', target = '/services/T0/B0/secretpart') {
    const message = messageOf([noticeOf()]);
    const Notifier = { slack: SlackNotifier, teams: TeamsNotifier }[kind];
    const { signal } = new AbortController();
    return new Notifier(posterOf()).send(
      { url: `${sink.url}${target}` },
      message,
      viewOf(message, null),
      signal,
    );
  }

  it('by a webhook is signed, has its key and the headers of the channel', async () => {
    expect(await webhook()).toEqual({ ok: true, detail: 'Accepted with 200.' });
    const [request] = sink.requests;
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': '0198-key-1',
      'user-agent': 'Stratora/1.2.3',
      'x-team': 'netops',
      'x-stratora-signature': signatureOf(request?.body ?? '', SECRET),
    });
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      type: 'alert',
      source: 'stratora',
      node_name: 'web-01',
      severity: 'critical',
    });
  });

  it('goes to path and query letter by letter', async () => {
    const target =
      "/workflows/a%2fb/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2f'x'&sig=aB-c_d~%7e==";
    expect(await chat('teams', target)).toMatchObject({ ok: true });
    expect(sink.requests[0]?.url).toBe(target);
    await webhook({ url: `${sink.url}?q=1#part` });
    expect(sink.requests[1]?.url).toBe('/?q=1');
    await webhook({ url: `${sink.url}/grün` });
    expect(sink.requests[2]?.url).toBe('/gr%C3%BCn');
  });

  it.each<[number, Record<string, string>, object]>([
    [429, { 'retry-after': '7' }, { reason: 'rate_limited', isFinal: false, retryAfterMs: 7000 }],
    [
      503,
      { 'retry-after': 'Sun, 29 Mar 2026 01:02:00 GMT' },
      { reason: 'server_busy', isFinal: false, retryAfterMs: 120_000 },
    ],
    [500, { 'retry-after': 'soon' }, { reason: 'server_busy', isFinal: false }],
    [408, {}, { reason: 'server_busy', isFinal: false }],
    [413, {}, { reason: 'too_large', isFinal: true }],
    [400, {}, { reason: 'rejected', isFinal: true }],
    [401, {}, { reason: 'rejected', isFinal: true }],
    [404, {}, { reason: 'rejected', isFinal: true }],
  ])('and answered with %i is tried again, or not', async (status, headers, expected) => {
    sink.answers.push({ status, headers, body: 'what it says' });
    const result = await webhook();
    expect(result).toMatchObject({ ok: false, ...expected });
    expect(result).not.toHaveProperty('detail');
    if (!('retryAfterMs' in expected)) expect(result).not.toHaveProperty('retryAfterMs');
  });

  it('never follows a redirect', async () => {
    for (const status of [301, 302, 307, 308]) {
      sink.answers.push({ status, headers: { location: `${sink.url}/elsewhere` } });
      const result = await webhook();
      expect(result).toMatchObject({ ok: false, reason: 'rejected', isFinal: true });
      expect(!result.ok && result.message).toContain('Redirects are not followed');
    }
    expect(sink.requests.every(({ url }) => url === '/hook')).toBe(true);
  });

  it('is accepted with its head, whatever becomes of the rest of the answer', async () => {
    sink.answers.push({ status: 200, body: 'x'.repeat(200_000) });
    expect(await webhook()).toMatchObject({ ok: true });
  });

  it('and answered with its own secrets is not told with them', async () => {
    sink.answers.push({ status: 400, body: `no /hook?token=abc for netops, ${SECRET}` });
    const result = await webhook({ url: `${sink.url}/hook?token=abc` });
    expect(result).toMatchObject({
      ok: false,
      message: 'The other end answered 400: no ******** for ********, ********',
    });
  });

  it('is given up where the other end says nothing, and where whoever sends ends it', async () => {
    sink.answers.push('silent', 'silent');
    const poster = posterOf({ timeoutMs: 300 });
    expect(await webhook({ poster })).toMatchObject({ ok: false, reason: 'timeout', isFinal: false });
    const controller = new AbortController();
    const sending = webhook({ signal: controller.signal });
    controller.abort();
    expect(await sending).toMatchObject({ ok: false, reason: 'timeout', isFinal: false });
  });

  it('is not posted where it may not go', async () => {
    const poster = posterOf({ allow: [] });
    const result = await webhook({ poster });
    expect(result).toMatchObject({ ok: false, reason: 'address_refused', isFinal: true });
    expect(sink.requests).toEqual([]);
  });

  it('says that nothing listens, that a name is unknown, that TLS fails', async () => {
    const dead = new HttpSink();
    await dead.start();
    await dead.stop();
    expect(await webhook({ url: dead.url })).toMatchObject({ reason: 'connection_failed', isFinal: false });
    expect(await webhook({ url: 'http://hook.invalid/' })).toMatchObject({ reason: 'name_not_found' });
    expect(await webhook({ url: sink.url.replace('http:', 'https:') })).toMatchObject({
      reason: 'tls_failed',
    });
  });

  it.each<[SinkAnswer, object]>([
    [
      { status: 404, body: 'no_service' },
      { isFinal: true, message: expect.stringContaining('removed or switched off') },
    ],
    [
      { status: 410, body: 'channel_is_archived' },
      { isFinal: true, message: 'Slack refuses: the channel is archived.' },
    ],
    [
      { status: 400, body: 'invalid_payload' },
      { isFinal: true, reason: 'rejected' },
    ],
    [
      { status: 403, body: 'action_prohibited' },
      { isFinal: true, reason: 'rejected' },
    ],
    [
      { status: 500, body: 'rollup_error' },
      { isFinal: false, reason: 'server_busy' },
    ],
    [
      { status: 429, headers: { 'retry-after': '30' }, body: 'rate_limited' },
      { isFinal: false, reason: 'rate_limited', retryAfterMs: 30_000 },
    ],
  ])('and refused by Slack is told in words: %j', async (answer, expected) => {
    sink.answers.push(answer);
    const result = await chat('slack');
    expect(result).toMatchObject({ ok: false, ...expected });
    expect(JSON.stringify(result)).not.toContain('secretpart');
  });

  it('and taken by Teams with a failure in the answer is no success', async () => {
    const words =
      'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429';
    sink.answers.push({ status: 200, body: words });
    expect(await chat('teams')).toMatchObject({ ok: false, reason: 'rate_limited', isFinal: false });
    sink.answers.push({ status: 202, body: '' });
    expect(await chat('teams')).toEqual({ ok: true, detail: 'The workflow accepted it.' });
  });
});
