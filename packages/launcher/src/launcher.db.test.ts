import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpClient, type HttpClient } from '@stratora/runtime';
import { freeTcpPort, isAlive, processesWith, type ReadyFile, STALL_MS, waitFor } from '@stratora/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNginx } from './nginx-binary.ts';

const hasNginx = (await findNginx(undefined, process.env['PATH'] ?? '')) !== undefined;

let rootDir: string;
let dataDir: string;
let port: number;
let launcher: ChildProcess;
let printed = '';

function spawnLauncher(...extra: string[]): ChildProcess {
  const script = join(import.meta.dirname, 'launcher-process.test-support.ts');
  const args = [script, rootDir, '--data-dir', dataDir, '--https-port', String(port), ...extra];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const keep = (chunk: Buffer) => void (printed += chunk.toString());
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return child;
}

const readReady = () => JSON.parse(readFileSync(join(dataDir, 'ready.json'), 'utf8')) as ReadyFile;

async function start(...extra: string[]): Promise<void> {
  launcher = spawnLauncher(...extra);
  const isReady = () => {
    if (launcher.exitCode !== null) throw new Error(`the launcher ended:\n${printed}`);
    return existsSync(join(dataDir, 'ready.json')) && readReady().pid === launcher.pid;
  };
  // The first run on a machine fetches VictoriaMetrics.
  await waitFor(isReady, { timeoutMs: 100_000, everyMs: 20, what: `ready.json; so far:\n${printed}` });
}

async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number> {
  const startedAt = performance.now();
  launcher.kill(signal);
  await once(launcher, 'exit');
  return performance.now() - startedAt;
}

function client(): HttpClient {
  const ca = readFileSync(readReady().ca_file, 'utf8');
  return createHttpClient({ baseUrl: `https://127.0.0.1:${port}`, ca, timeoutMs: 20_000 });
}

async function ask(path: string, headers: Record<string, string> = {}) {
  const http = client();
  try {
    return await http.request({ method: 'GET', path, headers });
  } finally {
    http.close();
  }
}

function askPlainly(
  method: string,
  path: string,
): Promise<{ status: number; location: string; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, method, path }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => void (body += chunk.toString()));
      const { statusCode: status = 0, headers } = response;
      response.on('end', () => resolve({ status, location: headers.location ?? '', body }));
    });
    call.on('error', reject).end();
  });
}

beforeAll(async () => {
  rootDir = await mkdtemp(join(tmpdir(), 'stratora-launcher-'));
  dataDir = join(rootDir, 'data');
  await mkdir(join(rootDir, 'web', 'assets'), { recursive: true });
  await writeFile(join(rootDir, 'web', 'index.html'), '<title>the page</title>');
  await writeFile(join(rootDir, 'web', 'assets', 'app-1a2b.js'), 'let x = 1;\n');
  port = await freeTcpPort();
  await start();
});
afterAll(async () => {
  if (launcher?.exitCode === null && launcher.signalCode === null) await stop();
  await waitFor(() => processesWith(dataDir).length === 0, {
    what: 'the end of all children',
  });
  await rm(rootDir, { recursive: true, force: true, maxRetries: 5 });
});

describe('a started system', () => {
  it('names its services and keeps its secrets to their owner', async () => {
    const { services, ...rest } = readReady();
    expect(rest).toEqual({
      url: `https://127.0.0.1:${port}`,
      pid: launcher.pid,
      ca_file: join(dataDir, 'tls', 'ca.crt'),
      version: '1.2.3',
    });
    const expected = [
      'agent',
      'backend',
      'collector',
      ...(hasNginx ? ['nginx'] : []),
      'postgres',
      'victoria-metrics',
    ];
    expect(new Set(Object.keys(services))).toEqual(new Set(expected));
    expect(Object.values(services).every(({ pid }) => isAlive(pid))).toBe(true);
    for (const file of [
      'credential.key',
      'postgres.password',
      'run/local-enrollment-token',
      'tls/server.key',
    ]) {
      expect([file, statSync(join(dataDir, file)).mode & 0o777]).toEqual([file, 0o600]);
    }
    // The launcher prints it a moment after the file is there.
    const said = () => printed.includes(`\nStratora is ready at https://127.0.0.1:${port}\n`);
    await waitFor(said, { what: `its address, so far:\n${printed}` });
  });

  it('has a database whose role owns it and is no superuser', async () => {
    const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
    const dbPort = readReady().services['postgres']?.port ?? 0;
    const connection = (secret: string) => `postgres://stratora:${secret}@127.0.0.1:${dbPort}/stratora`;
    const db = new pg.Client({ connectionString: connection(password) });
    await db.connect();
    const { rows } = await db.query(
      'SELECT rolsuper, pg_catalog.pg_get_userbyid(datdba) AS owner FROM pg_roles, pg_database ' +
        "WHERE rolname = current_user AND datname = 'stratora'",
    );
    expect(rows).toEqual([{ rolsuper: false, owner: 'stratora' }]);
    await db.query('CREATE TABLE IF NOT EXISTS kept (n int)');
    await db.query('INSERT INTO kept VALUES (1)');
    await db.end();
    const stranger = new pg.Client({ connectionString: connection('wrong') });
    await expect(stranger.connect()).rejects.toThrow('password authentication failed');
  });

  it('refuses a second start on the same data directory', async () => {
    const second = spawnLauncher();
    const [code] = (await once(second, 'exit')) as [number];
    expect(code).toBe(1);
    expect(printed).toContain(`Stratora is already running on ${dataDir} (process ${launcher.pid}`);
  });

  it('brings every service back that was killed', async () => {
    let slowestMs = 0;
    for (const name of Object.keys(readReady().services)) {
      const before = readReady().services[name]?.pid ?? 0;
      const killedAt = performance.now();
      process.kill(before, 'SIGKILL');
      const isBack = () => {
        const now = readReady().services[name]?.pid;
        return now !== undefined && now !== before && isAlive(now);
      };
      await waitFor(isBack, { everyMs: 10, what: `${name} to be back` });
      await waitFor(async () => (await ask('/api/v1/health').catch(() => ({ status: 0 }))).status === 200, {
        everyMs: 20,
        what: `an answer after the end of ${name}`,
      });
      slowestMs = Math.max(slowestMs, performance.now() - killedAt);
    }
    process.stdout.write(`the slowest service was back after ${Math.round(slowestMs)} ms\n`);
    expect(slowestMs).toBeLessThan(5000 + STALL_MS);
  });
});

