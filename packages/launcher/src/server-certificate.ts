import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { type Clock, makeDirectory, systemClock, writeFileAtomic } from '@stratora/runtime';
import type { KeyPairPem, Validity } from './certificate-issuing.ts';
import type { HostIdentity } from './host-addresses.ts';

export interface TlsFiles {
  /** Certificate of the authority, which components and browsers trust. */
  caFile: string;
  certificateFile: string;
  keyFile: string;
}

export interface CertificateState extends TlsFiles {
  /** One sentence for each certificate that was made anew, and why; empty when all was good. */
  renewed: string[];
}

const DAY_MS = 24 * 3600 * 1000;
const AUTHORITY_DAYS = 3650;
/** Days that a server certificate is good for: the most that browsers accept, 398, less a margin. */
const SERVER_DAYS = 390;
/** Days before its end at which the authority is renewed, so that a system that runs on always serves a good one. */
const AUTHORITY_MARGIN_DAYS = 400;
const SERVER_MARGIN_DAYS = 90;
/** Milliseconds before now at which validity begins: a component whose clock is behind must not refuse it. */
const BACKDATE_MS = DAY_MS;

export function tlsFiles(dataDir: string): TlsFiles & { caKeyFile: string } {
  const file = (name: string) => join(dataDir, 'tls', name);
  return {
    caFile: file('ca.crt'),
    caKeyFile: file('ca.key'),
    certificateFile: file('server.crt'),
    keyFile: file('server.key'),
  };
}

/**
 * Makes sure that DATA/tls holds a private CA and a server certificate for this host that stay good for a while.
 * The CA keeps its key when it is renewed, so what pinned it before still trusts the server.
 */
export async function ensureCertificates(
  dataDir: string,
  host: HostIdentity,
  clock: Clock = systemClock,
): Promise<CertificateState> {
  const files = tlsFiles(dataDir);
  await makeDirectory(join(dataDir, 'tls'));
  const renewed: string[] = [];
  let authority = await readPair(files.caFile, files.caKeyFile);
  const authorityFault =
    authority === undefined ? 'missing' : ageFault(authority, AUTHORITY_MARGIN_DAYS, clock);
  if (authority === undefined || authorityFault) {
    const { issueAuthority } = await import('./certificate-issuing.ts');
    authority = await issueAuthority(validityFrom(clock, AUTHORITY_DAYS), authority?.privateKey);
    await writePair(authority, files.caFile, files.caKeyFile);
    renewed.push(`certificate authority: ${authorityFault}`);
  }
  const server = await readPair(files.certificateFile, files.keyFile);
  const serverFault = server === undefined ? 'missing' : faultOf(server, authority, host, clock);
  if (serverFault) {
    const { issueServerCertificate } = await import('./certificate-issuing.ts');
    const issued = await issueServerCertificate(authority, host, validityFrom(clock, SERVER_DAYS));
    await writePair(issued, files.certificateFile, files.keyFile);
    renewed.push(`server certificate: ${serverFault}`);
  }
  await Promise.all([chmod(files.caKeyFile, 0o600), chmod(files.keyFile, 0o600)]);
  const { caFile, certificateFile, keyFile } = files;
  return { caFile, certificateFile, keyFile, renewed };
}

/** Says what the next start would make anew, and why; undefined when all is good. */
export async function certificateFault(
  dataDir: string,
  host: HostIdentity,
  clock: Clock = systemClock,
): Promise<string | undefined> {
  const files = tlsFiles(dataDir);
  const authority = await readPair(files.caFile, files.caKeyFile);
  if (authority === undefined) return 'not made yet';
  const server = await readPair(files.certificateFile, files.keyFile);
  if (server === undefined) return 'server certificate missing';
  return ageFault(authority, AUTHORITY_MARGIN_DAYS, clock) ?? faultOf(server, authority, host, clock);
}

function validityFrom(clock: Clock, days: number): Validity {
  const now = clock.now();
  return { notBefore: new Date(now - BACKDATE_MS), notAfter: new Date(now + days * DAY_MS) };
}

/** Reads a pair; undefined when a file is missing or damaged, or when key and certificate do not match. */
async function readPair(certificateFile: string, keyFile: string): Promise<KeyPairPem | undefined> {
  try {
    const certificate = await readFile(certificateFile, 'utf8');
    const privateKey = await readFile(keyFile, 'utf8');
    const matches = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
    return matches ? { certificate, privateKey } : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the key, then the certificate, which without its key would be useless after a power cut between the two. */
async function writePair(pair: KeyPairPem, certificateFile: string, keyFile: string): Promise<void> {
  await writeFileAtomic(keyFile, pair.privateKey, { mode: 0o600 });
  await writeFileAtomic(certificateFile, pair.certificate, { mode: 0o644 });
}

function ageFault(pair: KeyPairPem, marginDays: number, clock: Clock): string | undefined {
  const certificate = new X509Certificate(pair.certificate);
  if (Date.parse(certificate.validTo) - marginDays * DAY_MS < clock.now())
    return `ends ${certificate.validTo}`;
  if (Date.parse(certificate.validFrom) > clock.now()) return `begins ${certificate.validFrom}`;
  return undefined;
}

function faultOf(
  server: KeyPairPem,
  authority: KeyPairPem,
  host: HostIdentity,
  clock: Clock,
): string | undefined {
  const certificate = new X509Certificate(server.certificate);
  if (!certificate.verify(new X509Certificate(authority.certificate).publicKey))
    return 'of another authority';
  const missing = [
    ...host.dnsNames.filter((name) => certificate.checkHost(name) === undefined),
    ...host.ipAddresses.filter((address) => !coversAddress(certificate, address)),
  ];
  if (missing.length > 0) return `not made out to ${missing.join(', ')}`;
  return ageFault(server, SERVER_MARGIN_DAYS, clock);
}

/** Normalises IPv6 and compares: `checkIP` of Node 24 compares byte by byte, that of older versions compared text. */
function coversAddress(certificate: X509Certificate, address: string): boolean {
  if (certificate.checkIP(address) !== undefined) return true;
  if (!isIPv6(address)) return false;
  const wanted = new URL(`http://[${address}]/`).hostname;
  const listed = (certificate.subjectAltName ?? '')
    .split(', ')
    .filter((entry) => entry.startsWith('IP Address:'));
  return listed.some((entry) => {
    const text = entry.slice('IP Address:'.length);
    return isIPv6(text) && new URL(`http://[${text}]/`).hostname === wanted;
  });
}
