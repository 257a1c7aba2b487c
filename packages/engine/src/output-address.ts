import { createHttpClient, type HttpClient } from '@stratora/runtime';
import { isTomlTable, type OutputBlock, parseDurationMs } from '@stratora/telegraf';

/** The address on which the engine's component listens. */
export interface OutputAddress {
  /** `unix:///path` or `http://127.0.0.1:port`. */
  readonly url: string;
  readonly database: string;
  readonly timeoutMs: number;
  /** Login of HTTP's Basic scheme (RFC 7617), where the component asks for it. */
  readonly login?: { readonly username: string; readonly password: string };
}

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Reads the address out of `[[outputs.influxdb]]`. Only addresses of this host are taken: the component's own socket,
 * or a port of the loopback.
 *
 * @param fault called with what is wrong, with the option's name
 */
export function readOutputAddress(
  block: OutputBlock,
  fault: (option: string, message: string) => void,
): OutputAddress | undefined {
  const urls = block.options['urls'];
  const url = Array.isArray(urls) && urls.length === 1 ? (urls as readonly unknown[])[0] : undefined;
  if (typeof url !== 'string' || !isLocal(url)) {
    fault('urls', 'must hold one URL: unix:///path or http://127.0.0.1:port');
    return undefined;
  }
  const database = block.options['database'];
  const timeout = block.options['timeout'];
  const { username, password } = block.options;
  const login =
    typeof username === 'string' && typeof password === 'string' ? { username, password } : undefined;
  if (isTomlTable(database) || isTomlTable(timeout)) fault('database', 'must be a string');
  return {
    url,
    database: typeof database === 'string' && database !== '' ? database : 'telegraf',
    ...(login === undefined ? {} : { login }),
    timeoutMs: (timeout === undefined ? undefined : parseDurationMs(timeout)) ?? DEFAULT_TIMEOUT_MS,
  };
}

/** Opens a client of that address. */
export function openOutput(address: OutputAddress): HttpClient {
  const { timeoutMs, login } = address;
  const credentials = login && Buffer.from(`${login.username}:${login.password}`).toString('base64');
  const headers = credentials === undefined ? {} : { headers: { authorization: `Basic ${credentials}` } };
  return address.url.startsWith('unix://')
    ? createHttpClient({ socketPath: address.url.slice('unix://'.length), timeoutMs, maxSockets: 2 })
    : createHttpClient({ baseUrl: address.url, timeoutMs, maxSockets: 2, ...headers });
}

function isLocal(url: string): boolean {
  if (url.startsWith('unix:///')) return true;
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, search, hash } = new URL(url);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  return protocol === 'http:' && isLoopback && username === '' && search === '' && hash === '';
}
