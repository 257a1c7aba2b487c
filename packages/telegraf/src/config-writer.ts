import type { AgentSettings, BlockFilters, InputBlock, OutputBlock, TelegrafConfig } from './config-model.ts';
import { formatDuration } from './duration.ts';
import { floatOptions, isSecretReference } from './plugin-policy.ts';
import { encodeKey, encodeText, UnrenderableValueError } from './toml-text.ts';
import { isTomlTable, type TomlTable, type TomlValue } from './toml-value.ts';

type Entries = Record<string, TomlValue>;

interface Section {
  readonly header: string;
  readonly table: TomlTable;
  /** Path of the table, for messages. */
  readonly path: string;
  /** Dotted name of the table, for the headers of what is below it. */
  readonly prefix: string;
  /** Keys whose whole numbers are floats. */
  readonly floats?: ReadonlySet<string>;
}

export interface WriteOptions {
  /**
   * True for a text that Telegraf is to run: it looks up `@{store:key}` in passwords, has no way to write such a text
   * literally, and refuses the whole config over it, so the block is refused here. The embedded engine has no secret
   * stores and takes it as it stands.
   */
  readonly refuseSecretReferences?: boolean;
}

const NO_OPTIONS: ReadonlySet<string> = new Set();

/**
 * Writes a model as the text of a telegraf.conf. The same model gives the same bytes, whatever the order in which its
 * objects were filled: keys are sorted, lists and blocks keep their order.
 *
 * @throws UnrenderableValueError naming the place of a value that cannot be written
 */
export function writeConfig(config: TelegrafConfig, options: WriteOptions = {}): string {
  const sections: string[] = [];
  sections.push(
    writeTable({ header: '[agent]', table: agentEntries(config.agent), path: 'agent', prefix: 'agent' }),
  );
  if (Object.keys(config.globalTags).length > 0) {
    const tags = { header: '[global_tags]', table: config.globalTags, path: 'global_tags' };
    sections.push(writeTable({ ...tags, prefix: 'global_tags' }));
  }
  const counts = new Map<string, number>();
  for (const block of config.inputs) {
    const index = counts.get(block.plugin) ?? 0;
    counts.set(block.plugin, index + 1);
    sections.push(writeInputBlock(block, index, options));
  }
  for (const block of config.outputs) sections.push(writeOutputBlock(block));
  return sections.join('\n');
}

/**
 * Writes one input block: what `writeConfig` puts together, so that a renderer of many nodes can write each on its own,
 * leave out the one that throws and name it.
 *
 * @param index which block of its plugin this is; only used in messages
 */
export function writeInputBlock(block: InputBlock, index = 0, options: WriteOptions = {}): string {
  const path = `inputs.${block.plugin}[${index}]`;
  for (const [name, value] of options.refuseSecretReferences ? Object.entries(block.options) : []) {
    if (typeof value === 'string' && isSecretReference(block.plugin, name, value)) {
      throw new UnrenderableValueError(`${path}.${name}`, 'Telegraf reads "@{...}" there as a secret store');
    }
  }
  const entries: Entries = { ...block.options };
  const general = inputEntries(block);
  for (const name in general) {
    const value = general[name];
    if (value === undefined) continue;
    if (entries[name] !== undefined) {
      throw new UnrenderableValueError(
        `${path}.${name}`,
        'is an option of every block and not one of the plugin',
      );
    }
    entries[name] = value;
  }
  const name = encodeKey(block.plugin, path);
  const floats = floatOptions(block.plugin);
  return writeTable({ header: `[[inputs.${name}]]`, table: entries, path, prefix: `inputs.${name}`, floats });
}

/** Texts of lists of tables that cannot change any more, by the header that they stand under. */
const sharedTexts = new WeakMap<readonly TomlTable[], Map<string, string>>();

/**
 * Prepares a list of tables that stands in many blocks, such as the columns that a device template asks of every node of
 * its kind: it is frozen through and through, and its text is made once.
 */
export function sharedTables(list: readonly TomlTable[]): readonly TomlTable[] {
  if (!sharedTexts.has(list)) {
    freeze(list);
    sharedTexts.set(list, new Map());
  }
  return list;
}

