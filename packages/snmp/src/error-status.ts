import { SnmpError } from './snmp-error.ts';
import { answeredWithError } from './snmp-words.ts';

/** Error status of a response (RFC 1157, RFC 3416). */
export const ErrorStatus = {
  noError: 0,
  tooBig: 1,
  noSuchName: 2,
  noAccess: 6,
  authorizationError: 16,
} as const;

const MESSAGES: Readonly<Record<number, string>> = {
  1: 'the answer does not fit into one message (tooBig)',
  2: 'it has no such object (noSuchName)',
  3: 'a value is not allowed (badValue)',
  4: 'the object is read-only (readOnly)',
  5: 'a general error (genErr)',
  6: 'access is not allowed (noAccess)',
  13: 'it lacks the resources (resourceUnavailable)',
  16: 'this user or community may not read it (authorizationError)',
};

/** True when the device says that access is not allowed. */
export function isAccessStatus(status: number): boolean {
  return status === ErrorStatus.noAccess || status === ErrorStatus.authorizationError;
}

/** Makes an error in plain words of the device's error status. */
export function errorOfStatus(status: number): SnmpError {
  const message = MESSAGES[status] ?? `error status ${status}`;
  return new SnmpError(isAccessStatus(status) ? 'auth' : 'bad_answer', answeredWithError(message));
}
