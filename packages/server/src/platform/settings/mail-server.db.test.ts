import { startBackend, TestAuthority, type TestBackend } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SMTP = {
  host: 'mail.example',
  from: 'stratora@example.net',
  username: 'stratora',
  password: 'first-secret',
};

describe('the mail server of the settings', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend?.stop());

  const ask = (method: string, body?: object, headers: Record<string, string> = {}) =>
    backend.call(method, '/api/v1/settings', {
      token: backend.adminToken,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  const server = () => backend.app.modules.settings.mailServer;
  const storedText = async () => {
    const { rows } = await sql<{ value: string }>`
      SELECT value::text AS value FROM settings WHERE key = 'product'`.execute(backend.app.modules.db);
    return rows[0]?.value ?? '';
  };

  it('is none at first', async () => {
    expect((await ask('GET')).json).toMatchObject({ smtp: null, public_origin: null });
    expect(server()).toBeUndefined();
  });

  it('comes back without its password, which is stored sealed and told to nobody', async () => {
    const answer = await ask('PATCH', { smtp: SMTP });
    expect(answer.json.smtp).toEqual({
      host: 'mail.example',
      port: 587,
      security: 'starttls',
      username: 'stratora',
      password: '********',
      from: 'stratora@example.net',
      ca_pem: null,
    });
    expect(server()).toMatchObject({ password: 'first-secret' });
    expect(await storedText()).not.toContain('first-secret');
    const log = await backend.admin('GET', '/api/v1/audit-log?search=settings.update&limit=5');
    expect(JSON.stringify(log)).toContain('mail.example');
    expect(JSON.stringify(log)).not.toContain('first-secret');
  });

  it('keeps its password by the mark, for the same host and user alone', async () => {
    const marked = { ...SMTP, password: '********' };
    expect((await ask('PATCH', { smtp: { ...marked, port: 25 } })).status).toBe(200);
    expect(server()).toMatchObject({ port: 25, password: 'first-secret' });
    for (const smtp of [
      { ...marked, host: 'other.example' },
      { ...marked, username: 'other' },
    ]) {
      const refused = await ask('PATCH', { smtp });
      expect(refused).toMatchObject({ status: 400, json: { errors: [{ path: 'smtp.password' }] } });
    }
    expect((await ask('PATCH', { smtp: { ...SMTP, password: 'second-secret' } })).status).toBe(200);
    expect(server()).toMatchObject({ password: 'second-secret' });
    expect((await ask('PATCH', { smtp: { host: 'mail.example', from: SMTP.from } })).json.smtp).toMatchObject(
      {
        username: null,
        password: null,
      },
    );
    expect((await ask('PATCH', { smtp: marked })).json.errors).toEqual([
      { path: 'smtp.password', message: 'is not set yet' },
    ]);
  });

  it.each([
    [{ host: 'mail.example' }, 'smtp.from'],
    [{ ...SMTP, host: 'mail server' }, 'smtp.host'],
    [{ ...SMTP, from: 'ops team@x' }, 'smtp.from'],
    [{ ...SMTP, port: 0 }, 'smtp.port'],
    [{ ...SMTP, security: 'ssl' }, 'smtp.security'],
    [{ ...SMTP, username: undefined }, 'smtp.username'],
    [{ ...SMTP, password: undefined }, 'smtp.password'],
    [{ ...SMTP, password: 'a\r\nb' }, 'smtp.password'],
    [{ ...SMTP, ca_pem: 'no certificate' }, 'smtp.ca_pem'],
    [{ ...SMTP, ca_pem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }, 'smtp.ca_pem'],
    [{ ...SMTP, extra: 1 }, 'smtp.extra'],
  ])('%j is refused at %s', async (smtp, path) => {
    const before = await storedText();
    const answer = await ask('PATCH', { smtp });
    expect(answer.status, answer.text).toBe(400);
    expect(answer.json.errors.map((fault: { path: string }) => fault.path)).toEqual([path]);
    expect(await storedText()).toBe(before);
  });

  it('takes the certificate of a private authority', async () => {
    const authority = await TestAuthority.create('mail.example');
    try {
      const answer = await ask('PATCH', { smtp: { ...SMTP, ca_pem: authority.ca } });
      expect(answer.json.smtp.ca_pem).toBe(authority.ca);
    } finally {
      await authority.dispose();
    }
  });

  it('is as before after a PUT of what GET gave, and gone after one without it', async () => {
    await ask('PATCH', { smtp: SMTP, public_origin: 'https://Monitor.Example.net/' });
    const read = await ask('GET');
    expect(read.json.public_origin).toBe('https://monitor.example.net');
    const put = await ask('PUT', read.json, { 'if-match': read.headers.get('etag') ?? '' });
    expect(put.json).toEqual(read.json);
    expect(put.headers.get('etag')).toBe(read.headers.get('etag'));
    expect(server()).toMatchObject({ password: 'first-secret' });
    expect((await ask('PUT', {})).json).toMatchObject({ smtp: null, public_origin: null });
    expect(server()).toBeUndefined();
  });

  it.each(['monitor.example.net', 'https://a/b', 'https://u@a', 'ftp://a', 'https://a?x', 'https://'])(
    'is linked to by no origin like %s',
    async (origin) => {
      const answer = await ask('PATCH', { public_origin: origin });
      expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: 'public_origin' }] } });
    },
  );

  it('is known to another server within its next reading', async () => {
    const other = await startBackend({ database: backend.database });
    try {
      await ask('PATCH', { smtp: { ...SMTP, password: 'for-both' } });
      await other.app.modules.settings.prepare?.();
      expect(other.app.modules.settings.mailServer).toMatchObject({ password: 'for-both' });
    } finally {
      await other.stop();
    }
  });
});
