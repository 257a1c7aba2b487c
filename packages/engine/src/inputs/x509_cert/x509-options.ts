import type { OptionReader } from '../../option-reader.ts';
import { targetHost } from '../target-host.ts';

/** A certificate to look at. */
export interface CertificateSource {
  /** The `source` tag: as given, with the port that an https URL leaves out, as Telegraf writes it. */
  readonly label: string;
  readonly host: string;
  readonly port: number;
  readonly family: 0 | 4 | 6;
  /** True to ask a mail server to change to TLS first. */
  readonly startsTls: boolean;
}

export interface X509Options {
  readonly sources: readonly CertificateSource[];
  readonly timeoutMs: number;
  /** Name that is asked for and compared, where it is not the host of the source. */
  readonly serverName: string | undefined;
  readonly excludeRoots: boolean;
  readonly padsSerial: boolean;
}

/** Options of Telegraf's that read files or go through proxies. */
const LEFT_OUT = ['tls_ca', 'tls_cert', 'tls_key', 'tls_key_pwd', 'password', 'proxy_url'];

export function parseX509Options(options: OptionReader): X509Options {
  const given = options.strings('sources');
  if (given.length === 0) options.fault('sources', 'is required');
  const sources = given.flatMap((text, index) => {
    const source = parseSource(text);
    if (typeof source !== 'string') return [source];
    options.fault(`sources[${index}]`, source);
    return [];
  });
  for (const name of LEFT_OUT) {
    if (options.string(name, '') !== '') options.fault(name, 'is left to the Telegraf engine');
  }
  if (options.boolean('use_proxy', false)) options.fault('use_proxy', 'is left to the Telegraf engine');
  const serverName = options.string('server_name', '');
  const tlsServerName = options.string('tls_server_name', '');
  if (serverName !== '' && tlsServerName !== '')
    options.fault('tls_server_name', 'excludes server_name, which means the same');
  return {
    sources,
    timeoutMs: options.durationMs('timeout', 5_000) || 5_000,
    serverName: serverName || tlsServerName || undefined,
    excludeRoots: options.boolean('exclude_root_certs', false),
    padsSerial: options.boolean('pad_serial_with_zeroes', false),
  };
}

/** Parses a source; returns it, or in words what is wrong with it. */
export function parseSource(text: string): CertificateSource | string {
  const found = /^([a-z0-9+]+):\/\/(?:\[([^\]]+)\]|([^/:?#@]+))(?::(\d{1,5}))?([/?#].*)?$/i.exec(text);
  if (found === null) return 'must be a URL such as https://host or tcp://host:443; files are not read';
  const [, scheme = '', bracketed, bare, digits, rest = ''] = found;
  const kind = scheme.toLowerCase();
  if (kind === 'udp' || kind === 'udp4' || kind === 'udp6') return 'DTLS is left to the Telegraf engine';
  if (!['https', 'tcp', 'tcp4', 'tcp6', 'smtp'].includes(kind)) return `"${scheme}" is not a kind of source`;
  const given = bracketed ?? bare ?? '';
  const host = targetHost(given.replace(/%25(?=.)/, '%'));
  if (host === undefined) return 'names neither an address nor a DNS name';
  if (digits === undefined && kind !== 'https') return 'needs a port';
  const port = Number(digits ?? 443);
  if (port < 1 || port > 65_535) return 'has a port outside 1 to 65535';
  const named = bracketed === undefined ? given : `[${given}]`;
  return {
    label: `${kind}://${named}:${port}${rest}`,
    host,
    port,
    family: kind === 'tcp4' ? 4 : kind === 'tcp6' ? 6 : 0,
    startsTls: kind === 'smtp',
  };
}
