import { spawn } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialKeyStatus } from '@stratora/contract';
import {
  ADMIN_PASSWORD,
  NODE,
  REPOSITORY,
  StratoraSystem,
  startDatabase,
  type TestDatabase,
  waitFor,
} from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvaluatingServer } from './fleet/evaluating-server.ts';

const KEY_2 = { STRATORA_CREDENTIAL_KEY_2: '22'.repeat(32) };
/** More than are sealed anew in one transaction. */
const CREDENTIALS = 130;

describe('a server that is killed while secrets are sealed anew', () => {
  let database: TestDatabase;
  let server: EvaluatingServer;

  beforeAll(async () => {
    database = await startDatabase();
    const storeUrl = 'http://127.0.0.1:9';
    server = new EvaluatingServer({ name: 'a', databaseUrl: database.url, storeUrl, hasFailpoints: true });
  });
  afterAll(async () => {
    await server?.stop();
    await database?.stop();
  });

  function end(): Promise<void> {
    server.signal('SIGTERM');
    return server.gone({ timeoutMs: 30_000 });
  }

  it('goes on where it was, and then every secret opens without the old key', async () => {
    await server.start();
    const ids: string[] = [];
    for (let index = 0; index < CREDENTIALS; index += 1) {
      const body = { name: `c${index}`, type: 'snmp_v2c', secret: { community: `secret ${index}` } };
      ids.push((await server.call<{ id: string }>('POST', '/credentials', body)).id);
    }
    await end();
    await server.start({ ...KEY_2, STRATORA_FAILPOINT: 'credentials-resealed' });
    // It may be killed before it has answered.
    await server.call('POST', '/credential-key/rotate').catch(() => undefined);
    await server.gone({ timeoutMs: 120_000 });

    // Some are sealed with the one key, some with the other: each opens.
    await server.start(KEY_2);
    const after = await server.call<CredentialKeyStatus>('GET', '/credential-key');
    expect(after.sealing_version).toBe(2);
    const done = await waitFor(
      async () => {
        const now = await server.call<CredentialKeyStatus>('GET', '/credential-key');
        return now.state === 'settled' && now;
      },
      { timeoutMs: 120_000, everyMs: 500, what: 'a settled key' },
    );
    expect(done).toMatchObject({ remaining: 0, unreadable: [] });
    await end();
    await server.start({ ...KEY_2, STRATORA_CREDENTIAL_KEY_1: '' });
    for (const index of [0, 60, CREDENTIALS - 1]) {
      const { secret } = await server.call<{ secret: unknown }>('POST', `/credentials/${ids[index]}/reveal`, {
        reason: 'test',
      });
      expect(secret).toEqual({ community: `secret ${index}` });
    }
  });
});

describe('stratora credential-key rotate', () => {
  let system: StratoraSystem;

  beforeAll(async () => {
    system = await StratoraSystem.start({ args: ['--no-agent', '--no-collector'] });
  });
  afterAll(() => system?.dispose());

  function run(...args: string[]): Promise<{ code: number | null; out: string; error: string }> {
    const child = spawn(
      NODE,
      [join(REPOSITORY, 'dist/stratora.mjs'), 'credential-key', ...args, '--data-dir', system.dataDir],
      { env: { ...process.env, STRATORA_USER: 'admin', STRATORA_PASSWORD: ADMIN_PASSWORD } },
    );
    const printed = { out: '', error: '' };
    child.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed.error += chunk.toString()));
    return new Promise((resolve) => {
      child.once('close', (code) => resolve({ code, ...printed }));
    });
  }

  const keyFile = () => join(system.dataDir, 'credential.key');

  it('puts a new key in the place of the old one while the system serves, and can be run again', async () => {
    const { id } = await system.api.post<{ id: string }>('/api/v1/credentials', {
      name: 'press',
      type: 'snmp_v2c',
      secret: { community: 'secret' },
    });
    const before = (await readFile(keyFile(), 'utf8')).trim();
    const first = await run('rotate');
    expect(first, first.error).toMatchObject({ code: 0 });
    expect(first.out).toContain('Every secret is sealed with key 2.');
    const text = await readFile(keyFile(), 'utf8');
    expect(text).toMatch(/^2 [0-9a-f]{64}\n$/);
    expect(text).not.toContain(before);
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
    expect((await run('status')).out).toContain('Every secret is sealed with key 2.');

    // One that was broken off after it had added its key goes on with that key.
    const added = `${text}3 ${'33'.repeat(32)}\n`;
    await writeFile(keyFile(), added, { mode: 0o600 });
    const second = await run('rotate');
    expect(second, second.error).toMatchObject({ code: 0 });
    expect(await readFile(keyFile(), 'utf8')).toBe(`3 ${'33'.repeat(32)}\n`);
    const { secret } = await system.api.post<{ secret: unknown }>(`/api/v1/credentials/${id}/reveal`, {
      reason: 'test',
    });
    expect(secret).toEqual({ community: 'secret' });
  });
});
