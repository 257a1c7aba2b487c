import { constants, X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates, type PeerCertificate, type TLSSocket } from 'node:tls';
import { connectFirst } from '@stratora/runtime';
import { GatherError } from '../../input.ts';
import { noAnswerInTime } from '../../target-words.ts';
import { connectionFault } from '../connection-fault.ts';
import type { CertificateSource } from './x509-options.ts';

/** The certificates that a server showed. */
export interface ShownChain {
  /** The server's own first, then what it sent with it; DER. */
  readonly certificates: readonly Buffer[];
  /** Why the chain is not trusted or the name does not fit; undefined when all is well. */
  readonly fault: { readonly code: string; readonly message: string } | undefined;
  readonly isStapled: boolean;
}

export interface FetchOptions {
  readonly source: CertificateSource;
  /** The addresses to connect to, in the order in which to try them. */
  readonly addresses: readonly string[];
  readonly serverName: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Makes a TLS connection only to look at the certificates: nothing is sent over it. They are judged, not required to be
 * good, since an expired certificate is what is looked for.
 *
 * @throws GatherError when there is no TLS to look at
 */
export async function fetchChain(options: FetchOptions): Promise<ShownChain> {
  const { source, addresses, signal, timeoutMs } = options;
  const ended = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    giveUp();
  }, timeoutMs);
  const giveUp = (): void => ended.abort(new Error('the connection was given up'));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const socket = await connectFirst({ addresses, port: source.port, signal: ended.signal });
    ended.signal.addEventListener('abort', () => socket.destroy(), { once: true });
    try {
      if (source.startsTls) await askForTls(socket, options.serverName ?? source.host);
      return await shake(socket, options);
    } finally {
      socket.destroy();
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (isLate) throw new GatherError('timeout', noAnswerInTime(timeoutMs / 1000));
    throw toGatherError(error, source);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

function shake(socket: Socket, options: FetchOptions): Promise<ShownChain> {
  const name = options.serverName ?? options.source.host;
  return new Promise((resolve, reject) => {
    let isStapled = false;
    /** The chain as far as it is known while the handshake goes on. */
    let shown: ShownChain | undefined;
    const tls = connectTls({
      socket,
      // The name to compare; an address is not sent as a server name (RFC 6066).
      host: name,
      ...(isIP(name) === 0 ? { servername: name } : {}),
      // Judged below instead of ending the connection.
      rejectUnauthorized: false,
      requestOCSP: true,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
      // Servers without secure renegotiation (RFC 5746) show a certificate too.
      secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
    });
    tls.once('OCSPResponse', (response: Buffer | null) => {
      isStapled = response !== null && response.length > 0;
      // By now the certificate has been shown and judged, whether or not the handshake comes to an end: a server may
      // want a certificate of its client, which this one has not.
      shown = chainShown(tls, { name, isStapled, code: verifyCodeOf(tls) });
    });
    tls.once('secureConnect', () => {
      const code = tls.authorized ? undefined : String(tls.authorizationError ?? 'UNKNOWN');
      const whole = chainShown(tls, { name, isStapled, code });
      tls.destroy();
      if (whole === undefined) reject(new Error('the server showed no certificate'));
      else resolve(whole);
    });
    const fail = (error: Error): void => {
      tls.destroy();
      if (shown === undefined) reject(error);
      else resolve(shown);
    };
    tls.once('error', fail);
    socket.once('error', fail);
    tls.once('close', () => fail(new Error('the server closed the connection')));
  });
}

interface Judgement {
  readonly name: string;
  readonly isStapled: boolean;
  /** OpenSSL's word for what is wrong with the chain; undefined when it is trusted. */
  readonly code: string | undefined;
}

function chainShown(tls: TLSSocket, { name, isStapled, code }: Judgement): ShownChain | undefined {
  const certificates = chainOf(tls);
  const [own] = certificates;
  return own === undefined ? undefined : { certificates, fault: faultOf(own, name, code), isStapled };
}

/** The part of Node's TLS handle that tells how the chain was judged before the handshake is over. */
interface VerifyingHandle {
  verifyError?(): NodeJS.ErrnoException | null;
}

function verifyCodeOf(tls: TLSSocket): string | undefined {
  const handle = (tls as unknown as { readonly _handle?: VerifyingHandle | null })._handle;
  if (typeof handle?.verifyError !== 'function') return 'UNKNOWN';
  const error = handle.verifyError();
  return error === null ? undefined : (error.code ?? 'UNKNOWN');
}

/** Returns the chain without the root that Node adds where it trusts it, which the server has hardly ever sent. */
function chainOf(tls: TLSSocket): Buffer[] {
  const chain: Buffer[] = [];
  let at: PeerCertificate | undefined = tls.getPeerCertificate(true);
  const seen = new Set<string>();
  while (at?.raw !== undefined && !seen.has(at.fingerprint256)) {
    seen.add(at.fingerprint256);
    chain.push(at.raw);
    at = (at as { issuerCertificate?: PeerCertificate }).issuerCertificate;
  }
  const root = chain.length > 1 ? chain.at(-1) : undefined;
  return root !== undefined && trustedRoots().has(root.toString('base64')) ? chain.slice(0, -1) : chain;
}

let roots: Set<string> | undefined;

function trustedRoots(): Set<string> {
  roots ??= new Set(getCACertificates('default').map((pem) => pem.replace(/-----[^-]+-----|\s/g, '')));
  return roots;
}

/** OpenSSL's verification errors in words, by code. */
const FAULT_MESSAGES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'certificate has expired',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate signed by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate signed by an unknown authority',
  CERT_REVOKED: 'certificate is revoked',
};

