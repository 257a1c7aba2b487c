import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_PASSWORD, freeTcpPort, NODE, REPOSITORY, type WaitOptions, waitFor } from '@stratora/testkit';

export interface EvaluatingServerOptions {
  /** Name that PostgreSQL sees. */
  name: string;
  databaseUrl: string;
  storeUrl: string;
  /** Whether it runs from the sources, with failpoints: STRATORA_FAILPOINT ends it at that step. */
  hasFailpoints?: boolean;
}

const BUNDLE = 'dist/server.mjs';
const FAILPOINTS = 'packages/testkit/src/failpoint-server.ts';
const LOGIN = '/auth/token';

/** One of several servers on one database: the built backend alone, in a process that can be killed and frozen. */
export class EvaluatingServer {
  readonly name: string;
  /** What its processes printed last. */
  printed = '';
  readonly #options: EvaluatingServerOptions;
  #folder = '';
  #port = 0;
  #child: ChildProcess | undefined;
  #token: string | undefined;

  constructor(options: EvaluatingServerOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Starts the process, or starts it again after it was killed, and waits until it answers. */
  async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    if (this.#folder === '') this.#folder = await mkdtemp(join(tmpdir(), 'stratora-server-'));
    if (this.#port === 0) this.#port = await freeTcpPort();
    const child = spawn(NODE, [join(REPOSITORY, this.#options.hasFailpoints ? FAILPOINTS : BUNDLE)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.#environment(), ...environment },
    });
    const keep = (chunk: Buffer) => {
      this.printed = (this.printed + chunk.toString()).slice(-100_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.#child = child;
    await waitFor(
      async () => {
        if (child.exitCode !== null) throw new Error(`${this.name} ended with ${child.exitCode}`);
        // At a failpoint it may end before it was asked.
        if (child.signalCode !== null) return true;
        return (await fetch(`http://127.0.0.1:${this.#port}/api/v1/health`)).status > 0;
      },
      { timeoutMs: 60_000, what: `the start of ${this.name}` },
    ).catch((error: unknown) => {
      throw new Error(`${this.name} did not start:\n${this.printed}`, { cause: error });
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Waits for the end of the process. */
  async gone(options: WaitOptions = {}): Promise<void> {
    const child = this.#child;
    await waitFor(() => child === undefined || child.exitCode !== null || child.signalCode !== null, {
      everyMs: 20,
      what: `the end of ${this.name}`,
      ...options,
    });
  }

  /** Whether the process is stopped, as by SIGSTOP. */
  async isStopped(): Promise<boolean> {
    const stat = await readFile(`/proc/${this.#child?.pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
  }

  /** Calls the API as the administrator. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const token = path === LOGIN ? undefined : (this.#token ??= await this.#login());
    const answer = await fetch(`http://127.0.0.1:${this.#port}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async #login(): Promise<string> {
    const body = { username: 'admin', password: ADMIN_PASSWORD };
    return (await this.call<{ access_token: string }>('POST', LOGIN, body)).access_token;
  }

  /** Number of rounds that its evaluator has begun, be it to lead or to find that another server leads. */
  async rounds(): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.#port}/metrics`)).text();
    return Number(/^stratora_loop_runs_total\{loop="evaluation"\} (\d+)/m.exec(text)?.[1] ?? 0);
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => {
        child.once('exit', resolve);
      });
      // A frozen process hears nothing but this.
      child.kill('SIGKILL');
      await gone;
    }
    if (this.#folder !== '') await rm(this.#folder, { recursive: true, force: true });
  }

  #environment(): Record<string, string> {
    const { databaseUrl, storeUrl, name } = this.#options;
    const url = new URL(databaseUrl);
    url.searchParams.set('application_name', name);
    return {
      DATABASE_URL: url.href,
      STRATORA_INTERNAL_PORT: String(this.#port),
      STRATORA_PUBLIC_URL: 'https://stratora.test:8443',
      STRATORA_METRICS_WRITE_URL: storeUrl,
      STRATORA_METRICS_READ_URL: storeUrl,
      STRATORA_DATA_DIR: this.#folder,
      STRATORA_TEMPLATES_DIR: join(REPOSITORY, 'templates'),
      STRATORA_ALERT_DEFINITIONS_DIR: join(REPOSITORY, 'alert-definitions'),
      STRATORA_IDENTIFICATION_DIR: join(REPOSITORY, 'identification'),
      STRATORA_MIGRATIONS_DIR: join(REPOSITORY, 'packages/server/migrations'),
      STRATORA_ADMIN_PASSWORD: ADMIN_PASSWORD,
      STRATORA_CREDENTIAL_KEY_1: '11'.repeat(32),
      // Where messages go in tests.
      STRATORA_OUTBOUND_ALLOW: '127.0.0.0/8',
    };
  }
}
