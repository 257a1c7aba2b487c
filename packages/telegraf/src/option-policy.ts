import { isTomlTable, type TomlTable, type TomlValue } from './toml-value.ts';

/** A place inside a block, and the fault there. */
export type OptionFault = readonly [path: string, message: string];

/** The options that a block, or a table below it, may have. */
interface TablePolicy {
  readonly options: readonly string[];
  /** Lists of tables, by name. */
  readonly tables?: Readonly<Record<string, TablePolicy>>;
  /** Checks values. */
  readonly check?: (table: TomlTable, fault: (name: string, message: string) => void) => void;
}

/** Numeric identifiers and a name of one's own need no MIB: Telegraf starts `snmptranslate` for all others. */
const SNMP_FIELD: TablePolicy = {
  options: ['conversion', 'is_tag', 'name', 'oid', 'translate'],
  check: (field, fault) => {
    if (typeof field['oid'] === 'string' && !/^[\d.]*$/.test(field['oid'])) {
      fault('oid', 'must be a numeric object identifier');
    }
    if (typeof field['name'] !== 'string' || field['name'] === '') fault('name', 'is required');
    const { conversion } = field;
    if (typeof conversion === 'string' && /enum|displayhint/.test(conversion)) {
      fault('conversion', 'needs MIB files, which are not read here');
    }
  },
};
const SNMP_COLUMN: TablePolicy = {
  ...SNMP_FIELD,
  options: [
    ...SNMP_FIELD.options,
    'oid_index_length',
    'oid_index_suffix',
    'secondary_index_table',
    'secondary_index_use',
    'secondary_outer_join',
  ],
};

/** Options that Telegraf does not have, which the embedded engine alone keeps to: the pace of a fragile device. */
const PACE_OPTIONS = ['getbulk', 'requests_per_cycle', 'requests_per_second'] as const;

/** The options of each input that a config may set: those that say what to gather, from whom and how to log in. */
const POLICIES: Readonly<Record<string, TablePolicy>> = {
  cpu: { options: ['collect_cpu_time', 'core_tags', 'percpu', 'report_active', 'totalcpu'] },
  disk: { options: ['ignore_fs', 'ignore_mount_opts', 'mount_points'] },
  diskio: { options: ['device_tags', 'devices', 'name_templates', 'skip_serial_number'] },
  http_response: {
    options: [
      'body',
      'body_form',
      'follow_redirects',
      'headers',
      'http_header_tags',
      'insecure_skip_verify',
      'method',
      'password',
      'response_body_field',
      'response_body_max_size',
      'response_status_code',
      'response_string_match',
      'response_timeout',
      'tls_server_name',
      'token',
      'urls',
      'username',
    ],
    check: (block, fault) => checkSchemes(block, 'urls', ['http', 'https'], fault),
  },
  internal: { options: ['collect_gostats', 'collect_memstats', 'per_instance'] },
  kernel: { options: ['collect'] },
  linux_sysctl_fs: { options: [] },
  mem: { options: ['collect_extended'] },
  net: { options: ['ignore_protocol_stats', 'interfaces'] },
  ping: {
    options: [
      'count',
      'deadline',
      'interface',
      'ipv4',
      'ipv6',
      'method',
      'percentiles',
      'ping_interval',
      'size',
      'timeout',
      'urls',
    ],
    // Telegraf hands both to the system's ping.
    check: (block, fault) => {
      for (const name of ['urls', 'interface']) {
        if (listOf(block[name]).some((text) => typeof text === 'string' && text.startsWith('-'))) {
          fault(name, 'must not begin with "-"');
        }
      }
    },
  },
  processes: { options: [] },
  snmp: {
    options: [
      ...PACE_OPTIONS,
      'agent_host_tag',
      'agents',
      'auth_password',
      'auth_protocol',
      'community',
      'context_name',
      'max_repetitions',
      'name',
      'priv_password',
      'priv_protocol',
      'retries',
      'sec_level',
      'sec_name',
      'stop_on_error',
      'timeout',
      'unconnected_udp_socket',
      'version',
    ],
    tables: {
      field: SNMP_FIELD,
      table: { options: ['index_as_tag', 'inherit_tags', 'name'], tables: { field: SNMP_COLUMN } },
    },
  },
  swap: { options: [] },
  system: { options: ['dmi_cache_ttl', 'include', 'os_cache_ttl'] },
  systemd_units: {
    options: ['collect_disabled_units', 'details', 'pattern', 'scope', 'timeout', 'unittype'],
  },
  vsphere: {
    options: [
      ...['cluster', 'datacenter', 'datastore', 'host', 'resource_pool', 'vm'].flatMap((kind) =>
        ['include', 'instances', 'metric_exclude', 'metric_include'].map((option) => `${kind}_${option}`),
      ),
      'collect_concurrency',
      'disconnected_servers_behavior',
      'discover_concurrency',
      'historical_interval',
      'insecure_skip_verify',
      'max_query_metrics',
      'max_query_objects',
      'metric_lookback',
      'object_discovery_interval',
      'password',
      'timeout',
      'use_int_samples',
      'username',
      'vcenters',
    ].toSorted(),
    check: (block, fault) => {
      checkSchemes(block, 'vcenters', ['https'], fault);
      if (block['disconnected_servers_behavior'] !== 'ignore') {
        fault(
          'disconnected_servers_behavior',
          'must be "ignore": else one server that is away ends Telegraf',
        );
      }
    },
  },
  win_perf_counters: {
    options: [
      'CountersRefreshInterval',
      'IgnoredErrors',
      'LocalizeWildcardsExpansion',
      'MaxBufferSize',
      'UsePerfCounterTime',
      'UseWildcardsExpansion',
    ],
    // Without `Sources`: counters of other computers are not the agent's.
    tables: {
      object: {
        options: [
          'Counters',
          'FailOnMissing',
          'IncludeTotal',
          'Instances',
          'Measurement',
          'ObjectName',
          'UseRawValues',
          'WarnOnMissing',
        ],
      },
    },
  },
  win_services: { options: ['excluded_service_names', 'service_names'] },
  x509_cert: {
    options: [
      'exclude_root_certs',
      'pad_serial_with_zeroes',
      'password',
      'server_name',
      'sources',
      'timeout',
      'tls_server_name',
    ],
    check: (block, fault) =>
      checkSchemes(block, 'sources', ['tcp', 'tcp4', 'tcp6', 'udp', 'udp4', 'udp6', 'https', 'smtp'], fault),
  },
};

