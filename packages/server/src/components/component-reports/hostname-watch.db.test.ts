import { silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { HostnameWatch } from './hostname-watch.ts';

describe('the name of a host', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let watch: HostnameWatch;

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    watch = new HostnameWatch({ db: database.db });
    await sql`DELETE FROM remote_components`.execute(database.db);
  });

  async function component(hostname: string, name = hostname): Promise<string> {
    const { rows } = await sql<{ id: string }>`
      INSERT INTO remote_components (component_type, name, hostname, version, os, arch, approval)
      VALUES ('agent', ${name}, ${hostname}, '1', 'linux', 'x64', 'approved') RETURNING id`.execute(
      database.db,
    );
    return rows[0]?.id ?? '';
  }
  async function named(id: string) {
    const row = await database.db
      .selectFrom('remote_components')
      .select(['hostname', 'name'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return `${row.hostname} (${row.name})`;
  }
  async function isDirty(id: string): Promise<boolean> {
    const { rows } = await sql`SELECT FROM collector_config_dirty WHERE component_id = ${id}`.execute(
      database.db,
    );
    return rows.length > 0;
  }

  it('follows the host, and its config is rendered anew', async () => {
    const id = await component('press-07');
    expect(await watch.note(id, 'press-07')).toBe(false);
    expect(await isDirty(id)).toBe(false);
    expect(await watch.note(id, 'press-08')).toBe(true);
    expect(await named(id)).toBe('press-08 (press-08)');
    expect(await isDirty(id)).toBe(true);
    expect(await watch.note(id, 'press-08')).toBe(false);
  });

  it('leaves the name that people gave', async () => {
    const id = await component('press-07', 'Hall 3');
    await watch.note(id, 'press-08');
    expect(await named(id)).toBe('press-08 (Hall 3)');
  });

  it('may be the name of another machine, and is shown with the site then', async () => {
    const id = await component('press-07');
    await component('press-08');
    expect(await watch.note(id, 'PRESS-08')).toBe(true);
    expect(await named(id)).toMatch(/^PRESS-08 \(PRESS-08 \(.+\)\)$/);
  });

  it('is not taken from a copy of the machine, nor from what is no name of a host', async () => {
    const id = await component('press-07');
    await component('press-08');
    await sql`UPDATE remote_components SET machine_id = 'copied'`.execute(database.db);
    expect(await watch.note(id, 'PRESS-08')).toBe(false);
    expect(await watch.note(id, '[[inputs.exec]]')).toBe(false);
    expect(await named(id)).toBe('press-07 (press-07)');
  });
});
