/**
 * Reasons of failed SNMP requests. A closed set, fit for a status word and a metric label: - `timeout`: no usable
 * answer in time; - `auth`: the device answered that user, password or protocol is wrong (SNMPv3), or cannot be reached
 * with them; - `refused`: the network says that nothing listens there, or the address cannot be reached or resolved; -
 * `bad_answer`: the answer breaks the protocol (damaged BER, order, an SNMP error status); - `limit`: a budget of the
 * cycle (time, varbinds, bytes) was used up, or the request itself cannot be sent.
 */
export const SNMP_ERROR_KINDS = ['timeout', 'auth', 'refused', 'bad_answer', 'limit'] as const;
export type SnmpErrorKind = (typeof SNMP_ERROR_KINDS)[number];

export interface SnmpErrorOptions extends ErrorOptions {
  readonly isUnheard?: boolean;
}

/** The only error that get and walk reject with, beside the reason of an aborted signal. The message is in plain words. */
export class SnmpError extends Error {
  override readonly name = 'SnmpError';
  readonly kind: SnmpErrorKind;
  /** True when nothing came that could be taken for an answer: to ask for more only costs time. */
  readonly isUnheard: boolean;

  constructor(kind: SnmpErrorKind, message: string, options?: SnmpErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.isUnheard = options?.isUnheard ?? false;
  }
}

export function isSnmpError(error: unknown): error is SnmpError {
  return error instanceof SnmpError;
}
