import type { TargetStatus } from '../input.ts';
import {
  connectionClosed,
  connectionFailed,
  malformedAnswer,
  nameServerSilent,
  nameWithoutAddress,
  networkUnreachable,
  noAnswerInTime,
  notHttp,
  nothingListens,
  type TlsFault,
  tlsFails,
} from '../target-words.ts';

/** The place that a connection was to lead to. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface ConnectionFault {
  readonly status: Extract<TargetStatus, 'timeout' | 'refused' | 'bad_answer'>;
  readonly message: string;
}

/** The port and the host of a web address. */
export function placeOf(url: URL): Place {
  const usual = url.protocol === 'https:' ? 443 : 80;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? usual : Number(url.port) };
}

/** Names of OpenSSL and of Node for what is wrong with a certificate or with TLS; the first that fits counts. */
const TLS_CODES: readonly (readonly [TlsFault, RegExp])[] = [
  ['expired', /CERT_HAS_EXPIRED/],
  ['early', /CERT_NOT_YET_VALID/],
  ['name', /ALTNAME_INVALID|HOSTNAME_MISMATCH/],
  [
    'issuer',
    /^(?:SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|CERT_UNTRUSTED|INVALID_CA|INVALID_PURPOSE|CERT_SIGNATURE)/,
  ],
  ['plain', /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LAYER/],
  ['refused', /ALERT|HANDSHAKE_FAILURE|UNSUPPORTED_PROTOCOL/],
  ['other', /^(?:CERT_|ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|PATH_LENGTH|INVALID_|CRL_)/],
];

/** Says what kept a connection over TCP, or TLS on it, from being made. */
export function connectionFault(error: unknown, { host, port }: Place): ConnectionFault {
  const code = codeOf(error);
  switch (code) {
    case 'ECONNREFUSED':
      return { status: 'refused', message: nothingListens('TCP', port, host) };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EACCES':
      return { status: 'refused', message: networkUnreachable(host) };
    case 'ENOTFOUND':
      return { status: 'refused', message: nameWithoutAddress(host) };
    case 'EAI_AGAIN':
      return { status: 'refused', message: nameServerSilent(host) };
    case 'ETIMEDOUT':
      return { status: 'timeout', message: noAnswerInTime() };
    case 'ECONNRESET':
    case 'EPIPE':
    case '':
      return { status: 'bad_answer', message: connectionClosed() };
  }
  if (code.startsWith('HPE_')) return { status: 'bad_answer', message: parserFault(code) };
  const fault = TLS_CODES.find(([, pattern]) => pattern.test(code))?.[0];
  return { status: 'bad_answer', message: fault === undefined ? connectionFailed() : tlsFails(fault) };
}

/** Says what the HTTP parser's code means: whatever begins otherwise than HTTP fails at its first letters. */
function parserFault(code: string): string {
  return code === 'HPE_INVALID_CONSTANT' ? notHttp() : malformedAnswer();
}

/** Returns the system's or the library's word for an error, looked for down its causes; empty where there is none. */
function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code, message } = at as NodeJS.ErrnoException;
    // OpenSSL's own word is in the message alone.
    if (code === 'EPROTO') return `EPROTO ${message.toUpperCase().replaceAll(' ', '_')}`;
    if (typeof code === 'string') return code;
  }
  return '';
}
