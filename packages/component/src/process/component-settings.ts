import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  EnvironmentError,
  type EnvironmentSource,
  type EnvironmentVariable,
  envInteger,
  envNetworks,
  envOneOf,
  envOptional,
  envString,
  errorMessage,
  fingerprintOf,
  type HttpProxy,
  LOG_LEVELS,
  type LogLevel,
  readEnvironment,
  readHttpProxy,
  readPin,
} from '@stratora/runtime';
import { engineEnvironment } from '../engine/engine-environment.ts';
import type { EngineLimits } from '../engine/engine-limits.ts';
import type { TelegrafPlaces } from '../engine/telegraf-binary.ts';
import { openAuthority } from './server-authority.ts';

/** The process configuration of a component. */
export interface ComponentSettings {
  serverUrl: string;
  /**
   * PEM of the authority that the server is verified with; undefined trusts the system's. @throws while it cannot be
   * had
   */
  authority: () => Promise<string | undefined>;
  /** SHA-256 of it, in hex; null with the system's. */
  caFingerprint: string | null;
  /** Proxy on the way to the server, and for nothing else. */
  proxy: HttpProxy | undefined;
  /** A name of this very process, made up at its start. */
  instance: string;
  stateDirectory: string;
  logLevel: LogLevel;
  /** Networks that its own messages may reach although they are refused otherwise. */
  outboundAllow: readonly string[];
  /** Name that is shown instead of the host's. */
  name: string | undefined;
  siteName: string | undefined;
  /** Host name that is used instead of the host's own. */
  hostname: string | undefined;
  /** Reads the token anew each time, since its file may be renewed. */
  token: () => Promise<string | undefined>;
}

export interface EngineSettings {
  /** The engine's program with its leading arguments. */
  command: readonly string[];
  /** Environment of the engine's process: what it needs of ours, without secrets and proxies. */
  environment: Readonly<Record<string, string>>;
  /** Places where Telegraf may be. */
  telegraf: TelegrafPlaces;
  limits: EngineLimits;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
/** Memory above which an engine is started anew when that lasts for half a minute. */
const DEFAULT_ENGINE_MEMORY_MIB = 2048;
/** Length of an instance's name: 128 bits, 22 characters. */
const INSTANCE_BYTES = 16;

/** Reads a server URL: `https:`, or plain `http:` to this host alone. */
function envServerUrl(): EnvironmentVariable<string> {
  return {
    parse(value) {
      if (!value) throw new Error('is required');
      if (!URL.canParse(value)) throw new Error('must be a URL');
      const url = new URL(value);
      const plain = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
      if (url.protocol !== 'https:' && !plain) throw new Error('must begin with https://');
      if (url.username || url.password || url.search || url.hash) throw new Error('must be an address alone');
      return value.replace(/\/+$/, '');
    },
  };
}

function envPin(): EnvironmentVariable<string | undefined> {
  return { parse: (value) => (value ? readPin(value) : undefined) };
}

function envCommand(): EnvironmentVariable<readonly string[]> {
  return {
    parse(value) {
      if (!value) throw new Error('is required');
      let parsed: unknown;
      try {
        parsed = JSON.parse(value);
      } catch {
        parsed = undefined;
      }
      const isCommand =
        Array.isArray(parsed) &&
        parsed.length > 0 &&
        parsed.every((part) => typeof part === 'string' && part);
      if (!isCommand) throw new Error('must be a JSON array: the program and its arguments');
      return parsed as string[];
    },
  };
}

/**
 * @throws EnvironmentError naming every variable that does not do
 * @throws when the CA file cannot be read or holds no certificate
 */
export async function readSettings(source: EnvironmentSource): Promise<ComponentSettings> {
  const values = readEnvironment(source, {
    STRATORA_SERVER_URL: envServerUrl(),
    STRATORA_CA_FILE: envOptional(),
    STRATORA_CA_SHA256: envPin(),
    STRATORA_ENROLLMENT_TOKEN: envOptional(),
    STRATORA_ENROLLMENT_TOKEN_FILE: envOptional(),
    STRATORA_STATE_DIR: envString(),
    STRATORA_LOG_LEVEL: envOneOf(LOG_LEVELS, { default: 'info' }),
    STRATORA_COMPONENT_NAME: envOptional(),
    STRATORA_SITE: envOptional(),
    STRATORA_HOSTNAME: envOptional(),
    STRATORA_OUTBOUND_ALLOW: envNetworks(),
  });
  const tokenFile = values.STRATORA_ENROLLMENT_TOKEN_FILE;
  const token = values.STRATORA_ENROLLMENT_TOKEN;
  const serverUrl = values.STRATORA_SERVER_URL;
  const stateDirectory = values.STRATORA_STATE_DIR;
  const pin = values.STRATORA_CA_SHA256;
  const proxy = readProxy(source);
  const { ca, fingerprint } = await readCa(values.STRATORA_CA_FILE);
  return {
    serverUrl,
    authority: openAuthority({ serverUrl, stateDirectory, ca, pin, proxy }),
    caFingerprint: pin ?? fingerprint,
    proxy,
    instance: randomBytes(INSTANCE_BYTES).toString('base64url'),
    stateDirectory,
    logLevel: values.STRATORA_LOG_LEVEL,
    outboundAllow: values.STRATORA_OUTBOUND_ALLOW,
    name: values.STRATORA_COMPONENT_NAME,
    siteName: values.STRATORA_SITE,
    hostname: values.STRATORA_HOSTNAME,
    token: async () => (tokenFile === undefined ? token : ((await readToken(tokenFile)) ?? token)),
  };
}

/** @throws EnvironmentError */
export function readEngineSettings(source: EnvironmentSource): EngineSettings {
  const values = readEnvironment(source, {
    STRATORA_ENGINE_COMMAND: envCommand(),
    STRATORA_TELEGRAF_BIN: envOptional(),
    STRATORA_TOOL_CACHE: envOptional(),
    STRATORA_ENGINE_MEMORY_MIB: envInteger({ default: DEFAULT_ENGINE_MEMORY_MIB, min: 0 }),
    STRATORA_ENGINE_CPU_PERCENT: envInteger({ default: 0, min: 0 }),
  });
  return {
    command: values.STRATORA_ENGINE_COMMAND,
    environment: engineEnvironment(source),
    telegraf: {
      binary: values.STRATORA_TELEGRAF_BIN,
      searchPath: source['PATH'] ?? '',
      cacheDirectory: values.STRATORA_TOOL_CACHE,
    },
    limits: {
      memoryBytes: values.STRATORA_ENGINE_MEMORY_MIB * 1024 ** 2,
      cpuPercent: values.STRATORA_ENGINE_CPU_PERCENT,
    },
  };
}

function readProxy(source: EnvironmentSource): HttpProxy | undefined {
  try {
    return readHttpProxy(source);
  } catch (error) {
    throw new EnvironmentError([errorMessage(error)]);
  }
}

async function readCa(
  path: string | undefined,
): Promise<{ ca: string | undefined; fingerprint: string | null }> {
  if (path === undefined) return { ca: undefined, fingerprint: null };
  try {
    const ca = await readFile(path, 'utf8');
    return { ca, fingerprint: fingerprintOf(ca) };
  } catch (error) {
    throw new Error(`STRATORA_CA_FILE ${path} cannot be used: ${errorMessage(error)}`, { cause: error });
  }
}

async function readToken(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim() || undefined;
  } catch {
    return undefined;
  }
}
