import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBinary } from './binary.ts';
import { freeTcpPort } from './free-port.ts';
import { isAlive } from './process-table.ts';
import { waitFor } from './wait-for.ts';

export interface VictoriaMetricsOptions {
  /** Flags beside the product's own, which are always given. */
  args?: readonly string[];
  /** Another program than the one that is found. */
  binary?: string;
}

/** The flags with which the product runs its store; a test with others would prove little. */
export const STORE_FLAGS = [
  '-retentionPeriod=30d',
  '-maxLabelsPerTimeseries=40',
  '-search.latencyOffset=0s',
  '-dedup.minScrapeInterval=1ms',
  '-loggerLevel=ERROR',
] as const;

/** Finds a program of VictoriaMetrics' package: beside the named binary, in the tool cache or on PATH. */
export function findVictoriaMetricsProgram(name: string): string | undefined {
  const given = process.env['STRATORA_VICTORIA_METRICS_BIN'];
  if (given !== undefined && name === 'victoria-metrics') return given;
  const cache = process.env['STRATORA_TOOL_CACHE'] ?? defaultCacheFolder();
  const folders = existsSync(cache)
    ? readdirSync(cache)
        .filter((folder) => folder.startsWith('victoria-metrics'))
        .map((folder) => join(cache, folder))
    : [];
  if (given !== undefined) folders.unshift(dirname(given));
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? findBinary(name);
}

/** Returns the tool cache's folder by the launcher's rule. */
function defaultCacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'stratora');
}

/** A VictoriaMetrics on a free port, with a folder of its own. */
export class VictoriaMetrics {
  readonly port: number;
  readonly url: string;
  readonly #folder: string;
  readonly #args: readonly string[];
  readonly #binary: string;
  #child: ChildProcess | undefined;

  private constructor(binary: string, folder: string, port: number, args: readonly string[]) {
    this.#binary = binary;
    this.#folder = folder;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#args = args;
  }

  /** @throws when no binary is found */
  static async start(options: VictoriaMetricsOptions = {}): Promise<VictoriaMetrics> {
    const binary = options.binary ?? findVictoriaMetricsProgram('victoria-metrics');
    if (binary === undefined)
      throw new Error('victoria-metrics is neither on PATH nor in the tool cache: run npm start once');
    const folder = await mkdtemp(join(tmpdir(), 'stratora-vm-'));
    const store = new VictoriaMetrics(binary, folder, await freeTcpPort(), options.args ?? []);
    try {
      await store.launch();
    } catch (error) {
      await store.stop();
      throw error;
    }
    return store;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts the process (again, on the same data) and waits until it answers. */
  async launch(): Promise<void> {
    const child = spawn(
      this.#binary,
      [
        `-storageDataPath=${this.#folder}`,
        `-httpListenAddr=127.0.0.1:${this.port}`,
        ...STORE_FLAGS,
        ...this.#args,
      ],
      { stdio: 'ignore' },
    );
    this.#child = child;
    await waitFor(
      async () => {
        if (child.exitCode !== null) throw new Error(`victoria-metrics ended with ${child.exitCode}`);
        return (await fetch(`${this.url}/health`)).ok;
      },
      { timeoutMs: 15_000, everyMs: 20, what: 'the start of victoria-metrics' },
    );
  }

  /** Ends the process and waits for it. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await waitFor(() => child.exitCode !== null || child.signalCode !== null || !isAlive(child.pid ?? 0), {
      timeoutMs: 15_000,
      everyMs: 5,
      what: 'the end of victoria-metrics',
    });
  }

  /** Ends the process and removes its data. */
  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** Makes what was written visible to queries and exports. */
  async flush(): Promise<void> {
    await fetch(`${this.url}/internal/force_flush`);
  }

  /** Exports the raw samples of all series that match, after a flush; values as the store holds them. */
  async export(match = '{__name__!=""}'): Promise<ExportedSeries[]> {
    await this.flush();
    // The default end is now in whole seconds, and would hide younger samples.
    const end = Math.ceil(Date.now() / 1_000) + 86_400;
    const range = `match[]=${encodeURIComponent(match)}&start=0&end=${end}`;
    const answer = await fetch(`${this.url}/api/v1/export?${range}`);
    const text = await answer.text();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ExportedSeries);
  }
}

export interface ExportedSeries {
  metric: Record<string, string>;
  values: number[];
  timestamps: number[];
}
