/** Inputs that poll other devices, for collectors. */
export const COLLECTOR_INPUTS: readonly string[] = [
  'http_response',
  'internal',
  'ping',
  'snmp',
  'vsphere',
  'x509_cert',
];

/** Inputs that every host has. */
const HOST_INPUTS: readonly string[] = ['cpu', 'disk', 'diskio', 'internal', 'mem', 'net', 'swap', 'system'];
const LINUX_INPUTS: readonly string[] = ['kernel', 'linux_sysctl_fs', 'processes', 'systemd_units'];

/** Inputs that only Telegraf has, and only on Windows. */
export const WINDOWS_INPUTS: readonly string[] = ['win_perf_counters', 'win_services'];

/**
 * The inputs that a component runs, but for those of Windows. A collector trusts the server for what to poll, not for
 * what to run: nothing that starts programs of the config's choice or reads files of its choice is ever on this list.
 */
export const ALLOWED_INPUTS: readonly string[] = [
  ...new Set([...COLLECTOR_INPUTS, ...HOST_INPUTS, ...LINUX_INPUTS]),
].toSorted();

/** The component that is to run a config. */
export interface ComponentKind {
  readonly type: 'collector' | 'agent';
  /** Node's name of the operating system: `linux`, `win32`. */
  readonly platform: string;
}

/** Lists the inputs that a config for this component may have. */
export function inputsFor({ type, platform }: ComponentKind): readonly string[] {
  if (type === 'collector') return COLLECTOR_INPUTS;
  return [...HOST_INPUTS, ...(platform === 'win32' ? WINDOWS_INPUTS : LINUX_INPUTS)];
}

/** Options that Telegraf resolves through secret stores, without any way to write a literal `@{store:key}`. */
const STORE_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  http_response: ['username', 'password', 'token'],
  snmp: ['auth_password', 'priv_password'],
  vsphere: ['username', 'password'],
  x509_cert: ['password'],
};

/** Options that hold secrets. Whoever shows a config masks them. */
const SECRET_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  http_response: ['password', 'token', 'headers', 'body', 'body_form'],
  influxdb: ['password'],
  snmp: ['community', 'auth_password', 'priv_password'],
  vsphere: ['password'],
  x509_cert: ['password'],
};

/** Options that Telegraf refuses as a TOML integer, so that 1 is written `1.0`. */
const FLOAT_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  ping: ['ping_interval', 'timeout'],
};

const SECRET_REFERENCE = /@\{\w+:\w+\}/;

/** True for a text that Telegraf would take for a reference to a secret store in that option. */
export function isSecretReference(plugin: string, option: string, value: string): boolean {
  return listed(STORE_OPTIONS, plugin, option) && SECRET_REFERENCE.test(value);
}

/** True for an option, or a table of options, whose values are not for everybody's eyes. */
export function isSecretOption(plugin: string, option: string): boolean {
  return listed(SECRET_OPTIONS, plugin, option);
}

const FLOATS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(FLOAT_OPTIONS).map(([plugin, options]) => [plugin, new Set(options)]),
);
const NONE: ReadonlySet<string> = new Set();

/** Returns the options of a plugin that are floats whatever their value. */
export function floatOptions(plugin: string): ReadonlySet<string> {
  return FLOATS.get(plugin) ?? NONE;
}

function listed(table: Readonly<Record<string, readonly string[]>>, plugin: string, option: string): boolean {
  return Object.hasOwn(table, plugin) && (table[plugin]?.includes(option) ?? false);
}
