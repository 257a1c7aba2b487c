import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CredentialKeyStatus } from '@stratora/contract';
import { formatKeyFile } from '@stratora/runtime';
import {
  type BackendOptions,
  startBackend,
  startDatabase,
  type TestBackend,
  type TestDatabase,
  waitFor,
} from '@stratora/testkit';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const KEYS = ['11', '22', '33'].map((pair) => pair.repeat(32));
/** More than are sealed anew in one transaction. */
const CREDENTIALS = 120;
const WAIT = { timeoutMs: 60_000 };

describe('the rotation of the credential key', () => {
  let database: TestDatabase;
  let folder: string;
  const running: TestBackend[] = [];

  beforeEach(async () => {
    database = await startDatabase();
    folder = await mkdtemp(join(tmpdir(), 'stratora-keys-'));
  });
  afterEach(async () => {
    for (const backend of running.splice(0)) await backend.stop();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function file(name = 'a'): string {
    return join(folder, `${name}.key`);
  }

  /** Writes a key file with keys by version. */
  function give(versions: readonly number[], name = 'a'): Promise<void> {
    const keys = new Map(versions.map((version) => [version, KEYS[version - 1] ?? '']));
    return writeFile(file(name), formatKeyFile(keys), { mode: 0o600 });
  }

  async function start(name = 'a', options: BackendOptions = {}): Promise<TestBackend> {
    const config = { credentialKeys: new Map<number, string>(), credentialKeyFile: file(name) };
    const backend = await startBackend({ database, config, ...options });
    running.push(backend);
    return backend;
  }

  async function stop(backend: TestBackend): Promise<void> {
    running.splice(running.indexOf(backend), 1);
    await backend.stop();
  }

  function status(backend: TestBackend): Promise<CredentialKeyStatus> {
    return backend.admin('GET', '/api/v1/credential-key');
  }

  function rotate(backend: TestBackend) {
    return backend.call('POST', '/api/v1/credential-key/rotate', { token: backend.adminToken });
  }

  function settled(backend: TestBackend): Promise<CredentialKeyStatus> {
    return waitFor(
      async () => {
        const now = await status(backend);
        return now.state === 'settled' && now;
      },
      { ...WAIT, what: 'a settled key' },
    );
  }

  async function query<T extends object>(text: string): Promise<T[]> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<T>(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Lists the versions of the keys that anything in the database is sealed with. */
  async function versions(): Promise<number[]> {
    const rows = await query<{ version: number }>(`
      SELECT version FROM (SELECT key_version AS version FROM credentials
      UNION SELECT key_version FROM notification_channels
      UNION SELECT key_version FROM collector_configs UNION SELECT key_version FROM answered_calls
      UNION SELECT (value->>'key_version')::int FROM settings WHERE value ? 'key_version'
      UNION SELECT (value#>>'{smtp,password,key_version}')::int FROM settings WHERE key = 'product') AS sealed
      WHERE version IS NOT NULL ORDER BY 1`);
    return rows.map(({ version }) => version);
  }

  /** Makes something of each kind that is sealed. @returns the ids of the credentials, and the component with its config */
  async function fill(backend: TestBackend) {
    const ids: string[] = [];
    for (let index = 0; index < CREDENTIALS; index += 1) {
      const body = { name: `c${index}`, type: 'snmp_v2c', secret: { community: `secret ${index}` } };
      ids.push((await backend.admin('POST', '/api/v1/credentials', body)).id as string);
    }
    await backend.admin('POST', '/api/v1/notification-channels', {
      name: 'Hook',
      type: 'webhook',
      config: { url: 'https://hook.example/path', signing_secret: 'a signing secret' },
    });
    await backend.admin('PATCH', '/api/v1/settings', {
      smtp: { host: 'mail.example', username: 'stratora', password: 'mail secret', from: 's@x.example' },
    });
    const repeated = {
      token: backend.adminToken,
      headers: { 'idempotency-key': 'once' },
      body: { auto_approve: true },
    };
    const { json } = await backend.call('POST', '/api/v1/enrollment-tokens', repeated);
    const joined = (await backend.register(json.token, { hostname: 'hall-3' })).json;
    const collector = { id: joined.component_id as string, key: joined.api_key as string };
    expect((await pull(backend, collector)).status).toBe(200);
    return { ids, collector, repeated, token: json.token as string };
  }

  function pull(backend: TestBackend, { id, key }: { id: string; key: string }) {
    return backend.call('GET', `/api/v1/remote-collectors/${id}/config`, { key });
  }

  async function reveal(backend: TestBackend, id: string): Promise<unknown> {
    return (await backend.admin('POST', `/api/v1/credentials/${id}/reveal`, { reason: 'test' })).secret;
  }

  it('seals everything anew while the server serves, after which it runs without the old key', async () => {
    await give([1]);
    const backend = await start();
    const { ids, collector, repeated, token } = await fill(backend);
    const path = `/api/v1/credentials/${ids[7]}`;
    const before = await backend.call('GET', path, { token: backend.adminToken });
    const config = await pull(backend, collector);
    expect(await status(backend)).toMatchObject({ state: 'settled', sealing_version: 1, remaining: 0 });
    expect((await rotate(backend)).json).toMatchObject({
      code: 'invalid_state',
      detail: expect.stringContaining('no newer credential key than key 1'),
    });
    expect(await versions()).toEqual([1]);

    await give([1, 2]);
    const begun = await rotate(backend);
    expect([begun.status, begun.json.sealing_version]).toEqual([202, 2]);
    const done = await settled(backend);
    expect(done).toMatchObject({ sealing_version: 2, remaining: 0, unreadable: [], key_file: file() });
    expect(await versions()).toEqual([2]);
    expect(await reveal(backend, ids[7] ?? '')).toEqual({ community: 'secret 7' });
    const after = await backend.call('GET', path, { token: backend.adminToken });
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));

    await stop(backend);
    await give([2]);
    const again = await start();
    expect(await reveal(again, ids[119] ?? '')).toEqual({ community: 'secret 119' });
    const first = await again.call('POST', '/api/v1/enrollment-tokens', {
      ...repeated,
      token: again.adminToken,
    });
    expect(first.json.token).toBe(token);
    // The key of the component is proved by a secret that was sealed anew, too.
    expect((await pull(again, collector)).text).toBe(config.text);
    const audit = await again.admin('GET', '/api/v1/audit-log?search=credential_key&limit=10');
    expect(audit.items.map(({ action }: { action: string }) => action).toSorted()).toEqual([
      'credential_key.rotate',
      'credential_key.settled',
    ]);
    expect(JSON.stringify(audit)).not.toMatch(/[0-9a-f]{64}"?,"?version/);
  });

  it('waits for every server that runs, and says which one lacks the key', async () => {
    await give([1]);
    await give([1], 'b');
    const a = await start();
    const b = await start('b');
    await waitFor(async () => (await status(a)).servers.length === 2, { ...WAIT, what: 'both servers' });
    await give([1, 2]);
    const refused = await rotate(a);
    expect([refused.status, refused.json.code]).toEqual([409, 'invalid_state']);
    expect(refused.json.detail).toMatch(/ has no credential key 2/);
    const { id } = await b.admin('POST', '/api/v1/credentials', {
      name: 'by b',
      type: 'snmp_v2c',
      secret: { community: 'from b' },
    });
    expect(await versions()).toEqual([1]);

    await writeFile(
      file('b'),
      formatKeyFile(
        new Map([
          [1, KEYS[0] ?? ''],
          [2, KEYS[2] ?? ''],
        ]),
      ),
    );
    const detail = async () => (await rotate(a)).json.detail as string | undefined;
    await waitFor(async () => /another credential key 2/.test((await detail()) ?? ''), {
      ...WAIT,
      what: 'the refusal of another key',
    });
    await give([1, 2], 'b');
    await waitFor(async () => (await rotate(a)).status === 202, { ...WAIT, what: 'the rotation' });
    await settled(a);
    expect(await versions()).toEqual([2]);
    expect(await reveal(b, id)).toEqual({ community: 'from b' });
    const made = { name: 'later', type: 'snmp_v2c', secret: { community: 'x' } };
    await b.admin('POST', '/api/v1/credentials', made);
    expect(await versions()).toEqual([2]);
  });

  it('leaves a server out that comes without the new key, in words, and one with a wrong key', async () => {
    await give([1]);
    const backend = await start();
    await give([1, 2]);
    await rotate(backend);
    await settled(backend);
    await stop(backend);
    await give([1]);
    await expect(start()).rejects.toThrow(/sealed with credential key 2, which this server does not have/);
    await writeFile(file(), formatKeyFile(new Map([[2, KEYS[2] ?? '']])));
    await expect(start()).rejects.toThrow(/Credential key 2 is not the one that this database was made with/);
    await writeFile(file(), 'not a key\n');
    await expect(start()).rejects.toThrow(/key file|credential keys .* is damaged: line 1/);
    await give([2]);
    expect(await status(await start())).toMatchObject({ state: 'settled', sealing_version: 2 });
  });

  it('names what it cannot open, keeps on with the rest, and is done once that is given anew', async () => {
    await give([1]);
    const backend = await start();
    const make = async (name: string) =>
      (
        await backend.admin('POST', '/api/v1/credentials', {
          name,
          type: 'snmp_v2c',
          secret: { community: name },
        })
      ).id as string;
    const [broken, whole] = [await make('broken'), await make('whole')];
    await query(`UPDATE credentials SET secret = secret || '\\x00' WHERE id = '${broken}'`);
    await give([1, 2]);
    await rotate(backend);
    const stuck = await waitFor(
      async () => {
        const now = await status(backend);
        return now.unreadable.length > 0 && now;
      },
      { ...WAIT, what: 'what cannot be opened' },
    );
    expect(stuck).toMatchObject({
      state: 'resealing',
      remaining: 1,
      unreadable: [{ what: 'credentials', name: 'broken', reason: expect.stringContaining('key 1') }],
    });
    expect(await reveal(backend, whole)).toEqual({ community: 'whole' });
    await backend.admin('PATCH', `/api/v1/credentials/${broken}`, { secret: { community: 'anew' } });
    expect(await settled(backend)).toMatchObject({ remaining: 0, unreadable: [] });
    expect(await reveal(backend, broken)).toEqual({ community: 'anew' });
  });

  it('is for administrators', async () => {
    await give([1]);
    const backend = await start();
    const body = {
      username: 'op',
      role: 'operator',
      password: 'a long pass phrase',
      must_change_password: false,
    };
    await backend.admin('POST', '/api/v1/users', body);
    const token = await backend.login('op', body.password);
    expect((await backend.call('GET', '/api/v1/credential-key', { token })).status).toBe(403);
    expect((await backend.call('POST', '/api/v1/credential-key/rotate', { token })).status).toBe(403);
    expect((await readFile(file(), 'utf8')).trim()).toMatch(/^1 1{64}$/);
  });
});
