import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PASSWORD_MIN_LENGTH } from '@stratora/contract/password-rule';
import {
  EnvironmentError,
  type EnvironmentSource,
  envDatabaseUrl,
  envHttpUrl,
  envNetworks,
  envOneOf,
  envOptional,
  envOrigins,
  envPort,
  envString,
  LOG_LEVELS,
  type LogLevel,
  readEnvironment,
} from '@stratora/runtime';

export type ProxyKind = 'nginx' | 'builtin';

/** All options that decide what `stratora up` starts; read once from command line and environment. */
export interface LaunchOptions {
  dataDir: string;
  host: string;
  /** Port of HTTPS; 0 takes any free one. */
  httpsPort: number;
  adminPassword?: string;
  /** Further origins that browsers show, such as that of a reverse proxy before this system. */
  publicOrigins: readonly string[];
  /** Networks that outgoing calls may reach although they are refused otherwise. */
  outboundAllow: readonly string[];
  collector: boolean;
  agent: boolean;
  /** The front door; undefined means nginx where a binary is found. */
  proxy?: ProxyKind;
  databaseUrl?: string;
  metricsWriteUrl?: string;
  metricsReadUrl?: string;
  victoriaMetricsBinary?: string;
  telegrafBinary?: string;
  nginxBinary?: string;
  toolCacheDir?: string;
  logLevel: LogLevel;
  /** Credential keys by variable name: `STRATORA_CREDENTIAL_KEY_1` and so on. */
  credentialKeys: Record<string, string>;
}

/** The command line or environment is wrong; the message says what to write instead. */
export class UsageError extends Error {
  /** The exit code for it: 2 for an option that there is not, 1 for a value that cannot be used. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'UsageError';
    this.exitCode = exitCode;
  }
}

const FLAGS = {
  'data-dir': { type: 'string' },
  host: { type: 'string' },
  'https-port': { type: 'string' },
  'admin-password': { type: 'string' },
  'public-origin': { type: 'string' },
  'no-collector': { type: 'boolean' },
  'no-agent': { type: 'boolean' },
  proxy: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const VARIABLES = {
  STRATORA_DATA_DIR: envString({ default: './data' }),
  STRATORA_HOST: envString({ default: '127.0.0.1' }),
  STRATORA_HTTPS_PORT: envPort({ default: 8443 }),
  STRATORA_ADMIN_PASSWORD: envOptional(),
  STRATORA_PUBLIC_ORIGIN: envOrigins(),
  STRATORA_OUTBOUND_ALLOW: envNetworks(),
  STRATORA_PROXY: envOneOf(['nginx', 'builtin', 'auto'], { default: 'auto' }),
  DATABASE_URL: envDatabaseUrl(),
  STRATORA_METRICS_WRITE_URL: envHttpUrl(),
  STRATORA_METRICS_READ_URL: envHttpUrl(),
  STRATORA_VICTORIA_METRICS_BIN: envOptional(),
  STRATORA_TELEGRAF_BIN: envOptional(),
  STRATORA_NGINX_BIN: envOptional(),
  STRATORA_TOOL_CACHE: envOptional(),
  STRATORA_LOG_LEVEL: envOneOf(LOG_LEVELS, { default: 'info' }),
};

/** The environment variable that each option stands for. */
const OPTION_VARIABLES: Record<string, keyof typeof VARIABLES> = {
  'data-dir': 'STRATORA_DATA_DIR',
  host: 'STRATORA_HOST',
  'https-port': 'STRATORA_HTTPS_PORT',
  'admin-password': 'STRATORA_ADMIN_PASSWORD',
  'public-origin': 'STRATORA_PUBLIC_ORIGIN',
  proxy: 'STRATORA_PROXY',
};

const CREDENTIAL_KEY_PREFIX = 'STRATORA_CREDENTIAL_KEY_';
const CREDENTIAL_KEY = /^STRATORA_CREDENTIAL_KEY_([1-9]\d{0,3})$/;

/**
 * Reads command line and environment into options.
 * @param workingDir folder that a relative `--data-dir` starts from
 * @returns 'help' when only the help was asked for
 * @throws UsageError
 */
export function readLaunchOptions(
  args: readonly string[],
  environment: EnvironmentSource,
  workingDir: string,
): LaunchOptions | 'help' {
  const flags = parseFlags(args);
  if (flags.help) return 'help';
  const source: Record<string, string | undefined> = { ...environment };
  for (const [option, variable] of Object.entries(OPTION_VARIABLES)) {
    const value = flags[option as keyof typeof flags];
    if (typeof value !== 'string') continue;
    // An empty variable is one that is not set; an empty option is a slip.
    if (value.trim() === '') throw new UsageError(`--${option} is empty.`);
    source[variable] = value;
  }
  if (source['STRATORA_ADMIN_PASSWORD']?.trim() === '') {
    throw new UsageError('STRATORA_ADMIN_PASSWORD is empty: give a password, or leave the variable out.');
  }
  const values = readVariables(source);
  const optional = definedOnly({
    adminPassword: values.STRATORA_ADMIN_PASSWORD,
    proxy: values.STRATORA_PROXY === 'auto' ? undefined : values.STRATORA_PROXY,
    databaseUrl: values.DATABASE_URL,
    metricsWriteUrl: values.STRATORA_METRICS_WRITE_URL,
    metricsReadUrl: values.STRATORA_METRICS_READ_URL,
    victoriaMetricsBinary: values.STRATORA_VICTORIA_METRICS_BIN,
    telegrafBinary: values.STRATORA_TELEGRAF_BIN,
    nginxBinary: values.STRATORA_NGINX_BIN,
    toolCacheDir: values.STRATORA_TOOL_CACHE,
  });
  const options: LaunchOptions = {
    dataDir: resolve(workingDir, values.STRATORA_DATA_DIR),
    host: values.STRATORA_HOST,
    httpsPort: values.STRATORA_HTTPS_PORT,
    collector: !flags['no-collector'],
    agent: !flags['no-agent'],
    publicOrigins: values.STRATORA_PUBLIC_ORIGIN,
    outboundAllow: values.STRATORA_OUTBOUND_ALLOW,
    logLevel: values.STRATORA_LOG_LEVEL,
    credentialKeys: credentialKeys(environment),
    ...optional,
  };
  check(options);
  return options;
}

function parseFlags(args: readonly string[]) {
  const named = args.find((arg) => arg.startsWith('--') && arg !== '--')?.split('=')[0];
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const known = Object.keys(FLAGS).map((name) => `--${name}`);
    const unknown = args.map((arg) => arg.split('=')[0] ?? '').find((arg) => isUnknown(arg, known));
    if (unknown === undefined) throw new UsageError(usageMessage(error, named), 2);
    const near = known.find((name) => distance(name, unknown) <= 2);
    const hint = near ? ` Did you mean ${near}?` : '';
    throw new UsageError(`Unknown option ${unknown}.${hint} Known: ${known.join(', ')}.`, 2);
  }
}

