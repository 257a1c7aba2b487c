import { BlockList, isIP } from 'node:net';
import type { EnvironmentSource } from './environment.ts';

/** A forward proxy that tunnels with CONNECT (RFC 9110, section 9.3.6), and what goes around it. */
export interface HttpProxy {
  host: string;
  port: number;
  /** Value of `Proxy-Authorization`; undefined where the proxy asks for none. */
  authorization: string | undefined;
  /** Host and port, without credentials, to show to people. */
  label: string;
  /** True when a call to this host goes there directly. Loopback always does. */
  bypasses(host: string, port: number): boolean;
}

/**
 * Reads the proxy of `HTTPS_PROXY` (`http://[user:password@]host[:port]`) and the exceptions of `NO_PROXY`, in capitals
 * or not; undefined when none is set.
 *
 * @throws when the address is not usable; the message holds no password
 */
export function readHttpProxy(source: EnvironmentSource): HttpProxy | undefined {
  const address = source['HTTPS_PROXY'] || source['https_proxy'];
  if (!address) return undefined;
  const rules = source['NO_PROXY'] ?? source['no_proxy'] ?? '';
  const url = proxyUrl(address);
  const host = bare(url.hostname);
  const port = url.port === '' ? 80 : Number(url.port);
  const isDirect = readNoProxy(rules);
  return {
    host,
    port,
    authorization: authorizationOf(url),
    label: `${url.hostname}:${port}`,
    bypasses: (target, targetPort) => isLoopback(target) || isDirect(target, targetPort),
  };
}

function proxyUrl(address: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
  if (!URL.canParse(text)) throw new Error('HTTPS_PROXY must be http://[user:password@]host[:port]');
  const url = new URL(text);
  if (url.protocol !== 'http:' || url.hostname === '') {
    throw new Error('HTTPS_PROXY must be an http:// address: the tunnel through it is encrypted end to end');
  }
  return url;
}

function authorizationOf(url: URL): string | undefined {
  if (url.username === '' && url.password === '') return undefined;
  const plain = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(plain, 'utf8').toString('base64')}`;
}

type Rule = (host: string, port: number) => boolean;

/**
 * Parses `NO_PROXY`, entries parted by commas or blanks: `*`; a name, with the names below it; `.suffix`, only the
 * names below it; an address; an address range in CIDR notation; each with a port behind it or for any port. Names are
 * compared as written: nothing is resolved to decide.
 */
export function readNoProxy(text: string): Rule {
  const rules = text
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(readRule);
  return (host, port) => rules.some((rule) => rule(bare(host).toLowerCase().replace(/\.$/, ''), port));
}

function readRule(entry: string): Rule {
  const { name, port } = splitPort(entry.toLowerCase());
  const matches = nameRule(name);
  return (host, targetPort) => (port === undefined || port === targetPort) && matches(host);
}

/**
 * Splits an entry into name and port: an IPv6 address has colons of its own, so brackets mark where its port begins.
 */
function splitPort(entry: string): { name: string; port: number | undefined } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry);
  if (bracketed) return { name: bracketed[1] ?? '', port: portOf(bracketed[2]) };
  const plain = /^([^:]+):(\d+)$/.exec(entry);
  return plain ? { name: plain[1] ?? '', port: portOf(plain[2]) } : { name: entry, port: undefined };
}

function portOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function nameRule(name: string): (host: string) => boolean {
  if (name === '*') return () => true;
  const range = /^([^/]+)\/(\d{1,3})$/.exec(name);
  if (range || isIP(name) !== 0) return addressRule(range?.[1] ?? name, range?.[2]);
  const suffix = name.replace(/^\*?\./, '.');
  if (suffix.startsWith('.')) return (host) => host.endsWith(suffix) && isIP(host) === 0;
  return (host) => host === name || (host.endsWith(`.${name}`) && isIP(host) === 0);
}

function addressRule(address: string, prefix: string | undefined): (host: string) => boolean {
  const family = isIP(address);
  const bits = family === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  if (family === 0 || length > bits) return () => false;
  const list = new BlockList();
  list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6');
  return (host) => {
    const kind = isIP(host);
    return kind !== 0 && list.check(host, kind === 4 ? 'ipv4' : 'ipv6');
  };
}

const LOOPBACK = addressRule('127.0.0.0', '8');

function isLoopback(host: string): boolean {
  const name = bare(host).toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || LOOPBACK(name);
}

function bare(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}
