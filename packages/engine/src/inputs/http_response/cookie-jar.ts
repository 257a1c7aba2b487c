import { isIP } from 'node:net';

/** A cookie as a server set it (RFC 6265, 5.3), without its end: it lives as long as one check. */
interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** True when only the host that set it gets it back. */
  readonly isHostOnly: boolean;
  readonly path: string;
  readonly isSecure: boolean;
}

/** Most cookies of one check, and most characters of one, as browsers keep them. */
const MAX_COOKIES = 180;
const MAX_CHARACTERS = 4096;

/** The cookies of one check: servers that send a visitor round until he shows one find it, as with a browser. */
export class CookieJar {
  #cookies: readonly Cookie[] = [];

  /** Takes the `Set-Cookie` headers of an answer. */
  take(headers: readonly string[], url: URL): void {
    for (const header of headers) {
      const set = parseSetCookie(header, url);
      if (set === undefined) continue;
      const { cookie, isEnded } = set;
      const others = this.#cookies.filter(
        ({ name, domain, path }) => name !== cookie.name || domain !== cookie.domain || path !== cookie.path,
      );
      this.#cookies = isEnded ? others : [...others, cookie].slice(-MAX_COOKIES);
    }
  }

  /** Renders the `Cookie` header of a request; undefined where there is none to send. */
  headerFor(url: URL): string | undefined {
    const fitting = this.#cookies
      .filter((cookie) => fits(cookie, url))
      // Longer paths first, as the standard has it.
      .toSorted((a, b) => b.path.length - a.path.length);
    return fitting.length === 0 ? undefined : fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}

function fits({ domain, isHostOnly, path, isSecure }: Cookie, url: URL): boolean {
  const isHost = isHostOnly ? url.hostname === domain : isWithin(url.hostname, domain);
  const isPath = url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
  return isHost && isPath && (!isSecure || url.protocol === 'https:');
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && isIP(host) === 0);
}

function parseSetCookie(header: string, url: URL): { cookie: Cookie; isEnded: boolean } | undefined {
  const [pair = '', ...rest] = header.slice(0, MAX_CHARACTERS).split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, Math.max(0, at)).trim();
  const value = pair.slice(at + 1).trim();
  if (name === '' && value === '') return undefined;
  const attributes = new Map(
    rest.map((part) => {
      const [key = '', ...words] = part.split('=');
      return [key.trim().toLowerCase(), words.join('=').trim()] as const;
    }),
  );
  const domain = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  if (domain !== '' && !mayName(domain, url.hostname)) return undefined;
  const path = attributes.get('path') ?? '';
  return {
    cookie: {
      name,
      value,
      domain: domain === '' ? url.hostname : domain,
      isHostOnly: domain === '' || domain === url.hostname,
      path: path.startsWith('/') ? path : defaultPath(url.pathname),
      isSecure: attributes.has('secure'),
    },
    isEnded: hasEnded(attributes),
  };
}

/** Whether a host may set a cookie for a domain: one above it, which is more than the end of all names. */
function mayName(domain: string, host: string): boolean {
  return host === domain || (isWithin(host, domain) && domain.includes('.'));
}

/** Returns the folder of a path (RFC 6265, 5.1.4). */
function defaultPath(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

function hasEnded(attributes: ReadonlyMap<string, string>): boolean {
  const maxAge = attributes.get('max-age') ?? '';
  if (/^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
  return Date.parse(attributes.get('expires') ?? '') <= Date.now();
}
