import type { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CertificatePinError,
  fetchPinnedAuthority,
  findPinned,
  type HttpProxy,
  makeDirectory,
  writeFileAtomic,
} from '@stratora/runtime';

export interface AuthorityOptions {
  serverUrl: string;
  stateDirectory: string;
  /** PEM of an authority from a file that somebody brought here. */
  ca: string | undefined;
  /** SHA-256 of the authority, where that is what somebody brought. */
  pin: string | undefined;
  proxy: HttpProxy | undefined;
}

/** Name of the authority's file in the state directory, written once it is known. */
export const AUTHORITY_FILE = 'server-ca.crt';
/** Path of the server's public page with its authority. */
export const AUTHORITY_PATH = '/install/ca.crt';
const FETCH_TIMEOUT_MS = 15_000;

/**
 * Opens the authority that the server is verified with; undefined trusts the system's authorities. A pinned authority
 * is asked of the server itself the first time, and kept: from then on no start needs the server for it.
 *
 * @returns a function that throws CertificatePinError or OutboundError while the authority cannot be had
 */
export function openAuthority(options: AuthorityOptions): () => Promise<string | undefined> {
  const { pin, ca, proxy, serverUrl: baseUrl, stateDirectory } = options;
  if (pin === undefined) return async () => ca;
  // Throws now: who brings both wants both to be right.
  const given = ca === undefined ? undefined : findPinned(ca, pin);
  let known: Promise<string> | undefined;
  const find = async () => {
    const kept = given ?? (await readKept(stateDirectory, pin));
    if (kept !== undefined) return kept;
    const fetched = await fetchPinnedAuthority({
      baseUrl,
      path: AUTHORITY_PATH,
      sha256: pin,
      timeoutMs: FETCH_TIMEOUT_MS,
      ...(proxy ? { proxy } : {}),
    });
    await makeDirectory(stateDirectory);
    await writeFileAtomic(join(stateDirectory, AUTHORITY_FILE), fetched);
    return fetched;
  };
  return () => {
    known ??= find().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

/**
 * Reads the kept authorities if the pinned one is among them: that one, and those that its own key has signed after it.
 */
async function readKept(stateDirectory: string, pin: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(stateDirectory, AUTHORITY_FILE), 'utf8');
    const [anchor] = certificatesOf(findPinned(text, pin));
    const trusted = certificatesOf(text).filter(
      (certificate) =>
        anchor && (certificate.fingerprint256 === anchor.fingerprint256 || isSuccessor(certificate, anchor)),
    );
    return trusted.map((certificate) => certificate.toString()).join('');
  } catch (error) {
    if (error instanceof CertificatePinError) return undefined;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Returns those certificates of a PEM text that can be read. */
export function certificatesOf(pem: string): X509Certificate[] {
  const { X509Certificate } = process.getBuiltinModule('node:crypto');
  return (pem.match(PEM) ?? []).flatMap((text) => {
    try {
      return [new X509Certificate(text)];
    } catch {
      return [];
    }
  });
}

/** True when an authority has made itself a new certificate: the same key, signed by that key, good for longer. */
export function isSuccessor(offered: X509Certificate, anchor: X509Certificate): boolean {
  const spki = ({ publicKey }: X509Certificate) => publicKey.export({ type: 'spki', format: 'der' });
  return (
    offered.ca &&
    spki(offered).equals(spki(anchor)) &&
    offered.verify(anchor.publicKey) &&
    Date.parse(offered.validTo) > Date.parse(anchor.validTo)
  );
}
