/**
 * The sentences about a target that gives no good answer, for the person who reads its collection status. They stand here
 * (and those of SNMP alone in `@stratora/snmp/words`) once: this engine says them of what it met, a component of what
 * Telegraf met. What a program or a library said itself goes beside them, as the detail. This file loads nothing but
 * words, so that a component may import it.
 */

export * from '@stratora/snmp/words';

/** @param seconds how long an answer was waited for; undefined where nobody knows */
export function noAnswerInTime(seconds?: number): string {
  return seconds === undefined ? 'No answer in time.' : `No answer within ${seconds} s.`;
}

export function connectionClosed(): string {
  return 'The server closed the connection.';
}

export function connectionFailed(): string {
  return 'The connection failed.';
}

/** Faults of TLS and of the certificate that a server shows. */
export type TlsFault = 'issuer' | 'expired' | 'early' | 'name' | 'plain' | 'refused' | 'other';

const TLS_WORDS: Readonly<Record<TlsFault, string>> = {
  issuer: 'The certificate is not trusted: its issuer is not known here.',
  expired: 'The certificate has expired.',
  early: 'The certificate is not valid yet.',
  name: 'The certificate is for another name.',
  plain: 'What listens there does not speak TLS.',
  refused: 'The server refuses the TLS connection.',
  other: 'No TLS connection can be made.',
};

export function tlsFails(fault: TlsFault): string {
  return TLS_WORDS[fault];
}

export function notHttp(): string {
  return 'What listens there does not speak HTTP.';
}

export function malformedAnswer(): string {
  return 'The answer breaks the rules of HTTP, so that it cannot be read.';
}

export function answerEndedEarly(): string {
  return 'The answer ended early.';
}

export function answerTooLarge(): string {
  return 'The answer is larger than the check reads.';
}

export function tooManyRedirects(): string {
  return 'The redirects do not come to an end.';
}

export function redirectToNowhere(): string {
  return 'The redirect leads to no web page.';
}

export function targetForbidden(): string {
  return 'Checks of loopback, link-local and multicast addresses are refused.';
}

export function noVsphere(): string {
  return 'What listens there is no vCenter: it does not answer as one does.';
}

export function vsphereLoginRefused(): string {
  return 'The vCenter refuses the login: user name or password is wrong.';
}

export function vsphereNotAllowed(): string {
  return 'The user may log in to the vCenter but not read it: the role "Read-only" at its top, for everything below, is enough.';
}

export function vsphereRefuses(): string {
  return 'The vCenter answers a question with an error.';
}

export function vsphereAnswerUnreadable(): string {
  return 'The answer of the vCenter cannot be read.';
}

export function pingSilent(): string {
  return 'No answer to ping.';
}

export function pingUnsendable(): string {
  return 'Nothing could be sent to this address.';
}

export function noRoute(): string {
  return 'No route leads to this address.';
}

export function icmpNotAllowed(): string {
  return 'Pings cannot be sent from here: the collector may not send ICMP.';
}

/** @param seconds the time that a gather has */
export function notDoneInTime(seconds: number): string {
  return `Reading it takes longer than ${seconds} s.`;
}

/** @param path the file, or whatever else is missing */
export function missing(path: string): string {
  return `${path} is not there.`;
}

export function notAllowed(path: string): string {
  return `${path} may not be read.`;
}

/** @param path of its socket */
export function busUnreachable(path: string): string {
  return `The system bus at ${path} cannot be reached.`;
}

/** @param name of a column or an object */
export function valueLeftOut(name: string): string {
  return `A value of ${name} could not be read and is left out.`;
}

/** Says what is known where nobody has better words: the detail has those of the program. */
export function failedForOtherReason(): string {
  return 'It failed for a reason that has no plain words yet; the details have those of the engine.';
}
