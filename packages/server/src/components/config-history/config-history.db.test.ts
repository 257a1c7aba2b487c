import type {
  Component,
  ComponentReport,
  ConfigDiff,
  ConfigGeneration,
  ConfigText,
  ListAnswer,
} from '@stratora/contract';
import { startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderMarked } from '../config-delivery/marked-configs.test-support.ts';

interface Enrolled {
  component_id: string;
  api_key: string;
}

describe('the history of configs', () => {
  let backend: TestBackend;
  let token: string;

  beforeAll(async () => {
    backend = await startBackend();
    ({ token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true }));
  });
  afterAll(() => backend?.stop());

  async function enrol(hostname: string): Promise<Enrolled> {
    const answer = await backend.register(token, { hostname });
    return answer.json as Enrolled;
  }

  const path = ({ component_id: id }: Enrolled) => `/api/v1/components/${id}`;
  const get = (component: Enrolled): Promise<Component> => backend.admin('GET', path(component));

  async function pull({ component_id: id, api_key: key }: Enrolled): Promise<{ hash: string; text: string }> {
    const answer = await backend.call('GET', `/api/v1/remote-collectors/${id}/config`, { key });
    expect(answer.status).toBe(200);
    return { hash: (answer.headers.get('etag') ?? '').replaceAll('"', ''), text: answer.text };
  }

  async function history(component: Enrolled): Promise<ConfigGeneration[]> {
    const answer: ListAnswer<ConfigGeneration> = await backend.admin('GET', `${path(component)}/configs`);
    return answer.items;
  }

  const addNode = (component: Enrolled, name: string) =>
    backend.admin('POST', '/api/v1/nodes', {
      name,
      ip_address: '10.0.0.7',
      allow_duplicate: true,
      template: 'generic-snmp',
      collector_id: component.component_id,
    });

  it('tells what changed each config, who changed it, and shows no secret', async () => {
    const collector = await enrol('hall-1');
    await pull(collector);
    await renderMarked(backend);
    const node = await addNode(collector, 'press-07');
    const credential = await backend.admin('POST', '/api/v1/credentials', {
      name: 'plant',
      type: 'snmp_v2c',
      secret: { community: 'plant-secret' },
    });
    await backend.admin('PUT', `/api/v1/nodes/${node.id}/credentials/snmp`, { credential_id: credential.id });
    await renderMarked(backend);
    await backend.admin('PATCH', `/api/v1/credentials/${credential.id}`, {
      secret: { community: 'other-secret' },
    });
    await renderMarked(backend);
    const [third, second, first] = await history(collector);
    expect(third).toMatchObject({
      generation: 3,
      cause: 'credential plant changed',
      actor: 'admin',
      is_desired: true,
    });
    expect(second).toMatchObject({ generation: 2, node_count: 1, is_desired: false, left_out: [] });
    expect(second?.cause).toBe('credential of node press-07 changed, and 1 more change');
    expect(first).toMatchObject({ generation: 1, node_count: 0, actor: null });
    const shown: ConfigText = await backend.admin('GET', `${path(collector)}/configs/3`);
    expect(shown).toMatchObject({ generation: 3, truncated: false });
    expect(shown.text).toContain('node_name = "press-07"');
    const real = await pull(collector);
    expect(real.hash).toBe(third?.hash);
    expect(real.text).toContain('other-secret');
    expect(third?.bytes).toBe(Buffer.byteLength(real.text));
    const diff: ConfigDiff = await backend.admin('GET', `${path(collector)}/configs/3/diff`);
    expect(diff).toMatchObject({ from_generation: 2, to_generation: 3, truncated: false });
    const changed = diff.hunks.flatMap(({ lines }) => lines).filter(({ kind }) => kind !== 'same');
    expect(changed.length).toBe(diff.added + diff.removed);
    for (const { text } of changed) expect(text).toMatch(/^community = "\*\*\* [0-9a-f]{8}"$/);
    const all: ConfigDiff = await backend.admin('GET', `${path(collector)}/configs/3/diff?against=1`);
    expect(all.removed).toBe(0);
    for (const answer of [shown, diff, all])
      expect(JSON.stringify(answer)).not.toMatch(/(plant|other)-secret/);
    const none: ConfigDiff = await backend.admin('GET', `${path(collector)}/configs/1/diff`);
    expect(none).toMatchObject({ from_generation: null, removed: 0 });
  });

  it('pages, and refuses what is not there', async () => {
    const collector = await enrol('hall-2');
    await pull(collector);
    await renderMarked(backend);
    for (const name of ['a', 'b', 'c']) {
      await addNode(collector, name);
      await renderMarked(backend);
    }
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = `limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: ListAnswer<ConfigGeneration> = await backend.admin(
        'GET',
        `${path(collector)}/configs?${query}`,
      );
      expect(page.total).toBe(4);
      seen.push(...page.items.map(({ generation }) => generation));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual([4, 3, 2, 1]);
    const call = (route: string) =>
      backend.call('GET', path(collector) + route, { token: backend.adminToken });
    expect((await call('/configs/9')).status).toBe(404);
    expect((await call('/configs/0')).status).toBe(400);
    expect((await call('/configs/2/diff?against=77')).status).toBe(404);
    expect((await call('/configs?sort=hash')).status).toBe(400);
    const stranger = { ...collector, component_id: '00000000-0000-7000-8000-000000000000' };
    for (const route of ['configs', 'reports', 'gaps']) {
      const answer = await backend.call('GET', `${path(stranger)}/${route}`, { token: backend.adminToken });
      expect(answer.status).toBe(404);
    }
  });

  it('holds a component at a generation until somebody lets it go', async () => {
    const collector = await enrol('hall-3');
    const first = await pull(collector);
    await renderMarked(backend);
    await addNode(collector, 'a');
    await renderMarked(backend);
    const second = await pull(collector);
    const pinned: Component = await backend.admin('PUT', `${path(collector)}/config-pin`, { generation: 1 });
    expect(pinned).toMatchObject({
      pinned_generation: 1,
      desired_generation: 1,
      desired_config_hash: first.hash,
    });
    await waitFor(async () => (await pull(collector)).hash === first.hash);
    await addNode(collector, 'b');
    await renderMarked(backend);
    expect((await pull(collector)).hash).toBe(first.hash);
    const [third] = await history(collector);
    expect(third).toMatchObject({ generation: 3, is_desired: false, is_pinned: false });
    const free: Component = await backend.admin('DELETE', `${path(collector)}/config-pin`);
    expect(free).toMatchObject({ pinned_generation: null, desired_generation: 3 });
    await waitFor(async () => ![first.hash, second.hash].includes((await pull(collector)).hash));
    const missing = await backend.call('PUT', `${path(collector)}/config-pin`, {
      token: backend.adminToken,
      body: { generation: 9 },
    });
    expect(missing.status).toBe(404);
    const audit = await backend.admin('GET', '/api/v1/audit-log?search=pin_config');
    expect(audit.items.map(({ action }: { action: string }) => action)).toEqual([
      'component.unpin_config',
      'component.pin_config',
    ]);
  });

  it('never prunes the generation that a component is held at, nor the one that it runs', async () => {
    const collector = await enrol('hall-4');
    await pull(collector);
    const { db } = backend.app.modules.database;
    await backend.admin('PUT', `${path(collector)}/config-pin`, { generation: 1 });
    await sql`INSERT INTO collector_configs (component_id, generation, hash, body, key_version, node_count, cause)
      SELECT ${collector.component_id}, n, 'hash ' || n, '\\x00', 1, 0, 'test' FROM generate_series(2, 60) AS n`.execute(
      db,
    );
    await sql`INSERT INTO component_states (component_id, running_config_hash)
      VALUES (${collector.component_id}, 'hash 7')
      ON CONFLICT (component_id) DO UPDATE SET running_config_hash = excluded.running_config_hash`.execute(
      db,
    );
    await addNode(collector, 'a');
    await renderMarked(backend);
    const { rows } = await sql<{ generation: number }>`SELECT generation FROM collector_configs
      WHERE component_id = ${collector.component_id} ORDER BY generation`.execute(db);
    const kept = rows.map(({ generation }) => generation);
    expect(kept.slice(0, 3)).toEqual([1, 7, 12]);
    expect(kept.at(-1)).toBe(61);
    expect(await get(collector)).toMatchObject({ running_generation: 7, desired_generation: 1 });
  });

  it('makes a generation of another choice of engine, and of nothing else that is changed', async () => {
    const collector = await enrol('hall-5');
    await pull(collector);
    await renderMarked(backend);
    const patch = (body: object): Promise<Component> => backend.admin('PATCH', path(collector), body);
    expect(await get(collector)).toMatchObject({ engine_choice: 'auto', site_name: null });
    const site = await backend.admin('POST', '/api/v1/sites', { name: 'Oslo' });
    expect(await patch({ name: 'hall five', site_id: site.id })).toMatchObject({
      name: 'hall five',
      site_name: 'Oslo',
    });
    await renderMarked(backend);
    expect(await history(collector)).toHaveLength(1);
    expect(await patch({ engine_choice: 'telegraf' })).toMatchObject({ engine_choice: 'telegraf' });
    await renderMarked(backend);
    expect((await history(collector))[0]).toMatchObject({
      generation: 2,
      cause: 'engine of hall five set to telegraf',
      actor: 'admin',
    });
    expect((await pull(collector)).text.split('\n')[0]).toBe('# stratora: engine = "telegraf"');
    const diff: ConfigDiff = await backend.admin('GET', `${path(collector)}/configs/2/diff`);
    expect(diff).toMatchObject({ added: 1, removed: 0 });
    const refused = await backend.call('PATCH', path(collector), {
      token: backend.adminToken,
      body: { site_id: '00000000-0000-7000-8000-000000000000' },
    });
    expect(refused.json).toMatchObject({ code: 'validation_failed', errors: [{ path: 'site_id' }] });
  });

  it('has no reports and gaps before there are any', async () => {
    const collector = await enrol('hall-6');
    for (const route of ['reports', 'gaps']) {
      const list: ListAnswer<ComponentReport> = await backend.admin('GET', `${path(collector)}/${route}`);
      expect(list).toEqual({ items: [], total: 0, next_cursor: null });
    }
  });
});
