import { encodeSeries, LineWriter } from '@stratora/lineprotocol';
import { type Clock, sanitizeText, silentLogger, systemClock } from '@stratora/runtime';
import type { TomlTable } from '@stratora/telegraf';
import type { Fields, Input, InputContext, InputPlugin, Sink, Tags, TargetStatus } from '../input.ts';
import { type OptionFault, OptionReader } from '../option-reader.ts';
import { SharedServices } from '../shared-services.ts';

/** The time of every line that a harness records, in ms. */
export const HARNESS_TIME_MS = 1_700_000_000_000;

export interface HarnessOptions {
  readonly tags?: Readonly<Record<string, string>>;
  readonly intervalMs?: number;
  readonly clock?: Clock;
  /** Services to share over several harnesses, to test what inputs share. */
  readonly services?: SharedServices;
  readonly keepsField?: (name: string) => boolean;
}

/** Lists the faults that `engine check` would report for these options. */
export function faultsOf<T>(plugin: InputPlugin<T>, options: TomlTable): string[] {
  const reader = new OptionReader(options);
  plugin.parse(reader);
  return reader.finish().map((fault: OptionFault) => `${fault.path}: ${fault.message}`);
}

/** An instance of an input outside of an engine, recording its lines and statuses. */
export class InputHarness<T> {
  readonly services: SharedServices;
  readonly statuses: { readonly status: TargetStatus; readonly message: string }[] = [];
  readonly #input: Input;
  readonly #context: InputContext;
  readonly #ownsServices: boolean;

  constructor(plugin: InputPlugin<T>, options: TomlTable, more: HarnessOptions = {}) {
    this.services = more.services ?? new SharedServices();
    this.#ownsServices = more.services === undefined;
    const reader = new OptionReader(options);
    const parsed = plugin.parse(reader);
    const [fault] = reader.finish();
    if (fault !== undefined) throw new Error(`${fault.path} ${fault.message}`);
    const tags = more.tags ?? {};
    this.#context = {
      logger: silentLogger(),
      clock: more.clock ?? systemClock,
      plugin: plugin.name,
      alias: undefined,
      intervalMs: more.intervalMs ?? 10_000,
      deadlineMs: (more.intervalMs ?? 10_000) * 0.8,
      tags,
      services: this.services,
      host: { proc: '/proc', sys: '/sys', etc: '/etc', run: '/run', mountPrefix: '' },
      encodeSeries: (name, own) => encodeSeries(name, sorted({ ...tags, ...own })),
      keepsField: more.keepsField ?? (() => true),
      reportStatus: (status, message) => {
        this.statuses.push({ status, message });
      },
    };
    this.#input = plugin.create(parsed, this.#context);
  }

  get status(): { readonly status: TargetStatus; readonly message: string } | undefined {
    return this.statuses.at(-1);
  }

  /** Gathers once; returns the lines, sorted, without their time. */
  async gather(signal: AbortSignal = AbortSignal.timeout(60_000)): Promise<string[]> {
    const writer = new LineWriter();
    const raw: string[] = [];
    const sink: Sink = {
      metric: (name, tags, fields) => {
        writer.start(name).tags(sorted(cleaned({ ...this.#context.tags, ...tags })));
        writeFields(writer, fields, this.#context);
        writer.end(HARNESS_TIME_MS);
      },
      raw: (bytes, lines) => {
        const text = Buffer.from(bytes).toString();
        const given = text.split('\n').filter((line) => line !== '');
        if (given.length !== lines || !text.endsWith('\n'))
          throw new Error(`${lines} lines announced: ${text}`);
        raw.push(...given);
      },
      timestampMs: () => HARNESS_TIME_MS,
    };
    await this.#input.gather(sink, signal);
    const lines = [...writer.view().toString().split('\n'), ...raw].filter((line) => line !== '');
    const time = ` ${HARNESS_TIME_MS}000000`;
    return lines
      .map((line) => {
        if (!line.endsWith(time)) throw new Error(`no time at the end of: ${line}`);
        return line.slice(0, -time.length);
      })
      .sort();
  }

  async stop(): Promise<void> {
    await this.#input.stop?.();
    if (this.#ownsServices) await this.services.stop();
  }
}

function writeFields(writer: LineWriter, fields: Fields, context: InputContext): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || !context.keepsField(name)) continue;
    if (typeof value === 'number') writer.float(name, value);
    else if (typeof value === 'bigint') writer.integer(name, value);
    else if (typeof value === 'boolean') writer.boolean(name, value);
    else writer.string(name, sanitizeText(value));
  }
}

function cleaned(tags: Tags): Tags {
  return Object.fromEntries(
    Object.entries(tags).map(([name, value]) => [name, value === undefined ? value : sanitizeText(value)]),
  );
}

function sorted(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
}