describe.runIf(hasNginx)('the front door', () => {
  it('serves files with the right caching and security headers, and the page for every address', async () => {
    const page = await ask('/nodes/17?tab=x');
    expect(page.text()).toBe('<title>the page</title>');
    expect(page.headers).toMatchObject({
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=31536000',
    });
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    const asset = await ask('/assets/app-1a2b.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(asset.headers['content-type']).toContain('text/javascript');
    expect((await ask('/assets/none.js')).status).toBe(404);
    expect((await ask('/../data/credential.key')).text()).not.toMatch(/[0-9a-f]{64}/);
    expect((await ask('/metrics')).status).toBe(404);
  });

  it("tells the backend the client's own address, whatever the client claims", async () => {
    const answer = await ask('/api/v1/x', { 'x-forwarded-for': '192.0.2.1', 'x-stratora-proxy': 'guess' });
    expect(answer.json()).toEqual({ path: '/api/v1/x', from: '127.0.0.1' });
  });

  it('speaks HTTP/2', async () => {
    const session = connect(`https://127.0.0.1:${port}`, { ca: readFileSync(readReady().ca_file) });
    const stream = session.request({ ':path': '/api/v1/health' });
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    expect(headers[':status']).toBe(200);
    session.destroy();
  });

  it('answers plain HTTP with nothing but a redirect for pages', async () => {
    expect(await askPlainly('GET', '/nodes?a=1')).toMatchObject({
      status: 308,
      location: `https://127.0.0.1:${port}/nodes?a=1`,
    });
    for (const [method, path] of [
      ['GET', '/api/v1/health'],
      ['POST', '/api/v1/auth/login'],
      ['POST', '/'],
    ] as const) {
      const { body, ...answer } = await askPlainly(method, path);
      expect(answer).toEqual({ status: 400, location: '' });
      expect(JSON.parse(body)).toMatchObject({
        code: 'bad_request',
        detail: 'This port speaks HTTPS only.',
      });
    }
  });

  it('says in JSON that the backend is away', async () => {
    // A launcher that is stopped by SIGSTOP restarts nothing meanwhile.
    launcher.kill('SIGSTOP');
    try {
      process.kill(readReady().services['backend']?.pid ?? 0, 'SIGKILL');
      const answer = await waitFor(
        async () => {
          const now = await ask('/api/v1/nodes');
          return now.status === 503 && now;
        },
        { what: 'an answer while the backend is away' },
      );
      expect(answer.headers['retry-after']).toBe('2');
      expect(answer.json()).toMatchObject({ status: 503, code: 'overloaded' });
    } finally {
      launcher.kill('SIGCONT');
    }
    await waitFor(async () => (await ask('/api/v1/health')).status === 200, {
      what: 'the backend',
    });
  });
});

describe('stop and start', () => {
  it('leaves nothing running when it is killed, and goes on with the same data', async () => {
    const before = Object.values(readReady().services).map(({ pid }) => pid);
    await stop('SIGKILL');
    if (process.platform === 'linux') {
      await waitFor(async () => before.filter(isAlive).length === 0, {
        timeoutMs: 10_000 + STALL_MS,
        what: 'the end of all that a killed launcher leaves',
      });
    }
    printed = '';
    const startedAt = performance.now();
    await start();
    expect(performance.now() - startedAt).toBeLessThan(15_000 + STALL_MS);
    expect(before.filter(isAlive)).toEqual([]);
    const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
    const dbPort = readReady().services['postgres']?.port ?? 0;
    const db = new pg.Client({
      connectionString: `postgres://stratora:${password}@127.0.0.1:${dbPort}/stratora`,
    });
    await db.connect();
    expect((await db.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }]);
    await db.end();
  });

  it('stops everything within 10 s of a signal, components first', async () => {
    const before = Object.values(readReady().services).map(({ pid }) => pid);
    printed = '';
    expect(await stop('SIGINT')).toBeLessThan(10_000 + STALL_MS);
    expect(launcher.exitCode).toBe(0);
    expect(before.filter(isAlive)).toEqual([]);
    expect(existsSync(join(dataDir, 'ready.json'))).toBe(false);
    const order = [...printed.matchAll(/^\S+ {2}(\S+) +stopped/gm)].map((match) => match[1]);
    expect(new Set(order.slice(0, 2))).toEqual(new Set(['agent', 'collector']));
    expect(order[2]).toBe('backend');
    expect(printed.endsWith('Stopped.\n')).toBe(true);
  });

  it('says what is in the way and leaves nothing behind', async () => {
    const other = await import('node:net').then(({ createServer }) =>
      createServer().listen(port, '127.0.0.1'),
    );
    await once(other, 'listening');
    printed = '';
    const refused = spawnLauncher();
    const [code] = (await once(refused, 'exit')) as [number];
    other.close();
    expect(code).toBe(1);
    expect(printed).toContain(
      `Port ${port} of 127.0.0.1 is taken by another program. Choose another one with --https-port`,
    );
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    expect(processesWith(dataDir)).toEqual([]);
  });
});