function freeze(value: TomlValue): void {
  if (typeof value !== 'object' || value instanceof Date) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

/** Writes one output block: what a component appends to the server's text. */
export function writeOutputBlock(block: OutputBlock): string {
  const entries = defined({
    ...block.options,
    flush_interval: duration(block.flushIntervalMs),
    flush_jitter: duration(block.flushJitterMs),
    metric_batch_size: block.metricBatchSize,
    metric_buffer_limit: block.metricBufferLimit,
  });
  const path = `outputs.${block.plugin}`;
  const name = encodeKey(block.plugin, path);
  return writeTable({ header: `[[outputs.${name}]]`, table: entries, path, prefix: `outputs.${name}` });
}

function agentEntries(agent: AgentSettings): TomlTable {
  return defined({
    interval: duration(agent.intervalMs),
    round_interval: agent.roundInterval,
    collection_jitter: duration(agent.collectionJitterMs),
    collection_offset: duration(agent.collectionOffsetMs),
    flush_interval: duration(agent.flushIntervalMs),
    flush_jitter: duration(agent.flushJitterMs),
    precision: duration(agent.precisionMs),
    metric_batch_size: agent.metricBatchSize,
    metric_buffer_limit: agent.metricBufferLimit,
    hostname: agent.hostname,
    omit_hostname: agent.omitHostname,
    debug: agent.debug,
    quiet: agent.quiet,
  });
}

function inputEntries(block: InputBlock): Readonly<Record<string, TomlValue | undefined>> {
  const tags = block.tags ?? {};
  return {
    alias: block.alias,
    interval: duration(block.intervalMs),
    collection_jitter: duration(block.collectionJitterMs),
    collection_offset: duration(block.collectionOffsetMs),
    precision: duration(block.precisionMs),
    name_override: block.nameOverride,
    name_prefix: block.namePrefix,
    name_suffix: block.nameSuffix,
    ...(block.filters === undefined ? undefined : filterEntries(block.filters)),
    tags: Object.keys(tags).length > 0 ? tags : undefined,
  };
}

function filterEntries(filters: BlockFilters): Readonly<Record<string, TomlValue | undefined>> {
  return {
    namepass: filters.namePass,
    namedrop: filters.nameDrop,
    fieldinclude: filters.fieldInclude,
    fieldexclude: filters.fieldExclude,
    taginclude: filters.tagInclude,
    tagexclude: filters.tagExclude,
    tagpass: filters.tagPass,
    tagdrop: filters.tagDrop,
  };
}

function duration(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : formatDuration(milliseconds);
}

function defined(entries: Readonly<Record<string, TomlValue | undefined>>): TomlTable {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, TomlValue] => entry[1] !== undefined),
  );
}

/** Scalars first, then tables and lists of tables below their own headers: TOML has no way back to the parent. */
function writeTable({ header, table, path, prefix, floats = NO_OPTIONS }: Section): string {
  const lines = [header];
  const nested: string[] = [];
  for (const key of Object.keys(table).sort()) {
    const value = table[key];
    if (value === undefined) continue;
    const at = `${path}.${key}`;
    const name = encodeKey(key, at);
    if (isTomlTable(value)) {
      const below = `${prefix}.${name}`;
      nested.push(writeTable({ header: `[${below}]`, table: value, path: at, prefix: below }));
    } else if (isTableList(value)) {
      nested.push(writeTableList(value, at, `${prefix}.${name}`));
    } else {
      const text = writeValue(value, at);
      lines.push(`${name} = ${floats.has(key) && /^-?\d+$/.test(text) ? `${text}.0` : text}`);
    }
  }
  return `${lines.join('\n')}\n${nested.join('')}`;
}

function writeTableList(list: readonly TomlTable[], path: string, prefix: string): string {
  const known = sharedTexts.get(list);
  const made = known?.get(prefix);
  if (made !== undefined) return made;
  const text = list
    .map((item, index) =>
      writeTable({ header: `[[${prefix}]]`, table: item, path: `${path}[${index}]`, prefix }),
    )
    .join('');
  known?.set(prefix, text);
  return text;
}

function isTableList(value: TomlValue): value is readonly TomlTable[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  return sharedTexts.has(value) || value.every(isTomlTable);
}

function writeValue(value: TomlValue, path: string): string {
  if (typeof value === 'string') return encodeText(value, path);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new UnrenderableValueError(path, `${value} is not a number of TOML`);
    if (Number.isSafeInteger(value)) return String(value);
    const text = String(value);
    return /[.e]/.test(text) ? text.replace('e+', 'e') : `${text}.0`;
  }
  if (Array.isArray(value)) {
    return `[${value.map((item: TomlValue, index) => writeValue(item, `${path}[${index}]`)).join(', ')}]`;
  }
  throw new UnrenderableValueError(path, 'is of a type that a list or an option cannot have');
}