function isUnknown(arg: string, known: readonly string[]): boolean {
  return arg.startsWith('-') && arg !== '--' && arg !== '-h' && !known.includes(arg);
}

/** Shortens Node's own message to its first sentence, which says what is wrong; the rest is advice on shell quoting. */
function usageMessage(error: unknown, option: string | undefined): string {
  const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return text === '' ? `The options are not usable${option ? ` (near ${option})` : ''}.` : text;
}

function readVariables(source: EnvironmentSource) {
  try {
    return readEnvironment(source, VARIABLES);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const options = Object.entries(OPTION_VARIABLES);
    const faults = error.faults.map((fault) => {
      const option = options.find(([, variable]) => fault.startsWith(`${variable} `))?.[0];
      return option ? `--${option} (${fault.replace(' ', ') ')}` : fault;
    });
    throw new UsageError(faults.join('\n'));
  }
}

function credentialKeys(environment: EnvironmentSource): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(CREDENTIAL_KEY_PREFIX) || value === undefined || value === '') continue;
    if (!CREDENTIAL_KEY.test(name))
      throw new UsageError(`${name}: credential keys are numbered from 1 to 9999.`);
    if (!/^[0-9a-fA-F]{64}$/.test(value)) throw new UsageError(`${name} must be 64 hex digits.`);
    keys[name] = value;
  }
  return keys;
}

function check(options: LaunchOptions): void {
  if ((options.metricsWriteUrl === undefined) !== (options.metricsReadUrl === undefined)) {
    throw new UsageError('Set both STRATORA_METRICS_WRITE_URL and STRATORA_METRICS_READ_URL, or neither.');
  }
  if (!/^[0-9A-Za-z.:_-]+$/.test(options.host))
    throw new UsageError('--host (STRATORA_HOST) must be an address or a host name.');
  const { adminPassword } = options;
  if (adminPassword !== undefined && adminPassword.length < PASSWORD_MIN_LENGTH) {
    throw new UsageError(`--admin-password must have at least ${PASSWORD_MIN_LENGTH} characters.`);
  }
}

function definedOnly<T extends Record<string, unknown>>(
  values: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** Returns the number of edits (Levenshtein) between two short words. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitute = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitute, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
