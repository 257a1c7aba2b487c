import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  freeTcpPort,
  REPOSITORY,
  startDatabase,
  type TestDatabase,
  VictoriaMetrics,
  waitFor,
} from '@stratora/testkit';
import { nameNode } from './ingest-load.ts';

const ADMIN_PASSWORD = 'a password for the bench';
/** The credential key of every backend of a bench. */
export const CREDENTIAL_KEY = '0123456789abcdef'.repeat(4);

/** An enrolled component with the nodes that it may write. */
export interface BenchComponent {
  id: string;
  apiKey: string;
  nodeIds: string[];
}

/** The real backend in a process of its own, on a real PostgreSQL and a real store. */
export class Backend {
  readonly port: number;
  readonly store: VictoriaMetrics;
  readonly database: TestDatabase;
  readonly #folder: string;
  readonly #settings: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #bearer = '';

  private constructor(parts: {
    port: number;
    store: VictoriaMetrics;
    database: TestDatabase;
    folder: string;
    settings: Readonly<Record<string, string>>;
  }) {
    this.port = parts.port;
    this.store = parts.store;
    this.database = parts.database;
    this.#folder = parts.folder;
    this.#settings = parts.settings;
  }

  /**
   * @param settings variables that are added to its environment
   * @param given a database that another ends; one of its own by default
   */
  static async start(
    settings: Readonly<Record<string, string>> = {},
    given?: TestDatabase,
  ): Promise<Backend> {
    const database = given ?? (await startDatabase());
    const store = await VictoriaMetrics.start().catch(async (error: unknown) => {
      await database.stop();
      throw error;
    });
    const folder = await mkdtemp(join(tmpdir(), 'stratora-bench-'));
    const backend = new Backend({ port: await freeTcpPort(), store, database, folder, settings });
    try {
      await backend.launch();
    } catch (error) {
      await backend.stop();
      throw error;
    }
    return backend;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts the process (again) and logs in. */
  async launch(): Promise<void> {
    const bundle = join(REPOSITORY, 'dist/server.mjs');
    if (!existsSync(bundle)) throw new Error('dist/server.mjs is not built: npm run build');
    // The backend writes its profile there when it stops.
    const profiles = process.env['STRATORA_BENCH_PROFILE_DIR'];
    const flags = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
    const child = spawn(join(REPOSITORY, 'node_modules/.bin/node'), [...flags, bundle], {
      stdio: ['pipe', 'ignore', 'inherit'],
      env: { ...process.env, ...this.#environment() },
    });
    this.#child = child;
    await waitFor(
      async () => {
        if (child.exitCode !== null) throw new Error(`the backend ended with ${child.exitCode}`);
        return (await fetch(`http://127.0.0.1:${this.port}/api/v1/health`)).ok;
      },
      { timeoutMs: 30_000, everyMs: 50, what: 'the start of the backend' },
    );
    const login = { username: 'admin', password: ADMIN_PASSWORD };
    this.#bearer = (await this.call<{ access_token: string }>('/auth/token', login)).access_token;
  }

  async kill(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => {
      child.once('exit', resolve);
    });
    child.kill(signal);
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill();
    await this.store.stop();
    await this.database.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Calls the user API; by POST when there is a body. */
  async call<T>(path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#bearer === '' ? {} : { authorization: `Bearer ${this.#bearer}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** Adds an approved collector with nodes to poll. */
  async addCollector(hostname: string, nodes: number): Promise<BenchComponent> {
    const component = await this.#register('collector', hostname);
    const { items } = await this.call<{ items: { id: string }[] }>('/sites');
    const nodeIds: string[] = [];
    for (let index = 0; index < nodes; index += 1) {
      const name = `${hostname}-${index}`;
      const node = await this.call<{ id: string }>('/nodes', {
        name,
        ip_address: `10.20.${index >> 8}.${index & 255}`,
        allow_duplicate: true,
        node_type: 'switch',
        site_id: items[0]?.id,
        template: 'ping',
        collector_id: component.component_id,
      });
      nameNode(node.id, name);
      nodeIds.push(node.id);
    }
    return { id: component.component_id, apiKey: component.api_key, nodeIds };
  }

  /** Adds an approved agent, which is a node itself. */
  async addAgent(hostname: string): Promise<BenchComponent> {
    const component = await this.#register('agent', hostname);
    nameNode(component.node_id ?? '', hostname);
    return { id: component.component_id, apiKey: component.api_key, nodeIds: [component.node_id ?? ''] };
  }

  async #register(type: string, hostname: string) {
    const { token } = await this.call<{ token: string }>('/enrollment-tokens', { auto_approve: true });
    return this.call<{ component_id: string; api_key: string; node_id?: string }>('/components/register', {
      enrollment_token: token,
      component_type: type,
      hostname,
      version: '0.1.0',
      os: 'linux',
      arch: 'x64',
    });
  }

  #environment(): Record<string, string> {
    return {
      DATABASE_URL: this.database.url,
      STRATORA_INTERNAL_PORT: String(this.port),
      STRATORA_PUBLIC_URL: `http://127.0.0.1:${this.port}`,
      STRATORA_METRICS_WRITE_URL: this.store.url,
      STRATORA_METRICS_READ_URL: this.store.url,
      STRATORA_DATA_DIR: this.#folder,
      STRATORA_TEMPLATES_DIR: join(REPOSITORY, 'templates'),
      STRATORA_ALERT_DEFINITIONS_DIR: join(REPOSITORY, 'alert-definitions'),
      STRATORA_IDENTIFICATION_DIR: join(REPOSITORY, 'identification'),
      STRATORA_MIGRATIONS_DIR: join(REPOSITORY, 'packages/server/migrations'),
      STRATORA_ADMIN_PASSWORD: ADMIN_PASSWORD,
      STRATORA_CREDENTIAL_KEY_1: CREDENTIAL_KEY,
      STRATORA_LOG_LEVEL: 'warn',
      ...this.#settings,
    };
  }
}
