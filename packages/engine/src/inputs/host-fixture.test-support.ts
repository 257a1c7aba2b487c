import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, open, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLogger, sleep } from '@stratora/runtime';
import type { TomlTable } from '@stratora/telegraf';
import { ManualClock } from '@stratora/testkit';
import { EngineStats } from '../engine-stats.ts';
import { GatherSink } from '../gather-sink.ts';
import type { HostPaths, Input, InputPlugin } from '../input.ts';
import { MetricBuffer } from '../metric-buffer.ts';
import { MetricShape } from '../metric-shape.ts';
import { OptionReader } from '../option-reader.ts';
import { SharedServices } from '../shared-services.ts';
import { HOST_FILES_SERVICE, HostFiles } from './host-files.ts';

/** Files by path, from the root of an invented host. */
export type InventedFiles = Readonly<Record<string, string | Buffer>>;

/** An invented host in a temporary folder, and one input that looks at it. */
export class HostFixture {
  readonly clock = new ManualClock(Date.parse('2026-03-01T12:00:00Z'));
  readonly stats = new EngineStats('1.2.3');
  readonly root: string;
  readonly #hanging: string[] = [];
  /** Statuses of its target that the input reported, besides its gathers. */
  readonly statuses: string[] = [];
  /** Lines of the last gather, also of one that failed. */
  written: readonly string[] = [];
  #input: Input | undefined;
  #files: HostFiles | undefined;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(files: InventedFiles): Promise<HostFixture> {
    const fixture = new HostFixture(await mkdtemp(join(tmpdir(), 'stratora-host-')));
    await fixture.write(files);
    return fixture;
  }

  get host(): HostPaths {
    const at = (name: string): string => join(this.root, name);
    return { proc: at('proc'), sys: at('sys'), etc: at('etc'), run: at('run'), mountPrefix: '' };
  }

  async write(files: InventedFiles): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(this.root, path)), { recursive: true });
      await writeFile(join(this.root, path), content);
    }
  }

  /** Puts a file there that no reader comes back from, until `release`. */
  hang(path: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    execFileSync('mkfifo', [file]);
    this.#hanging.push(file);
  }

  /** Lets all readers that hang come back, and takes their files away. */
  async release(): Promise<void> {
    for (const file of this.#hanging.splice(0)) {
      // Who opens both ends waits for nobody, and ends the wait of others.
      const ends = await open(file, 'r+');
      await rm(file);
      await ends.close();
    }
  }

  /** Gathers while files hang: the clock goes on only when nothing else is being read, however long that takes. */
  async gatherHung(): Promise<unknown> {
    const state: { outcome?: { readonly error: unknown } } = {};
    this.gather().then(
      () => {
        state.outcome = { error: undefined };
      },
      (error: unknown) => {
        state.outcome = { error };
      },
    );
    while (state.outcome === undefined) {
      await sleep(5);
      // Only what hangs may run out of time, however slowly the machine reads the others.
      const hung = this.#hanging.filter((file) => this.#files?.isOpen(file)).length;
      if ((this.#files?.open ?? 0) === hung) await this.clock.advance(100);
    }
    return state.outcome.error;
  }

  async link(path: string, target: string): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await symlink(target, join(this.root, path));
  }

  /** Makes the input; throws with the first fault of its options. */
  use<T>(plugin: InputPlugin<T>, options: TomlTable = {}, host: Partial<HostPaths> = {}): this {
    const reader = new OptionReader(options);
    const parsed = plugin.parse(reader);
    const [fault] = reader.finish();
    if (fault !== undefined) throw new Error(`${fault.path} ${fault.message}`);
    const services = new SharedServices();
    services.get('engine.stats', () => this.stats);
    const paths = { ...this.host, ...host };
    const files = new HostFiles(paths, this.clock, 32);
    this.#files = files;
    services.get(HOST_FILES_SERVICE, () => files);
    this.#input = plugin.create(parsed, {
      logger: silentLogger(),
      clock: this.clock,
      plugin: plugin.name,
      alias: undefined,
      intervalMs: 10_000,
      deadlineMs: 8000,
      tags: {},
      services,
      host: paths,
      encodeSeries: () => undefined,
      keepsField: () => true,
      reportStatus: (status, message) => void this.statuses.push(`${status}: ${message}`),
    });
    return this;
  }

  /** Gathers once; returns the lines, sorted, without their timestamps. */
  async gather(): Promise<readonly string[]> {
    const limits = { batchLines: 10_000, limitLines: 10_000, limitBytes: 1e7 };
    const buffer = new MetricBuffer(limits, new EngineStats().output, () => undefined);
    const sink = new GatherSink({
      shape: new MetricShape({ plugin: 'x', options: {} }, {}),
      buffer,
      clock: this.clock,
      precisionMs: 1000,
      stats: new EngineStats().addInput('x', undefined, 'x:1'),
      engineStats: new EngineStats(),
    });
    try {
      await this.#input?.gather(sink, new AbortController().signal);
    } finally {
      const text = buffer.take()?.bytes.toString() ?? '';
      this.written = text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.replace(/ \d{19}$/, ''))
        .sort();
    }
    return this.written;
  }

  async remove(): Promise<void> {
    await this.release();
    await rm(this.root, { recursive: true, force: true });
  }
}

/** Returns the fields of a line by name, as text. */
export function fieldsOf(line: string | undefined): Readonly<Record<string, string>> {
  const fields = (line ?? '').slice((line ?? '').search(/(?<!\\) /) + 1);
  return Object.fromEntries(fields.split(',').map((pair) => pair.split('=', 2) as [string, string]));
}
