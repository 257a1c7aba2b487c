import type { PeerCertificate } from 'node:tls';
import type { FoundWeb } from '@stratora/contract';
import { createHttpClient, type HttpAnswer, sanitizeText } from '@stratora/runtime';
import { pageTitle } from './page-title.ts';

/** One look at the web server of a host. */
export interface WebLook {
  /** The address itself: its name is asked of nobody. */
  readonly address: string;
  readonly port: number;
  readonly scheme: 'http' | 'https';
  readonly signal: AbortSignal;
  /** Waited for before each connection. */
  readonly onConnect: (port: number) => Promise<void>;
  /** Called when a request was sent over it. */
  readonly onRequest: () => void;
}

const TIMEOUT_MS = 5_000;
const MAX_PAGE_BYTES = 64 * 1024;
/** Most redirects that are followed, all of them on the same host. */
const MAX_REDIRECTS = 2;

interface Page {
  readonly url: URL;
  readonly answer: HttpAnswer | undefined;
  readonly certificate: PeerCertificate | undefined;
}

/**
 * Looks at the first page of a web server: its title, what it calls itself, its certificate. Any certificate is taken, since nothing
 * secret is sent. A redirect is followed on the same address alone. Undefined: nobody answered.
 */
export async function lookAtWeb(look: WebLook): Promise<FoundWeb | undefined> {
  const host = look.address.includes(':') ? `[${look.address}]` : look.address;
  let url = new URL(`${look.scheme}://${host}:${look.port}/`);
  let seen: Page | undefined;
  let certificate: PeerCertificate | undefined;
  for (let redirects = 0; redirects <= MAX_REDIRECTS && !look.signal.aborted; redirects += 1) {
    const page = await getPage(url, look);
    certificate ??= page.certificate;
    if (page.answer === undefined) break;
    seen = page;
    const next = redirectOf(page);
    if (next === undefined) break;
    url = next;
  }
  return seen === undefined && certificate === undefined
    ? undefined
    : foundWeb(seen ?? { url, answer: undefined, certificate: undefined }, certificate);
}

async function getPage(url: URL, { signal, onConnect, onRequest }: WebLook): Promise<Page> {
  let certificate: PeerCertificate | undefined;
  const port = portOf(url);
  await onConnect(port);
  const client = createHttpClient({
    baseUrl: url.origin,
    timeoutMs: TIMEOUT_MS,
    // Below the second after which the system sends a SYN again: a connection is one packet in the ledger.
    connectTimeoutMs: 900,
    takesAnyCertificate: true,
    takesOddAnswers: true,
    cutsAnswers: true,
    maxResponseBytes: MAX_PAGE_BYTES,
    onCertificate: (shown) => {
      certificate = shown;
    },
  });
  const answer = await client
    .request({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { accept: 'text/html,*/*', connection: 'close' },
      signal,
      mayWrite: () => {
        onRequest();
        return true;
      },
    })
    .catch(() => undefined);
  client.close();
  return { url, answer, certificate };
}

/** Returns where a page leads to, as long as that is the same address by HTTP or TLS. */
function redirectOf({ url, answer }: Page): URL | undefined {
  const location = answer?.headers['location'];
  if (answer === undefined || answer.status < 300 || answer.status > 399 || location === undefined)
    return undefined;
  if (!URL.canParse(location, url.href)) return undefined;
  const next = new URL(location, url.href);
  const isWeb = next.protocol === 'http:' || next.protocol === 'https:';
  const isKnownPort = [80, 443, 8080, 8443].includes(portOf(next)) || next.port === url.port;
  return isWeb && isKnownPort && next.hostname === url.hostname && next.href !== url.href ? next : undefined;
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

function foundWeb({ url, answer }: Page, certificate: PeerCertificate | undefined): FoundWeb {
  const until = certificate === undefined ? Number.NaN : Date.parse(certificate.valid_to);
  return {
    url: sanitizeText(url.href),
    status: answer?.status ?? null,
    server: textOrNull(answer?.headers['server']),
    title: textOrNull(pageTitle(answer?.body.toString('utf8') ?? '')),
    certificate_subject: textOrNull(subjectOf(certificate)),
    certificate_issuer: textOrNull(nameOf(certificate?.issuer)),
    certificate_not_after: Number.isFinite(until) ? new Date(until).toISOString() : null,
    certificate_sha256: textOrNull(certificate?.fingerprint256?.replaceAll(':', '').toLowerCase()),
  };
}

/** Whom a certificate is for: its name, and the others that it has. */
function subjectOf(certificate: PeerCertificate | undefined): string | undefined {
  const name = nameOf(certificate?.subject);
  const others = certificate?.subjectaltname;
  return [name, others].filter((text) => text !== undefined && text !== '').join('; ') || undefined;
}

function nameOf(name: PeerCertificate['subject'] | undefined): string | undefined {
  if (name === undefined) return undefined;
  const parts = Object.entries(name).map(([kind, value]) => `${kind}=${[value].flat().join('+')}`);
  return parts.join(', ') || undefined;
}

function textOrNull(text: string | undefined): string | null {
  const clean = text === undefined ? '' : sanitizeText(text);
  return clean === '' ? null : clean;
}