/** Lists the options of an input that Telegraf does not have: it refuses a config with one of them. */
export function embeddedOptions(plugin: string): readonly string[] {
  return plugin === 'snmp' ? PACE_OPTIONS : [];
}

/** Lists the options, and the lists of tables, that a block of this input may have. */
export function allowedOptions(plugin: string): readonly string[] {
  const policy = policyOf(plugin);
  return policy === undefined ? [] : [...policy.options, ...Object.keys(policy.tables ?? {})];
}

/**
 * Finds those of a block's options that may not be set from outside. Telegraf takes an option in any case and with
 * underscores left out, so what is not spelled as it is listed is refused. Empty and `false` values are harmless and
 * pass.
 */
export function findForbiddenOptions(plugin: string, options: TomlTable): readonly OptionFault[] {
  const faults: OptionFault[] = [];
  inspect(options, policyOf(plugin) ?? { options: [] }, '', faults);
  return faults;
}

/** Settings of `[agent]` that would make Telegraf write files of the config's choice or start programs. */
export function findForbiddenAgentSettings(settings: TomlTable): readonly OptionFault[] {
  const faults: OptionFault[] = [];
  for (const name of ['buffer_directory', 'logfile', 'statefile']) {
    if (!isHarmless(settings[name])) faults.push([name, 'is not allowed: it reaches files of the host']);
  }
  for (const [name, allowed] of [
    ['buffer_strategy', ['', 'memory']],
    ['logtarget', ['', 'stderr']],
  ] as const) {
    const value = settings[name];
    if (value !== undefined && !(allowed as readonly TomlValue[]).includes(value)) {
      faults.push([name, `must be one of ${allowed.map((word) => `"${word}"`).join(', ')}`]);
    }
  }
  return faults;
}

function policyOf(plugin: string): TablePolicy | undefined {
  return Object.hasOwn(POLICIES, plugin) ? POLICIES[plugin] : undefined;
}

function inspect(table: TomlTable, policy: TablePolicy, path: string, faults: OptionFault[]): void {
  const { options, tables = {}, check } = policy;
  for (const [name, value] of Object.entries(table)) {
    const below = Object.hasOwn(tables, name) ? tables[name] : undefined;
    if (below !== undefined) {
      const items = Array.isArray(value) ? (value as readonly TomlValue[]) : [value];
      for (const [index, item] of items.entries()) {
        if (isTomlTable(item)) inspect(item, below, `${path}${name}[${index}].`, faults);
        else faults.push([`${path}${name}`, 'must be a list of tables']);
      }
    } else if (!options.includes(name) && !isHarmless(value)) {
      faults.push([`${path}${name}`, 'is not an option that may be set here']);
    }
  }
  check?.(table, (name, message) => faults.push([`${path}${name}`, message]));
}

function checkSchemes(
  block: TomlTable,
  name: string,
  schemes: readonly string[],
  fault: (name: string, message: string) => void,
): void {
  for (const url of listOf(block[name])) {
    if (typeof url !== 'string') continue;
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
    // A bare host is a web address for http_response; x509_cert would take it for a file.
    const isPlainHost = scheme === undefined && schemes.includes('http');
    if (!isPlainHost && (scheme === undefined || !schemes.includes(scheme))) {
      fault(name, `must hold URLs of these schemes only: ${schemes.join(', ')}`);
    }
  }
}

function isHarmless(value: TomlValue | undefined): boolean {
  return (
    value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
  );
}

function listOf(value: TomlValue | undefined): readonly TomlValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly TomlValue[]) : [value];
}
