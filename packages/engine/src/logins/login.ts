import type { CredentialTestOrder, LoginOutcome, LoginResult, TestedDevice } from '@stratora/contract';

/** A login that is to be tried once. */
export interface LoginCall {
  readonly order: CredentialTestOrder;
  /** Networks in CIDR notation that may be reached although they are refused by default. */
  readonly outboundAllow: readonly string[];
  /** Ends the try. */
  readonly signal: AbortSignal;
}

/** What came of a login, but for the time that it took. */
export type LoginAnswer = Omit<LoginResult, 'took_ms'>;

/** Makes the answer of a login that worked. */
export function loggedIn(message: string, device: Partial<TestedDevice> = {}): LoginAnswer {
  const said = { name: null, description: null, object_id: null, ...device };
  return { outcome: 'ok', message, detail: null, device: said };
}

/** Makes the answer of a login that did not work. */
export function notLoggedIn(
  outcome: Exclude<LoginOutcome, 'ok'>,
  message: string,
  detail?: string,
): LoginAnswer {
  return { outcome, message, detail: detail ?? null, device: null };
}
