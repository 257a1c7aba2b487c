/**
 * The grammar of what is watched: host addresses and addresses of web pages. The API, the renderer of configs and the
 * engine all read it here, so that none of them takes what the next one refuses. This file imports nothing, so that an
 * engine, which checks no schemas, does not load zod for it.
 */

/** An address in the one form that both engines take, or in words what is wrong with it. */
export type Parsed =
  | { readonly value: string; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: string };

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const IPV4 = new RegExp(String.raw`^(?:${OCTET}\.){3}${OCTET}$`);
const IPV6_LETTERS = /^[0-9a-f:.]+$/i;
/** Labels as Go's resolver takes them, which Telegraf asks; underscores are no host names by RFC 1123 and are met. */
const DNS_NAME =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?$/i;
/** What inet_aton reads as an IPv4 address, or would but for the size of its numbers: `12`, `10.1`, `0x0a000001`. */
const NUMERIC = /^(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?$/i;
/** The name or the number of an interface. */
const ZONE = /^[a-z0-9_][a-z0-9_.-]{0,14}$/i;
const LINK_LOCAL = /^fe[89ab]/;
// oxlint-disable-next-line no-control-regex -- telling ASCII from the rest is the point
const NOT_ASCII = /[^\u0000-\u007f]/;

const NO_ADDRESS = 'must be an IPv4 address, an IPv6 address or a DNS name';

export function isIpv4(text: string): boolean {
  return IPV4.test(text);
}

/** True for an IPv6 address without brackets and zone. */
export function isIpv6(text: string): boolean {
  return canonicalIpv6(text) !== undefined;
}

/** True for a host name as the resolvers of both engines take it; never for what a command line could take for an option. */
export function isDnsName(text: string): boolean {
  return DNS_NAME.test(text) && !NUMERIC.test(text);
}

/**
 * Parses the address of a host: IPv6 comes back as RFC 5952 writes it, an IPv4 address within IPv6 as that, a zone
 * behind a single `%`, a name with letters beyond ASCII as DNS knows it.
 */
export function parseHostAddress(given: string): Parsed {
  const text = given.trim();
  if (isIpv4(text)) return { value: text };
  if (text.includes(':')) return parseIpv6(text);
  const name = NOT_ASCII.test(text) ? asciiName(text) : text;
  return isDnsName(name) ? { value: name } : { fault: NO_ADDRESS };
}

/** Parses an address of one host: nothing that stands for many or for none. */
export function parseUnicastAddress(text: string): Parsed {
  const parsed = parseHostAddress(text);
  const fault = parsed.value === undefined ? undefined : groupFault(parsed.value);
  return fault === undefined ? parsed : { fault };
}

/**
 * Parses the address of a web page: scheme, host and port come back in the usual spelling, the rest as given as far as
 * a request can carry it.
 */
export function parseWebAddress(given: string): Parsed {
  const parts = webParts(given.trim());
  if (parts.fault !== undefined) return parts;
  const { scheme, host, port, rest } = parts;
  return { value: `${scheme}://${host.includes(':') ? `[${host}]` : host}${port}${rest}` };
}

/** Parses the address of a web page on one host. */
export function parseUnicastWebAddress(text: string): Parsed {
  const parts = webParts(text.trim());
  const fault = parts.fault ?? groupFault(parts.host);
  return fault === undefined ? parseWebAddress(text) : { fault };
}

function parseIpv6(text: string): Parsed {
  const at = text.indexOf('%');
  const bare = canonicalIpv6(at < 0 ? text : text.slice(0, at));
  if (bare === undefined) return { fault: NO_ADDRESS };
  if (at < 0) return { value: mappedIpv4(bare) ?? bare };
  if (!LINK_LOCAL.test(bare)) return { fault: 'has a zone, which only a link-local address has' };
  // As URLs write it (RFC 6874); no interface is called 25 and something that does not begin with a digit.
  const zone = text.slice(at + 1).replace(/^25(?=[a-z_])/i, '');
  return ZONE.test(zone) ? { value: `${bare}%${zone}` } : { fault: 'has a zone that names no interface' };
}

function canonicalIpv6(text: string): string | undefined {
  if (!text.includes(':') || !IPV6_LETTERS.test(text)) return undefined;
  const url = `http://[${text}]/`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined;
}

/** The IPv4 address that an IPv6 socket names so (RFC 4291, 2.5.5.2): no packet of IPv6 ever goes there. */
function mappedIpv4(address: string): string | undefined {
  const found = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  if (found === null) return undefined;
  const [high, low] = [Number.parseInt(found[1] ?? '', 16), Number.parseInt(found[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Returns a name as DNS spells it (UTS 46); the text itself where that cannot be said. */
function asciiName(text: string): string {
  const url = `http://${text}/`;
  if (/[\s/\\?#@:%[\]]/.test(text) || !URL.canParse(url)) return text;
  const { hostname } = new URL(url);
  // Digits of other scripts are no address that anybody meant.
  return isIpv4(hostname) ? text : hostname;
}

function groupFault(address: string): string | undefined {
  if (address === '::' || /^0\.\d+\.\d+\.\d+$/.test(address)) return 'is the address of no host';
  if (address === '255.255.255.255') return 'is a broadcast address';
  const isMulticast = isIpv4(address) ? /^2(?:2[4-9]|3\d)\./.test(address) : /^ff.*:/.test(address);
  return isMulticast ? 'is a multicast address' : undefined;
}

type WebParts =
  | { readonly fault: string }
  | {
      readonly fault?: undefined;
      readonly scheme: string;
      readonly host: string;
      readonly port: string;
      readonly rest: string;
    };

function webParts(text: string): WebParts {
  const found = /^(https?):\/\/([^/?#\\]*)(.*)$/is.exec(text);
  if (found === null) return { fault: 'must be an http:// or https:// URL' };
  const [, scheme = '', authority = '', rest = ''] = found;
  if (authority.includes('@')) return { fault: 'holds a login, which would be shown in the open' };
  const parts = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::(\d*))?$/i.exec(authority);
  const [, bracketed, bare = '', digits = ''] = parts ?? [];
  if (authority.includes('%') && authority.startsWith('[')) {
    return { fault: 'has a zone, which the address of a web page cannot have' };
  }
  const host = parseHostAddress(bracketed ?? bare);
  if (host.value === undefined || bracketed?.includes(':') === false) {
    return { fault: 'names no host: an IPv4 address, an IPv6 address in brackets or a DNS name' };
  }
  if (digits !== '' && !(Number(digits) >= 1 && Number(digits) <= 65_535)) {
    return { fault: 'has a port outside 1 to 65535' };
  }
  const port = digits === '' ? '' : `:${Number(digits)}`;
  const origin = `${scheme.toLowerCase()}://${host.value.includes(':') ? `[${host.value}]` : host.value}${port}`;
  if (!URL.canParse(origin)) return { fault: 'names no host that a URL can name' };
  const path = sendable(rest, origin);
  if (path === undefined) return { fault: 'holds control characters' };
  return { scheme: scheme.toLowerCase(), host: host.value, port, rest: path };
}

/** Returns what follows the host as a request can carry it; undefined where it holds what nobody meant. */
function sendable(rest: string, origin: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- refusing control characters is the point
  if (/[\u0000-\u001f\u007f-\u009f]/.test(rest) || !rest.isWellFormed()) return undefined;
  const whole = rest.replace(/%(?![0-9a-f]{2})/gi, '%25');
  if (/^(?:[/?#][!#-;=?-[\]_a-z~%]*)?$/i.test(whole)) return whole;
  const { pathname, search, hash } = new URL(`${origin}${whole}`);
  return `${pathname}${search}${hash}`;
}
