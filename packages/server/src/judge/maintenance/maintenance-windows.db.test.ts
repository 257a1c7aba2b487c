import { type BackendAnswer, startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PATH = '/api/v1/maintenance-windows';
const HOUR = 3_600_000;
const UNKNOWN_ID = '00000000-0000-7000-8000-000000000000';

describe('maintenance windows', () => {
  let backend: TestBackend;
  let node: string;
  let site: string;
  let group: string;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    backend = await startBackend();
    for (const role of ['operator', 'viewer']) {
      const password = 'a password for tests';
      await place('users', { username: role, role, password, must_change_password: false });
      tokens.set(role, await backend.login(role, password));
    }
    site = await place('sites', { name: 'Halle' });
    group = await place('node-groups', { name: 'Switches' });
    node = await place('nodes', { name: 'core', ip_address: '10.9.0.1', site_id: site, group_ids: [group] });
  });
  afterAll(() => backend?.stop());

  const place = async (path: string, body: object) =>
    (await backend.admin('POST', `/api/v1/${path}`, body)).id as string;
  const ask = (method: string, path: string, body?: object, more: object = {}) =>
    backend.call(method, `${PATH}${path}`, {
      token: tokens.get('operator'),
      ...(body === undefined ? {} : { body }),
      ...more,
    });
  const inHours = (hours: number) =>
    new Date(Math.floor((Date.now() + hours * HOUR) / 1000) * 1000).toISOString();
  const fine = (change: object = {}) => ({
    name: 'New switches',
    scope: { type: 'node', id: node },
    starts_at: inHours(1),
    ends_at: inHours(3),
    ...change,
  });
  const make = async (change: object = {}) => {
    const answer = await ask('POST', '', fine(change));
    expect(answer.status, answer.text).toBe(201);
    return answer.json;
  };
  const faultsOf = ({ status, json, text }: BackendAnswer) => {
    expect(status, text).toBe(400);
    return json.errors.map(({ path, message }: { path: string; message: string }) => `${path} ${message}`);
  };
  const audit = async (action: string) =>
    (await backend.admin('GET', `/api/v1/audit-log?search=${action}&limit=1`)).items[0];
  const namesOf = async (query: string) =>
    (await ask('GET', `?limit=500&${query}`)).json.items.map(({ name }: { name: string }) => name).sort();

  it('are made, read, changed and deleted, each with a line in the audit log', async () => {
    const written = fine();
    const created = await ask('POST', '', written);
    expect(created.status, created.text).toBe(201);
    const { json } = created;
    expect(json).toMatchObject({
      ...written,
      rrule: null,
      exdates: [],
      timezone: 'UTC',
      reason: null,
      scope_name: 'core',
      state: 'scheduled',
      active: false,
      current_starts_at: null,
      next_starts_at: written.starts_at,
      next_ends_at: written.ends_at,
      ended_early_at: null,
      created_by: 'operator',
    });
    expect(created.headers.get('location')).toBe(`${PATH}/${json.id}`);
    expect((await ask('GET', `/${json.id}`)).json).toEqual(json);
    expect(await audit('maintenance_window.create')).toMatchObject({ object_id: json.id });
    const patched = await ask('PATCH', `/${json.id}`, { reason: 'old ones burn', ends_at: inHours(4) });
    expect(patched.json).toMatchObject({ reason: 'old ones burn', name: 'New switches' });
    expect(await audit('maintenance_window.update')).toMatchObject({
      detail: { name: 'New switches', changed: { reason: 'old ones burn' } },
    });
    expect(await ask('DELETE', `/${json.id}`)).toMatchObject({ status: 204 });
    expect(await audit('maintenance_window.delete')).toMatchObject({ object_id: json.id });
    expect(await ask('GET', `/${json.id}`)).toMatchObject({ status: 404 });
  });

  it('are put back as they were read without a change, and replaced whole', async () => {
    const made = await make({
      rrule: 'FREQ=WEEKLY;BYDAY=MO',
      exdates: ['2027-01-04'],
      timezone: 'Europe/Berlin',
    });
    const put = await ask('PUT', `/${made.id}`, made);
    expect(put.status, put.text).toBe(200);
    expect(put.json).toEqual(made);
    const { name, scope, starts_at, ends_at } = made;
    const bare = await ask('PUT', `/${made.id}`, { name, scope, starts_at, ends_at });
    expect(bare.json).toMatchObject({ rrule: null, exdates: [], timezone: 'UTC' });
  });

  it('are not written by who has not read what another has written', async () => {
    const { id } = await make();
    const etag = (await ask('GET', `/${id}`)).headers.get('etag') ?? '';
    const headers = { 'if-match': etag };
    expect((await ask('PATCH', `/${id}`, { name: 'First' }, { headers })).status).toBe(200);
    expect((await ask('PATCH', `/${id}`, { name: 'Second' }, { headers })).status).toBe(412);
    expect((await ask('DELETE', `/${id}`, undefined, { headers })).status).toBe(412);
    const fresh = (await ask('GET', `/${id}`)).headers.get('etag') ?? '';
    expect((await ask('DELETE', `/${id}`, undefined, { headers: { 'if-match': fresh } })).status).toBe(204);
  });

  it('are written by operators and read by all', async () => {
    const { id } = await make();
    const viewer = { token: tokens.get('viewer') };
    expect((await ask('GET', `/${id}`, undefined, viewer)).status).toBe(200);
    expect((await ask('GET', `/${id}/held`, undefined, viewer)).json).toEqual({
      occurrence: null,
      total: 0,
      items: [],
    });
    for (const [method, path, body] of [
      ['POST', '', fine()],
      ['PATCH', `/${id}`, { name: 'x' }],
      ['POST', `/${id}/end`, undefined],
      ['DELETE', `/${id}`, undefined],
    ] as const)
      expect((await ask(method, path, body, viewer)).status).toBe(403);
  });

  it('are refused with the field that is wrong', async () => {
    const refused = async (change: object) => faultsOf(await ask('POST', '', fine(change)));
    expect(await refused({ ends_at: inHours(1) })).toEqual(['ends_at must be after starts_at']);
    expect(await refused({ ends_at: inHours(24 * 31 + 1) })).toEqual([
      'ends_at must be 30 days after starts_at at most',
    ]);
    expect(await refused({ rrule: 'FREQ=MINUTELY' })).toEqual([
      expect.stringMatching(/^rrule FREQ=MINUTELY is not/),
    ]);
    expect(await refused({ rrule: 'every day' })).toEqual([
      expect.stringMatching(/^rrule “every day” is no part/),
    ]);
    expect(await refused({ rrule: 'FREQ=DAILY', ends_at: inHours(26) })).toEqual([
      expect.stringMatching(/^rrule makes windows that overlap/),
    ]);
    expect(await refused({ scope: { type: 'site', id: UNKNOWN_ID } })).toEqual([
      'scope.id there is no such site',
    ]);
    expect(await refused({ scope: { type: 'group' } })).toEqual(['scope.id is required']);
    expect(await refused({ scope: { type: 'global', id: node } })).toEqual([
      'scope.id must be empty for the scope "global"',
    ]);
    expect(await refused({ timezone: 'Mars/Base' })).toEqual([expect.stringMatching(/^timezone must be/)]);
    expect(await refused({ timezone: '+01:00' })).toEqual([expect.stringMatching(/^timezone must be/)]);
    expect(await refused({ starts_at: '2027-01-01T10:00:00' })).toEqual([
      expect.stringMatching(/^starts_at/),
    ]);
    expect(await refused({ starts_at: '9999-01-01T10:00:00Z' })).toEqual([
      expect.stringMatching(/^starts_at must be in the years/),
    ]);
    expect(await refused({ rrule: 'FREQ=DAILY', exdates: ['soon'] })).toEqual([
      expect.stringMatching(/^exdates/),
    ]);
    const { id } = await make();
    expect(faultsOf(await ask('PATCH', `/${id}`, { ends_at: inHours(0.5) }))).toEqual([
      'ends_at must be after starts_at',
    ]);
    expect(faultsOf(await ask('PATCH', `/${id}`, { exdates: ['2027-01-01'] }))).toEqual([
      expect.stringMatching(/^exdates need a rule/),
    ]);
  });

  it('go with what they are for', async () => {
    const gone = await place('node-groups', { name: 'For a day' });
    const { id } = await make({ scope: { type: 'group', id: gone } });
    await backend.admin('DELETE', `/api/v1/node-groups/${gone}`);
    expect((await ask('GET', `/${id}`)).status).toBe(404);
  });

  it('are filtered by their state, and by what they cover', async () => {
    const other = await place('nodes', { name: 'other', ip_address: '10.9.0.2' });
    const now = { starts_at: inHours(-1) };
    await make({ ...now, name: 'f of the node' });
    await make({ ...now, name: 'f of its group', scope: { type: 'group', id: group } });
    await make({ name: 'f of its site', scope: { type: 'site', id: site } });
    await make({ ...now, name: 'f of all', scope: { type: 'global' } });
    await make({ name: 'f of another', scope: { type: 'node', id: other } });
    await make({ name: 'f over', starts_at: inHours(-4), ends_at: inHours(-3) });
    await make({ name: 'f daily', starts_at: inHours(-49), ends_at: inHours(-48), rrule: 'FREQ=DAILY' });
    const all = ['f of all', 'f of its group', 'f of its site', 'f of the node'];
    expect(await namesOf(`search=f of&node_id=${node}`)).toEqual(all);
    expect(await namesOf(`search=f of&node_id=${other}`)).toEqual(['f of all', 'f of another']);
    expect(await namesOf(`search=f&node_id=${UNKNOWN_ID}`)).toEqual([]);
    expect(await namesOf(`search=f of&site_id=${site}`)).toEqual(['f of its site']);
    expect(await namesOf('search=f%20&active=true')).toEqual(['f of all', 'f of its group', 'f of the node']);
    expect(await namesOf('search=f%20&state=over')).toEqual(['f over']);
    expect(await namesOf('search=f%20&state=scheduled')).toEqual([
      'f daily',
      'f of another',
      'f of its site',
    ]);
    expect((await namesOf('search=f%20&active=false')).length).toBe(4);
    const { json } = await ask('GET', '?search=f%20&limit=500');
    expect(json.items.at(-1).name).toBe('f over');
    const pages: string[] = [];
    for (let cursor = ''; ; ) {
      const page = (await ask('GET', `?search=f%20&limit=2${cursor}`)).json;
      pages.push(...page.items.map(({ name }: { name: string }) => name));
      if (page.next_cursor === null) break;
      cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
    }
    expect(pages).toEqual(json.items.map(({ name }: { name: string }) => name));
  });

  it('are ended early, and go on with their next occurrence where they recur', async () => {
    const running = { starts_at: inHours(-1), ends_at: inHours(2) };
    const once = await make(running);
    expect(once).toMatchObject({ state: 'active', current_ends_at: running.ends_at, next_starts_at: null });
    const ended = await ask('POST', `/${once.id}/end`);
    expect(ended.json).toMatchObject({
      state: 'over',
      active: false,
      current_ends_at: null,
      next_starts_at: null,
    });
    expect(Date.parse(ended.json.ended_early_at)).toBeGreaterThan(Date.now() - 60_000);
    expect(await audit('maintenance_window.end')).toMatchObject({
      detail: { planned_end: running.ends_at },
    });
    expect(await ask('POST', `/${once.id}/end`)).toMatchObject({
      status: 409,
      json: { code: 'invalid_state' },
    });
    const daily = await make({ ...running, rrule: 'FREQ=DAILY' });
    expect((await ask('POST', `/${daily.id}/end`)).json).toMatchObject({
      state: 'scheduled',
      next_starts_at: new Date(Date.parse(running.starts_at) + 24 * HOUR).toISOString(),
    });
    const planned = await make();
    expect((await ask('POST', `/${planned.id}/end`)).status).toBe(409);
    // Who writes another end means that one.
    expect((await ask('PATCH', `/${once.id}`, { ends_at: inHours(5) })).json).toMatchObject({
      state: 'active',
      ended_early_at: null,
    });
  });

  it('are shown before they are saved, in UTC and by the clocks of their zone', async () => {
    const { json } = await ask('POST', '/preview', {
      starts_at: '2027-03-26T02:30:00+01:00',
      ends_at: '2027-03-26T03:30:00+01:00',
      rrule: 'FREQ=DAILY',
      timezone: 'Europe/Berlin',
      from: '2027-03-26T00:00:00Z',
    });
    expect(json.items).toHaveLength(10);
    expect(json.items[0]).toEqual({
      starts_at: '2027-03-26T01:30:00.000Z',
      ends_at: '2027-03-26T02:30:00.000Z',
      local_starts_at: '2027-03-26T02:30:00+01:00',
      local_ends_at: '2027-03-26T03:30:00+01:00',
      duration_seconds: 3600,
      notes: [],
    });
    expect(json.items[2]).toEqual({
      starts_at: '2027-03-28T01:00:00.000Z',
      ends_at: '2027-03-28T01:30:00.000Z',
      local_starts_at: '2027-03-28T03:00:00+02:00',
      local_ends_at: '2027-03-28T03:30:00+02:00',
      duration_seconds: 1800,
      notes: [expect.stringContaining('The clocks go forward over its begin')],
    });
    const viewer = await ask(
      'POST',
      '/preview',
      { starts_at: inHours(1), ends_at: inHours(2) },
      {
        token: tokens.get('viewer'),
      },
    );
    expect(viewer.json.items).toHaveLength(1);
    expect(faultsOf(await ask('POST', '/preview', { starts_at: inHours(2), ends_at: inHours(1) }))).toEqual([
      'ends_at must be after starts_at',
    ]);
  });

  it('are made for many nodes at once, one for each', async () => {
    const nodes = [
      await place('nodes', { name: 'bulk a', ip_address: '10.9.1.1' }),
      await place('nodes', { name: 'bulk b', ip_address: '10.9.1.2' }),
    ];
    const bulk = (more: object, role = 'operator') =>
      backend.call('POST', '/api/v1/nodes/bulk', {
        token: tokens.get(role),
        body: { node_ids: nodes, action: 'maintenance', ...more },
      });
    const done = await bulk({ for_seconds: 3600, reason: 'rack moves' });
    expect(done.status, done.text).toBe(200);
    expect(done.json).toEqual({ affected: 2 });
    const { items } = (await ask('GET', '?search=bulk&active=true&sort=name')).json;
    expect(items).toMatchObject([
      { name: 'Maintenance of bulk a', reason: 'rack moves', scope: { type: 'node', id: nodes[0] } },
      { name: 'Maintenance of bulk b', created_by: 'operator', state: 'active' },
    ]);
    expect(await audit('node.begin_maintenance')).toMatchObject({
      detail: { count: 2, reason: 'rack moves' },
    });
    expect((await bulk({ ends_at: inHours(2) })).json).toEqual({ affected: 2 });
    expect(faultsOf(await bulk({}))).toEqual(['ends_at is required, or for_seconds is']);
    expect(faultsOf(await bulk({ ends_at: inHours(1), for_seconds: 60 }))).toEqual([
      'for_seconds cannot stand together with ends_at',
    ]);
    expect(faultsOf(await bulk({ ends_at: inHours(-1) }))).toEqual(['ends_at must be in the future']);
    expect(faultsOf(await bulk({ ends_at: inHours(24 * 31) }))).toEqual(['ends_at must be within 30 days']);
    expect(faultsOf(await bulk({ for_seconds: 0 }))).toHaveLength(1);
    expect((await bulk({ for_seconds: 60 }, 'viewer')).status).toBe(403);
  });
});
