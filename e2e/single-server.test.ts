import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ListAnswer, Node } from '@stratora/contract';
import { NODE, processesWith, REPOSITORY, STALL_MS, StratoraSystem, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('one server on a fresh machine', () => {
  let system: StratoraSystem;

  beforeAll(async () => {
    system = await StratoraSystem.start({ adminPassword: null });
  });
  afterAll(async () => {
    await system?.dispose();
  });

  it('says where it is and keeps the first password in a private file until it is changed', async () => {
    expect(system.printed).toContain(`Stratora is ready at https://127.0.0.1:${system.port}`);
    const file = join(system.dataDir, 'initial-admin-password');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const password = readFileSync(file, 'utf8').trim();
    await system.api.login('admin', password);
    const refused = await system.api.call('GET', '/api/v1/nodes');
    expect(refused.status).toBe(423);
    expect(refused.json()).toMatchObject({ code: 'password_change_required', status: 423 });
    await system.api.post('/api/v1/auth/change-password', {
      current_password: password,
      new_password: 'a better password 1',
    });
    await system.api.login('admin', 'a better password 1');
    expect(existsSync(file)).toBe(false);
  });

  it('monitors its own host within moments', async () => {
    const node = await waitFor(
      async () => {
        const { items } = await system.api.get<ListAnswer<Node>>('/api/v1/nodes');
        return items.find((item) => item.status === 'healthy');
      },
      { timeoutMs: 60_000, what: 'a healthy node' },
    );
    const selector = `cpu_usage_idle{cpu="cpu-total",node_id="${node.id}"}`;
    const samples = await waitFor(
      async () => {
        const found = await system.api.query(`${selector} and (time() - timestamp(${selector}) < 30)`);
        return found.length > 0 && found;
      },
      { timeoutMs: 60_000, what: 'a fresh sample of the processor' },
    );
    expect(samples).toHaveLength(1);
    expect(samples[0]?.value).toBeGreaterThanOrEqual(0);
    expect(samples[0]?.value).toBeLessThanOrEqual(100);
  });

  it('writes ready.json with every service', () => {
    const names = Object.keys(system.ready.services);
    for (const name of ['backend', 'postgres', 'victoria-metrics', 'collector', 'agent']) {
      expect(names).toContain(name);
    }
    expect(system.ready).toMatchObject({ url: `https://127.0.0.1:${system.port}`, pid: system.launcherPid });
  });

  it('is found by doctor by its ready.json, and well', () => {
    const program = join(REPOSITORY, 'dist/stratora.mjs');
    const { status, stdout } = spawnSync(NODE, [program, 'doctor', '--json', '--data-dir', system.dataDir], {
      encoding: 'utf8',
      env: { ...process.env, STRATORA_HTTPS_PORT: String(system.port) },
    });
    const told = JSON.parse(stdout) as { findings: { subject: string; state: string; detail: string }[] };
    expect(told).toMatchObject({
      healthy: true,
      system: { url: system.ready.url, pid: system.launcherPid, ca_file: system.ready.ca_file },
    });
    const found = new Map(told.findings.map(({ subject, ...finding }) => [subject, finding]));
    expect(found.get('Running system')).toMatchObject({
      state: 'ok',
      detail: `${system.ready.url}, process ${system.launcherPid}`,
    });
    expect(found.get('Services')?.detail).toContain('victoria-metrics');
    expect(found.get('Health')).toEqual({ state: 'ok', detail: 'ok, database ok, metrics ok, rules ok' });
    expect(status).toBe(0);
  });

  it('is asked by the command line, for scripts', async () => {
    const ask = (...words: string[]) => {
      const place = words.includes('--help') ? [] : ['--data-dir', system.dataDir, '--user', 'admin'];
      return spawnSync(NODE, [join(REPOSITORY, 'dist/stratora.mjs'), ...words, ...place], {
        encoding: 'utf8',
        env: { ...process.env, STRATORA_PASSWORD: 'a better password 1', STRATORA_TOKEN: '' },
      });
    };
    const [node] = (await system.api.get<ListAnswer<Node>>('/api/v1/nodes')).items;
    const name = node?.name ?? '';
    const started = ask(
      'maintenance',
      'start',
      '--node',
      name,
      '--for',
      '2h',
      '--reason',
      'new disk',
      '--json',
    );
    expect(started.status, started.stderr).toBe(0);
    const { id } = JSON.parse(started.stdout) as { id: string };
    expect(ask('maintenance', 'list').stdout).toMatch(
      new RegExp(`^${id}  active .*Maintenance of ${name}$`, 'm'),
    );
    await waitFor(
      async () => (await system.api.get<Node>(`/api/v1/nodes/${node?.id}`)).status === 'maintenance',
      { timeoutMs: 60_000, what: 'maintenance' },
    );
    expect(ask('maintenance', 'end', id)).toMatchObject({ status: 0 });
    expect(ask('maintenance', 'end', id)).toMatchObject({ status: 1, stdout: '' });
    const listed = ask('alerts', 'list', '--node', name, '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject({ items: expect.any(Array), total: expect.any(Number) });
    const unknown = '01970000-0000-7000-8000-000000000000';
    expect(ask('alerts', 'ack', unknown)).toMatchObject({
      status: 1,
      stdout: `${unknown}  does not exist\n`,
    });
    expect(ask('alerts', 'list', '--node', 'no such node')).toMatchObject({
      status: 1,
      stderr: 'stratora alerts: There is no node called no such node.\n',
    });
    expect(ask('alerts', 'list', '--for', '2h')).toMatchObject({ status: 2, stdout: '' });
    expect(ask('maintenance', 'start', '--help').stdout).toContain('--reason TEXT');
  });

  it('refuses a second start on the same data directory', async () => {
    const second = system.spawnLauncher();
    const code = await new Promise((resolve) => {
      second.once('exit', resolve);
    });
    expect(code).toBe(1);
    expect(system.printed).toMatch(/already|in use/i);
    await system.api.get('/api/v1/health');
  });

  it('answers plain HTTP on its port with a redirect for people and a refusal for programs', () => {
    const curl = (path: string, ...args: string[]) =>
      spawnSync('curl', ['-s', '-i', '--max-time', '30', ...args, `http://127.0.0.1:${system.port}${path}`], {
        encoding: 'utf8',
      }).stdout;
    const page = curl('/nodes', '-H', 'Accept: text/html');
    expect(page).toMatch(/^HTTP\/1\.1 30[178]/);
    expect(page).toMatch(new RegExp(`location: https://127\\.0\\.0\\.1:${system.port}/`, 'i'));
    for (const answer of [curl('/api/v1/health'), curl('/api/v1/auth/token', '-X', 'POST', '-d', '{}')]) {
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('"detail":"This port speaks HTTPS only."');
      expect(answer).not.toMatch(/"checks"|"errors"|"version"/);
    }
  });

  it('stops within ten seconds, leaves no process, and goes on with the same data', async () => {
    const { items } = await system.api.get<ListAnswer<Node>>('/api/v1/nodes');
    const tookMs = await system.stop();
    process.stdout.write(`the system stopped in ${(tookMs / 1000).toFixed(1)} s\n`);
    expect(tookMs).toBeLessThan(10_000 + STALL_MS);
    expect(existsSync(join(system.dataDir, 'ready.json'))).toBe(false);
    expect(processesWith(system.dataDir)).toEqual([]);
    await system.launch();
    await system.api.login('admin', 'a better password 1');
    const again = await system.api.get<ListAnswer<Node>>('/api/v1/nodes');
    expect(again.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  });
});
