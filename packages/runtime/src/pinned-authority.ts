import type { HttpProxy } from './http-proxy.ts';
import { OutboundError } from './outbound-error.ts';
import { createUnverifiedClient } from './outbound-http.ts';

/** The fault of a certificate that is not the one whose hash we were given. */
export class CertificatePinError extends Error {
  readonly expected: string;
  readonly actual: readonly string[];

  constructor(expected: string, actual: readonly string[]) {
    super(
      `The authority of the server is not the one that was pinned.\n  pinned:  ${expected}\n  offered: ${actual.join(', ')}`,
    );
    this.name = 'CertificatePinError';
    this.expected = expected;
    this.actual = actual;
  }
}

export interface PinnedFetchOptions {
  /** Origin of the server, `https:`. */
  baseUrl: string;
  /** Path of the certificate below it. */
  path: string;
  /** Hash of the certificate, as `readPin` returns it. */
  sha256: string;
  proxy?: HttpProxy;
  timeoutMs: number;
}

const MAX_BYTES = 64 * 1024;
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * Normalizes a SHA-256 as people write it (hex, colons and capitals allowed).
 * @throws when it is none
 */
export function readPin(text: string): string {
  const plain = text.trim().replaceAll(':', '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(plain)) throw new Error('must be a SHA-256: 64 hex digits');
  return plain;
}

/**
 * Computes the SHA-256 of the DER of the first certificate in a PEM text, in lower-case hex. @throws when there is none
 */
export function fingerprintOf(pem: string): string {
  // Loaded where needed: components without a private authority have no use for it.
  const { X509Certificate } = process.getBuiltinModule('node:crypto');
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
}

/**
 * Finds the certificate of a PEM text that has this hash.
 * @throws CertificatePinError when none has
 */
export function findPinned(pem: string, sha256: string): string {
  const offered = (pem.match(PEM) ?? []).flatMap((text) => {
    try {
      return [{ text: `${text}\n`, hash: fingerprintOf(text) }];
    } catch {
      return [];
    }
  });
  const found = offered.find(({ hash }) => hash === sha256);
  if (!found)
    throw new CertificatePinError(
      sha256,
      offered.map(({ hash }) => hash),
    );
  return found.text;
}

/**
 * Gets a certificate over TLS that nothing vouches for, and returns it only if it has the hash that came another way.
 * Sends nothing but the address asked for. The certificate then is what the server is verified with.
 *
 * @throws CertificatePinError, OutboundError
 */
export async function fetchPinnedAuthority(options: PinnedFetchOptions): Promise<string> {
  const { sha256, path, ...more } = options;
  const client = createUnverifiedClient({ ...more, maxResponseBytes: MAX_BYTES, maxSockets: 1 });
  try {
    const answer = await client.request({ method: 'GET', path });
    const text = answer.text();
    if (answer.status !== 200 || !text.includes('-----BEGIN CERTIFICATE-----')) {
      throw new OutboundError('tls', `The server offers no certificate at ${path} (${answer.status})`);
    }
    return findPinned(text, sha256);
  } finally {
    client.close();
  }
}
