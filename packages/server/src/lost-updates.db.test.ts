import { type BackendAnswer, startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Single resources with a way to make one, and two changes of it. */
const KINDS: readonly { path: string; make: object; changes: readonly [object, object] }[] = [
  { path: 'sites', make: { name: 'tagged' }, changes: [{ description: 'a' }, { description: 'b' }] },
  { path: 'node-groups', make: { name: 'tagged' }, changes: [{ name: 'a' }, { name: 'b' }] },
  {
    path: 'nodes',
    make: { name: 'tagged', ip_address: '10.9.0.1' },
    changes: [{ environment: 'a' }, { environment: 'b' }],
  },
  {
    path: 'credentials',
    make: { name: 'tagged', type: 'snmp_v2c', secret: { community: 'first' } },
    changes: [{ secret: { community: 'second' } }, { secret: { community: 'third' } }],
  },
  {
    path: 'alert-definitions',
    make: { name: 'tagged', expr: 'queue_length', critical: 9 },
    changes: [{ critical: 8 }, { critical: 7 }],
  },
  {
    path: 'notification-channels',
    make: { name: 'tagged', type: 'slack', config: { url: 'https://hooks.example/services/a' } },
    changes: [
      { config: { url: 'https://hooks.example/services/b' } },
      { config: { url: 'https://hooks.example/services/c' } },
    ],
  },
  {
    path: 'escalation-teams',
    make: { name: 'tagged', steps: [{ after_seconds: 0 }] },
    changes: [{ steps: [{ after_seconds: 1 }] }, { steps: [{ after_seconds: 2 }] }],
  },
  {
    path: 'maintenance-windows',
    make: {
      name: 'tagged',
      scope: { type: 'global' },
      starts_at: '2027-01-01T00:00:00Z',
      ends_at: '2027-01-01T01:00:00Z',
    },
    changes: [{ name: 'a' }, { name: 'b' }],
  },
  {
    path: 'discovery/jobs',
    make: { name: 'tagged', targets: ['192.0.2.1'], start: false },
    changes: [{ name: 'a' }, { name: 'b' }],
  },
  {
    path: 'users',
    make: { username: 'tagged', role: 'viewer', password: 'a password for tests' },
    changes: [{ password: 'another password of tests' }, { password: 'the third password of tests' }],
  },
];

describe('a change by somebody who has read an older state', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend?.stop());

  const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    backend.call(method, `/api/v1/${path}`, {
      token: backend.adminToken,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  const etagOf = (answer: BackendAnswer) => answer.headers.get('etag') ?? '';

  async function make({ path, make: body }: (typeof KINDS)[number]) {
    const made = await ask('POST', path, body);
    expect([201, 202], made.text).toContain(made.status);
    const one = `${path}/${made.json.id}`;
    return { made, one };
  }

  it.each(KINDS)('is refused, whoever came second, for $path', async (kind) => {
    const { made, one } = await make(kind);
    expect(made.headers.get('location')).toBe(`/api/v1/${one}`);
    const read = await ask('GET', one);
    expect(etagOf(read)).toMatch(/^"[^"]+"$/);
    expect(etagOf(made)).toBe(etagOf(read));

    const race = await Promise.all(
      kind.changes.map((body) => ask('PATCH', one, body, { 'if-match': etagOf(read) })),
    );
    expect(race.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    expect(race.find(({ status }) => status === 412)?.json.code).toBe('changed_meanwhile');

    const [change] = kind.changes;
    const after = await ask('GET', one);
    expect(etagOf(after)).toBe(etagOf(race.find(({ status }) => status === 200) as BackendAnswer));
    for (const tag of [etagOf(read), `W/${etagOf(after)}`, '"other"']) {
      expect(await ask('PATCH', one, change, { 'if-match': tag })).toMatchObject({ status: 412 });
      expect(await ask('DELETE', one, undefined, { 'if-match': tag })).toMatchObject({ status: 412 });
    }
    expect(etagOf(await ask('GET', one))).toBe(etagOf(after));
    expect(await ask('PATCH', one, change, { 'if-match': '*' })).toMatchObject({ status: 200 });
    const last = etagOf(await ask('GET', one));
    expect(await ask('DELETE', one, undefined, { 'if-match': `"x", ${last}` })).toMatchObject({
      status: 204,
    });
    expect(await ask('DELETE', one, undefined, { 'if-match': '*' })).toMatchObject({ status: 404 });
  });

  it('is not made where nothing can be told of one resource: the header is refused', async () => {
    const made = await ask('POST', 'nodes', { name: 'many', ip_address: '10.9.0.7' });
    const one = `nodes/${made.json.id}`;
    const bulk = { node_ids: [made.json.id], action: 'delete' };
    for (const tag of [etagOf(made), '"stale"', '*']) {
      for (const [path, body] of [
        ['nodes/bulk', bulk],
        ['nodes', { name: 'one more', ip_address: '10.9.0.8' }],
      ] as const) {
        expect(await ask('POST', path, body, { 'if-match': tag })).toMatchObject({
          status: 400,
          json: { code: 'validation_failed', errors: [{ path: 'if-match' }] },
        });
      }
    }
    for (const tag of [`w/${etagOf(made)}`, 'stale']) {
      expect(await ask('DELETE', one, undefined, { 'if-match': tag })).toMatchObject({
        status: 400,
        json: { code: 'validation_failed', errors: [{ path: 'if-match' }] },
      });
    }
    expect(await ask('GET', 'nodes?search=one%20more')).toMatchObject({ json: { total: 0 } });
    expect(await ask('POST', 'nodes/bulk', bulk)).toMatchObject({ status: 200 });
    expect(await ask('GET', one)).toMatchObject({ status: 404 });
  });

  it('is refused for settings and enrollment tokens', async () => {
    const settings = etagOf(await ask('GET', 'settings'));
    const race = await Promise.all(
      [50, 60].map((seconds) =>
        ask('PATCH', 'settings', { rollout_soak_seconds: seconds }, { 'if-match': settings }),
      ),
    );
    expect(race.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);

    const { json } = await ask('POST', 'enrollment-tokens', {});
    const token = `enrollment-tokens/${json.id}`;
    const live = etagOf(await ask('GET', token));
    expect(await ask('DELETE', token, undefined, { 'if-match': live })).toMatchObject({ status: 204 });
    expect(await ask('DELETE', token, undefined, { 'if-match': live })).toMatchObject({ status: 412 });
  });

  it('is refused for decisions on a component, and what it tells of itself is no change', async () => {
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', {});
    const { json } = await backend.register(token, { hostname: 'tagged' });
    const one = `components/${json.component_id}`;
    const pending = { 'if-match': etagOf(await ask('GET', one)) };
    const decisions = await Promise.all(
      ['approve', 'reject'].map((verb) => ask('POST', `${one}/${verb}`, undefined, pending)),
    );
    expect(decisions.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    expect(await ask('PATCH', one, { name: 'x' }, pending)).toMatchObject({ status: 412 });
    expect(await ask('DELETE', one, undefined, pending)).toMatchObject({ status: 412 });
  });

  it('is refused for the credentials of a node', async () => {
    const secret = { community: 'c' };
    const credential = await backend.admin('POST', '/api/v1/credentials', {
      name: 'for a node',
      type: 'snmp_v2c',
      secret,
    });
    const node = await backend.admin('POST', '/api/v1/nodes', { name: 'n', ip_address: '10.9.0.2' });
    const path = `nodes/${node.id}`;
    const before = { 'if-match': etagOf(await ask('GET', path)) };
    const attach = { credential_id: credential.id };
    expect(await ask('PUT', `${path}/credentials/snmp`, attach, before)).toMatchObject({ status: 204 });
    expect(await ask('DELETE', `${path}/credentials/snmp`, undefined, before)).toMatchObject({ status: 412 });
    expect(await ask('PATCH', path, { name: 'm' }, before)).toMatchObject({ status: 412 });
  });

  it('costs a reader nothing where nothing has changed', async () => {
    const { json } = await ask('GET', 'sites');
    const singles = [
      `sites/${json.items[0].id}`,
      'settings',
      'device-templates/ping',
      `users/${(await ask('GET', 'users')).json.items[0].id}`,
    ];
    for (const path of singles) {
      const etag = etagOf(await ask('GET', path));
      for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const answer = await ask('GET', path, undefined, { 'if-none-match': header });
        expect(answer, `${path} ${header}`).toMatchObject({ status: 304, text: '' });
        expect(etagOf(answer)).toBe(etag);
        expect(answer.headers.get('content-type')).toBeNull();
      }
      expect(await ask('GET', path, undefined, { 'if-none-match': '"x"' })).toMatchObject({ status: 200 });
    }
  });
});
