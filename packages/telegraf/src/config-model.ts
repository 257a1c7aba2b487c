import type { TomlTable } from './toml-value.ts';

/** The `[agent]` section: defaults of every input and of the output. Durations in ms. */
export interface AgentSettings {
  readonly intervalMs?: number;
  readonly roundInterval?: boolean;
  readonly collectionJitterMs?: number;
  readonly collectionOffsetMs?: number;
  readonly flushIntervalMs?: number;
  readonly flushJitterMs?: number;
  /** Unit that timestamps are rounded to; 0 or absent rounds to the unit of the interval (1 s for 1 s and more). */
  readonly precisionMs?: number;
  readonly metricBatchSize?: number;
  readonly metricBufferLimit?: number;
  /** Value of the `host` tag; the host's own name when absent. */
  readonly hostname?: string;
  /** True leaves the `host` tag out. */
  readonly omitHostname?: boolean;
  readonly debug?: boolean;
  readonly quiet?: boolean;
}

/**
 * The filters of a block's metrics, tags and fields. Patterns are globs (`*`, `?`, `[a-z]`, `{a,b}`). The old names
 * `fieldpass` and `fielddrop` are read as `fieldInclude` and `fieldExclude`.
 */
export interface BlockFilters {
  readonly namePass?: readonly string[];
  readonly nameDrop?: readonly string[];
  readonly fieldInclude?: readonly string[];
  readonly fieldExclude?: readonly string[];
  readonly tagInclude?: readonly string[];
  readonly tagExclude?: readonly string[];
  readonly tagPass?: Readonly<Record<string, readonly string[]>>;
  readonly tagDrop?: Readonly<Record<string, readonly string[]>>;
}

/** An `[[inputs.PLUGIN]]` block. */
export interface InputBlock {
  readonly plugin: string;
  /** The plugin's own options; sub-tables are tables, lists of sub-tables lists of tables. */
  readonly options: TomlTable;
  readonly tags?: Readonly<Record<string, string>>;
  readonly alias?: string;
  readonly intervalMs?: number;
  readonly collectionJitterMs?: number;
  readonly collectionOffsetMs?: number;
  readonly precisionMs?: number;
  readonly nameOverride?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly filters?: BlockFilters;
}

/** An `[[outputs.PLUGIN]]` block; only the component writes one. */
export interface OutputBlock {
  readonly plugin: string;
  readonly options: TomlTable;
  readonly flushIntervalMs?: number;
  readonly flushJitterMs?: number;
  readonly metricBatchSize?: number;
  readonly metricBufferLimit?: number;
}

/** The model of a telegraf.conf. */
export interface TelegrafConfig {
  readonly agent: AgentSettings;
  readonly globalTags: Readonly<Record<string, string>>;
  readonly inputs: readonly InputBlock[];
  readonly outputs: readonly OutputBlock[];
}

/**
 * Makes the output of every engine: InfluxDB's v1 write API on the component's own socket.
 *
 * @param url `unix:///path/of/the.sock`, or where there are no unix sockets `http://name:password@127.0.0.1:port`, whose
 *   login keeps other users of the host away
 */
export function componentOutput(url: string): OutputBlock {
  const parsed = new URL(url);
  const login =
    parsed.username === ''
      ? {}
      : { username: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password) };
  return {
    plugin: 'influxdb',
    options: {
      ...login,
      urls: [parsed.username === '' ? url : `${parsed.protocol}//${parsed.host}`],
      database: 'stratora',
      skip_database_creation: true,
      content_encoding: 'identity',
      timeout: '10s',
    },
  };
}
