import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startBackend, startDatabase, type TestBackend, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PASSWORD = 'correct horse battery';
const OWN = { 'x-requested-with': 'stratora', origin: 'https://stratora.test:8443' };

describe('logging in', () => {
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend?.stop());

  async function cookieOf(username = 'admin', password = PASSWORD): Promise<string> {
    const answer = await backend.call('POST', '/api/v1/auth/login', { body: { username, password } });
    expect(answer.status).toBe(200);
    const header = answer.headers.get('set-cookie') ?? '';
    expect(header).toMatch(/^stratora_session=[\w-]{43}; .*HttpOnly; Secure; SameSite=Lax/);
    // What scripts may read tells that there is a session, and nothing of it.
    expect(answer.headers.getSetCookie()[1]).toMatch(
      /^stratora_signed_in=1; Max-Age=\d+; Path=\/; Secure; SameSite=Lax$/,
    );
    return header.split(';', 1)[0] ?? '';
  }

  async function newUser(username: string, role = 'viewer') {
    return backend.admin('POST', '/api/v1/users', {
      username,
      password: PASSWORD,
      role,
      must_change_password: false,
    });
  }

  const withCookie = (cookie: string, headers = {}) => ({ headers: { cookie, ...headers } });
  const isIn = async (cookie: string) =>
    (await backend.call('GET', '/api/v1/auth/me', withCookie(cookie))).status === 200;

  it('keeps only a hash of a session, and makes a new one at each login', async () => {
    const [first, second] = [await cookieOf(), await cookieOf()];
    expect(first).not.toBe(second);
    const { db } = backend.app.modules.database;
    const { rows } = await sql<{ row: string }>`SELECT sessions::text AS row FROM sessions`.execute(db);
    const token = first.split('=')[1] ?? '';
    expect(rows.some(({ row }) => row.includes(token))).toBe(false);
    expect(await isIn(first)).toBe(true);
    expect(await isIn(first.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).toBe(false);
  });

  it('ends a session by logout, by idling for two hours and after a day', async () => {
    const cookie = await cookieOf();
    expect((await backend.call('POST', '/api/v1/auth/logout', withCookie(cookie, OWN))).status).toBe(204);
    expect(await isIn(cookie)).toBe(false);
    const { db } = backend.app.modules.database;
    const idle = await cookieOf();
    await sql`UPDATE sessions SET last_used_at = now() - interval '2 hours 1 second'`.execute(db);
    expect(await isIn(idle)).toBe(false);
    const old = await cookieOf();
    await sql`UPDATE sessions SET expires_at = now() - interval '1 second'`.execute(db);
    expect(await isIn(old)).toBe(false);
  });

  it('lets a cookie change something only with the header and an origin of this site', async () => {
    const cookie = await cookieOf();
    const create = (headers: Record<string, string>) =>
      backend.call('POST', '/api/v1/sites', {
        body: { name: `s ${Math.random()}` },
        headers: { cookie, ...headers },
      });
    const refused = { status: 403, json: { code: 'csrf_rejected' } };
    expect(await create({})).toMatchObject(refused);
    expect(await create({ origin: OWN.origin })).toMatchObject(refused);
    expect(await create({ 'x-requested-with': 'stratora' })).toMatchObject(refused);
    expect(await create({ ...OWN, origin: 'https://evil.test' })).toMatchObject(refused);
    expect(await create({ ...OWN, origin: 'null' })).toMatchObject(refused);
    expect(await create(OWN)).toMatchObject({ status: 201 });
    expect(await create({ ...OWN, origin: backend.url })).toMatchObject({ status: 201 });
  });

  it('lets a browser change something through a reverse proxy, or says which setting names it', async () => {
    const cookie = await cookieOf();
    const origin = 'https://monitor.example.net:8500';
    const create = (headers: Record<string, string>) =>
      backend.call('POST', '/api/v1/sites', {
        body: { name: `s ${Math.random()}` },
        headers: { cookie, ...OWN, origin, ...headers },
      });
    const refused = await create({});
    expect(refused).toMatchObject({ status: 403, json: { code: 'csrf_rejected' } });
    expect(refused.json.detail).toContain(`--public-origin ${origin} (STRATORA_PUBLIC_ORIGIN)`);
    expect((await create({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await create({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await create({ 'x-forwarded-host': 'other.example.net' })).status).toBe(403);
    // What a browser says of itself holds behind every proxy.
    expect((await create({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await create({ 'x-forwarded-host': 'monitor.example.net:8500' })).status).toBe(201);
    const odd = await create({ origin: `https://${'x'.repeat(3000)}"` });
    expect(odd.json.detail).toContain('--public-origin https://NAME[:PORT]');
  });

  it('ends a bearer token by its logout at once, and no other', async () => {
    await newUser('leaver');
    const [first, second] = [
      await backend.login('leaver', PASSWORD),
      await backend.login('leaver', PASSWORD),
    ];
    const status = async (token: string) => (await backend.call('GET', '/api/v1/auth/me', { token })).status;
    expect(first).not.toBe(second);
    expect((await backend.call('POST', '/api/v1/auth/logout', { token: first })).status).toBe(204);
    expect([await status(first), await status(second)]).toEqual([401, 200]);
    expect((await backend.call('POST', '/api/v1/auth/logout', { token: first })).status).toBe(401);
  });

  it('ends what was logged in when the password, the role or the state of a user changes', async () => {
    for (const change of [{ password: 'another password 1' }, { role: 'operator' }, { enabled: false }]) {
      const name = `user-${Object.keys(change)[0]}`;
      const { id } = await newUser(name);
      const cookie = await cookieOf(name);
      const token = await backend.login(name, PASSWORD);
      expect(await isIn(cookie)).toBe(true);
      await backend.admin('PATCH', `/api/v1/users/${id}`, change);
      expect(await isIn(cookie)).toBe(false);
      expect((await backend.call('GET', '/api/v1/auth/me', { token })).status).toBe(401);
    }
  });

  it('keeps the last administrator', async () => {
    const { user } = (await backend.call('GET', '/api/v1/auth/me', { token: backend.adminToken })).json;
    for (const [method, body] of [
      ['PATCH', { role: 'viewer' }],
      ['PATCH', { enabled: false }],
      ['DELETE', undefined],
    ] as const) {
      const call = { token: backend.adminToken, ...(body ? { body } : {}) };
      expect(await backend.call(method, `/api/v1/users/${user.id}`, call)).toMatchObject({
        status: 409,
        json: { code: 'invalid_state' },
      });
    }
  });

  it('refuses passwords that everyone guesses first, wherever one is chosen', async () => {
    const { id } = await newUser('zoe.miller');
    const token = await backend.login('zoe.miller', PASSWORD);
    const { adminToken } = backend;
    for (const password of ['aaaaaaaaaaaa', ' '.repeat(12), 'passwordpassword', 'Zoe.Miller-2026']) {
      const user = { username: 'zoe.miller2', display_name: 'Zoe Miller', password, role: 'viewer' };
      const change = { current_password: PASSWORD, new_password: password };
      for (const [path, answer] of [
        ['password', await backend.call('POST', '/api/v1/users', { token: adminToken, body: user })],
        [
          'password',
          await backend.call('PATCH', `/api/v1/users/${id}`, { token: adminToken, body: { password } }),
        ],
        ['new_password', await backend.call('POST', '/api/v1/auth/change-password', { token, body: change })],
      ] as const) {
        expect(answer).toMatchObject({ status: 400, json: { errors: [{ path }] } });
        expect(answer.json.errors[0].message).toMatch(/^must /);
      }
    }
    expect((await backend.call('GET', '/api/v1/auth/me', { token })).status).toBe(200);
  });

  it('wants the current password for an own one, and another administrator for the own account', async () => {
    const { id } = await backend.admin('POST', '/api/v1/users', {
      username: 'second',
      password: PASSWORD,
      role: 'admin',
      must_change_password: false,
    });
    const token = await backend.login('second', PASSWORD);
    const own = (method: string, body?: object) =>
      backend.call(method, `/api/v1/users/${id}`, { token, ...(body ? { body } : {}) });
    expect(await own('PATCH', { password: 'another password 1' })).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'password', message: expect.stringContaining('change-password') }] },
    });
    for (const [method, body] of [
      ['DELETE', undefined],
      ['PATCH', { enabled: false }],
      ['PATCH', { role: 'operator' }],
    ] as const) {
      expect(await own(method, body)).toMatchObject({ status: 409, json: { code: 'invalid_state' } });
    }
    expect((await own('PATCH', { display_name: 'Second', role: 'admin', enabled: true })).status).toBe(200);
    expect((await backend.call('GET', '/api/v1/auth/me', { token })).status).toBe(200);
    await backend.admin('PATCH', `/api/v1/users/${id}`, { role: 'viewer' });
    await backend.admin('DELETE', `/api/v1/users/${id}`);
  });

  it('asks for twelve characters, and reads all of a very long password', async () => {
    const body = { username: 'long', role: 'viewer', must_change_password: false };
    const create = (password: string) =>
      backend.call('POST', '/api/v1/users', { body: { ...body, password }, token: backend.adminToken });
    expect((await create('elevenchars')).status).toBe(400);
    const long = randomBytes(150).toString('base64');
    expect((await create(long)).status).toBe(201);
    const login = (password: string) =>
      backend.call('POST', '/api/v1/auth/token', { body: { username: 'long', password } });
    expect((await login(`${long.slice(0, -1)}-`)).status).toBe(401);
    expect((await login(long)).status).toBe(200);
  });

  it('gives the same answer for an unknown user, a disabled one and a wrong password', async () => {
    const { id } = await newUser('gone');
    await backend.admin('PATCH', `/api/v1/users/${id}`, { enabled: false });
    const answers = [];
    for (const [username, password] of [
      ['nobody', PASSWORD],
      ['gone', PASSWORD],
      ['admin', 'wrong password 1'],
    ]) {
      const { status, json } = await backend.call('POST', '/api/v1/auth/login', {
        body: { username, password },
      });
      answers.push({ status, json });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, json: { code: 'invalid_credentials' } });
  });

  it('slows down guessing on one account, for the right password too, and not for others', async () => {
    await newUser('target');
    await newUser('bystander');
    const guess = (username: string, password: string) =>
      backend.call('POST', '/api/v1/auth/login', { body: { username, password } });
    const statuses = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      statuses.push((await guess('target', `wrong password ${attempt}`)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.slice(10)).toEqual([429, 429]);
    const refused = await guess('TARGET', PASSWORD);
    expect(refused).toMatchObject({ status: 429, json: { code: 'too_many_attempts' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await guess('bystander', PASSWORD)).status).toBe(200);
  });

  it('refuses tokens that are not its own', async () => {
    const [header, payload, signature] = backend.adminToken.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const forged = Buffer.from(JSON.stringify({ sub: 'x', epoch: 1, exp: 4e9 })).toString('base64url');
    for (const token of [`${none}.${payload}.`, `${header}.${forged}.${signature}`, 'x', 'a.b.c']) {
      expect((await backend.call('GET', '/api/v1/auth/me', { token })).status).toBe(401);
    }
  });
});

describe('the first administrator', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database?.stop());

  it('must change the random password before anything else, and the file goes with it', async () => {
    const config = { adminPassword: undefined };
    const backend = await startBackend({ database, databaseUrl: await database.clone(), config });
    try {
      const file = join(backend.config.dataDir, 'initial-admin-password');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const password = readFileSync(file, 'utf8').trim();
      const token = await backend.login('admin', password);
      expect(await backend.call('GET', '/api/v1/nodes', { token })).toMatchObject({
        status: 423,
        json: { code: 'password_change_required' },
      });
      const change = (current: string, next: string) =>
        backend.call('POST', '/api/v1/auth/change-password', {
          token,
          body: { current_password: current, new_password: next },
        });
      expect(await change('not the password', PASSWORD)).toMatchObject({
        status: 400,
        json: { errors: [{ path: 'current_password' }] },
      });
      expect((await change(password, password)).status).toBe(400);
      expect((await change(password, PASSWORD)).status).toBe(200);
      expect(existsSync(file)).toBe(false);
      const fresh = await backend.login('admin', PASSWORD);
      expect((await backend.call('GET', '/api/v1/nodes', { token: fresh })).status).toBe(200);
    } finally {
      await backend.stop();
    }
  });

  it('is not made with a password that everyone guesses first', async () => {
    const config = { adminPassword: 'administrator1' };
    const start = startBackend({ database, databaseUrl: await database.clone(), config });
    await expect(start).rejects.toThrow('STRATORA_ADMIN_PASSWORD must be more than');
  });

  it('is made once, and a password that a person chose is never replaced at a later start', async () => {
    const databaseUrl = await database.clone();
    const first = await startBackend({ database, databaseUrl });
    await first.stop();
    const config = { adminPassword: undefined };
    const second = await startBackend({ database, databaseUrl, config });
    try {
      expect(existsSync(join(second.config.dataDir, 'initial-admin-password'))).toBe(false);
      await second.login('admin', PASSWORD);
    } finally {
      await second.stop();
    }
    const other = { adminPassword: 'some other password' };
    await expect(startBackend({ database, databaseUrl, config: other })).rejects.toThrow('401');
  });
});
