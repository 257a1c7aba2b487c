import type { TomlTable, TomlValue } from './toml-value.ts';

/**
 * The inputs that a component runs. A collector trusts the server for what to poll, not for what to run: nothing that
 * starts programs of the config's choice or reads files of its choice is ever on this list.
 */
export const ALLOWED_INPUTS: readonly string[] = [
  'cpu',
  'disk',
  'diskio',
  'http_response',
  'internal',
  'kernel',
  'linux_sysctl_fs',
  'mem',
  'net',
  'ping',
  'processes',
  'snmp',
  'swap',
  'system',
  'systemd_units',
  'x509_cert',
];

/**
 * Options of allowed inputs that would start a program or read a file all the same. Empty and `false` values are
 * harmless and pass.
 */
const FORBIDDEN_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  http_response: ['bearer_token', 'body_file', 'tls_ca', 'tls_cert', 'tls_key', 'tls_key_pwd'],
  ping: ['arguments', 'binary'],
  processes: ['use_sudo'],
  snmp: ['path'],
  x509_cert: ['tls_ca', 'tls_cert', 'tls_key', 'tls_key_pwd'],
};

/** Options whose values are lists of URLs, and the schemes that stay off the host's files. */
const URL_SCHEMES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  x509_cert: { sources: ['tcp', 'tcp4', 'tcp6', 'udp', 'udp4', 'udp6', 'https', 'smtp'] },
  http_response: { urls: ['http', 'https'] },
};

/** Options that Telegraf resolves through secret stores, without any way to write a literal `@{store:key}`. */
const SECRET_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  http_response: ['username', 'password'],
  snmp: ['auth_password', 'priv_password'],
  x509_cert: ['password'],
};

/** Options that Telegraf refuses as a TOML integer, so that 1 is written `1.0`. */
const FLOAT_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  ping: ['ping_interval', 'timeout'],
};

const SECRET_REFERENCE = /@\{\w+:\w+\}/;

/** Says what of a block's options reaches outside of what an input may do; pairs of option and message. */
export function findForbiddenOptions(
  plugin: string,
  options: TomlTable,
): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  for (const name of own(FORBIDDEN_OPTIONS, plugin) ?? []) {
    if (!isHarmless(options[name]))
      found.push([name, 'is not allowed: it reaches programs or files of the host']);
  }
  for (const [name, schemes] of Object.entries(own(URL_SCHEMES, plugin) ?? {})) {
    for (const url of listOf(options[name])) {
      const scheme =
        typeof url === 'string' ? /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase() : undefined;
      const isPlainHost = plugin === 'http_response' && scheme === undefined;
      if (typeof url === 'string' && !isPlainHost && (scheme === undefined || !schemes.includes(scheme))) {
        found.push([name, `must hold URLs of these schemes only: ${schemes.join(', ')}`]);
      }
    }
  }
  return found;
}

/** True for a text that Telegraf would take for a reference to a secret store in that option. */
export function isSecretReference(plugin: string, option: string, value: string): boolean {
  return (own(SECRET_OPTIONS, plugin) ?? []).includes(option) && SECRET_REFERENCE.test(value);
}

/** True for an option that is a float whatever its value. */
export function isFloatOption(plugin: string, option: string): boolean {
  return (own(FLOAT_OPTIONS, plugin) ?? []).includes(option);
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

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
