import { OutboundError, OutboundRefused, sanitizeText } from '@stratora/runtime';
import type { SendResult } from '../send-result.ts';

type Failure = Extract<SendResult, { ok: false }>;

/** An error as the library of SMTP makes it. */
interface SmtpFault extends Error {
  code?: string | undefined;
  /** Answer of the server: its number, the whole of it, and what it was asked. */
  responseCode?: number | undefined;
  response?: string | undefined;
  command?: string | undefined;
}

/** Milliseconds for which a server that refuses the login is left alone: some lock an account that tries too often. */
const LOGIN_PAUSE_MS = 300_000;
/** Names that OpenSSL and Node give to faults of a certificate. */
const CERTIFICATE_FAULT =
  /certificate|self.signed|CERT_|UNABLE_TO_|ERR_TLS|ERR_SSL|wrong version number|alert number/i;

/** Says in a result why a mail did not go out. @throws what is no fault of the other end or of the way to it */
export function smtpFailure(error: unknown, host: string, password: string | null): Failure {
  if (error instanceof OutboundRefused) {
    return error.reason === 'dns'
      ? retried('name_not_found', error.message)
      : { ...retried('address_refused', error.message), isFinal: true };
  }
  if (error instanceof OutboundError) return retried('timeout', error.message);
  const fault = error as SmtpFault;
  const { responseCode = 0 } = fault;
  const said = quote(fault, password);
  if (fault.code === 'EAUTH') return loginFailure(responseCode, said);
  if (responseCode >= 400) return answerFailure(fault, responseCode, said);
  if (fault.code === 'ETIMEDOUT') {
    return retried('timeout', `The mail server ${host} did not answer in time.`);
  }
  if (fault.code === 'ETLS' || CERTIFICATE_FAULT.test(`${fault.code} ${fault.message}`)) {
    return retried('tls_failed', `No TLS connection to the mail server ${host}: ${said}`);
  }
  if (fault.code === 'EMESSAGE' && /size larger/i.test(fault.message)) {
    return {
      ok: false,
      reason: 'too_large',
      message: 'The mail is larger than the server takes.',
      isFinal: true,
    };
  }
  if (fault.code === undefined) throw error;
  return retried('connection_failed', `No connection to the mail server ${host}: ${said}`);
}

function loginFailure(responseCode: number, said: string): Failure {
  if (responseCode >= 400 && responseCode < 500) {
    return retried('server_busy', `The mail server takes no login for the moment: ${said}`);
  }
  const failure = retried('login_failed', `The mail server does not accept the login: ${said}`);
  return { ...failure, retryAfterMs: LOGIN_PAUSE_MS };
}

function answerFailure({ command = '' }: SmtpFault, responseCode: number, said: string): Failure {
  if (/STARTTLS|EHLO|CONN/.test(command) && /STARTTLS/.test(`${command} ${said}`)) {
    return retried('tls_failed', `The mail server offers no STARTTLS, which the settings demand: ${said}`);
  }
  if (responseCode < 500)
    return retried('server_busy', `The mail server put it off (${responseCode}): ${said}`);
  if (responseCode === 552 || responseCode === 523) {
    return {
      ok: false,
      reason: 'too_large',
      message: `The mail server takes no mail of this size: ${said}`,
      isFinal: true,
    };
  }
  // It says that no mail is taken from here at all, which may end.
  if (command === 'CONN' || command === 'EHLO') {
    return retried('rejected', `The mail server refuses the connection (${responseCode}): ${said}`);
  }
  const isRecipient = command.startsWith('RCPT');
  return {
    ok: false,
    reason: isRecipient ? 'recipient_rejected' : 'rejected',
    message: isRecipient
      ? `The mail server does not take mail for this address (${responseCode}): ${said}`
      : `The mail server refuses the mail (${responseCode}): ${said}`,
    isFinal: true,
  };
}

/** Quotes what the server said, or the words of the system; never the password. */
function quote({ response, message }: SmtpFault, password: string | null): string {
  const text = (response ?? message).replace(/^\d{3}[ -]/gm, '');
  const safe = password === null || password.length < 4 ? text : text.replaceAll(password, '********');
  return sanitizeText(safe.replaceAll('\t', ' '), 300);
}

function retried(reason: Failure['reason'], message: string): Failure {
  return { ok: false, reason, message, isFinal: false };
}
