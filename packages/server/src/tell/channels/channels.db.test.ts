import { type BackendAnswer, startBackend, type TestBackend } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChannel, listEnabledChannels, noteAccepted, noteFailure } from './channel-queries.ts';

const PATH = '/api/v1/notification-channels';
const HOOK = {
  type: 'webhook',
  config: {
    url: 'https://hooks.example/a?x=1',
    headers: { 'X-Token': 'header-secret' },
    signing_secret: 'signing-secret',
  },
};
const SLACK = { type: 'slack', config: { url: 'https://hooks.slack.example/services/T0/B0/slack-secret' } };

describe('notification channels', () => {
  let backend: TestBackend;
  let made = 0;
  beforeAll(async () => {
    backend = await startBackend();
    for (const role of ['operator', 'viewer']) {
      await backend.admin('POST', '/api/v1/users', {
        username: role,
        role,
        password: 'a password for tests',
        must_change_password: false,
      });
    }
  });
  afterAll(() => backend?.stop());

  const db = () => backend.app.modules.db;
  const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    backend.call(method, `${PATH}${path}`, {
      token: backend.adminToken,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  const make = async (body: object) => {
    made += 1;
    const answer = await ask('POST', '', { name: `Channel ${made}`, ...body });
    expect(answer.status, answer.text).toBe(201);
    return answer.json as { id: string; name: string };
  };
  const faultsOf = (answer: BackendAnswer): string[] =>
    (answer.json.errors ?? []).map((fault: { path: string }) => fault.path);
  const rowText = async (id: string) => {
    const { rows } = await sql<{ row: string }>`
      SELECT (to_jsonb(c) || jsonb_build_object('config', encode(config, 'escape')))::text AS row
      FROM notification_channels c WHERE id = ${id}`.execute(db());
    return rows[0]?.row ?? '';
  };

  it('are made, read, changed and deleted, each with a line in the audit log', async () => {
    const created = await ask('POST', '', { name: 'On call', ...HOOK, text: '{{ $summary }}' });
    expect(created.status, created.text).toBe(201);
    const { id } = created.json;
    expect(created.json).toMatchObject({
      name: 'On call',
      type: 'webhook',
      enabled: true,
      text: '{{ $summary }}',
      max_per_minute: 60,
      config: {
        url: 'https://hooks.example/a?x=1',
        headers: { 'X-Token': '********' },
        signing_secret: '********',
      },
      last_accepted_at: null,
      last_failure: null,
      queued_count: 0,
    });
    expect((await ask('GET', `/${id}`)).json).toEqual(created.json);
    expect((await ask('GET', '?search=on%20call&type=webhook&enabled=true')).json).toMatchObject({
      items: [created.json],
      total: 1,
    });
    expect((await ask('GET', '?search=on%20call&enabled=false')).json.total).toBe(0);
    const changed = await ask('PATCH', `/${id}`, { enabled: false, max_per_minute: 5, text: null });
    expect(changed.json).toMatchObject({ enabled: false, max_per_minute: 5, text: null });
    expect((await ask('DELETE', `/${id}`)).status).toBe(204);
    expect((await ask('GET', `/${id}`)).status).toBe(404);
    const log = await backend.admin('GET', '/api/v1/audit-log?search=notification_channel&limit=10');
    const entries = log.items.filter((entry: { object_id: string }) => entry.object_id === id);
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      'notification_channel.delete',
      'notification_channel.update',
      'notification_channel.create',
    ]);
    expect(JSON.stringify(log)).not.toMatch(/header-secret|signing-secret/);
  });

  it('keep their secrets from everybody, also from whoever reads the database', async () => {
    const hook = await make(HOOK);
    const slack = await make(SLACK);
    expect((await ask('GET', `/${slack.id}`)).json.config).toEqual({
      url: 'https://hooks.slack.example/********',
    });
    const texts = [await rowText(hook.id), await rowText(slack.id), (await ask('GET', '?limit=500')).text];
    for (const text of texts) expect(text).not.toMatch(/header-secret|signing-secret|slack-secret/);
    const stored = await findChannel(db(), slack.id);
    expect(stored).toMatchObject({ type: 'slack', recipients: ['hooks.slack.example'] });
  });

  it('cannot be opened in the place of another one', async () => {
    const [one, other] = [await make(SLACK), await make(SLACK)];
    await sql`UPDATE notification_channels SET config = (SELECT config FROM notification_channels WHERE id = ${one.id})
      WHERE id = ${other.id}`.execute(db());
    // With its config out of reach a mark keeps nothing; given anew it works again.
    const { config } = (await ask('GET', `/${other.id}`)).json;
    expect(faultsOf(await ask('PATCH', `/${other.id}`, { config }))).toEqual(['config.url']);
    expect((await ask('PATCH', `/${other.id}`, { config: SLACK.config })).status).toBe(200);
  });

  it('keep a secret by its mark, and no secret for another host', async () => {
    const { id } = await make(HOOK);
    const { config, updated_at } = (await ask('GET', `/${id}`)).json;
    const same = await ask('PATCH', `/${id}`, { config });
    expect(same.json.updated_at).toBe(updated_at);
    const renamed = await ask('PATCH', `/${id}`, {
      config: { ...config, url: 'https://hooks.example/b', headers: { 'x-token': '********', 'X-New': 'n' } },
    });
    expect(renamed.json.config).toMatchObject({ headers: { 'x-token': '********', 'X-New': '********' } });
    const elsewhere = { ...config, url: 'https://evil.example/a', headers: { 'x-token': '********' } };
    expect(faultsOf(await ask('PATCH', `/${id}`, { config: elsewhere })).toSorted()).toEqual([
      'config.headers.x-token',
      'config.signing_secret',
    ]);
    const unknown = { ...config, headers: { 'X-Other': '********' } };
    expect(faultsOf(await ask('PATCH', `/${id}`, { config: unknown }))).toEqual(['config.headers.X-Other']);
    expect((await ask('PATCH', `/${id}`, { config: { url: 'https://evil.example/a' } })).json.config).toEqual(
      { url: 'https://evil.example/a', headers: {}, signing_secret: null },
    );
    expect(faultsOf(await ask('POST', '', { name: 'marked', ...HOOK, config }))).toHaveLength(2);
  });

  it.each<[object, string[]]>([
    [{ type: 'email', config: { to: [] } }, ['config.to']],
    [{ type: 'email', config: { to: ['ops team@x'] } }, ['config.to.0']],
    [{ type: 'email', config: { to: ['a@b.example', 'A@b.example'] } }, ['config.to']],
    [{ type: 'email', config: { to: ['a@b.example\r\nBcc: c@d.example'] } }, ['config.to.0']],
    [
      { type: 'email', config: { to: Array.from({ length: 51 }, (_, at) => `a${at}@b.example`) } },
      ['config.to'],
    ],
    [{ type: 'webhook', config: { url: 'ftp://hooks.example/' } }, ['config.url']],
    [{ type: 'webhook', config: { url: 'https:///hooks.example/' } }, ['config.url']],
    [{ type: 'webhook', config: { url: 'https://u:p@hooks.example/' } }, ['config.url']],
    [{ type: 'webhook', config: { url: 'https://hooks.example/a b' } }, ['config.url']],
    [
      { type: 'webhook', config: { url: 'https://h.example', headers: { Host: 'x' } } },
      ['config.headers.Host'],
    ],
    [
      { type: 'webhook', config: { url: 'https://h.example', headers: { a: 'x\r\nb: y' } } },
      ['config.headers.a'],
    ],
    [
      { type: 'webhook', config: { url: 'https://h.example', headers: { 'X-A': '1', 'x-a': '2' } } },
      ['config.headers'],
    ],
    [
      { type: 'webhook', config: { url: 'https://h.example', signing_secret: 'short' } },
      ['config.signing_secret'],
    ],
    [{ type: 'slack', config: { url: 'https://h.example', extra: 1 } }, ['config.extra']],
    [{ type: 'slack', config: { url: 'https://hooks.slack.example/********' } }, ['config.url']],
    [{ type: 'sms', config: {} }, ['type']],
    [{ ...SLACK, text: '{{ $colour }} {{ $x' }, ['text']],
    [{ ...SLACK, text: ' ' }, ['text']],
    [{ ...SLACK, max_per_minute: 0 }, ['max_per_minute']],
    [{ ...SLACK, name: '' }, ['name']],
  ])('like %j are refused at %j', async (body, paths) => {
    const answer = await ask('POST', '', { name: 'refused', ...body });
    expect(answer.status, answer.text).toBe(400);
    expect(faultsOf(answer)).toEqual(paths);
  });

  it('are refused in the same words by a change, and stay what they are', async () => {
    const { id } = await make(SLACK);
    const before = (await ask('GET', `/${id}`)).json;
    expect(faultsOf(await ask('PATCH', `/${id}`, { config: { to: ['a@b.example'] } })).toSorted()).toEqual([
      'config.to',
      'config.url',
    ]);
    expect(faultsOf(await ask('PATCH', `/${id}`, { text: '{{ }}' }))).toEqual(['text']);
    expect(faultsOf(await ask('PUT', `/${id}`, { ...before, type: 'teams' }))).toEqual(['type']);
    expect((await ask('GET', `/${id}`)).json).toEqual(before);
  });

  it('have a name each', async () => {
    await make({ name: 'Zürich', ...SLACK });
    const taken = await ask('POST', '', { name: 'ZÜRICH', ...SLACK });
    expect(taken).toMatchObject({ status: 409, json: { code: 'name_taken', errors: [{ path: 'name' }] } });
    const { id } = await make(SLACK);
    expect(await ask('PATCH', `/${id}`, { name: 'zürich' })).toMatchObject({ status: 409 });
  });

  it('are made once by a call that is repeated', async () => {
    const body = { name: 'Repeated', ...HOOK };
    const key = { 'idempotency-key': 'channel-1' };
    const first = await ask('POST', '', body, key);
    const second = await ask('POST', '', body, key);
    expect(second.json).toEqual(first.json);
    expect((await ask('GET', '?search=repeated')).json.total).toBe(1);
  });

  it('are read by everybody and written by administrators alone', async () => {
    const { id } = await make(HOOK);
    for (const role of ['operator', 'viewer']) {
      const token = await backend.login(role, 'a password for tests');
      const read = await backend.call('GET', `${PATH}/${id}`, { token });
      expect(read.status).toBe(200);
      expect(read.text).not.toMatch(/header-secret|signing-secret/);
      const calls: [string, string, object?][] = [
        ['POST', '', { name: 'x', ...SLACK }],
        ['PATCH', `/${id}`, { enabled: false }],
        ['PUT', `/${id}`, read.json],
        ['DELETE', `/${id}`],
        ['POST', `/${id}/test`],
        ['POST', '/preview', { type: 'slack' }],
      ];
      for (const [method, path, body] of calls) {
        const answer = await backend.call(method, PATH + path, { token, ...(body && { body }) });
        expect(answer.status, `${role} ${method} ${path}`).toBe(403);
      }
    }
  });

  it('know when a message was last accepted, and what failed since', async () => {
    const { id } = await make(SLACK);
    const at = (second: number) => new Date(Date.UTC(2026, 2, 29, 1, 0, second));
    const state = async () => {
      const { last_accepted_at, last_failure } = (await ask('GET', `/${id}`)).json;
      return { accepted: last_accepted_at, failure: last_failure?.message ?? null };
    };
    const fail = (second: number, message: string) =>
      noteFailure(db(), id, { at: at(second), reason: 'timeout', message });
    await fail(1, 'first');
    expect(await state()).toEqual({ accepted: null, failure: 'first' });
    await noteAccepted(db(), id, at(3));
    expect(await state()).toEqual({ accepted: at(3).toISOString(), failure: null });
    await fail(2, 'earlier');
    expect(await state()).toMatchObject({ failure: null });
    await fail(4, 'later\r\n\u0000');
    expect(await state()).toEqual({ accepted: at(3).toISOString(), failure: 'later' });
    await noteAccepted(db(), id, at(5));
    const { config } = SLACK;
    await ask('PATCH', `/${id}`, { config: { url: `${config.url}2` } });
    expect(await state()).toEqual({ accepted: null, failure: null });
  });

  it('are listed for whoever writes to them, but for those that are switched off', async () => {
    const [on, off] = [
      await make({ type: 'email', config: { to: ['a@b.example', 'c@d.example'] } }),
      await make(SLACK),
    ];
    await ask('PATCH', `/${off.id}`, { enabled: false });
    const listed = await listEnabledChannels(db());
    expect(listed.find(({ id }) => id === on.id)).toMatchObject({
      name: on.name,
      type: 'email',
      recipients: ['a@b.example', 'c@d.example'],
      maxPerMinute: 60,
    });
    expect(listed.some(({ id }) => id === off.id)).toBe(false);
  });

  it.each(['email', 'webhook', 'slack', 'teams'])(
    'show what a message of type %s would look like',
    async (type) => {
      const answer = await ask('POST', '/preview', {
        type,
        text: 'Look: {{ $summary }} at {{ $value | percent }}',
      });
      expect(answer.status, answer.text).toBe(200);
      const { items } = answer.json;
      expect(items.map(({ event }: { event: string }) => event)).toEqual([
        'triggered',
        'changed',
        'escalated',
        'repeated',
        'resolved',
        'reminder',
        'test',
      ]);
      const [first] = items;
      expect(first.text).toContain('Look: Disk used /var on web-01: 97.2 % (above 95 %) at 97.2 %');
      expect(first.failure).toBeNull();
      expect(first.html === null).toBe(type !== 'email');
      expect(first.body === null).toBe(type === 'email');
    },
  );

  it('show the built-in text, and why, where theirs cannot be rendered', async () => {
    const { items } = (await ask('POST', '/preview', { type: 'slack', text: '{{ $labels.colour }}' })).json;
    expect(items[0].failure).toBe('There is no label `colour`.');
    expect(items[0].text).toContain('Disk used /var on web-01');
    expect(faultsOf(await ask('POST', '/preview', { type: 'slack', text: '{{' }))).toEqual(['text']);
  });
});
