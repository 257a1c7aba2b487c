import type { RegisterRequest } from '@stratora/contract';
import { type AppError, silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SERVER_ACTOR } from '../../platform/audit/index.ts';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { type KeyMint, RegistrationService } from './registration-service.ts';
import { issueToken, revoke } from './token-service.ts';

describe('registration', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let service: RegistrationService;
  let minted = 0;

  /** Keys without the cost of bcrypt: what they prove is told by the table alone. */
  const keys: KeyMint = {
    mint: async () => {
      minted += 1;
      const id = String(minted).padStart(11, '0');
      return { key: `key-${id}`, id, bcrypt: `key-${id}` };
    },
    proves: async (key, componentId) => {
      const row = await database.db
        .selectFrom('component_keys')
        .select('key_id')
        .where('key_bcrypt', '=', key)
        .where('component_id', '=', componentId)
        .executeTakeFirst();
      return row !== undefined;
    },
    forget: () => {},
    replace: async (tx, componentId, key) => {
      await tx.deleteFrom('component_keys').where('component_id', '=', componentId).execute();
      await tx
        .insertInto('component_keys')
        .values({ key_id: key.id, component_id: componentId, key_bcrypt: key.bcrypt })
        .execute();
    },
  };

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

  function register(text: string, changes: Partial<RegisterRequest> = {}, oldKey?: string) {
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
      address: '192.0.2.7',
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
    expect(await keys.proves(first.api_key, first.component_id)).toBe(false);
  });

  it('takes approval back without proof of the old key, and keeps it with proof', async () => {
    const { token: text } = await token();
    const first = (await register(text)).answer;
    await approve(first.component_id);
    const proved = (await register(text, {}, first.api_key)).answer;
    expect(proved.status).toBe('approved');
    expect((await register(text, {}, first.api_key)).answer.status).toBe('pending');
  });

  it('does not let a revoked component back in by its old key', async () => {
    const { token: text } = await token();
    const first = (await register(text)).answer;
    await sql`UPDATE remote_components SET approval = 'revoked'`.execute(database.db);
    expect((await register(text, {}, first.api_key)).answer.status).toBe('pending');
  });

  it('knows a renamed host by its machine id, and tells cloned ones apart by name', async () => {
    const { token: text } = await token();
    const first = (await register(text, { machine_id: 'm1' })).answer;
    const renamed = await register(text, { hostname: 'press-08', machine_id: 'm1' });
    expect(renamed.isNew).toBe(false);
    expect(renamed.answer.component_id).toBe(first.component_id);
    await database.db.updateTable('remote_components').set({ machine_id: 'm2' }).execute();
    const other = (await register(text, { hostname: 'press-09', machine_id: 'm3' })).answer;
    await sql`UPDATE remote_components SET machine_id = 'clone'`.execute(database.db);
    const third = await register(text, { hostname: 'press-10', machine_id: 'clone' });
    expect(third.isNew).toBe(true);
    expect(new Set([first.component_id, other.component_id, third.answer.component_id]).size).toBe(3);
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
