import { type BackendAnswer, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/** Calls that make something, with another body for each. */
const CREATING: readonly [string, object, object][] = [
  ['sites', { name: 'twice' }, { name: 'other' }],
  ['node-groups', { name: 'twice' }, { name: 'other' }],
  ['nodes', { name: 'twice', ip_address: '10.5.0.1' }, { name: 'twice', ip_address: '10.5.0.2' }],
  [
    'credentials',
    { name: 'twice', type: 'snmp_v2c', secret: { community: 'very-secret-community' } },
    { name: 'twice', type: 'snmp_v2c', secret: { community: 'another-community' } },
  ],
  [
    'users',
    { username: 'twice', role: 'viewer', password: 'a very secret password' },
    { username: 'twice', role: 'admin', password: 'a very secret password' },
  ],
  ['enrollment-tokens', { description: 'twice' }, {}],
];

describe('a call that is repeated with its key', () => {
  let backend: TestBackend;
  let sql: Client;
  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend?.stop());
  beforeEach(async () => {
    sql = new Client({ connectionString: backend.database.url });
    await sql.connect();
  });
  afterEach(() => sql.end());

  const post = (path: string, body: object | undefined, key: string, token = backend.adminToken) =>
    backend.call('POST', `/api/v1/${path}`, {
      token,
      headers: { 'idempotency-key': key },
      ...(body && { body }),
    });
  const shown = ({ status, text, headers }: BackendAnswer) => ({
    status,
    text,
    etag: headers.get('etag'),
    location: headers.get('location'),
  });
  const total = async (path: string) =>
    (await backend.admin('GET', `/api/v1/${path}?limit=1`)).total as number;

  it.each(CREATING)('does nothing more and answers like the first: %s', async (path, body, other) => {
    const before = await total(path);
    const first = await post(path, body, `key of ${path}`);
    expect(first.status, first.text).toBe(201);
    expect(first.headers.get('location')).toBe(`/api/v1/${path}/${first.json.id}`);
    expect(shown(await post(path, body, `key of ${path}`))).toEqual(shown(first));
    expect(await total(path)).toBe(before + 1);
    expect(await post(path, other, `key of ${path}`)).toMatchObject({
      status: 422,
      json: { code: 'idempotency_key_reused' },
    });
    expect(await total(path)).toBe(before + 1);
  });

  it('does nothing more for one that acts on what is there', async () => {
    const node = await backend.admin('POST', '/api/v1/nodes', { name: 'n', ip_address: '10.5.1.1' });
    const bulk = { node_ids: [node.id], action: 'delete' };
    expect(await post('nodes/bulk', bulk, 'bulk')).toMatchObject({ status: 200, json: { affected: 1 } });
    expect(await post('nodes/bulk', bulk, 'bulk')).toMatchObject({ status: 200, json: { affected: 1 } });
    expect(await post('nodes/bulk', bulk, 'bulk 2')).toMatchObject({ status: 404 });

    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    const registered = await backend.register(token, { hostname: 'keyed' });
    const rotate = `components/${registered.json.component_id}/rotate-key`;
    const key = await post(rotate, undefined, 'rotate');
    expect(key.json.api_key).toMatch(/^sk_stra_/);
    expect(shown(await post(rotate, undefined, 'rotate'))).toEqual(shown(key));
  });

  it('keeps no secret in the clear', async () => {
    const { json } = await post('enrollment-tokens', { description: 'sealed' }, 'sealed');
    const { rows } = await sql.query<{ row: string }>(
      `SELECT concat(key, encode(body, 'escape'), encode(body, 'base64')) AS row FROM answered_calls`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) {
      for (const secret of [json.token as string, 'very-secret', json.id as string]) {
        expect(row).not.toContain(secret);
        expect(row).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20));
      }
    }
  });

  it('is one of its user', async () => {
    const password = 'a password for tests';
    const account = { username: 'second', role: 'operator', password, must_change_password: false };
    await backend.admin('POST', '/api/v1/users', account);
    const token = await backend.login('second', password);
    expect(await post('sites', { name: 'mine' }, 'same key')).toMatchObject({ status: 201 });
    expect(await post('sites', { name: 'theirs' }, 'same key', token)).toMatchObject({ status: 201 });
  });

  it('is made anew after one that failed, and with a day between', async () => {
    expect(await post('sites', { name: '' }, 'fails')).toMatchObject({ status: 400 });
    expect(await post('sites', { name: 'mine' }, 'fails')).toMatchObject({ status: 409 });
    expect(await post('sites', { name: 'fine' }, 'fails')).toMatchObject({ status: 201 });
    await sql.query(`UPDATE answered_calls SET created_at = now() - interval '25 hours' WHERE key = 'fails'`);
    expect(await post('sites', { name: 'a day later' }, 'fails')).toMatchObject({ status: 201 });
    expect(await post('sites', { name: 'a day later' }, 'fails')).toMatchObject({ status: 201 });
  });

  it('makes one of many at once', async () => {
    const before = await total('sites');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post('sites', { name: 'at once' }, 'race')),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ json }) => json.id as string)).size).toBe(1);
    for (const { status, json } of answers.filter((answer) => !made.includes(answer))) {
      expect({ status, code: json.code }).toEqual({ status: 409, code: 'idempotency_key_in_use' });
    }
    expect(await total('sites')).toBe(before + 1);
  });

  /** Holds the end of the audit log, on which every change waits, while `work` runs. */
  async function whileHeld(work: (blocked: () => Promise<number>) => Promise<void>): Promise<void> {
    await sql.query('BEGIN');
    await sql.query('SELECT FROM audit_head FOR UPDATE');
    const blocked = () =>
      waitFor(
        async () => {
          const { rows } = await sql.query<{ pid: number }>(
            `SELECT pid FROM pg_stat_activity
             WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
          );
          return rows[0]?.pid;
        },
        { what: 'a call that waits' },
      );
    try {
      await work(blocked);
    } finally {
      await sql.query('ROLLBACK');
    }
  }

  it('is refused while the first runs, and answered like it afterwards', async () => {
    let first: Promise<BackendAnswer> | undefined;
    await whileHeld(async (blocked) => {
      first = post('sites', { name: 'slow' }, 'slow');
      await blocked();
      expect(await post('sites', { name: 'slow' }, 'slow')).toMatchObject({
        status: 409,
        json: { code: 'idempotency_key_in_use' },
      });
    });
    const answer = await first;
    expect(answer?.status).toBe(201);
    expect(shown(await post('sites', { name: 'slow' }, 'slow'))).toEqual(shown(answer as BackendAnswer));
  });

  it('is made where the first died on its way', async () => {
    const before = await total('sites');
    let first: Promise<BackendAnswer> | undefined;
    await whileHeld(async (blocked) => {
      first = post('sites', { name: 'died' }, 'died');
      await sql.query('SELECT pg_terminate_backend($1)', [await blocked()]);
      expect((await first).status).toBe(503);
    });
    expect(await post('sites', { name: 'died' }, 'died')).toMatchObject({ status: 201 });
    expect(await total('sites')).toBe(before + 1);
  });

  it.each([['x'.repeat(256)], ['caf\u00e9'], ['']])('refuses a key that is none: %s', async (key) => {
    expect(await post('sites', { name: 'odd key' }, key)).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'idempotency-key' }] },
    });
  });

  it('is no matter of those that make nothing', () => {
    const without = backend.app.routes.filter(
      ({ method, access, isRepeatable }) => method === 'POST' && access.scope === 'user' && !isRepeatable,
    );
    expect(without.map(({ url }) => url).toSorted()).toEqual([
      '/api/v1/alert-definitions/:id/preview',
      // A second time changes nothing.
      '/api/v1/alert-definitions/:id/reset',
      '/api/v1/alert-definitions/backtest',
      '/api/v1/alert-definitions/preview',
      '/api/v1/auth/change-password',
      '/api/v1/auth/logout',
      // Goes on with what the first one began.
      '/api/v1/credential-key/rotate',
      // Each showing of a secret is one of the audit log.
      '/api/v1/credentials/:id/reveal',
      '/api/v1/device-templates/propose',
      // Reads files again, as often as it is asked to.
      '/api/v1/device-templates/reload',
      '/api/v1/discovery/classify',
      '/api/v1/escalation-teams/preview',
      '/api/v1/maintenance-windows/preview',
      '/api/v1/metrics/label/:name/values',
      '/api/v1/metrics/labels',
      '/api/v1/metrics/query',
      '/api/v1/metrics/query_range',
      '/api/v1/metrics/series',
      '/api/v1/notification-channels/preview',
      '/api/v1/prometheus/api/v1/label/:name/values',
      '/api/v1/prometheus/api/v1/labels',
      '/api/v1/prometheus/api/v1/query',
      '/api/v1/prometheus/api/v1/query_exemplars',
      '/api/v1/prometheus/api/v1/query_range',
      '/api/v1/prometheus/api/v1/series',
      // A second time changes nothing.
      '/api/v1/topology/layout/reset',
      // A neighbour that is a node already is answered as that.
      '/api/v1/topology/neighbours/import',
    ]);
  });
});
