import type { RegisterRequest } from '@stratora/contract';
import { type AppError, silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SERVER_ACTOR } from '../../platform/audit/index.ts';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { plainKeys } from './plain-keys.test-support.ts';
import { RegistrationService } from './registration-service.ts';
import { issueToken, revoke } from './token-service.ts';

describe('registration', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let service: RegistrationService;
  const keys = plainKeys(() => database.db);

  /** Whether a key still works, but for the approval of its component. */
  async function isKeyOf(key: string, componentId: string): Promise<boolean> {
    const { rows } = await sql`SELECT FROM component_keys WHERE key_bcrypt = ${key}
      AND component_id = ${componentId} AND (expires_at IS NULL OR expires_at > now())`.execute(database.db);
    return rows.length > 0;
  }

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
    service = new RegistrationService({ db: database.db, keys });
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    await sql`DELETE FROM nodes`.execute(database.db);
    await sql`DELETE FROM remote_components`.execute(database.db);
  });

  async function token(input: Partial<Parameters<typeof issueToken>[2]> = {}) {
    return issueToken(database.db, SERVER_ACTOR, {
      multi_use: true,
      expires_in_hours: 24,
      auto_approve: false,
      ...input,
    });
  }

  function register(
    text: string,
    changes: Partial<RegisterRequest> = {},
    oldKey?: string,
    address = '192.0.2.7',
  ) {
    return service.register({
      request: {
        enrollment_token: text,
        component_type: 'agent',
        hostname: 'press-07',
        version: '1',
        os: 'linux',
        arch: 'x64',
        ...changes,
      },
      oldKey,
      address,
      requestId: 'r',
    });
  }

  async function codeOf(promise: Promise<unknown>): Promise<string> {
    return promise.then(
      () => 'registered',
      (error: AppError) => error.code,
    );
  }

  async function approve(id: string): Promise<void> {
    await sql`UPDATE remote_components SET approval = 'approved' WHERE id = ${id}`.execute(database.db);
  }

  it('makes a pending component with a node for an agent, found where it called from', async () => {
    const { token: text } = await token();
    const { isNew, answer } = await register(text);
    expect(isNew).toBe(true);
    expect(answer.status).toBe('pending');
    const node = await database.db.selectFrom('nodes').selectAll().executeTakeFirstOrThrow();
    expect(node).toMatchObject({
      id: answer.node_id,
      name: 'press-07',
      ip_address: '192.0.2.7',
      template: 'linux-agent',
      agent_id: answer.component_id,
    });
  });

  it('gives a host the template of its system, and another one with another system', async () => {
    const { token: text } = await token();
    const templateOf = async () =>
      (await database.db.selectFrom('nodes').select('template').executeTakeFirstOrThrow()).template;
    await register(text, { os: 'win32' });
    expect(await templateOf()).toBe('windows-agent');
    await register(text, { os: 'linux' });
    expect(await templateOf()).toBe('linux-agent');
    await sql`UPDATE nodes SET template = 'my-own'`.execute(database.db);
    await register(text, { os: 'win32' });
    expect(await templateOf()).toBe('my-own');
  });

  it('gives the same component, another key and no second node to a host that comes again', async () => {
    const { token: text } = await token();
    const first = (await register(text)).answer;
    const second = await register(text, { hostname: 'PRESS-07' });
    expect(second.isNew).toBe(false);
    expect(second.answer.component_id).toBe(first.component_id);
    expect(second.answer.node_id).toBe(first.node_id);
    expect(second.answer.api_key).not.toBe(first.api_key);
    expect(await isKeyOf(first.api_key, first.component_id)).toBe(false);
  });

  it('takes approval back without proof of the old key, and keeps it with proof', async () => {
    const { token: text } = await token();
    const first = (await register(text)).answer;
    await approve(first.component_id);
    const proved = (await register(text, {}, first.api_key)).answer;
    expect(proved.status).toBe('approved');
    expect((await register(text)).answer.status).toBe('pending');
  });

  it.each(['revoked', 'rejected'])(
    'does not let a %s machine back in, by whatever token or key',
    async (how) => {
      const { token: text, id } = await token({ auto_approve: true });
      const first = (await register(text, { machine_id: 'm1' })).answer;
      await sql`UPDATE remote_components SET approval = ${how}`.execute(database.db);
      for (const changes of [{}, { machine_id: 'm1' }, { machine_id: 'm1', hostname: 'press-08' }]) {
        for (const key of [undefined, first.api_key]) {
          expect(await codeOf(register(text, changes, key))).toBe('component_revoked');
        }
      }
      const { rows } = await sql<{ approval: string }>`SELECT approval FROM remote_components`.execute(
        database.db,
      );
      expect(rows).toEqual([{ approval: how }]);
      // A refusal changes nothing: neither the use of the token nor the key.
      const { rows: tokens } = await sql<{ use_count: number }>`
      SELECT use_count FROM enrollment_tokens WHERE id = ${id}`.execute(database.db);
      expect(tokens).toEqual([{ use_count: 1 }]);
      expect(await isKeyOf(first.api_key, first.component_id)).toBe(true);
      // Another machine of that name neither inherits nor lifts it.
      const other = await register(text, { machine_id: 'm2' });
      expect(other).toMatchObject({ isNew: true, answer: { status: 'approved' } });
    },
  );

  it('knows a renamed host by its machine id, and tells cloned ones apart by name', async () => {
    const { token: text } = await token();
    const first = (await register(text, { machine_id: 'm1' })).answer;
    const renamed = await register(text, { hostname: 'press-08', machine_id: 'm1' });
    expect(renamed.isNew).toBe(false);
    expect(renamed.answer.component_id).toBe(first.component_id);
    const other = (await register(text, { hostname: 'press-09', machine_id: 'm3' })).answer;
    await sql`UPDATE remote_components SET machine_id = 'clone'`.execute(database.db);
    const third = await register(text, { hostname: 'press-10', machine_id: 'clone' });
    expect(third.isNew).toBe(true);
    expect(new Set([first.component_id, other.component_id, third.answer.component_id]).size).toBe(3);
  });

  async function fallSilent(): Promise<void> {
    await sql`UPDATE remote_components SET heard_at = now() - interval '11 minutes'`.execute(database.db);
    await sql`UPDATE component_states SET last_seen_at = now() - interval '11 minutes'`.execute(database.db);
  }

  async function nameOf(id: string): Promise<string> {
    const row = await database.db
      .selectFrom('remote_components')
      .select('name')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return row.name;
  }

  it('makes another machine of the name of a live one a component of its own, shown with its site', async () => {
    const { token: text } = await token({ auto_approve: true });
    const first = (await register(text, { machine_id: 'm1' })).answer;
    const other = await register(text, { machine_id: 'm2' }, first.api_key);
    expect(other).toMatchObject({ isNew: true, answer: { status: 'approved' } });
    expect(await nameOf(first.component_id)).toBe('press-07');
    expect(await nameOf(other.answer.component_id)).toMatch(/^press-07 \(.+\)$/);
    expect(await isKeyOf(first.api_key, first.component_id)).toBe(true);
    const nodes = await database.db.selectFrom('nodes').select('name').orderBy('name').execute();
    expect(nodes.map(({ name }) => name)).toEqual(['press-07', await nameOf(other.answer.component_id)]);
    // Both come again as what they are.
    for (const [machine, { component_id: id }] of [
      ['m1', first],
      ['m2', other.answer],
    ] as const) {
      expect((await register(text, { machine_id: machine })).answer.component_id).toBe(id);
    }
  });

  it('makes another machine at another site a component of its own, however long the first was silent', async () => {
    const { rows } = await sql<{ id: string }>`INSERT INTO sites (name) VALUES ('Roof') RETURNING id`.execute(
      database.db,
    );
    const first = (await register((await token({ auto_approve: true })).token, { machine_id: 'm1' })).answer;
    await fallSilent();
    const roof = await token({ auto_approve: true, site_id: rows[0]?.id ?? '' });
    for (const changes of [{ machine_id: 'm2' }, {}]) {
      const other = await register(roof.token, changes);
      expect(other.isNew).toBe(true);
      expect(await nameOf(other.answer.component_id)).toContain('press-07 (Roof)');
    }
    expect(await isKeyOf(first.api_key, first.component_id)).toBe(true);
  });

  it('lets another machine go on as a silent component, once a person says so', async () => {
    const { token: text } = await token({ auto_approve: true });
    const first = (await register(text, { machine_id: 'm1' })).answer;
    await fallSilent();
    for (let count = 0; count < 2; count += 1) {
      const next = await register(text, { machine_id: 'm2' });
      expect(next).toMatchObject({
        isNew: false,
        answer: { component_id: first.component_id, node_id: first.node_id, status: 'pending' },
      });
      // The old machine may still live: what it has ends by a person's decision, not by a stranger's call.
      expect(await isKeyOf(first.api_key, first.component_id)).toBe(true);
    }
  });

  it('lets a machine that proves the old key go on as a silent component at once', async () => {
    const { token: text } = await token({ auto_approve: true });
    const first = (await register(text, { machine_id: 'm1' })).answer;
    await fallSilent();
    const next = await register(text, { machine_id: 'm2' }, first.api_key);
    expect(next.answer).toMatchObject({ component_id: first.component_id, status: 'approved' });
    expect(await isKeyOf(first.api_key, first.component_id)).toBe(false);
  });

  it('takes no name for a machine that has an id', async () => {
    const { token: text } = await token({ auto_approve: true });
    const first = (await register(text, { machine_id: 'm1' })).answer;
    expect((await register(text)).isNew).toBe(true);
    expect(await isKeyOf(first.api_key, first.component_id)).toBe(true);
  });

  it('takes no name for a host that lives, at whatever address', async () => {
    const { token: text } = await token({ auto_approve: true });
    const first = (await register(text)).answer;
    await sql`INSERT INTO component_states (component_id, last_seen_at, address, lines_accepted, lines_rejected)
      VALUES (${first.component_id}, now(), '192.0.2.7', 0, 0)`.execute(database.db);
    const stranger = await register(text, {}, undefined, '192.0.2.8');
    expect(stranger.isNew).toBe(true);
    expect(await isKeyOf(first.api_key, first.component_id)).toBe(true);
    // Within the first minute its installation may be repeated from its own.
    const again = (await register(text)).answer;
    expect(again.component_id).toBe(first.component_id);
    await sql`UPDATE remote_components SET enrolled_at = now() - interval '2 minutes'`.execute(database.db);
    expect(await register(text)).toMatchObject({ isNew: true, answer: { status: 'approved' } });
    const proved = await register(text, {}, again.api_key);
    expect(proved.answer.component_id).toBe(first.component_id);
  });

  it.each(['revoked', 'rejected'])(
    'lets a machine that was %s as a collector in as an agent by a person alone',
    async (how) => {
      const { token: text } = await token({ auto_approve: true });
      for (const machine of [{ machine_id: 'm1' }, { hostname: 'press-08' }]) {
        const collector = (await register(text, { ...machine, component_type: 'collector' })).answer;
        await sql`UPDATE remote_components SET approval = ${how} WHERE id = ${collector.component_id}`.execute(
          database.db,
        );
        const agent = (await register(text, machine)).answer;
        expect(agent.status).toBe('pending');
        expect((await register(text, machine)).answer.status).toBe('pending');
        await approve(agent.component_id);
        const proved = (await register(text, machine)).answer;
        expect(proved.status).toBe('pending');
        await approve(agent.component_id);
        expect((await register(text, machine, proved.api_key)).answer.status).toBe('approved');
      }
      expect((await register(text, { machine_id: 'm2' })).answer.status).toBe('approved');
    },
  );

  it('does not give a copy of a machine and the machine itself each other’s place in turn', async () => {
    const { token: text } = await token({ auto_approve: true });
    const machine = { machine_id: 'm1' };
    const first = (await register(text, machine)).answer;
    const copy = (await register(text, machine)).answer;
    expect(copy.component_id).toBe(first.component_id);
    // The answer may have been lost as long as nobody uses the new key.
    const again = (await register(text, machine, first.api_key)).answer;
    await sql`UPDATE component_keys SET first_used_at = now() WHERE key_bcrypt = ${again.api_key}`.execute(
      database.db,
    );
    expect(await codeOf(register(text, machine, first.api_key))).toBe('identity_in_use');
    expect(await isKeyOf(again.api_key, first.component_id)).toBe(true);
    await fallSilent();
    const back = (await register(text, machine, first.api_key)).answer;
    expect(back.component_id).toBe(first.component_id);
  });

  it('goes on with the node of a deleted agent at the same site, and at no other', async () => {
    const { rows } = await sql<{ id: string }>`INSERT INTO sites (name) VALUES ('Yard') RETURNING id`.execute(
      database.db,
    );
    const here = await token();
    const yard = await token({ site_id: rows[0]?.id ?? '' });
    const first = (await register(here.token, { machine_id: 'm1' })).answer;
    await sql`DELETE FROM remote_components`.execute(database.db);
    const there = (await register(yard.token, { machine_id: 'm2' })).answer;
    expect(there.node_id).not.toBe(first.node_id);
    const again = (await register(here.token, { machine_id: 'm1' })).answer;
    expect(again.node_id).toBe(first.node_id);
  });

  it('finds an agent’s node at the address that its host has, not at that of a proxy', async () => {
    const { token: text } = await token();
    await register(text, { ip_addresses: ['127.0.0.1', 'fe80::1', 'rubbish', '10.1.2.3', '10.9.9.9'] });
    const node = await database.db.selectFrom('nodes').selectAll().executeTakeFirstOrThrow();
    expect(node.ip_address).toBe('10.1.2.3');
  });

  it('does not take a clone for the host that lives on under its own name', async () => {
    const { token: text } = await token();
    const first = (await register(text, { machine_id: 'm1' })).answer;
    await sql`INSERT INTO component_states (component_id, last_seen_at, lines_accepted, lines_rejected)
      VALUES (${first.component_id}, now(), 0, 0)`.execute(database.db);
    const clone = await register(text, { hostname: 'press-07-clone', machine_id: 'm1' });
    expect(clone.isNew).toBe(true);
    await database.db.deleteFrom('remote_components').where('id', '=', clone.answer.component_id).execute();
    await sql`UPDATE component_states SET last_seen_at = now() - interval '2 minutes'`.execute(database.db);
    const renamed = await register(text, { hostname: 'press-08', machine_id: 'm1' });
    expect(renamed.answer.component_id).toBe(first.component_id);
  });

  it('gives exactly as many successes as a token has uses, however many race for them', async () => {
    const { token: text } = await token({ max_uses: 3 });
    const codes = await Promise.all(
      Array.from({ length: 12 }, (_, index) => codeOf(register(text, { hostname: `host-${index}` }))),
    );
    expect(codes.filter((code) => code === 'registered')).toHaveLength(3);
    expect(codes.filter((code) => code === 'enrollment_token_exhausted')).toHaveLength(9);
    const { rows } = await sql`SELECT FROM remote_components`.execute(database.db);
    expect(rows).toHaveLength(3);
  });

  it('makes one row of many registrations of one host at once', async () => {
    const { token: text } = await token();
    const answers = await Promise.all(Array.from({ length: 30 }, () => register(text, { machine_id: 'm1' })));
    expect(new Set(answers.map(({ answer }) => answer.component_id)).size).toBe(1);
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  it('does not count the retry of a host whose answer was lost, but does count another host', async () => {
    const { token: text } = await token({ multi_use: false });
    const first = (await register(text, { machine_id: 'm1' })).answer;
    const retry = (await register(text, { machine_id: 'm1' })).answer;
    expect(retry.component_id).toBe(first.component_id);
    expect(await codeOf(register(text, { hostname: 'other', machine_id: 'm2' }))).toBe(
      'enrollment_token_exhausted',
    );
    await sql`UPDATE remote_components SET enrolled_at = now() - interval '11 minutes'`.execute(database.db);
    expect(await codeOf(register(text, { machine_id: 'm1' }))).toBe('enrollment_token_exhausted');
  });

  it('says what is wrong with a token, and changes nothing', async () => {
    expect(await codeOf(register('enroll_guess'))).toBe('enrollment_token_invalid');
    const expired = await token();
    await sql`UPDATE enrollment_tokens SET expires_at = now() - interval '1 s' WHERE id = ${expired.id}`.execute(
      database.db,
    );
    expect(await codeOf(register(expired.token))).toBe('enrollment_token_expired');
    const revoked = await token();
    await revoke(database.db, SERVER_ACTOR, revoked.id);
    expect(await codeOf(register(revoked.token))).toBe('enrollment_token_revoked');
    const collectors = await token({ component_type: 'collector' });
    expect(await codeOf(register(collectors.token))).toBe('enrollment_token_invalid');
    const { rows } = await sql`SELECT FROM remote_components`.execute(database.db);
    expect(rows).toHaveLength(0);
  });

  it('gives the use back when the registration fails', async () => {
    const { token: text, id } = await token({ multi_use: false });
    expect(await codeOf(register(text, { site_name: 'nowhere' }))).toBe('validation_failed');
    const row = await database.db
      .selectFrom('enrollment_tokens')
      .select('use_count')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row.use_count).toBe(0);
  });
});
