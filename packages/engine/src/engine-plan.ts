import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { stableFraction } from '@stratora/runtime';
import {
  type AgentSettings,
  ALLOWED_INPUTS,
  ConfigError,
  type ConfigFault,
  type InputBlock,
  type ReadConfig,
  readConfig,
  WINDOWS_INPUTS,
} from '@stratora/telegraf';
import { effectivePrecisionMs } from './gather-sink.ts';
import { type AnyInputPlugin, loadInput } from './input-registry.ts';
import type { ScheduleSettings } from './input-schedule.ts';
import type { BufferLimits } from './metric-buffer.ts';
import { OptionReader } from './option-reader.ts';
import { readOutputAddress } from './output-address.ts';
import type { OutputSettings } from './output-writer.ts';

/** An input instance to run. */
export interface PlannedInput {
  /** Changes exactly when something changes that this instance would notice. */
  readonly key: string;
  readonly plugin: AnyInputPlugin;
  readonly options: unknown;
  readonly block: InputBlock;
  readonly schedule: ScheduleSettings;
  readonly precisionMs: number;
}

/** A config that was read and found good, with all that the engine needs to run it. */
export interface EnginePlan {
  readonly inputs: readonly PlannedInput[];
  readonly globalTags: Readonly<Record<string, string>>;
  /** Absent in a text to which the component has not added its output yet. */
  readonly output: (OutputSettings & { readonly limits: BufferLimits }) | undefined;
}

const DEFAULT_INTERVAL_MS = 10_000;
const DEFAULT_BATCH_LINES = 1000;
/**
 * Lines of the buffer, ten times Telegraf's default: one interval of a large collector must fit while its component
 * restarts.
 */
const DEFAULT_LIMIT_LINES = 100_000;
const LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Reads and checks a telegraf.conf without touching anything outside of it: what `engine check` does, and the first
 * half of applying one.
 *
 * @throws ConfigError with every fault found and its line
 */
export async function checkConfig(text: string): Promise<EnginePlan> {
  const read = readConfig(text, {
    outputs: true,
    leavesOptions: true,
    // Refused below, in words that say what to do.
    allowedInputs: [...ALLOWED_INPUTS, ...WINDOWS_INPUTS],
  });
  const faults: ConfigFault[] = [];
  const fault = (path: string, message: string): void => {
    const line = read.lineOf(path);
    faults.push({ ...(line === undefined ? {} : { line }), path, message });
  };
  const globalTags = withHost(read.config.agent, read.config.globalTags);
  const inputs = await planInputs(read, globalTags, fault);
  const output = planOutput(read, fault);
  if (faults.length > 0) throw new ConfigError(faults);
  return { inputs, globalTags, output };
}

async function planInputs(
  read: ReadConfig,
  globalTags: Readonly<Record<string, string>>,
  fault: (path: string, message: string) => void,
): Promise<readonly PlannedInput[]> {
  const { agent, inputs } = read.config;
  const planned: PlannedInput[] = [];
  const counts = new Map<string, number>();
  const tagsText = canonical(globalTags);
  for (const [position, block] of inputs.entries()) {
    const path = read.pathOf(position);
    const plugin = await loadInput(block.plugin);
    if (plugin === undefined) {
      fault(path, `the embedded engine has no input "${block.plugin}": this config needs Telegraf`);
      continue;
    }
    const reader = new OptionReader(block.options);
    const options = plugin.parse(reader);
    for (const found of reader.finish()) fault(`${path}.${found.path}`, found.message);
    const timing = planTiming(agent, block);
    const content = digest(`${canonical(block)}\n${canonical({ ...timing })}\n${tagsText}`);
    const twins = counts.get(content) ?? 0;
    counts.set(content, twins + 1);
    const key = `${block.plugin}:${content}${twins === 0 ? '' : `:${twins}`}`;
    const schedule = { ...timing.schedule, jitterFraction: stableFraction(key) };
    planned.push({ key, plugin, options, block, schedule, precisionMs: timing.precisionMs });
  }
  return planned;
}

function planTiming(
  agent: AgentSettings,
  block: InputBlock,
): { schedule: Omit<ScheduleSettings, 'jitterFraction'>; precisionMs: number } {
  const intervalMs = block.intervalMs || agent.intervalMs || DEFAULT_INTERVAL_MS;
  return {
    schedule: {
      intervalMs,
      isRounded: agent.roundInterval ?? true,
      offsetMs: block.collectionOffsetMs || agent.collectionOffsetMs || 0,
      jitterMs: block.collectionJitterMs || agent.collectionJitterMs || 0,
    },
    precisionMs: effectivePrecisionMs(block.precisionMs || agent.precisionMs, intervalMs),
  };
}

function planOutput(read: ReadConfig, fault: (path: string, message: string) => void): EnginePlan['output'] {
  const { agent, outputs } = read.config;
  const block = outputs[0];
  if (block === undefined) return undefined;
  if (outputs.length > 1) fault('outputs.influxdb[1]', 'the engine writes to one output only');
  const address = readOutputAddress(block, (option, message) =>
    fault(`outputs.influxdb[0].${option}`, message),
  );
  if (address === undefined) return undefined;
  return {
    address,
    flushIntervalMs: block.flushIntervalMs || agent.flushIntervalMs || DEFAULT_INTERVAL_MS,
    flushJitterMs: block.flushJitterMs ?? agent.flushJitterMs ?? 0,
    limits: {
      batchLines: block.metricBatchSize || agent.metricBatchSize || DEFAULT_BATCH_LINES,
      limitLines: block.metricBufferLimit || agent.metricBufferLimit || DEFAULT_LIMIT_LINES,
      limitBytes: LIMIT_BYTES,
    },
  };
}

/** Adds the global tag `host` over one of the config, as Telegraf does unless `omit_hostname` is set. */
function withHost(
  agent: AgentSettings,
  tags: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return agent.omitHostname === true ? tags : { ...tags, host: agent.hostname || hostname() };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Texts of lists that many blocks share (see `readConfig`). */
const sharedTexts = new WeakMap<object, string>();

/** Renders a value as text, the same for the same content whatever the order of keys. */
function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null || value instanceof Date)
    return JSON.stringify(value) ?? '';
  const known = sharedTexts.get(value);
  if (known !== undefined) return known;
  const text = Array.isArray(value)
    ? `[${value.map(canonical).join(',')}]`
    : `{${Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
        .join(',')}}`;
  if (Array.isArray(value) && Object.isFrozen(value)) sharedTexts.set(value, text);
  return text;
}
