import { setTimeout } from 'node:timers/promises';
import { startBackend, startDatabase, type TestBackend, type TestDatabase, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockNodes } from '../../inventory/nodes/node-collector-queries.ts';

interface Enrolled {
  component_id: string;
  api_key: string;
  status: string;
  node_id?: string;
}

/** Number of registrations of one host at once, by STRATORA_TEST_RACERS; 100 in the deep run. */
const RACERS = Number(process.env['STRATORA_TEST_RACERS'] ?? 10);
/** Calls until an answer of 503 counts. */
const PATIENCE = 60;
const UNKNOWN = { status: 401, json: { code: 'api_key_invalid' } };

describe('registrations on two servers at once', () => {
  let database: TestDatabase;
  let one: TestBackend;
  let two: TestBackend;

  beforeAll(async () => {
    database = await startDatabase();
    one = await startBackend({ database });
    two = await startBackend({ database });
  });
  afterAll(async () => {
    await two?.stop();
    await one?.stop();
    await database?.stop();
  });
  beforeEach(async () => {
    const { db } = one.app.modules.database;
    await sql`DELETE FROM nodes`.execute(db);
    await sql`DELETE FROM remote_components`.execute(db);
  });

  const issue = (input: object = {}) =>
    one.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true, ...input }) as Promise<{
      id: string;
      token: string;
    }>;

  interface Call {
    token: string;
    hostname: string;
    type?: 'agent' | 'collector';
    machine?: string;
    site?: string;
    key?: string;
    at?: TestBackend;
    signal?: AbortSignal;
  }

  function bodyOf({ token, hostname, type = 'collector', machine, site }: Call) {
    return {
      enrollment_token: token,
      component_type: type,
      hostname,
      version: '1',
      os: 'linux',
      arch: 'x64',
      ...(machine ? { machine_id: machine } : {}),
      ...(site ? { site_name: site } : {}),
    };
  }

  function register(call: Call) {
    return (call.at ?? one).call('POST', '/api/v1/components/register', {
      key: call.key,
      body: bodyOf(call),
    });
  }

  async function enrol(call: Call): Promise<Enrolled> {
    const answer = await register(call);
    if (answer.status > 201) throw new Error(answer.text);
    return answer.json as Enrolled;
  }

  /** Registers as a component does: a server that is too busy (503) is called again. */
  async function registerPatiently(call: Call) {
    for (let tries = 1; ; tries += 1) {
      const answer = await register(call);
      if (answer.status !== 503 || tries === PATIENCE) return answer;
      await setTimeout(500);
    }
  }

  /** Half of the calls to each server, all at once. */
  const race = (count: number, call: (index: number) => Omit<Call, 'at'>) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        registerPatiently({ ...call(index), at: index % 2 ? two : one }),
      ),
    );

  const pull = (who: Enrolled, at = one, key = who.api_key) =>
    at.call('GET', `/api/v1/remote-collectors/${who.component_id}/config`, { key });

  async function usesOf(id: string): Promise<number> {
    const token = await one.admin('GET', `/api/v1/enrollment-tokens/${id}`);
    return (token as { use_count: number }).use_count;
  }

  async function countOf(table: 'remote_components' | 'component_keys' | 'nodes'): Promise<number> {
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.table(table)}`.execute(
      one.app.modules.database.db,
    );
    return rows[0]?.n ?? -1;
  }

  it('give exactly as many successes as the token has uses, each with a key that works', async () => {
    const { id, token } = await issue({ max_uses: 7 });
    const answers = await race(40, (index) => ({ token, hostname: `host-${index}`, machine: `m${index}` }));
    const good = answers.filter(({ status }) => status === 201);
    expect(good).toHaveLength(7);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ json }) => json.code))).toEqual(new Set(['enrollment_token_exhausted']));
    expect([await usesOf(id), await countOf('remote_components')]).toEqual([7, 7]);
    for (const { json } of good) expect((await pull(json as Enrolled, two)).status).toBe(200);
  });

  it('give one success to a token of one use, also where all say that they are the same host', async () => {
    const { id, token } = await issue({ multi_use: false });
    const answers = await race(12, () => ({ token, hostname: 'the-one' }));
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect([await usesOf(id), await countOf('remote_components')]).toEqual([1, 1]);
  });

  it('of one host, many of them, make one row, one node, and leave one key that works', async () => {
    const { token } = await issue();
    const answers = await race(RACERS, () => ({ token, hostname: 'press-07', type: 'agent', machine: 'm1' }));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201]));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const all = answers.map(({ json }) => json as Enrolled);
    expect(new Set(all.map(({ component_id, node_id }) => `${component_id} ${node_id}`)).size).toBe(1);
    expect([await countOf('remote_components'), await countOf('nodes')]).toEqual([1, 1]);
    const { rows } = await sql<{ key_id: string }>`
      SELECT key_id FROM component_keys WHERE expires_at IS NULL`.execute(one.app.modules.database.db);
    expect(rows).toHaveLength(1);
    const last = all.find(({ api_key: key }) => key.slice(8, 19) === rows[0]?.key_id);
    const answer = await two.call('GET', `/api/v1/agents/${last?.node_id}/config`, { key: last?.api_key });
    expect(answer.status).toBe(200);
    // It comes again after all that, as a process that lost each of those answers would.
    const again = await enrol({ token, hostname: 'press-07', type: 'agent', machine: 'm1' });
    expect(again).toMatchObject({ component_id: last?.component_id, node_id: last?.node_id });
  }, 120_000);

  it('whose answer never arrived are repeated without a further use, and the key that comes then works', async () => {
    const { id, token } = await issue({ multi_use: false });
    const call = { token, hostname: 'cut-off', machine: 'm1' };
    const abort = new AbortController();
    const lost = fetch(`${one.url}/api/v1/components/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(bodyOf(call)),
      signal: abort.signal,
    }).catch(() => 'lost');
    await waitFor(async () => (await countOf('remote_components')) === 1, { everyMs: 1 });
    abort.abort();
    await lost;
    const first = await enrol({ ...call, at: two });
    const second = await enrol(call);
    expect(second.component_id).toBe(first.component_id);
    expect([await usesOf(id), await countOf('remote_components')]).toEqual([1, 1]);
    expect((await pull(second, two)).status).toBe(200);
    expect(await pull(first, two)).toMatchObject(UNKNOWN);
  });

  it('that a server did not finish changed nothing, and are repeated at the other one', async () => {
    const { id, token } = await issue({ multi_use: false });
    const call = { token, hostname: 'half-way', machine: 'm1' };
    const { db } = one.app.modules.database;
    // Whoever writes the audit row, the last statement of a registration, dies with its connection.
    await sql`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$`.execute(db);
    await sql`CREATE TRIGGER die BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION die()`.execute(db);
    const answer = await register(call);
    await sql`DROP TRIGGER die ON audit_log`.execute(two.app.modules.database.db);
    expect(answer).toMatchObject({ status: 503, json: { code: 'database_unavailable' } });
    expect(await usesOf(id)).toBe(0);
    const who = await enrol({ ...call, at: two });
    expect((await pull(who, two)).status).toBe(200);
    expect([await usesOf(id), await countOf('remote_components')]).toEqual([1, 1]);
  });

  it('keep an approval over a lost answer: the old key still proves who asks', async () => {
    const asking = await issue({ auto_approve: false });
    const who = await enrol({ token: (await issue()).token, hostname: 'hall-3', machine: 'm1' });
    const lost = await enrol({ token: asking.token, hostname: 'hall-3', machine: 'm1', key: who.api_key });
    expect(lost.status).toBe('approved');
    const again = await enrol({ token: asking.token, hostname: 'hall-3', machine: 'm1', key: who.api_key });
    expect(again.status).toBe('approved');
    await sql`UPDATE component_keys SET expires_at = expires_at - interval '11 minutes'
      WHERE expires_at IS NOT NULL`.execute(one.app.modules.database.db);
    const late = await enrol({ token: asking.token, hostname: 'hall-3', machine: 'm1', key: who.api_key });
    expect(late.status).toBe('pending');
    // Nor does it prove anything once its successor is in use.
    await one.admin('POST', `/api/v1/components/${late.component_id}/approve`);
    await waitFor(async () => (await pull(late, two)).status === 200, { everyMs: 20 });
    expect(
      await register({ token: asking.token, hostname: 'hall-3', machine: 'm1', key: who.api_key }),
    ).toMatchObject({ status: 409, json: { code: 'identity_in_use' } });
  });

  /** As if nobody had called for eleven minutes. */
  async function fallSilent(): Promise<void> {
    const { db } = one.app.modules.database;
    for (const { app } of [one, two]) await app.modules.states.flush();
    await sql`UPDATE remote_components SET heard_at = heard_at - interval '11 minutes'`.execute(db);
    await sql`UPDATE component_states SET last_seen_at = last_seen_at - interval '11 minutes'`.execute(db);
  }

  const WAITING = { status: 403, json: { code: 'component_not_approved' } };

  it('by a token and the name of a live host take over nothing of it: both work on, and both are flagged', async () => {
    const owner = await enrol({ token: (await issue()).token, hostname: 'DC01', machine: 'm1' });
    for (const at of [one, two]) expect((await pull(owner, at)).status).toBe(200);
    const site = await one.admin('POST', '/api/v1/sites', { name: 'Harbour' });
    const there = await issue({ site_id: site.id });
    const other = await enrol({ token: there.token, hostname: 'dc01', machine: 'm2', at: two });
    expect(other.component_id).not.toBe(owner.component_id);
    for (const at of [one, two]) {
      expect((await pull(owner, at)).status).toBe(200);
      expect((await pull(other, at)).status).toBe(200);
    }
    const { items } = await one.admin('GET', '/api/v1/components?sort=name');
    expect(items).toMatchObject([
      { name: 'DC01', flags: [{ code: 'same_name', message: expect.stringContaining('dc01 (Harbour)') }] },
      { name: 'dc01 (Harbour)', flags: [{ code: 'same_name', message: expect.stringContaining('DC01') }] },
    ]);
  });

  it('of another machine go on as a silent component when a person says so; till then no key has ended', async () => {
    const owner = await enrol({ token: (await issue()).token, hostname: 'hall-3', machine: 'm1' });
    for (const at of [one, two]) expect((await pull(owner, at)).status).toBe(200);
    await fallSilent();
    const token = await issue();
    const next = await enrol({ token: token.token, hostname: 'hall-3', machine: 'new', at: two });
    expect(next).toMatchObject({ component_id: owner.component_id, status: 'pending' });
    await waitFor(async () => (await pull(owner, one)).status === 403, { everyMs: 20 });
    for (const at of [one, two]) {
      expect(await pull(owner, at)).toMatchObject(WAITING);
      expect(await pull(next, at)).toMatchObject(WAITING);
    }
    const { items } = await one.admin('GET', '/api/v1/audit-log?limit=2');
    expect(items[0]).toMatchObject({
      action: 'component.register_again',
      object_id: owner.component_id,
      detail: { approval: 'pending', proved: false, other_machine: true, enrollment_token_id: token.id },
    });
    expect(JSON.stringify(items)).not.toContain(token.token);
    expect(JSON.stringify(items)).not.toContain('sk_stra_');
    const shown = await one.admin('GET', `/api/v1/components/${owner.component_id}`);
    expect(shown).toMatchObject({ approval: 'pending', flags: [{ code: 'machine_changed' }] });
    const approved = await one.admin('POST', `/api/v1/components/${owner.component_id}/approve`);
    expect(approved).toMatchObject({ approval: 'approved', flags: [] });
    await waitFor(async () => (await pull(next, two)).status === 200, { everyMs: 20 });
    for (const at of [one, two]) {
      await waitFor(async () => (await pull(owner, at)).status === 401, { everyMs: 20 });
    }
  });

  it('of a machine and its copy do not take the place from each other in turn, and are flagged', async () => {
    const { token } = await issue();
    const call = { token, hostname: 'golden', machine: 'm1' };
    const [first, second] = ['a'.repeat(22), 'b'.repeat(22)];
    const pullAs = (who: Enrolled, instance: string) =>
      fetch(`${one.url}/api/v1/remote-collectors/${who.component_id}/config`, {
        headers: { 'x-api-key': who.api_key, 'x-stratora-instance': instance },
      }).then(({ status }) => status);
    const original = await enrol(call);
    expect(await pullAs(original, first)).toBe(200);
    const copy = await enrol(call);
    expect(copy.component_id).toBe(original.component_id);
    expect(await pullAs(copy, second)).toBe(200);
    expect(await register({ ...call, key: original.api_key })).toMatchObject({
      status: 409,
      json: { code: 'identity_in_use' },
    });
    const flags = async () => {
      expect(await pullAs(original, first)).toBe(401);
      expect(await pullAs(copy, second)).toBe(200);
      const shown = await one.admin('GET', `/api/v1/components/${copy.component_id}`);
      return (shown.flags as { code: string }[]).map(({ code }) => code);
    };
    await waitFor(async () => (await flags()).includes('shared_identity'), {
      timeoutMs: 40_000,
      everyMs: 500,
    });
  }, 60_000);

  it('of a renamed host find it by its machine id, whichever server it asks, and say so in the audit log', async () => {
    const { token } = await issue();
    const before = await enrol({ token, hostname: 'old-name', machine: 'm1' });
    const after = await enrol({ token, hostname: 'new-name', machine: 'm1', key: before.api_key, at: two });
    expect(after.component_id).toBe(before.component_id);
    const shown = await one.admin('GET', `/api/v1/components/${after.component_id}`);
    expect(shown.hostname).toBe('new-name');
    const { items } = await one.admin('GET', '/api/v1/audit-log?limit=1');
    expect(items[0]).toMatchObject({ detail: { name: 'new-name', previous_hostname: 'old-name' } });
    const back = await enrol({ token, hostname: 'old-name', machine: 'm1', key: after.api_key });
    expect(back.component_id).toBe(before.component_id);
    expect(await countOf('remote_components')).toBe(1);
  });

  it('go to the site of the token, whatever site they name, and to the named one of a token without', async () => {
    const hall = await one.admin('POST', '/api/v1/sites', { name: 'Hall' });
    await one.admin('POST', '/api/v1/sites', { name: 'Roof' });
    const bound = await issue({ site_id: hall.id });
    const free = await issue();
    const siteOf = async (call: Call) => {
      const { component_id: id, node_id: node } = await enrol({ ...call, type: 'agent' });
      const component = await one.admin('GET', `/api/v1/components/${id}`);
      expect((await one.admin('GET', `/api/v1/nodes/${node}`)).site_id).toBe(component.site_id);
      return component.site_id as string;
    };
    expect(await siteOf({ token: bound.token, hostname: 'a', site: 'Roof' })).toBe(hall.id);
    expect(await siteOf({ token: free.token, hostname: 'b', site: 'hall' })).toBe(hall.id);
    const lost = await register({ token: free.token, hostname: 'c', site: 'Nowhere' });
    expect(lost).toMatchObject({ status: 400, json: { errors: [{ path: 'site_name' }] } });
    expect(await usesOf(free.id)).toBe(1);
  });

  it("of the server's collector wait for edits of nodes, and cost none of them", async () => {
    const { id, token } = await issue();
    const { db } = one.app.modules.database;
    await sql`UPDATE enrollment_tokens SET is_local = true WHERE id = ${id}`.execute(db);
    const local = await enrol({ token, hostname: 'the-server' });
    const node = { name: 'edited', ip_address: '192.0.2.1', template: 'ping' };
    const { id: nodeId } = (await one.admin('POST', '/api/v1/nodes', node)) as { id: string };
    const isWaiting = async () => {
      const { rows } = await sql`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`.execute(
        db,
      );
      return rows.length > 0;
    };
    const registration = await db.transaction().execute(async (tx) => {
      await lockNodes(tx, [nodeId]);
      const call = register({ token, hostname: 'the-server', key: local.api_key, at: two });
      await waitFor(isWaiting, { what: 'a registration that waits' });
      // As an edit does that gives a node to this collector.
      await sql`INSERT INTO nodes (name, ip_address, node_type, site_id, template, collector_id)
        SELECT 'more', '192.0.2.2', node_type, site_id, template, ${local.component_id} FROM nodes
        WHERE id = ${nodeId}`.execute(tx);
      return { call };
    });
    expect((await registration.call).status).toBe(200);
    expect(await countOf('nodes')).toBe(2);
  });

  it('with a token of the other type, an expired or a revoked one are refused on every server at once', async () => {
    const agents = await issue({ component_type: 'agent' });
    expect((await register({ token: agents.token, hostname: 'a' })).json.code).toBe(
      'enrollment_token_invalid',
    );
    expect((await register({ token: agents.token, hostname: 'a', type: 'agent' })).status).toBe(201);
    const hour = await issue({ expires_in_hours: 1 });
    await sql`UPDATE enrollment_tokens SET expires_at = now() WHERE id = ${hour.id}`.execute(
      one.app.modules.database.db,
    );
    const revoked = await issue();
    await enrol({ token: revoked.token, hostname: 'before', at: two });
    await one.admin('DELETE', `/api/v1/enrollment-tokens/${revoked.id}`);
    for (const at of [one, two]) {
      expect((await register({ token: hour.token, hostname: 'b', at })).json.code).toBe(
        'enrollment_token_expired',
      );
      expect((await register({ token: revoked.token, hostname: 'b', at })).json.code).toBe(
        'enrollment_token_revoked',
      );
    }
    // Who came in with it stays.
    expect(await countOf('remote_components')).toBe(2);
    const forever = await issue({ expires_in_hours: 0 });
    expect((await one.admin('GET', `/api/v1/enrollment-tokens/${forever.id}`)).expires_at).toBeNull();
  });
});
