import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldText } from '@stratora/contract';
import { silentLogger } from '@stratora/runtime';
import { startBackend, startDatabase, type TestBackend, type TestDatabase } from '@stratora/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseRefusal } from './database-check.ts';
import { migrate } from './migrate.ts';

const MIGRATIONS = join(import.meta.dirname, '../../../migrations');
const NAMES_MIGRATION = /^\d{4}_names\.sql$/;

describe('names', () => {
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startBackend();
    for (const name of ['Zürich', 'zebra', 'Ärzte', 'apfel', 'site 10', 'site 2', 'Østerbro', 'STRASSE']) {
      await backend.admin('POST', '/api/v1/sites', { name });
    }
  });
  afterAll(() => backend?.stop());

  const create = (path: string, body: object) =>
    backend.call('POST', `/api/v1/${path}`, { token: backend.adminToken, body });
  const namesOf = (answer: { items: { name: string }[] }) => answer.items.map(({ name }) => name);

  it.each(['ZÜRICH', 'zürich', 'Zu\u0308rich', 'ZU\u0308RICH', 'Ｚürich', 'Straße', 'strasse', 'SITE 2'])(
    'a second site cannot be called %s',
    async (name) => {
      expect(await create('sites', { name })).toMatchObject({ status: 409, json: { code: 'name_taken' } });
    },
  );

  it('that differ in more than case and form are several', async () => {
    for (const name of ['Zurich', 'site 02', 'ISTANBUL', 'ıstanbul', 'İstanbul', 'zürich-2']) {
      expect(await create('sites', { name })).toMatchObject({ status: 201 });
    }
    for (const name of ['istanbul', 'i\u0307stanbul'])
      expect((await create('sites', { name })).status).toBe(409);
  });

  it.each([
    ['node-groups', {}],
    ['credentials', { type: 'snmp_v2c', secret: { community: 'x' }, enabled: true }],
  ])('of %s are one apart from their case', async (path, more) => {
    expect((await create(path, { name: 'Bürö', ...more })).status).toBe(201);
    expect((await create(path, { name: 'BÜRÖ', ...more })).status).toBe(409);
    expect(namesOf(await backend.admin('GET', `/api/v1/${path}?search=buro`))).toEqual(['Bürö']);
  });

  it('of two machines are one apart from case, form and the last dot, and that is flagged', async () => {
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    for (const [index, hostname] of ['B\u00dcRO-1', 'bu\u0308ro-1.'].entries()) {
      const host = { component_type: 'agent', hostname, machine_id: `m${index}` } as const;
      expect(await backend.register(token, host)).toMatchObject({ status: 201 });
    }
    const { items } = await backend.admin('GET', '/api/v1/components?sort=hostname');
    expect(items).toMatchObject([
      { hostname: expect.stringMatching(/^b\u00fcro-1$/i), flags: [{ code: 'same_name' }] },
      { hostname: expect.stringMatching(/^b\u00fcro-1$/i), flags: [{ code: 'same_name' }] },
    ]);
  });

  it('are found without their accents, and with others', async () => {
    const found = async (search: string) =>
      namesOf(await backend.admin('GET', `/api/v1/sites?search=${encodeURIComponent(search)}`));
    expect(await found('ZÜRI')).toEqual(expect.arrayContaining(['Zürich', 'Zurich']));
    expect(await found('zurich')).toContain('Zürich');
    expect(await found('straß')).toEqual(['STRASSE']);
    expect(await found('osterbro')).toEqual(['Østerbro']);
    expect(await found('%')).toEqual([]);
    expect(await found('_')).toEqual([]);
  });

  it('are sorted by the order of letters and numbers, over pages as in one', async () => {
    const { rows } = await sorted('SELECT name FROM sites ORDER BY name COLLATE stratora_order');
    const expected = rows.map(({ name }) => name);
    expect(expected.indexOf('site 2')).toBeLessThan(expected.indexOf('site 10'));
    expect(expected.indexOf('apfel')).toBeLessThan(expected.indexOf('Ärzte'));
    expect(expected.indexOf('Ärzte')).toBeLessThan(expected.indexOf('Default'));
    for (const sort of ['name', '-name']) {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query: string = `sort=${sort}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
        const page = await backend.admin('GET', `/api/v1/sites?${query}`);
        seen.push(...namesOf(page));
        cursor = page.next_cursor;
      }
      expect(seen).toEqual(sort === 'name' ? expected : expected.toReversed());
    }
  });

  it('are folded by the database as by the web UI', async () => {
    const texts = [
      'Zürich',
      'STRASSE',
      'Straße',
      'İI ıi',
      'Łódź',
      'Østerbro',
      'ﬁn',
      'Σας',
      'Ｒ１',
      '漢字',
      'plain 1',
      'ǅ',
    ];
    for (const text of texts) {
      const { rows } = await sorted(`SELECT stratora_fold('${text}') AS name`);
      expect(rows[0]?.name).toBe(foldText(text));
    }
  });

  async function sorted(text: string) {
    const client = new Client({ connectionString: backend.database.url });
    await client.connect();
    try {
      return await client.query<{ name: string }>(text);
    } finally {
      await client.end();
    }
  }
});

describe('a database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database?.stop());

  it('with two names that are one from now on keeps the oldest, and numbers the others', async () => {
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    await client.query('CREATE DATABASE equal_names');
    await client.end();
    const url = database.adminUrl.replace(/\/postgres$/, '/equal_names');
    const folder = await mkdtemp(join(tmpdir(), 'stratora-names-'));
    const own = new Client({ connectionString: url });
    try {
      for (const file of (await readdir(MIGRATIONS)).sort()) {
        if (NAMES_MIGRATION.test(file)) break;
        await copyFile(join(MIGRATIONS, file), join(folder, file));
      }
      await migrate(url, folder, silentLogger());
      await own.connect();
      await own.query(`INSERT INTO sites (name, created_at) VALUES
        ('Zürich', '2026-01-01'), ('ZÜRICH', '2026-01-02'), (U&'Zu\\0308rich', '2026-01-03'), ('zürich (2)', '2026-01-04'),
        ('Zurich', '2026-01-05')`);
      await own.query(
        `INSERT INTO node_groups (name, created_at) VALUES ('Büro', '2026-01-01'), ('BÜRO', '2026-01-02')`,
      );
      await migrate(url, MIGRATIONS, silentLogger());
      const names = await own.query<{ name: string }>('SELECT name FROM sites ORDER BY created_at LIMIT 5');
      expect(names.rows.map(({ name }) => name)).toEqual([
        'Zürich',
        'ZÜRICH (3)',
        'Zu\u0308rich (4)',
        'zürich (2)',
        'Zurich',
      ]);
      const told = await own.query<{ detail: { name: string; old_name: string } }>(
        "SELECT detail FROM audit_log WHERE action IN ('site.update', 'node_group.update') ORDER BY seq",
      );
      expect(told.rows.map(({ detail }) => `${detail.old_name} -> ${detail.name}`)).toEqual([
        'ZÜRICH -> ZÜRICH (3)',
        'Zu\u0308rich -> Zu\u0308rich (4)',
        'BÜRO -> BÜRO (2)',
      ]);
    } finally {
      await own.end();
      await rm(folder, { recursive: true });
    }
  });

  it('is looked at before a start, and said to be usable, or why it is not', async () => {
    expect(await databaseRefusal(database.url)).toBeUndefined();
    const changed = (change: (url: URL) => void) => {
      const url = new URL(database.url);
      change(url);
      return databaseRefusal(url.toString(), 1500);
    };
    const { host } = new URL(database.url);
    expect(await changed((url) => (url.port = '1'))).toMatch(
      /^PostgreSQL at \S+:1 does not answer: nothing listens/,
    );
    expect(await changed((url) => (url.username = 'nobody_here'))).toBe(
      `PostgreSQL at ${host} refuses the user or the password.`,
    );
    expect(await changed((url) => (url.pathname = '/no_such'))).toBe(
      `PostgreSQL at ${host} has no database "no_such".`,
    );
    const answer = await changed((url) => {
      url.hostname = '127.255.255.255';
      url.password = 'secret-word';
    });
    expect(answer).toMatch(
      /^PostgreSQL at 127\.255\.255\.255:\d+ (does not answer|did not answer within|cannot be used)/,
    );
    expect(answer).not.toContain('secret-word');
  });

  it('in another encoding than UTF-8 is refused', async () => {
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    await client.query("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    await client.end();
    expect(await databaseRefusal(database.adminUrl.replace(/\/postgres$/, '/latin'))).toContain(
      'holds LATIN1',
    );
  });

  it('that takes the connection and says nothing is given up in time', async () => {
    const { createServer } = await import('node:net');
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const words = await databaseRefusal(`postgres://u:secret@127.0.0.1:${port}/d`, 500);
    silent.close();
    expect(words).toMatch(/did not answer within/);
  });
});