/**
 * True when the certificate is valid for a name. The common name has not counted for years, to browsers as to Telegraf;
 * Node still takes it.
 */
function hasName(der: Buffer, name: string): boolean {
  // Not getPeerX509Certificate(): after it, Node 24 finds no certificate of this peer any more.
  const certificate = new X509Certificate(der);
  const found =
    isIP(name) === 0
      ? certificate.checkHost(name, { subject: 'never', partialWildcards: false })
      : certificate.checkIP(name);
  return found !== undefined;
}

function namelessFault(name: string): ShownChain['fault'] {
  return { code: 'ERR_TLS_CERT_ALTNAME_INVALID', message: `certificate is not valid for ${name}` };
}

function faultOf(certificate: Buffer, name: string, code: string | undefined): ShownChain['fault'] {
  if (code === undefined) return hasName(certificate, name) ? undefined : namelessFault(name);
  const message =
    code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? `certificate is not valid for ${name}` : FAULT_MESSAGES[code];
  return { code, message: message ?? `certificate does not verify (${code})` };
}

/** Asks a mail server for TLS (RFC 3207): greeting, EHLO, STARTTLS, each answered before the next is sent. */
async function askForTls(socket: Socket, name: string): Promise<void> {
  await replyOf(socket, 220);
  socket.write(`EHLO ${isIP(name) === 0 ? name : `[${name}]`}\r\n`);
  await replyOf(socket, 250);
  socket.write('STARTTLS\r\n');
  await replyOf(socket, 220);
}

function replyOf(socket: Socket, expected: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const finish = (error?: Error): void => {
      socket.off('data', take);
      socket.off('error', finish);
      socket.off('end', ended);
      if (error === undefined) resolve();
      else reject(error);
    };
    const ended = (): void => finish(new Error('the server closed the connection'));
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      if (text.length > 10_000)
        finish(new GatherError('bad_answer', 'The mail server does not stop talking.'));
      const last = /^(\d{3}) .*\r?\n$/m.exec(text);
      if (last === null) return;
      const isExpected = Number(last[1]) === expected;
      finish(
        isExpected
          ? undefined
          : new GatherError('bad_answer', `The mail server does not offer TLS (${last[1]}).`),
      );
    };
    socket.on('data', take);
    socket.once('error', finish);
    socket.once('end', ended);
  });
}

function toGatherError(error: unknown, { host, port }: CertificateSource): GatherError {
  if (error instanceof GatherError) return error;
  const { status, message } = connectionFault(error, { host, port });
  return new GatherError(status, message, { cause: error });
}
