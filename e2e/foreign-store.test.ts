import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreatedEnrollmentToken, RegisterResponse } from '@stratora/contract';
import {
  ADMIN_PASSWORD,
  ApiClient,
  ClusterFront,
  freeTcpPort,
  NODE,
  REPOSITORY,
  STALL_MS,
  VictoriaMetrics,
  waitFor,
} from '@stratora/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

/** A launcher whose metric store is not its own, and which so may wait for ever. */
class WaitingSystem {
  printed = '';
  readonly startedAt = performance.now();
  readonly #child: ChildProcess;
  readonly #port: number;
  readonly #dataDir: string;
  #api: ApiClient | undefined;

  private constructor(dataDir: string, port: number, urls: { write: string; read: string }) {
    this.#dataDir = dataDir;
    this.#port = port;
    const args = [
      'up',
      '--data-dir',
      dataDir,
      '--https-port',
      String(port),
      '--admin-password',
      ADMIN_PASSWORD,
    ];
    this.#child = spawn(NODE, [join(REPOSITORY, 'dist/stratora.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        STRATORA_TELEGRAF_BIN: 'none',
        STRATORA_METRICS_WRITE_URL: urls.write,
        STRATORA_METRICS_READ_URL: urls.read,
      },
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.printed += chunk.toString();
      });
    }
  }

  static async start(urls: { write: string; read: string }): Promise<WaitingSystem> {
    return new WaitingSystem(await mkdtemp(join(tmpdir(), 'stratora-e2e-')), await freeTcpPort(), urls);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Waits for words in the output, and returns the seconds since the start. */
  async says(words: RegExp, timeoutMs: number): Promise<number> {
    await waitFor(() => words.test(this.printed) || !this.isRunning, {
      timeoutMs,
      what: String(words),
    }).catch((error: unknown) => {
      throw new Error(`the launcher says:\n${this.printed}`, { cause: error });
    });
    expect(this.printed).toMatch(words);
    return (performance.now() - this.startedAt) / 1000;
  }

  async api(): Promise<ApiClient> {
    if (this.#api) return this.#api;
    const caFile = join(this.#dataDir, 'tls', 'ca.crt');
    await waitFor(() => existsSync(caFile), { timeoutMs: 60_000, what: 'the authority' });
    const api = new ApiClient(`https://127.0.0.1:${this.#port}`, await readFile(caFile, 'utf8'));
    await waitFor(
      async () => {
        await api.login('admin', ADMIN_PASSWORD);
        return true;
      },
      { timeoutMs: 60_000, what: 'a login' },
    );
    this.#api = api;
    return api;
  }

  async log(service: string): Promise<string> {
    return readFile(join(this.#dataDir, 'logs', `${service}.log`), 'utf8').catch(() => '');
  }

  async quarantined(): Promise<string[]> {
    const names = await readdir(this.#dataDir, { recursive: true });
    return names.filter((name) => name.includes('quarantine/'));
  }

  async stop(): Promise<void> {
    this.#api?.close();
    if (this.isRunning) {
      const gone = new Promise((resolve) => {
        this.#child.once('exit', resolve);
      });
      this.#child.kill('SIGTERM');
      await gone;
    }
    await rm(this.#dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

interface Answered {
  status: number;
  json: { status: string; checks: { metrics: string }; messages: string[] };
}

describe('a metric store that is not ours', () => {
  let store: VictoriaMetrics;
  let front: ClusterFront;
  let system: WaitingSystem | undefined;

  beforeAll(async () => {
    store = await VictoriaMetrics.start();
  });
  afterAll(() => store.stop());
  afterEach(async () => {
    await system?.stop();
    await front?.stop();
  });

  async function start(write: string, read: string): Promise<WaitingSystem> {
    front = new ClusterFront(store.port);
    await front.start();
    system = await WaitingSystem.start({ write: front.url + write, read: front.url + read });
    return system;
  }

  async function health(api: ApiClient): Promise<Answered> {
    const answer = await api.call('GET', '/api/v1/health');
    return { status: answer.status, json: answer.json() as Answered['json'] };
  }

  async function send(api: ApiClient) {
    const { token } = await api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {
      auto_approve: true,
    });
    const host = { component_type: 'agent', hostname: 'sender', version: '1', os: 'linux', arch: 'x64' };
    const body = { enrollment_token: token, ...host };
    const { api_key: key } = await api.post<RegisterResponse>('/api/v1/components/register', body);
    return () =>
      api.http.request({
        method: 'POST',
        path: '/api/v1/ingest/influx',
        headers: { 'x-api-key': key },
        body: `probe value=1 ${Date.now()}000000\n`,
      });
  }

  it('behind a URL that lacks a part is named within 10 s, loses nothing, and is used once it is there', async () => {
    const waiting = await start('/insert/0', '/select/0/prometheus');
    const seconds = await waiting.says(
      /STRATORA_METRICS_WRITE_URL does not lead to a metric store \(400 to a write\): its path must be \/insert\/0\/influx\./,
      10_000 + 3 * STALL_MS,
    );
    process.stdout.write(`said after ${seconds.toFixed(1)} s\n`);
    const api = await waiting.api();
    const ill = await health(api);
    expect(ill).toMatchObject({ status: 503, json: { status: 'degraded', checks: { metrics: 'failing' } } });
    expect(ill.json.messages).toEqual([expect.stringContaining('its path must be /insert/0/influx.')]);
    const post = await send(api);
    const refused = await post();
    expect(refused.status).toBe(503);
    expect(refused.json()).toMatchObject({ code: 'metrics_unavailable' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await waitFor(async () => (await waiting.log('agent')).includes('server does not take data'), {
      timeoutMs: 60_000 + STALL_MS,
      what: 'the refused data of the agent',
    });
    expect(await waiting.quarantined()).toEqual([]);
    expect(waiting.isRunning).toBe(true);
    front.rewrite = (path) => path.replace(/^\/insert\/0\/write/, '/insert/0/influx/write');
    await waiting.says(/Stratora is ready at/, 60_000 + STALL_MS);
    expect((await post()).status).toBe(204);
    expect(await waiting.quarantined()).toEqual([]);
  });

  it('that cannot be asked where it should be is named too', async () => {
    const waiting = await start('/insert/0/influx', '/select/0');
    await waiting.says(
      /STRATORA_METRICS_READ_URL does not lead to a metric store \(400 to a query\): its path must be \/select\/0\/prometheus\./,
      10_000 + 3 * STALL_MS,
    );
  });

  it('that is not up yet is waited for', async () => {
    const waiting = await start('/insert/0/influx', '/select/0/prometheus');
    await front.stop();
    await waiting.says(/The metric store cannot be written to at the moment/, 20_000 + 3 * STALL_MS);
    const api = await waiting.api();
    expect((await health(api)).json).toMatchObject({ status: 'degraded', checks: { metrics: 'failing' } });
    await front.start();
    await waiting.says(/Stratora is ready at/, 30_000 + STALL_MS);
    expect((await health(api)).json).toMatchObject({ status: 'ok', messages: [] });
  });
});
