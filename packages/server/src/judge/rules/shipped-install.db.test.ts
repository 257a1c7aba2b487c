import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBackend, startDatabase, type TestBackend, type TestDatabase } from '@stratora/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const SHIPPED = join(import.meta.dirname, '../../../../../alert-definitions');
const PATH = '/api/v1/alert-definitions';

/** A server that is started again and again, as it is upgraded. */
describe('the definitions that a server brings', () => {
  let database: TestDatabase;
  let folder: string;
  let backend: TestBackend | undefined;

  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database?.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stratora-rules-'));
    await cp(SHIPPED, folder, { recursive: true });
    await start('1.0.0');
    for (const slug of ['load_per_cpu', 'response_time', 'cpu_usage_percent']) {
      const row = await find(slug);
      if (row !== undefined) await admin('POST', `${PATH}/${row.id}/reset`);
    }
  });
  afterEach(async () => {
    await backend?.stop();
    await rm(folder, { recursive: true });
  });

  async function start(version: string): Promise<void> {
    await backend?.stop();
    backend = await startBackend({ database, config: { alertDefinitionsDir: folder, version } });
  }
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of several shapes
  function admin(method: string, path: string, body?: object): Promise<any> {
    if (!backend) throw new Error('no server runs');
    return backend.admin(method, path, body);
  }
  const find = async (slug: string) =>
    (await admin('GET', `${PATH}?limit=500`)).items.find((item: { slug: string }) => item.slug === slug);
  const edit = async (slug: string, from: string | RegExp, to: string) => {
    const file = join(folder, `${slug}.toml`);
    await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
  };
  const lastAudit = async () =>
    (await admin('GET', '/api/v1/audit-log?search=alert_definition.install&limit=1')).items[0]?.detail;

  it('are those of the files, and a second start changes nothing', async () => {
    const { total, items } = await admin('GET', `${PATH}?limit=500`);
    expect(total).toBeGreaterThanOrEqual(39);
    expect(
      items.every(
        (item: { is_shipped: boolean; is_changed: boolean }) => item.is_shipped && !item.is_changed,
      ),
    ).toBe(true);
    const audited = await lastAudit();
    const before = await find('load_per_cpu');
    await start('1.0.0');
    expect(await find('load_per_cpu')).toEqual(before);
    expect(await lastAudit()).toEqual(audited);
  });

  it('are renewed where nobody edited them, and stay switched off', async () => {
    const load = await find('load_per_cpu');
    await admin('PATCH', `${PATH}/${load.id}`, { enabled: false });
    await edit('load_per_cpu', 'critical = 4', 'critical = 5');
    await start('1.0.1');
    expect(await find('load_per_cpu')).toMatchObject({
      id: load.id,
      critical: 5,
      enabled: false,
      is_changed: false,
    });
    expect(await lastAudit()).toMatchObject({ version: '1.0.1', updated: ['load_per_cpu'] });
  });

  it('stay as people edited them, and are reset to what is shipped now', async () => {
    const { id } = await find('response_time');
    await admin('PATCH', `${PATH}/${id}`, { critical: 700 });
    await edit('response_time', 'critical = 500', 'critical = 600');
    await start('1.0.2');
    expect(await find('response_time')).toMatchObject({ id, critical: 700, is_changed: true });
    expect(await admin('POST', `${PATH}/${id}/reset`)).toMatchObject({ critical: 600, is_changed: false });
  });

  it('are new ones too, also where somebody has taken the name', async () => {
    await admin('POST', PATH, { name: 'queue LONG', expr: 'mail_queue_length', critical: 1 });
    const text = `slug = "queue_long"\nname = "Queue long"\nexpr = "queue_length"\ncritical = 20\n`;
    await writeFile(join(folder, 'queue_long.toml'), text);
    await start('1.1.0');
    expect(await find('queue_long')).toMatchObject({
      name: 'Queue long (2)',
      critical: 20,
      is_changed: false,
    });
    const before = await find('queue_long');
    await start('1.1.0');
    expect(await find('queue_long')).toEqual(before);

    await rm(join(folder, 'queue_long.toml'));
    await start('1.1.1');
    expect(await find('queue_long')).toBeUndefined();
  });

  it('become those of the people who edited them when the product ships them no more', async () => {
    const text = `slug = "queue_old"\nname = "Old queue"\nexpr = "queue_length"\ncritical = 20\n`;
    await writeFile(join(folder, 'queue_old.toml'), text);
    await start('1.2.0');
    const { id } = await find('queue_old');
    await admin('PATCH', `${PATH}/${id}`, { critical: 30 });
    await rm(join(folder, 'queue_old.toml'));
    await start('1.2.1');
    expect(await find('queue_old')).toMatchObject({ id, critical: 30, is_shipped: false });
    await admin('DELETE', `${PATH}/${id}`);
  });

  it('stay where their file has a fault, or the folder is empty', async () => {
    const before = await find('cpu_usage_percent');
    await edit('cpu_usage_percent', /^expr/m, 'expression');
    await start('1.3.0');
    expect(await find('cpu_usage_percent')).toEqual(before);
    await rm(folder, { recursive: true });
    folder = await mkdtemp(join(tmpdir(), 'stratora-rules-'));
    await start('1.3.1');
    expect(await find('cpu_usage_percent')).toEqual(before);
  });

  it('are not brought back by a server of an older version', async () => {
    await edit('load_per_cpu', 'critical = 4', 'critical = 6');
    await start('2.0.0');
    await edit('load_per_cpu', 'critical = 6', 'critical = 3.5');
    await start('1.9.9');
    expect(await find('load_per_cpu')).toMatchObject({ critical: 6 });
  });
});
