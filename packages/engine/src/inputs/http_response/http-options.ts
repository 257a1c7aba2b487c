import { parseWebAddress } from '@stratora/contract/target-address';
import type { OptionReader } from '../../option-reader.ts';

export interface HttpResponseOptions {
  readonly urls: readonly URL[];
  /** The checked addresses as given, which are the `server` tags. */
  readonly servers: readonly string[];
  readonly method: string;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly followRedirects: boolean;
  readonly serverName: string | undefined;
  readonly bodyField: string | undefined;
  readonly maxBodyBytes: number;
  readonly pattern: RegExp | undefined;
  /** Status that the answer must have; 0 accepts any. */
  readonly expectedStatus: number;
  /** Names of response headers (lower case) and of the tags that they become. Only names in HTTP's usual spelling count. */
  readonly headerTags: Readonly<Record<string, string>>;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const DEFAULT_MAX_BODY_BYTES = 32 * 1024 * 1024;
/** Options of Telegraf's that reach outside of an exchange: files, proxies, further logins. */
const LEFT_OUT = ['bearer_token', 'http_proxy', 'interface', 'tls_ca', 'tls_cert', 'tls_key', 'tls_key_pwd'];

export function parseHttpOptions(options: OptionReader): HttpResponseOptions {
  const servers = options.strings('urls');
  if (servers.length === 0) options.fault('urls', 'is required');
  const urls = servers.flatMap((server, index) => {
    const url = parseUrl(server);
    if (typeof url !== 'string') return [url];
    options.fault(`urls[${index}]`, url);
    return [];
  });
  for (const name of LEFT_OUT) {
    if (options.string(name, '') !== '') options.fault(name, 'is left to the Telegraf engine');
  }
  if (options.boolean('insecure_skip_verify', false)) {
    options.fault('insecure_skip_verify', 'is not supported: certificates are always verified');
  }
  const timeoutMs = options.durationMs('response_timeout', DEFAULT_TIMEOUT_MS);
  const headerTags = Object.entries(options.stringMap('http_header_tags'));
  return {
    urls,
    servers,
    method: parseMethod(options),
    // Below a second Telegraf takes its default.
    timeoutMs: timeoutMs < 1_000 ? DEFAULT_TIMEOUT_MS : timeoutMs,
    headers: parseHeaders(options),
    body: options.string('body', '') || parseForm(options),
    followRedirects: options.boolean('follow_redirects', false),
    serverName: options.string('tls_server_name', '') || undefined,
    bodyField: options.string('response_body_field', '') || undefined,
    maxBodyBytes: parseSize(options, 'response_body_max_size') || DEFAULT_MAX_BODY_BYTES,
    pattern: parsePattern(options),
    expectedStatus: options.integer('response_status_code', 0, { min: 0, max: 999 }),
    headerTags: Object.fromEntries(
      headerTags
        .filter(([name]) => name === usualSpelling(name))
        .map(([name, tag]) => [name.toLowerCase(), tag]),
    ),
  };
}

/**
 * Spells a header as Go, and so Telegraf, names the headers of an answer: `X-Release-Id`. It finds no other spelling.
 */
function usualSpelling(name: string): string {
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (letters) => letters.toUpperCase());
}

/** Parses a URL; returns it, or in words what is wrong with it. */
export function parseUrl(text: string): URL | string {
  const { value, fault } = parseWebAddress(text);
  return value === undefined ? fault : new URL(value);
}

function parseMethod(options: OptionReader): string {
  const method = options.string('method', '') || 'GET';
  if (/^[A-Z]{1,20}$/.test(method) && method !== 'CONNECT') return method;
  options.fault('method', 'must be an HTTP method in capitals');
  return 'GET';
}

/** Encodes a form as a body, its keys sorted; Telegraf leaves its type to the headers of the config. */
function parseForm(options: OptionReader): string | undefined {
  const form = Object.entries(options.stringLists('body_form')).sort(([a], [b]) => (a < b ? -1 : 1));
  const pairs = form.flatMap(([key, values]) => values.map((value): [string, string] => [key, value]));
  return pairs.length === 0 ? undefined : new URLSearchParams(pairs).toString();
}

function parseHeaders(options: OptionReader): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.stringMap('headers'))) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) options.fault(`headers.${name}`, 'is not a header name');
    else if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value))
      options.fault(`headers.${name}`, 'holds a character that a header cannot have');
    else headers[name.toLowerCase()] = value;
  }
  const username = options.string('username', '');
  const password = options.string('password', '');
  if (username !== '' && password !== '') {
    headers['authorization'] = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }
  const token = options.string('token', '');
  if (token !== '') headers['authorization'] = `Bearer ${token}`;
  return headers;
}

/** Translates Go's regular expressions as far as JavaScript has them; flags may stand in front: `(?i)ok`. */
function parsePattern(options: OptionReader): RegExp | undefined {
  const text = options.string('response_string_match', '');
  if (text === '') return undefined;
  const found = /^\(\?([ims]+)\)/.exec(text);
  try {
    return new RegExp(found === null ? text : text.slice(found[0].length), found?.[1] ?? '');
  } catch (error) {
    options.fault('response_string_match', (error as Error).message);
    return undefined;
  }
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** Reads a size in bytes, as text with or without a unit (`32MiB`); 0 where nothing is given. */
function parseSize(options: OptionReader, name: string): number {
  const given = options.string(name, '');
  if (given === '') return 0;
  const found = /^(\d+(?:\.\d+)?) ?([A-Za-z]*)$/.exec(given);
  const bytes = Number(found?.[1]) * (UNITS[found?.[2] ?? ''] ?? Number.NaN);
  // More than the default could only cost memory.
  if (bytes >= 0 && bytes <= DEFAULT_MAX_BODY_BYTES) return Math.floor(bytes);
  options.fault(name, 'must be a size of at most 32MiB, such as "1MiB"');
  return 0;
}
