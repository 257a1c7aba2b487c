import type { ComponentType } from '@stratora/contract';
import {
  STALL_MS,
  startBackend,
  startDatabase,
  type TestBackend,
  type TestDatabase,
  waitFor,
} from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HASH_COST } from '../../platform/secrets/index.ts';

interface Enrolled {
  component_id: string;
  api_key: string;
  status: string;
  node_id?: string;
}

describe('the keys of components', () => {
  let database: TestDatabase;
  /** Two servers on one database. */
  let one: TestBackend;
  let two: TestBackend;
  let approving: string;

  beforeAll(async () => {
    database = await startDatabase();
    one = await startBackend({ database, hashCost: HASH_COST });
    two = await startBackend({ database, hashCost: HASH_COST });
    ({ token: approving } = await one.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true }));
  });
  afterAll(async () => {
    await two?.stop();
    await one?.stop();
    await database?.stop();
  });

  async function enrol(
    hostname: string,
    more: { token?: string; key?: string; type?: string } = {},
  ): Promise<Enrolled> {
    const answer = await one.call('POST', '/api/v1/components/register', {
      key: more.key,
      body: {
        enrollment_token: more.token ?? approving,
        component_type: more.type ?? 'collector',
        hostname,
        version: '1',
        os: 'linux',
        arch: 'x64',
      },
    });
    if (answer.status > 201) throw new Error(answer.text);
    return answer.json as Enrolled;
  }

  const pull = (backend: TestBackend, component: Enrolled, key = component.api_key) =>
    backend.call('GET', `/api/v1/remote-collectors/${component.component_id}/config`, { key });

  it('have the shape that the contract gives, and are in the database only as hashes', async () => {
    const component = await enrol('shape');
    expect(component.api_key).toMatch(/^sk_stra_[A-Za-z0-9_-]{43}$/);
    expect((await pull(one, component)).status).toBe(200);
    const rows = await one.app.modules.database.db
      .selectFrom('component_keys')
      .selectAll()
      .where('component_id', '=', component.component_id)
      .execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.key_bcrypt).toMatch(new RegExp(`^\\$2[aby]\\$${HASH_COST}\\$`));
    expect(rows[0]?.fast_verifier).toHaveLength(32);
    expect(JSON.stringify(rows)).not.toContain(component.api_key.slice(-32));
  });

  it('cost one bcrypt for all servers and calls together', async () => {
    const component = await enrol('once');
    const before = one.app.modules.authenticator.bcryptRuns + two.app.modules.authenticator.bcryptRuns;
    await Promise.all(Array.from({ length: 20 }, () => pull(one, component)));
    await Promise.all(Array.from({ length: 20 }, () => pull(two, component)));
    const after = one.app.modules.authenticator.bcryptRuns + two.app.modules.authenticator.bcryptRuns;
    expect(after - before).toBe(1);
  });

  it('are refused on every server within 5 s of a revocation', async () => {
    const component = await enrol('revoked');
    for (const backend of [one, two]) expect((await pull(backend, component)).status).toBe(200);
    await one.admin('POST', `/api/v1/components/${component.component_id}/revoke`);
    const refusal = { status: 403, json: { code: 'component_revoked' } };
    const revokedAt = Date.now();
    await waitFor(async () => (await pull(two, component)).status === 403, { everyMs: 20 });
    expect(Date.now() - revokedAt).toBeLessThan(5000 + STALL_MS);
    for (const backend of [one, two]) expect(await pull(backend, component)).toMatchObject(refusal);
    const rows = await one.app.modules.database.db
      .selectFrom('component_keys')
      .select('fast_verifier')
      .where('component_id', '=', component.component_id)
      .execute();
    expect(rows).toEqual([{ fast_verifier: null }]);
  });

  it('die at once when the host enrols again, and the new one works', async () => {
    const before = await enrol('again');
    expect((await pull(one, before)).status).toBe(200);
    const after = await enrol('again', { key: before.api_key });
    expect(after).toMatchObject({ component_id: before.component_id, status: 'approved' });
    expect(await pull(one, before)).toMatchObject({ status: 401, json: { code: 'api_key_invalid' } });
    expect((await pull(one, after)).status).toBe(200);
  });

  it('do not let a leaked token take over an approved component', async () => {
    const { token: leaked } = await one.admin('POST', '/api/v1/enrollment-tokens', {});
    const victim = await enrol('victim');
    const thief = await enrol('victim', { token: leaked });
    expect(thief).toMatchObject({ component_id: victim.component_id, status: 'pending' });
    expect(await pull(one, thief)).toMatchObject({ status: 403, json: { code: 'component_not_approved' } });
  });

  it('overlap after a rotation until the new one is used', async () => {
    const component = await enrol('rotating');
    expect((await pull(one, component)).status).toBe(200);
    const path = `/api/v1/components/${component.component_id}/rotate-key`;
    const { api_key: next } = await one.admin('POST', path);
    expect((await pull(one, component)).status).toBe(200);
    expect((await pull(two, component)).status).toBe(200);
    expect((await pull(two, component, next)).status).toBe(200);
    await waitFor(async () => (await pull(one, component)).status === 401, { everyMs: 20 });
    expect((await pull(one, component, next)).status).toBe(200);
  });

  it('are limited per id before bcrypt is reached', async () => {
    const component = await enrol('guessed');
    const { authenticator } = one.app.modules;
    const before = authenticator.bcryptRuns;
    const statuses = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const wrong = component.api_key.slice(0, -4) + String(1000 + attempt);
      statuses.push((await pull(one, component, wrong)).status);
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(3);
    expect(authenticator.bcryptRuns - before).toBeLessThanOrEqual(5);
    for (const key of ['', 'x', 'sk_stra_', `sk_stra_${'a'.repeat(43)}`, `${component.api_key}a`]) {
      expect(await pull(one, component, key)).toMatchObject({
        status: 401,
        json: { code: 'api_key_invalid' },
      });
    }
  });

  it('go with a deleted component, and its node waits for the host to come again', async () => {
    const agent = await enrol('comes-back', { type: 'agent' });
    await one.admin('DELETE', `/api/v1/components/${agent.component_id}`);
    const beat = (who: Enrolled) =>
      one.call('GET', `/api/v1/agents/${who.node_id}/config`, { key: who.api_key });
    expect(await beat(agent)).toMatchObject({ status: 401, json: { code: 'api_key_invalid' } });
    expect(await one.admin('GET', `/api/v1/nodes/${agent.node_id}`)).toMatchObject({ agent_id: null });
    const back = await enrol('comes-back', { type: 'agent' });
    expect(back.component_id).not.toBe(agent.component_id);
    expect(back.node_id).toBe(agent.node_id);
    expect((await beat(back)).status).toBe(200);
  });

  it('go on while PostgreSQL is away, and the rest says 503 at once', async () => {
    const component = await enrol('steady');
    // No line of it is good, which is said only to who has got past the key and the nodes that are its own.
    const send = () =>
      one.call('POST', '/api/v1/ingest/influx', { raw: 'cpu value=1', key: component.api_key });
    const judged = { status: 400, json: { code: 'no_valid_lines' } };
    expect(await send()).toMatchObject(judged);
    await database.kill();
    try {
      expect(await send()).toMatchObject(judged);
      const startedAt = Date.now();
      const listed = await one.call('GET', '/api/v1/nodes', { token: one.adminToken });
      expect(listed).toMatchObject({ status: 503, json: { code: 'database_unavailable' } });
      expect(Number(listed.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Date.now() - startedAt).toBeLessThan(5000 + STALL_MS);
      expect((await one.call('GET', '/api/v1/health')).json.checks.database).toBe('failing');
    } finally {
      await database.restart();
    }
    await waitFor(
      async () => (await one.call('GET', '/api/v1/nodes', { token: one.adminToken })).status === 200,
      { timeoutMs: 30_000 },
    );
  });
});

