import {
  type BackendAnswer,
  startBackend,
  type TestBackend,
  VictoriaMetrics,
  waitFor,
} from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PATH = '/api/v1/alert-definitions';
const RULE = { name: 'Queue long', expr: 'queue_length', warning: 10, critical: 20 };

describe('alert definitions', () => {
  let store: VictoriaMetrics;
  let backend: TestBackend;
  let made = 0;

  beforeAll(async () => {
    store = await VictoriaMetrics.start();
    backend = await startBackend({ config: { metricsReadUrl: store.url, metricsWriteUrl: store.url } });
    await backend.admin('POST', '/api/v1/users', {
      username: 'operator',
      role: 'operator',
      password: 'a password for tests',
      must_change_password: false,
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await store?.stop();
  });

  const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    backend.call(method, `${PATH}${path}`, {
      token: backend.adminToken,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  const make = async (change: object = {}) => {
    made += 1;
    const answer = await ask('POST', '', { ...RULE, name: `Rule ${made}`, ...change });
    expect(answer.status, answer.text).toBe(201);
    return answer.json as { id: string; name: string; slug: string };
  };
  const bySlug = async (slug: string) => {
    const { json } = await ask('GET', `?search=${slug}&limit=500`);
    return json.items.find((item: { slug: string }) => item.slug === slug);
  };
  const place = async (path: string, body: object) =>
    (await backend.admin('POST', `/api/v1/${path}`, body)).id as string;
  const faultsOf = (answer: BackendAnswer) =>
    answer.json.errors.map(({ path, message }: { path: string; message: string }) => `${path} ${message}`);
  const audit = async (action: string) =>
    (await backend.admin('GET', `/api/v1/audit-log?search=${action}&limit=5`)).items[0];

  it('are made, read, changed and deleted, each with a line in the audit log', async () => {
    const created = await ask('POST', '', { ...RULE, summary: '{{ $node }}: {{ $value }}' });
    expect(created.status, created.text).toBe(201);
    const { json } = created;
    expect(json).toMatchObject({
      ...RULE,
      slug: 'queue-long',
      kind: 'metric',
      scope: { type: 'global', id: null },
      scope_name: null,
      is_shipped: false,
      is_changed: false,
      refusal: null,
      override_count: 0,
    });
    expect(created.headers.get('location')).toBe(`${PATH}/${json.id}`);
    expect((await ask('GET', `/${json.id}`)).json).toEqual(json);
    const patched = await ask('PATCH', `/${json.id}`, { critical: 30, duration_seconds: 60 });
    expect(patched.json).toMatchObject({
      critical: 30,
      warning: 10,
      duration_seconds: 60,
      slug: 'queue-long',
    });
    expect(await audit('alert_definition.update')).toMatchObject({
      object_id: json.id,
      detail: { name: 'Queue long', changed: { critical: 30, duration_seconds: 60 } },
    });
    expect(await ask('DELETE', `/${json.id}`)).toMatchObject({ status: 204 });
    expect(await audit('alert_definition.delete')).toMatchObject({ object_id: json.id });
    expect(await ask('GET', `/${json.id}`)).toMatchObject({ status: 404 });
  });

  it('are put back as they were read without a change, and replaced whole', async () => {
    const { id } = await make({ instance_labels: ['path'], duration_seconds: 30 });
    const read = await ask('GET', `/${id}`);
    const put = await ask('PUT', `/${id}`, read.json);
    expect(put.json).toEqual(read.json);
    expect(put.headers.get('etag')).toBe(read.headers.get('etag'));
    const replaced = await ask('PUT', `/${id}`, { name: read.json.name, expr: 'other', critical: 1 });
    expect(replaced.json).toMatchObject({
      expr: 'other',
      warning: null,
      instance_labels: null,
      duration_seconds: 0,
    });
    const shipped = await bySlug('cpu_usage_percent');
    expect((await ask('PUT', `/${shipped.id}`, shipped)).json).toEqual(shipped);
  });

  it('are not changed by who read an older state', async () => {
    const { id } = await make();
    const tag = { 'if-match': (await ask('GET', `/${id}`)).headers.get('etag') ?? '' };
    expect(await ask('PATCH', `/${id}`, { critical: 40 }, tag)).toMatchObject({ status: 200 });
    for (const [method, path, body] of [
      ['PATCH', '', { critical: 50 }],
      ['DELETE', '', undefined],
    ] as const) {
      expect(await ask(method, `/${id}${path}`, body, tag)).toMatchObject({ status: 412 });
    }
  });

  it('are found, filtered, sorted and paged', async () => {
    const all = (await ask('GET', '?limit=500')).json;
    expect(all.items.length).toBe(all.total);
    const names = all.items.map(({ name }: { name: string }) => name);
    expect(names).toEqual(names.toSorted(new Intl.Collator('en', { numeric: true }).compare));
    expect(
      (await ask('GET', '?kind=heartbeat')).json.items.map(({ slug }: { slug: string }) => slug),
    ).toEqual(['agent_heartbeat']);
    const off = (await ask('GET', '?enabled=false&search=fast')).json.items;
    expect(off.map(({ slug }: { slug: string }) => slug)).toEqual(['node_unreachable_fast']);
    expect((await ask('GET', '?search=ifOperStatus')).json.total).toBe(1);
    const pages: string[] = [];
    let cursor = '';
    do {
      const page = (await ask('GET', `?limit=7&sort=-slug${cursor}`)).json;
      pages.push(...page.items.map(({ slug }: { slug: string }) => slug));
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`;
    } while (cursor !== '');
    expect(pages.length).toBe(all.total);
    expect(new Set(pages).size).toBe(all.total);
  });

  it('of one name are one, whatever its case', async () => {
    await make({ name: 'Größe' });
    expect(await ask('POST', '', { ...RULE, name: 'GRÖSSE' })).toMatchObject({
      status: 409,
      json: { code: 'name_taken' },
    });
    expect(await ask('POST', '', { ...RULE, name: 'cpu' })).toMatchObject({ status: 409 });
  });

  it('with faults are refused, each with its place', async () => {
    const expression = await ask('POST', '', { ...RULE, name: 'x', expr: 'rate(queue_length)' });
    expect(expression.status).toBe(400);
    expect(faultsOf(expression)).toEqual([expect.stringMatching(/^expr line 1, column \d+: /)]);
    const twice = await ask('POST', '', { ...RULE, name: 'x', kind: 'store', expr: '{' });
    expect(faultsOf(twice)).toEqual([expect.stringMatching(/^expr must be empty: .*; line 1, column \d+: /)]);
    const lost = await ask('POST', '', { ...RULE, name: 'x', expr: 'sum(queue_length)' });
    expect(faultsOf(lost)).toEqual([expect.stringContaining('expr The result has no node_id')]);
    const many = await ask('POST', '', {
      ...RULE,
      name: 'x',
      critical: 5,
      critical_clear: 9,
      summary: '{{ $value',
      scope: { type: 'site' },
    });
    expect(faultsOf(many).map((fault: string) => fault.split(' ')[0])).toEqual([
      'critical',
      'critical_clear',
      'scope.id',
      'summary',
    ]);
    expect(faultsOf(await ask('PATCH', `/${(await make()).id}`, { warning: 25 }))).toEqual([
      'critical must be above the warning, which is 25',
    ]);
    expect(await ask('POST', '', { ...RULE, name: 'x', colour: 'red' })).toMatchObject({ status: 400 });
  });

  it('have a text that what is there can fill', async () => {
    const line = 'queue_length{node_id="n",node_name="mail",queue="out"} 12\n';
    await fetch(`${store.url}/api/v1/import/prometheus`, { method: 'POST', body: line });
    await waitFor(
      async () => {
        await store.flush();
        const found = await ask('POST', '', { ...RULE, name: 'Tried', summary: '{{ $labels.kind }}' });
        if (found.status === 201) await ask('DELETE', `/${found.json.id}`);
        return found.status === 400 && faultsOf(found)[0].includes('no label `kind`');
      },
      { what: 'a sample of the queue' },
    );
    const { id } = await make({ summary: '{{ $labels.queue }} of {{ $node }}' });
    expect(faultsOf(await ask('PATCH', `/${id}`, { summary: '{{ $labels.kind }}' }))).toEqual([
      expect.stringContaining('summary line 1, column 1: There is no label `kind`'),
    ]);
    // An alert does not keep what is of its node.
    expect(faultsOf(await ask('PATCH', `/${id}`, { summary: '{{ $labels.node_name }}' }))).toEqual([
      expect.stringContaining('There is no label `node_name`'),
    ]);
  });

  it('replace another one within a narrower scope that exists', async () => {
    const site = await place('sites', { name: 'Harbour' });
    const group = await place('node-groups', { name: 'Databases' });
    const node = await place('nodes', {
      name: 'db1',
      ip_address: '10.8.0.1',
      site_id: site,
      group_ids: [group],
    });
    const root = await make();
    const override = await make({ overrides: root.id, scope: { type: 'site', id: site }, critical: 15 });
    expect((await ask('GET', `/${override.id}`)).json).toMatchObject({
      scope_name: 'Harbour',
      overrides: root.id,
    });
    expect((await ask('GET', `/${root.id}`)).json.override_count).toBe(1);
    expect((await ask('GET', `?overrides=${root.id}`)).json.total).toBe(1);
    expect((await ask('GET', `?scope=site&scope_id=${site}`)).json.total).toBe(1);
    await make({ overrides: root.id, scope: { type: 'group', id: group }, enabled: false });
    await make({ overrides: root.id, scope: { type: 'node', id: node } });

    const refused = async (change: object) =>
      faultsOf(await ask('POST', '', { ...RULE, name: 'refused', overrides: root.id, ...change }));
    const nowhere = '0190a1b2-c3d4-7e5f-8a9b-0000000000ff';
    expect(await refused({ scope: { type: 'site', id: nowhere } })).toEqual([
      'scope.id is not the id of a site',
    ]);
    expect(await refused({ scope: { type: 'group', id: site } })).toEqual([
      'scope.id is not the id of a group',
    ]);
    expect(await refused({ scope: { type: 'site', id: site } })).toEqual([
      expect.stringContaining(`scope.id is where "${override.name}" replaces`),
    ]);
    expect(await refused({})).toEqual([expect.stringContaining('scope.type must be narrower')]);
    expect(await refused({ overrides: nowhere, scope: { type: 'node', id: node } })).toEqual([
      'overrides is not the id of a definition',
    ]);
    expect(await refused({ overrides: override.id, scope: { type: 'node', id: node } })).toEqual([
      expect.stringContaining('which replaces another one itself'),
    ]);
    const port = { kind: 'interface', scope: { type: 'node', id: node } };
    expect(await refused(port)).toContainEqual(expect.stringContaining('kind must be "metric"'));
    const narrowed = await ask('PATCH', `/${root.id}`, { scope: { type: 'site', id: site } });
    expect(faultsOf(narrowed)).toEqual([expect.stringContaining('scope.type must be wider')]);
    expect(faultsOf(await ask('PATCH', `/${override.id}`, { overrides: null }))).toContainEqual(
      expect.stringContaining('overrides cannot be changed'),
    );
  });

  it('go with the one that they replace, and with the place that they are for', async () => {
    const site = await place('sites', { name: 'Quarry' });
    const group = await place('node-groups', { name: 'Pumps' });
    const root = await make();
    const bySite = await make({ overrides: root.id, scope: { type: 'site', id: site } });
    const byGroup = await make({ overrides: root.id, scope: { type: 'group', id: group } });
    await backend.admin('DELETE', `/api/v1/sites/${site}`);
    expect(await ask('GET', `/${bySite.id}`)).toMatchObject({ status: 404 });
    expect(await ask('DELETE', `/${root.id}`)).toMatchObject({ status: 204 });
    expect(await ask('GET', `/${byGroup.id}`)).toMatchObject({ status: 404 });
    const { items } = await backend.admin('GET', '/api/v1/audit-log?search=alert_definition.delete&limit=2');
    expect(items.map(({ object_id: id }: { object_id: string }) => id).toSorted()).toEqual(
      [root.id, byGroup.id].toSorted(),
    );
  });

  it('of the product are edited, reset, cloned and switched off, and never deleted', async () => {
    const { id } = await bySlug('memory_used_percent');
    expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 409, json: { code: 'invalid_state' } });
    expect((await ask('PATCH', `/${id}`, { enabled: false })).json).toMatchObject({
      enabled: false,
      is_changed: false,
    });
    expect((await ask('PATCH', `/${id}`, { critical: 99 })).json).toMatchObject({
      critical: 99,
      is_changed: true,
    });
    expect((await ask('PATCH', `/${id}`, { critical: 95 })).json.is_changed).toBe(false);
    await ask('PATCH', `/${id}`, { critical: 99, name: 'RAM' });
    const reset = await ask('POST', `/${id}/reset`);
    expect(reset.json).toMatchObject({ name: 'Memory', critical: 95, enabled: true, is_changed: false });
    expect(await ask('POST', `/${id}/reset`)).toMatchObject({ status: 200 });
    const site = await place('sites', { name: 'Depot' });
    expect(faultsOf(await ask('PATCH', `/${id}`, { scope: { type: 'site', id: site } }))).toEqual([
      expect.stringContaining('scope.type must be "global" for a definition of the product'),
    ]);
    const clone = await ask('POST', `/${id}/clone`, {});
    expect(clone.status).toBe(201);
    expect(clone.json).toMatchObject({
      name: 'Memory (2)',
      slug: 'memory-2',
      enabled: false,
      is_shipped: false,
      critical: 95,
    });
    expect((await ask('POST', `/${id}/clone`, { name: 'Memory of ours' })).json.slug).toBe('memory-of-ours');
    expect(await ask('POST', `/${clone.json.id}/reset`)).toMatchObject({ status: 409 });
    expect(await ask('DELETE', `/${clone.json.id}`)).toMatchObject({ status: 204 });
  });

  it('whose expression the store refuses are not put in force by a replacement, a switched on copy or a reset', async () => {
    const expr = 'queue_side * on (node_id) group_left () queue_side';
    const sides = ['in', 'out'].map((side) => `queue_side{node_id="n",side="${side}"} 1\n`);
    await fetch(`${store.url}/api/v1/import/prometheus`, { method: 'POST', body: sides.join('') });
    const { id } = await make();
    await waitFor(
      async () => {
        await store.flush();
        const tried = await ask('POST', '', { ...RULE, name: 'Tried', expr });
        if (tried.status === 201) await ask('DELETE', `/${tried.json.id}`);
        return tried.status === 400;
      },
      { what: 'two sides of the queue', timeoutMs: 40_000 },
    );
    const isRefused = async (answer: Promise<BackendAnswer>) =>
      expect(faultsOf(await answer)).toEqual([expect.stringMatching(/^expr The metric store refuses it: /)]);
    await isRefused(ask('PUT', `/${id}`, { ...RULE, expr }));
    const { db } = backend.app.modules;
    await sql`UPDATE alert_definitions SET expr = ${expr} WHERE id = ${id}`.execute(db);
    const copy = (await ask('POST', `/${id}/clone`, {})).json;
    expect(copy).toMatchObject({ expr, enabled: false });
    await isRefused(ask('PATCH', `/${copy.id}`, { enabled: true }));
    await isRefused(ask('PUT', `/${copy.id}`, { ...copy, enabled: true }));
    const { id: shippedId } = await bySlug('memory_used_percent');
    await sql`
      UPDATE alert_definitions SET shipped = jsonb_set(shipped::jsonb, '{expr}', to_jsonb(${expr}::text))
      WHERE id = ${shippedId}`.execute(db);
    await isRefused(ask('POST', `/${shippedId}/reset`));
    expect((await ask('GET', `/${shippedId}`)).json.expr).not.toBe(expr);
  });

  it('are for operators to write', async () => {
    const token = await backend.login('operator', 'a password for tests');
    const answer = await backend.call('POST', PATH, { token, body: { ...RULE, name: 'Of an operator' } });
    expect(answer.status).toBe(201);
    expect(await backend.call('DELETE', `${PATH}/${answer.json.id}`, { token })).toMatchObject({
      status: 204,
    });
  });

  it('are in force on every server within a second', async () => {
    const other = await startBackend({ database: backend.database });
    try {
      const { id, slug } = await make();
      const seen = (server: TestBackend) =>
        server.app.modules.rules.current().rules.find((rule) => rule.slug === slug)?.critical;
      for (const server of [backend, other]) {
        await waitFor(() => seen(server) === 20, { what: 'the new rule', timeoutMs: 6000 });
      }
      await ask('PATCH', `/${id}`, { critical: 21 });
      await waitFor(() => seen(other) === 21, { what: 'the changed rule', timeoutMs: 6000, everyMs: 5 });
      const rule = other.app.modules.rules.current().rules.find((each) => each.slug === slug);
      expect(rule?.expression?.metrics).toEqual(['queue_length']);
      await ask('DELETE', `/${id}`);
      await waitFor(() => seen(other) === undefined, { what: 'the deleted rule', timeoutMs: 6000 });
    } finally {
      await other.stop();
    }
  });
});
