import type { ComponentType } from '@stratora/contract';
import {
  STALL_MS,
  startBackend,
  startDatabase,
  type TestBackend,
  type TestDatabase,
  waitFor,
} from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Enrolled {
  component_id: string;
  api_key: string;
  node_id?: string;
}

const UNKNOWN = { status: 401, json: { code: 'api_key_invalid' } };
const NOT_DUE = { status: 409, json: { code: 'invalid_state' } };

/** Makes a key that is surely another: a fixed last letter would be the right one in one of 64 keys. */
function withOtherEnd(key: string): string {
  return `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
}

describe('a key that the component fetches itself', () => {
  let database: TestDatabase;
  let one: TestBackend;
  let two: TestBackend;
  let token: string;
  let count = 0;

  beforeAll(async () => {
    database = await startDatabase();
    one = await startBackend({ database });
    two = await startBackend({ database });
    ({ token } = await one.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true }));
  });
  afterAll(async () => {
    await two?.stop();
    await one?.stop();
    await database?.stop();
  });

  async function enrol(
    type: ComponentType = 'collector',
    hostname = `rotating-${(count += 1)}`,
  ): Promise<Enrolled> {
    const answer = await one.register(token, { component_type: type, hostname });
    if (answer.status > 201) throw new Error(answer.text);
    return answer.json as Enrolled;
  }

  const pull = (who: Enrolled, key = who.api_key, backend = one) =>
    backend.call('GET', `/api/v1/remote-collectors/${who.component_id}/config`, { key });
  const fetchKey = (who: Enrolled, key = who.api_key, backend = one) =>
    backend.call('POST', `/api/v1/components/${who.component_id}/key`, { key });
  const rotate = (who: Enrolled) =>
    one.admin('POST', `/api/v1/components/${who.component_id}/rotate-key`) as Promise<Enrolled>;
  const worksAt = async (who: Enrolled, key: string) => (await pull(who, key)).status === 200;
  const header = (answer: { headers: Headers }) => answer.headers.get('x-stratora-rotate-key');

  /** Both servers hear of marks in a loop of their own; here it is hurried. */
  async function rounds(): Promise<void> {
    for (const backend of [one, two]) await backend.app.modules.rotation.round();
  }

  it('is announced on every answer, works beside the old one, and ends it with its first use', async () => {
    const who = await enrol();
    expect(header(await pull(who))).toBeNull();
    await rotate(who);
    await rounds();
    expect(header(await pull(who))).toBe('1');
    expect(header(await pull(who, who.api_key, two))).toBe('1');
    const report = await one.call('POST', `/api/v1/remote-collectors/${who.component_id}/report`, {
      key: who.api_key,
      body: {
        config_hash: 'x',
        status: 'applied',
        engine: { kind: 'embedded', version: '1', running: true },
      },
    });
    expect([report.status, header(report)]).toEqual([204, '1']);
    const fetched = await fetchKey(who);
    expect(fetched).toMatchObject({ status: 200, json: { component_id: who.component_id } });
    const next = (fetched.json as Enrolled).api_key;
    expect(next).toMatch(/^sk_stra_[\w-]{43}$/);
    expect(fetched.headers.get('cache-control')).toBe('no-store');
    // The component may be dead now: its old key goes on, on every server.
    expect((await pull(who, who.api_key, two)).status).toBe(200);
    expect((await pull(who, next, two)).status).toBe(200);
    await waitFor(async () => (await pull(who)).status === 401, { everyMs: 20 });
    expect(await pull(who)).toMatchObject(UNKNOWN);
    await rounds();
    expect(header(await pull(who, next))).toBeNull();
    expect(await fetchKey(who, next)).toMatchObject(NOT_DUE);
  });

  it('is announced within 5 s without any help', async () => {
    const who = await enrol();
    await rotate(who);
    const startedAt = Date.now();
    await waitFor(async () => header(await pull(who, who.api_key, two)) === '1', {
      everyMs: 50,
    });
    const announcedMs = Date.now() - startedAt;
    process.stdout.write(`a rotation was announced after ${announcedMs} ms\n`);
    expect(announcedMs).toBeLessThan(6500 + STALL_MS);
  });

  it('is fetched again when the answer was lost: the one that never arrived is void', async () => {
    const who = await enrol();
    await rotate(who);
    const lost = ((await fetchKey(who)).json as Enrolled).api_key;
    const again = ((await fetchKey(who, who.api_key, two)).json as Enrolled).api_key;
    expect(await pull(who, lost)).toMatchObject(UNKNOWN);
    expect(await worksAt(who, who.api_key)).toBe(true);
    expect(await worksAt(who, again)).toBe(true);
    await waitFor(async () => (await pull(who)).status === 401, { everyMs: 20 });
    expect(await worksAt(who, again)).toBe(true);
  });

  it('is one of many that are fetched at once, and the old one works until it is used', async () => {
    const who = await enrol();
    await rotate(who);
    const answers = await Promise.all(
      [0, 1, 2, 3, 4].map((i) => fetchKey(who, who.api_key, i % 2 ? two : one)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await worksAt(who, who.api_key)).toBe(true);
    const keys = answers.map(({ json }) => (json as Enrolled).api_key);
    const working: string[] = [];
    for (const key of keys) if (await worksAt(who, key)) working.push(key);
    expect(working).toHaveLength(1);
  });

  it('stands beside the one that the administrator was shown: the last to be used is the one that stays', async () => {
    const who = await enrol();
    const shown = (await rotate(who)).api_key;
    const fetched = ((await fetchKey(who)).json as Enrolled).api_key;
    expect(await worksAt(who, shown)).toBe(true);
    expect(await pull(who)).toMatchObject(UNKNOWN);
    expect(await worksAt(who, fetched)).toBe(true);
    expect(await pull(who, shown)).toMatchObject(UNKNOWN);
  });

  it('survives a second rotation between its arrival and its first use', async () => {
    const who = await enrol();
    await rotate(who);
    const first = ((await fetchKey(who)).json as Enrolled).api_key;
    const shown = (await rotate(who)).api_key;
    expect(await worksAt(who, first)).toBe(true);
    // The second one is still to be done.
    const second = ((await fetchKey(who, first)).json as Enrolled).api_key;
    expect(await worksAt(who, second)).toBe(true);
    for (const key of [who.api_key, first, shown]) expect(await pull(who, key)).toMatchObject(UNKNOWN);
    expect(await fetchKey(who, second)).toMatchObject(NOT_DUE);
  });

  it('is for the component itself, approved, and when one is due', async () => {
    const who = await enrol();
    const other = await enrol();
    expect(await fetchKey(who)).toMatchObject(NOT_DUE);
    await rotate(who);
    expect(await fetchKey(who, other.api_key)).toMatchObject({
      status: 403,
      json: { code: 'component_mismatch' },
    });
    expect(await fetchKey(who, withOtherEnd(who.api_key))).toMatchObject(UNKNOWN);
    await one.admin('POST', `/api/v1/components/${who.component_id}/revoke`);
    expect(await fetchKey(who)).toMatchObject({ status: 403, json: { code: 'component_revoked' } });
    const agent = await enrol('agent');
    await rotate(agent);
    expect((await fetchKey(agent)).status).toBe(200);
  });

  it('cannot be asked for without end', async () => {
    const who = await enrol();
    await rotate(who);
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) statuses.push((await fetchKey(who)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.at(-1)).toBe(429);
  });

  it('lets the old one live for seven days, and no longer', async () => {
    const who = await enrol();
    await rotate(who);
    const { rows } = await sql<{ days: number }>`
      SELECT round(extract(epoch FROM expires_at - now()) / 86400)::int AS days FROM component_keys
      WHERE component_id = ${who.component_id} AND expires_at IS NOT NULL`.execute(
      one.app.modules.database.db,
    );
    expect(rows).toEqual([{ days: 7 }]);
    await sql`UPDATE component_keys SET expires_at = now() - interval '1 s'
      WHERE component_id = ${who.component_id} AND expires_at IS NOT NULL`.execute(
      one.app.modules.database.db,
    );
    await waitFor(async () => (await pull(who)).status === 401, { everyMs: 20 });
  });

  it('is due by itself when the key has reached the age of the setting', async () => {
    const [old, young] = [await enrol(), await enrol()];
    await sql`UPDATE component_keys SET created_at = now() - interval '91 days'
      WHERE component_id = ${old.component_id}`.execute(one.app.modules.database.db);
    await rounds();
    expect(header(await pull(old))).toBeNull();
    await one.admin('PATCH', '/api/v1/settings', { component_key_max_age_days: 90 });
    try {
      await rounds();
      expect(header(await pull(old))).toBe('1');
      expect(header(await pull(young))).toBeNull();
      const next = ((await fetchKey(old)).json as Enrolled).api_key;
      expect(await worksAt(old, next)).toBe(true);
    } finally {
      await one.admin('PATCH', '/api/v1/settings', { component_key_max_age_days: 0 });
    }
  });

  it('is not due any more after a re-enrolment', async () => {
    const who = await enrol('collector', 'comes-again');
    await rotate(who);
    const again = await enrol('collector', 'comes-again');
    expect(again.component_id).toBe(who.component_id);
    expect(await fetchKey(again)).toMatchObject(NOT_DUE);
  });

  it('leaves a trace for each step', async () => {
    const who = await enrol();
    await rotate(who);
    await fetchKey(who);
    const { rows } = await sql<{ action: string; actor: string }>`
      SELECT action, actor FROM audit_log WHERE object_id = ${who.component_id} ORDER BY seq`.execute(
      one.app.modules.database.db,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'component.register',
      'component.rotate_key',
      'component.fetch_key',
    ]);
    expect(rows.at(-1)?.actor).toMatch(/^collector rotating-/);
  });
});