describe('what components tell', () => {
  let backend: TestBackend;
  let collector: Enrolled;
  let agent: Enrolled;

  beforeAll(async () => {
    backend = await startBackend();
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    const register = async (type: ComponentType) => {
      return (await backend.register(token, { component_type: type, hostname: 'h1' })).json as Enrolled;
    };
    collector = await register('collector');
    agent = await register('agent');
  });
  afterAll(() => backend?.stop());

  const engine = { kind: 'embedded', version: '1.2', running: true };

  it('shows as the collection of a node, its own only, cleaned of control characters', async () => {
    const node = await backend.admin('POST', '/api/v1/nodes', {
      name: 'switch',
      ip_address: '192.0.2.1',
      template: 'generic-snmp',
      collector_id: collector.component_id,
    });
    const report = (status: string, message: string) =>
      backend.call('POST', `/api/v1/remote-collectors/${collector.component_id}/report`, {
        key: collector.api_key,
        body: {
          config_hash: 'abc',
          status: 'applied',
          engine,
          queue: { bytes: 12, oldest: null, dropped: 0 },
          targets: [
            { node_id: node.id, input: 'snmp', status, message },
            { node_id: agent.node_id, input: 'snmp', status: 'auth', message: 'not its own' },
          ],
        },
      });
    expect((await report('auth', 'authentication\u001b[31m failed')).status).toBe(204);
    const first = await backend.admin('GET', `/api/v1/nodes/${node.id}`);
    expect(first.collection).toMatchObject([
      { input: 'snmp', status: 'auth', message: 'authentication[31m failed' },
    ]);
    await report('auth', 'still failing');
    const second = await backend.admin('GET', `/api/v1/nodes/${node.id}`);
    expect(second.collection[0]).toMatchObject({
      message: 'still failing',
      since: first.collection[0].since,
    });
    expect((await backend.admin('GET', `/api/v1/nodes/${agent.node_id}`)).collection).toEqual([]);
    const shown = await backend.admin('GET', `/api/v1/components/${collector.component_id}`);
    expect(shown).toMatchObject({
      connection: 'online',
      running_config_hash: 'abc',
      config_status: 'applied',
      engine,
      queue: { bytes: 12 },
      node_count: 1,
    });
  });

  it('is written within seconds of a heartbeat, with the skew of its clock', async () => {
    const answer = await backend.call('POST', `/api/v1/agents/heartbeat/${agent.node_id}`, {
      key: agent.api_key,
      body: {
        version: '2',
        hostname: 'h1',
        fqdn: 'h1.example.test',
        os: 'Linux',
        os_version: 'Debian 12',
        arch: 'x64',
        uptime_seconds: 5,
        ip_addresses: ['127.0.0.1', '192.0.2.9'],
        engine,
        component_time: new Date(Date.now() + 60_000).toISOString(),
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.json.config_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(Math.abs(Date.parse(answer.json.server_time) - Date.now())).toBeLessThan(5000 + STALL_MS);
    const shown = await waitFor(async () => {
      const component = await backend.admin('GET', `/api/v1/components/${agent.component_id}`);
      return component.version === '2' ? component : undefined;
    });
    expect(shown.clock_skew_seconds).toBeGreaterThan(45);
    expect(shown).toMatchObject({
      connection: 'online',
      os_version: 'Debian 12',
      ip_addresses: ['127.0.0.1', '192.0.2.9'],
    });
    const node = await backend.admin('GET', `/api/v1/nodes/${agent.node_id}`);
    expect(node).toMatchObject({ fqdn: 'h1.example.test', os: 'Linux', agent_id: agent.component_id });
  });

  it('reaches an open browser as an event', async () => {
    const abort = new AbortController();
    const stream = await fetch(`${backend.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${backend.adminToken}` },
      signal: abort.signal,
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    let heard = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of stream.body ?? []) heard += decoder.decode(chunk);
    })().catch(() => {});
    await waitFor(() => heard.includes('event: hello'));
    const node = await backend.admin('POST', '/api/v1/nodes', { name: 'heard', ip_address: '192.0.2.2' });
    await waitFor(() => heard.includes(`"id":"${node.id}","change":"created"`));
    abort.abort();
    await reading;
  });
});
