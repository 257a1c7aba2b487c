import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLogger } from '@stratora/runtime';
import type { TomlTable } from '@stratora/telegraf';
import { ManualClock } from '@stratora/testkit';
import { EngineStats } from '../engine-stats.ts';
import { GatherSink } from '../gather-sink.ts';
import type { HostPaths, Input, InputPlugin } from '../input.ts';
import { MetricBuffer } from '../metric-buffer.ts';
import { MetricShape } from '../metric-shape.ts';
import { OptionReader } from '../option-reader.ts';
import { SharedServices } from '../shared-services.ts';

/** Files by path, from the root of an invented host. */
export type HostFiles = Readonly<Record<string, string | Buffer>>;

/** An invented host in a temporary folder, and one input that looks at it. */
export class HostFixture {
  readonly clock = new ManualClock(Date.parse('2026-03-01T12:00:00Z'));
  readonly stats = new EngineStats('1.2.3');
  readonly root: string;
  /** Statuses of its target that the input reported, besides its gathers. */
  readonly statuses: string[] = [];
  /** Lines of the last gather, also of one that failed. */
  written: readonly string[] = [];
  #input: Input | undefined;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(files: HostFiles): Promise<HostFixture> {
    const fixture = new HostFixture(await mkdtemp(join(tmpdir(), 'stratora-host-')));
    await fixture.write(files);
    return fixture;
  }

  get host(): HostPaths {
    const at = (name: string): string => join(this.root, name);
    return { proc: at('proc'), sys: at('sys'), etc: at('etc'), run: at('run'), mountPrefix: '' };
  }

  async write(files: HostFiles): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(this.root, path)), { recursive: true });
      await writeFile(join(this.root, path), content);
    }
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
    this.#input = plugin.create(parsed, {
      logger: silentLogger(),
      clock: this.clock,
      plugin: plugin.name,
      alias: undefined,
      intervalMs: 10_000,
      deadlineMs: 8000,
      tags: {},
      services,
      host: { ...this.host, ...host },
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
    await rm(this.root, { recursive: true, force: true });
  }
}

/** Returns the fields of a line by name, as text. */
export function fieldsOf(line: string | undefined): Readonly<Record<string, string>> {
  const fields = (line ?? '').slice((line ?? '').search(/(?<!\\) /) + 1);
  return Object.fromEntries(fields.split(',').map((pair) => pair.split('=', 2) as [string, string]));
}
