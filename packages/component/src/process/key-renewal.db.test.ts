import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@stratora/runtime';
import { STALL_MS, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Identity, IdentityStore } from '../enrollment/identity.ts';
import { type RunningComponent, runComponent } from './component.ts';

const COMPONENT = new URL('./component.ts', import.meta.url).href;
const RUNTIME = new URL('../../../runtime/src/index.ts', import.meta.url).href;

/** A collector as a process of its own, which kills itself at the step that it is told. */
const COLLECTOR = `
  const { runComponent } = await import(${JSON.stringify(COMPONENT)});
  const { silentLogger } = await import(${JSON.stringify(RUNTIME)});
  await runComponent('collector', process.env, {
    version: '1.2.3',
    logger: silentLogger(),
    intervals: { pullMs: 300, reportMs: 300 },
    failpoint: (name) => { if (name === process.env.FAIL_AT) process.kill(process.pid, 'SIGKILL'); },
  });
`;

/** Accepts every config and gathers nothing. */
const ENGINE = `
  if (process.argv[2] === 'check') process.exit(0);
  process.stdin.on('end', () => process.exit(0)).resume();
  process.on('SIGTERM', () => process.exit(0));
  setInterval(() => {}, 1000);
`;

describe('a component whose key is rotated', () => {
  let backend: TestBackend;
  let token: string;
  let folder: string;
  let state: string;
  let running: RunningComponent[];
  let children: ChildProcess[];
  let count = 0;

  beforeAll(async () => {
    backend = await startBackend();
    ({ token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true }));
  });
  afterAll(() => backend?.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'key-renewal-'));
    state = join(folder, 'state');
    await writeFile(join(folder, 'engine.mjs'), ENGINE);
    running = [];
    children = [];
    count += 1;
  });
  afterEach(async () => {
    for (const child of children) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    await Promise.all(running.map((component) => component.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  /** @param withToken else only what it has keeps it in */
  const environment = (stateDir = state, withToken = true) => ({
    STRATORA_SERVER_URL: backend.url,
    STRATORA_STATE_DIR: stateDir,
    STRATORA_ENGINE_COMMAND: JSON.stringify([process.execPath, join(folder, 'engine.mjs')]),
    STRATORA_HOSTNAME: `renewed-${count}`,
    ...(withToken ? { STRATORA_ENROLLMENT_TOKEN: token } : {}),
  });

  async function run(stateDir = state, withToken = true): Promise<RunningComponent> {
    const component = await runComponent('collector', environment(stateDir, withToken), {
      version: '1.2.3',
      logger: silentLogger(),
      intervals: { pullMs: 300, reportMs: 300 },
    });
    running.push(component);
    return component;
  }

  function spawnCollector(failAt: string): ChildProcess {
    const child = spawn(process.execPath, ['--input-type=module', '-e', COLLECTOR], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { PATH: process.env['PATH'], FAIL_AT: failAt, ...environment(state, false) },
    });
    children.push(child);
    return child;
  }

  async function identity(stateDir = state): Promise<Identity> {
    const { value } = await new IdentityStore(stateDir).read();
    if (!value) throw new Error('there is no identity');
    return value;
  }

  /** Enrols, and leaves the component stopped. */
  async function enrolled(): Promise<Identity> {
    const component = await run();
    await waitFor(() => component.status.connection.state === 'connected');
    await component.stop();
    return identity();
  }

  const rotate = async (id: string) => {
    const { api_key: shown } = await backend.admin('POST', `/api/v1/components/${id}/rotate-key`);
    await backend.app.modules.rotation.round();
    return shown as string;
  };
  const statusOf = async (who: Identity, key = who.api_key) =>
    (await backend.call('GET', `/api/v1/remote-collectors/${who.component_id}/config`, { key })).status;
  const ask = <T>(text: string) => sql.raw<T>(text).execute(backend.app.modules.database.db);

  async function registrations(who: Identity): Promise<number> {
    const { rows } = await ask<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_log WHERE object_id = '${who.component_id}' AND action LIKE '%register%'`,
    );
    return rows[0]?.n ?? -1;
  }

  const isSettled = async (before: Identity) => {
    const now = await identity();
    return now.api_key !== before.api_key && now.previous_api_key === undefined && now;
  };

  it('fetches the new one, uses it, and then the old one is dead', async () => {
    const before = await enrolled();
    const component = await run(state, false);
    await waitFor(() => component.status.connection.state === 'connected');
    const shown = await rotate(before.component_id);
    const after = await waitFor(() => isSettled(before));
    expect(after).toMatchObject({ component_id: before.component_id, enrolled_at: before.enrolled_at });
    expect([await statusOf(before), await statusOf(before, shown), await statusOf(after)]).toEqual([
      401, 401, 200,
    ]);
    expect(component.status.connection.state).toBe('connected');
    expect(await readFile(join(state, 'identity.json'), 'utf8')).not.toContain(before.api_key);
    expect(await registrations(before)).toBe(1);
  });

  it.each(['key.before-fetch', 'key.fetched', 'key.stored'])(
    'and that is killed at %s has a key that works when it is back, without enrolling again',
    async (failAt) => {
      const before = await enrolled();
      await rotate(before.component_id);
      const [, signal] = (await once(spawnCollector(failAt), 'exit')) as [unknown, string];
      expect(signal).toBe('SIGKILL');
      // Dead or not: what it held until then still opens the door.
      expect(await statusOf(before)).toBe(200);
      const component = await run(state, false);
      const after = await waitFor(() => isSettled(before));
      expect(component.status.connection.state).toBe('connected');
      expect([await statusOf(before), await statusOf(after)]).toEqual([401, 200]);
      expect(await registrations(before)).toBe(1);
    },
    120_000,
  );

  it('while it was away finds out when it comes back', async () => {
    const before = await enrolled();
    await rotate(before.component_id);
    await rotate(before.component_id);
    await run(state, false);
    const after = await waitFor(() => isSettled(before));
    expect([await statusOf(before), await statusOf(after)]).toEqual([401, 200]);
  });

  it('goes back to the old one when the server does not know the new one', async () => {
    const before = await enrolled();
    await rotate(before.component_id);
    await once(spawnCollector('key.stored'), 'exit');
    // As after a database that was brought back from a moment ago.
    await ask(`DELETE FROM component_keys WHERE component_id = '${before.component_id}' AND is_fetched`);
    const component = await run(state, false);
    const after = await waitFor(() => isSettled(before));
    expect(component.status.connection.state).toBe('connected');
    expect(await statusOf(after)).toBe(200);
    expect(await registrations(before)).toBe(1);
  });

  it('is told apart from a copy of itself, and the copy is noticed', async () => {
    await enrolled();
    const copy = join(folder, 'copied');
    await cp(state, copy, { recursive: true });
    const [one, two] = [await run(state, false), await run(copy, false)];
    await waitFor(() => [one, two].every(({ status }) => status.connection.state === 'connected'));
    const id = one.status.component_id ?? '';
    const flags = async () =>
      ((await backend.admin('GET', `/api/v1/components/${id}`)) as { flags: { code: string }[] }).flags;
    const startedAt = Date.now();
    await waitFor(async () => (await flags()).some(({ code }) => code === 'shared_identity'), {
      timeoutMs: 60_000,
    });
    expect(Date.now() - startedAt).toBeLessThan(25_000 + STALL_MS);
    await two.stop();
    // Again and again: the server may still write a call of the copy that it heard just before.
    await waitFor(
      async () => {
        await ask(`UPDATE component_instances SET first_heard_at = first_heard_at - interval '11 min',
          last_heard_at = last_heard_at - interval '11 min' WHERE component_id = '${id}'`);
        return (await flags()).length === 0;
      },
      { timeoutMs: 30_000, everyMs: 500 },
    );
  }, 180_000);
});
