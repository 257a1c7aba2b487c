import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ApiClient } from './api-client.ts';
import { freeTcpPort } from './free-port.ts';
import { inNamespace } from './network-lab.ts';
import { isAlive } from './process-table.ts';
import { waitFor } from './wait-for.ts';

export const REPOSITORY = resolve(import.meta.dirname, '../../..');
/** The pinned Node, which also runs the product. */
export const NODE = join(REPOSITORY, 'node_modules/.bin/node');
export const ADMIN_PASSWORD = 'correct horse battery';

export interface ReadyFile {
  url: string;
  pid: number;
  ca_file: string;
  version: string;
  services: Record<string, { pid: number; port?: number }>;
}

export interface SystemOptions {
  /** Data directory that outlives `dispose`; without it a temporary one is made, which `dispose` removes. */
  dataDir?: string;
  port?: number;
  /** Address to listen on instead of 127.0.0.1. */
  host?: string;
  /** The network namespace that it runs in; the test must reach `host` from its own. */
  namespace?: string;
  args?: readonly string[];
  env?: Record<string, string>;
  adminPassword?: string | null;
  readyTimeoutMs?: number;
}

/** A whole single-server installation as `npm start` runs it, from the built bundle, in a folder of its own. */
export class StratoraSystem {
  readonly dataDir: string;
  readonly port: number;
  readonly #options: SystemOptions;
  #launcher: ChildProcess | undefined;
  /** The launcher's output, both streams. */
  printed = '';
  ready!: ReadyFile;
  api!: ApiClient;

  private constructor(dataDir: string, port: number, options: SystemOptions) {
    this.dataDir = dataDir;
    this.port = port;
    this.#options = options;
  }

  static async start(options: SystemOptions = {}): Promise<StratoraSystem> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'stratora-e2e-')));
    const system = new StratoraSystem(dataDir, options.port ?? (await freeTcpPort()), options);
    try {
      await system.launch();
    } catch (error) {
      await system.dispose();
      throw error;
    }
    return system;
  }

  get launcherPid(): number {
    return this.#launcher?.pid ?? 0;
  }

  /** Starts the launcher (again) and waits for `ready.json`. */
  async launch(): Promise<void> {
    const launcher = this.spawnLauncher();
    this.#launcher = launcher;
    const readyFile = join(this.dataDir, 'ready.json');
    await waitFor(
      async () => {
        if (launcher.exitCode !== null || launcher.signalCode !== null) return 'ended';
        if (!existsSync(readyFile)) return false;
        const ready = JSON.parse(await readFile(readyFile, 'utf8')) as ReadyFile;
        // A file that a killed launcher left behind does not count.
        return ready.pid === launcher.pid && this.#adopt(ready);
      },
      { timeoutMs: this.#options.readyTimeoutMs ?? 120_000, everyMs: 50, what: 'ready.json' },
    ).catch((error: unknown) => {
      throw new Error(`the system did not become ready:\n${this.printed}`, { cause: error });
    });
    if (launcher.exitCode !== null)
      throw new Error(`the launcher ended with ${launcher.exitCode}:\n${this.printed}`);
    await this.#connect();
  }

  /** Starts a launcher on this data directory without waiting for it. */
  spawnLauncher(): ChildProcess {
    const { host, namespace, env, args = [], adminPassword = ADMIN_PASSWORD } = this.#options;
    const [command, commandArgs] = inNamespace(namespace, NODE, [
      join(REPOSITORY, 'dist/stratora.mjs'),
      'up',
      '--data-dir',
      this.dataDir,
      '--https-port',
      String(this.port),
      ...(host === undefined ? [] : ['--host', host]),
      ...(adminPassword === null ? [] : ['--admin-password', adminPassword]),
      ...args,
    ]);
    const launcher = spawn(command, commandArgs, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // The embedded engine runs, whatever this machine has, unless a test asks for Telegraf.
      env: { ...process.env, STRATORA_TELEGRAF_BIN: 'none', ...env },
      detached: true,
    });
    const keep = (chunk: Buffer) => {
      this.printed += chunk.toString();
    };
    launcher.stdout.on('data', keep);
    launcher.stderr.on('data', keep);
    return launcher;
  }

  #adopt(ready: ReadyFile): true {
    this.ready = ready;
    return true;
  }

  async #connect(): Promise<void> {
    this.api?.close();
    this.api = new ApiClient(this.ready.url, await readFile(this.ready.ca_file, 'utf8'));
    if (this.#options.adminPassword !== null) {
      await this.api.login('admin', this.#options.adminPassword ?? ADMIN_PASSWORD);
    }
  }

  /** Reads `ready.json` again: services that were started anew have new process ids. */
  async refresh(): Promise<ReadyFile> {
    this.ready = JSON.parse(await readFile(join(this.dataDir, 'ready.json'), 'utf8')) as ReadyFile;
    return this.ready;
  }

  pid(service: string): number {
    const pid = this.ready.services[service]?.pid;
    if (pid === undefined) throw new Error(`ready.json names no service ${service}`);
    return pid;
  }

  /** Ends the launcher and waits; returns the milliseconds that took. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number> {
    const launcher = this.#launcher;
    this.#launcher = undefined;
    this.api?.close();
    if (!launcher?.pid || launcher.exitCode !== null || launcher.signalCode !== null) return 0;
    const startedAt = Date.now();
    const gone = new Promise<void>((done) => {
      launcher.once('exit', () => done());
    });
    launcher.kill(signal);
    await gone;
    return Date.now() - startedAt;
  }

  /** Stops everything that this installation started and removes its folder, if it was temporary. */
  async dispose(): Promise<void> {
    const pids = Object.values(this.ready?.services ?? {}).map(({ pid }) => pid);
    await this.stop();
    await waitFor(() => pids.every((pid) => !isAlive(pid)), {
      timeoutMs: 15_000,
      what: 'the end of all services',
    });
    if (this.#options.dataDir === undefined) {
      await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  }
}
