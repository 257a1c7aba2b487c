import { ConfigError, type ConfigFault } from './config-fault.ts';
import type { AgentSettings, BlockFilters, InputBlock, OutputBlock, TelegrafConfig } from './config-model.ts';
import { LineIndex } from './line-index.ts';
import { findForbiddenAgentSettings, findForbiddenOptions } from './option-policy.ts';
import { ALLOWED_INPUTS } from './plugin-policy.ts';
import { type FaultSink, SectionReader } from './section-reader.ts';
import { parseDocument } from './toml-document.ts';
import { isTomlTable, type TomlTable } from './toml-value.ts';

export interface ReadOptions {
  /** Names of the inputs that may run; `ALLOWED_INPUTS` by default. */
  readonly allowedInputs?: readonly string[];
  /**
   * True for a text to which the component has added its own output. A text from the server has none, and one that
   * brings an output of its own is refused.
   */
  readonly outputs?: boolean;
  /**
   * True for a caller that looks at the options of each plugin itself and refuses all that it does not know, as the
   * embedded engine does.
   */
  readonly leavesOptions?: boolean;
}

/** A config, and the places of its parts in the text. */
export interface ReadConfig {
  readonly config: TelegrafConfig;
  /** Returns the line of a path such as `inputs.snmp[3].field[0].oid`, or of what is around it. */
  readonly lineOf: (path: string) => number | undefined;
  /** Returns the path of an input of `config.inputs` by its position there. */
  readonly pathOf: (position: number) => string;
}

/** Agent settings of Telegraf that have no meaning for what is gathered; some pass with harmless values only. */
const AGENT_SETTINGS_WITHOUT_EFFECT: readonly string[] = [
  'buffer_directory',
  'buffer_strategy',
  'config_url_retry_attempts',
  'logfile',
  'logfile_rotation_interval',
  'logfile_rotation_max_archives',
  'logfile_rotation_max_size',
  'logformat',
  'logtarget',
  'log_with_timezone',
  'quiet_outputs',
  'skip_processors_after_aggregators',
  'snmp_translator',
  'statefile',
  'structured_log_message_key',
];

/** Settings of every input that change nothing in what is gathered. */
const BLOCK_SETTINGS_WITHOUT_EFFECT: readonly string[] = ['log_level', 'startup_error_behavior'];

const OUTPUTS: ReadonlySet<string> = new Set(['influxdb']);

/**
 * Reads the text of a telegraf.conf. In strings `$$` is a dollar sign; variables are not expanded.
 *
 * Of the options of the plugins, only those pass that say what to gather, from whom and how to log in; what their
 * values mean is for the engine that runs them.
 *
 * @throws ConfigError with every fault found
 */
