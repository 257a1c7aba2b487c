import { CertificatePinError, errorMessage, OutboundError } from '@stratora/runtime';

/** Advice for a person when the server was not reached: the fault, and what to do about it. */
export interface Advice {
  /** True when the peer could not be verified: nothing was sent to it. */
  isUntrusted: boolean;
  text: string;
}

export interface AdviceContext {
  serverUrl: string;
  /** SHA-256 of the authority that is trusted; null with the system's. */
  caFingerprint: string | null;
}

const CLOCK_FAULTS: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
const NAME_FAULT = 'ERR_TLS_CERT_ALTNAME_INVALID';
/** Codes of answers that are no TLS, or no TLS that we speak. */
const NO_TLS = /^(EPROTO|ERR_SSL)/;

export function adviceOn(error: unknown, context: AdviceContext): Advice {
  if (error instanceof CertificatePinError) {
    const text = `${error.message.replaceAll(/\s*\n\s*/g, ' ')}. Nothing was sent. Take the hash from the server itself; if it is right, somebody is between this host and the server.`;
    return { isUntrusted: true, text };
  }
  if (!(error instanceof OutboundError)) return { isUntrusted: false, text: errorMessage(error) };
  if (error.reason === 'tls') return adviceOnTls(error, context);
  return { isUntrusted: false, text: `${error.message}. ${howTo(error, context)}`.trim() };
}

function howTo({ reason }: OutboundError, { serverUrl }: AdviceContext): string {
  const { hostname, port, protocol } = new URL(serverUrl);
  const shown = `port ${port === '' ? (protocol === 'http:' ? 80 : 443) : port} of ${hostname}`;
  switch (reason) {
    case 'dns':
      return `The name ${hostname} cannot be resolved here. The server's IP address does as well: its certificate is made out to that too.`;
    case 'refused':
      return `Nothing answers at ${shown}, or a firewall refuses. Only this one way out is needed.`;
    case 'timeout':
      return `A firewall may be dropping what goes to ${shown}. Where a proxy is the way out, set HTTPS_PROXY.`;
    default:
      return '';
  }
}

function adviceOnTls(error: OutboundError, { serverUrl, caFingerprint }: AdviceContext): Advice {
  const code = (error.cause as NodeJS.ErrnoException | undefined)?.code ?? '';
  const { hostname } = new URL(serverUrl);
  const untrusted = (text: string): Advice => ({ isUntrusted: true, text: `${error.message}. ${text}` });
  if (CLOCK_FAULTS.has(code)) {
    return untrusted(
      'Is the clock of this host right? Otherwise the certificate of the server has to be renewed.',
    );
  }
  if (code === NAME_FAULT) {
    return untrusted(
      `The certificate of the server is not made out to ${hostname}: use a name or address that it is made out to.`,
    );
  }
  if (NO_TLS.test(code) || code === '') return untrusted('Is that the HTTPS port of the server?');
  if (caFingerprint === null) {
    return untrusted(
      'The authority of the server is not one that this host trusts: give its hash with --ca-sha256, or its file with --ca-file.',
    );
  }
  return untrusted(
    `The certificate of the server is not of the authority that this component was given (SHA-256 ${caFingerprint}). Nothing was sent. If the server was set up anew, enrol again with its new hash; otherwise somebody is between this host and the server.`,
  );
}