export function readConfig(text: string, options: ReadOptions = {}): ReadConfig {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const document = parseDocument(source);
  const faults: ConfigFault[] = [];
  let index: LineIndex | undefined;
  const lineOf = (path: string): number | undefined => {
    index ??= new LineIndex(source);
    return index.lineOf(path);
  };
  const fault: FaultSink = (path, message) => {
    const line = lineOf(path);
    faults.push({ ...(line === undefined ? {} : { line }), path, message });
  };

  const paths: string[] = [];
  const config: TelegrafConfig = {
    agent: readAgent(tableAt(document, 'agent', fault), fault),
    globalTags: readGlobalTags(document, fault),
    inputs: readInputs(tableAt(document, 'inputs', fault), options, { fault, paths }),
    outputs: readOutputs(tableAt(document, 'outputs', fault), options.outputs === true, fault),
  };
  for (const name of Object.keys(document)) {
    if (!['agent', 'global_tags', 'inputs', 'outputs'].includes(name)) fault(name, 'is not allowed here');
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return { config, lineOf, pathOf: (position) => paths[position] ?? 'inputs' };
}

function tableAt(document: TomlTable, name: string, fault: FaultSink): TomlTable {
  const value = document[name];
  if (value === undefined) return {};
  if (isTomlTable(value)) return value;
  fault(name, 'must be a table');
  return {};
}

function readAgent(table: TomlTable, fault: FaultSink): AgentSettings {
  const reader = new SectionReader(table, 'agent', fault);
  const agent = defined({
    intervalMs: reader.durationMs('interval'),
    roundInterval: reader.flag('round_interval'),
    collectionJitterMs: reader.durationMs('collection_jitter'),
    collectionOffsetMs: reader.durationMs('collection_offset'),
    flushIntervalMs: reader.durationMs('flush_interval'),
    flushJitterMs: reader.durationMs('flush_jitter'),
    precisionMs: reader.durationMs('precision'),
    metricBatchSize: reader.count('metric_batch_size'),
    metricBufferLimit: reader.count('metric_buffer_limit'),
    hostname: reader.text('hostname'),
    omitHostname: reader.flag('omit_hostname'),
    debug: reader.flag('debug'),
    quiet: reader.flag('quiet'),
  });
  reader.skip(AGENT_SETTINGS_WITHOUT_EFFECT);
  reader.refuseRest();
  for (const [name, message] of findForbiddenAgentSettings(table)) fault(`agent.${name}`, message);
  for (const [name, value] of [
    ['interval', agent.intervalMs],
    ['flush_interval', agent.flushIntervalMs],
    ['metric_batch_size', agent.metricBatchSize],
    ['metric_buffer_limit', agent.metricBufferLimit],
  ] as const) {
    if (value === 0) fault(`agent.${name}`, 'must be more than 0');
  }
  return agent;
}

function readGlobalTags(document: TomlTable, fault: FaultSink): Readonly<Record<string, string>> {
  return (
    new SectionReader(document, '', (_, message) => fault('global_tags', message)).textTable('global_tags') ??
    {}
  );
}

function readInputs(
  table: TomlTable,
  options: ReadOptions,
  { fault, paths }: { fault: FaultSink; paths: string[] },
): readonly InputBlock[] {
  const allowed = options.allowedInputs ?? ALLOWED_INPUTS;
  const blocks: InputBlock[] = [];
  for (const [plugin, value] of Object.entries(table)) {
    if (!allowed.includes(plugin)) {
      fault(`inputs.${plugin}`, `the input "${plugin}" is not one that may run here`);
      continue;
    }
    for (const [index, item] of (Array.isArray(value) ? value : [undefined]).entries()) {
      const path = `inputs.${plugin}[${index}]`;
      if (isTomlTable(item)) {
        const block = readInput(plugin, item, path, fault);
        const forbidden = options.leavesOptions ? [] : findForbiddenOptions(plugin, block.options);
        for (const [name, message] of forbidden) fault(`${path}.${name}`, message);
        blocks.push(block);
        paths.push(path);
      } else {
        fault(`inputs.${plugin}`, `must be a list of tables: [[inputs.${plugin}]]`);
      }
    }
  }
  return blocks;
}

function readInput(plugin: string, table: TomlTable, path: string, fault: FaultSink): InputBlock {
  const reader = new SectionReader(table, path, fault);
  const filters = readFilters(reader);
  const general = defined({
    tags: reader.textTable('tags'),
    alias: reader.text('alias'),
    intervalMs: reader.blockDurationMs('interval'),
    collectionJitterMs: reader.blockDurationMs('collection_jitter'),
    collectionOffsetMs: reader.blockDurationMs('collection_offset'),
    precisionMs: reader.blockDurationMs('precision'),
    nameOverride: reader.text('name_override'),
    namePrefix: reader.text('name_prefix'),
    nameSuffix: reader.text('name_suffix'),
    filters: Object.keys(filters).length > 0 ? filters : undefined,
  });
  reader.skip(BLOCK_SETTINGS_WITHOUT_EFFECT);
  const options = reader.rest();
  if (options['metricpass'] !== undefined) fault(`${path}.metricpass`, 'is not supported');
  return { plugin, options, ...general };
}

function readFilters(reader: SectionReader): BlockFilters {
  return defined({
    namePass: reader.texts('namepass'),
    nameDrop: reader.texts('namedrop'),
    fieldInclude: reader.texts('fieldpass', 'fieldinclude'),
    fieldExclude: reader.texts('fielddrop', 'fieldexclude'),
    tagInclude: reader.texts('taginclude'),
    tagExclude: reader.texts('tagexclude'),
    tagPass: reader.textsTable('tagpass'),
    tagDrop: reader.textsTable('tagdrop'),
  });
}

function readOutputs(table: TomlTable, areExpected: boolean, fault: FaultSink): readonly OutputBlock[] {
  const blocks: OutputBlock[] = [];
  for (const [plugin, value] of Object.entries(table)) {
    if (!areExpected || !OUTPUTS.has(plugin)) {
      fault(`outputs.${plugin}`, `the output "${plugin}" is not one that may run here`);
      continue;
    }
    for (const [index, item] of (Array.isArray(value) ? value : [value]).entries()) {
      const path = `outputs.${plugin}[${index}]`;
      if (!isTomlTable(item)) {
        fault(path, `must be a list of tables: [[outputs.${plugin}]]`);
        continue;
      }
      const reader = new SectionReader(item, path, fault);
      const general = defined({
        flushIntervalMs: reader.durationMs('flush_interval'),
        flushJitterMs: reader.durationMs('flush_jitter'),
        metricBatchSize: reader.count('metric_batch_size'),
        metricBufferLimit: reader.count('metric_buffer_limit'),
      });
      blocks.push({ plugin, options: reader.rest(), ...general });
    }
  }
  return blocks;
}

/** Removes undefined properties, so that an absent setting is an absent property. */
function defined<T extends Readonly<Record<string, unknown>>>(
  entries: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
