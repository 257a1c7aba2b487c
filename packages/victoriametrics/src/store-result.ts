import { OutboundError } from '@stratora/runtime';

/** Reasons of the store not to take or answer a call: a closed set, which also labels counters. */
export type StoreFailure =
  /** No connection, or it broke. */
  | 'unavailable'
  | 'timeout'
  /** 429, or 5xx. */
  | 'overloaded'
  /** The store does not know us: a wrong URL or wrong credentials in our own configuration. */
  | 'misconfigured'
  /** The store refuses this very content (400, 413, 422). */
  | 'rejected';

export interface StoreRefusal {
  ok: false;
  /** True when the same call may succeed later. */
  retry: boolean;
  reason: StoreFailure;
  /** Cause for logs; may hold the store's own words. */
  cause: string;
}

/** Classifies a status other than 2xx. */
export function refusalOfStatus(status: number, body: string): StoreRefusal {
  const cause = `status ${status}: ${body.slice(0, 500)}`;
  if (status === 400 || status === 413 || status === 422) {
    return { ok: false, retry: false, reason: 'rejected', cause };
  }
  if (status === 429 || status >= 500) return { ok: false, retry: true, reason: 'overloaded', cause };
  return { ok: false, retry: true, reason: 'misconfigured', cause };
}

/** Classifies a call without an answer. */
export function refusalOfError(error: unknown): StoreRefusal {
  const cause = error instanceof Error ? error.message : String(error);
  const isTimeout = error instanceof OutboundError && error.reason === 'timeout';
  return { ok: false, retry: true, reason: isTimeout ? 'timeout' : 'unavailable', cause };
}
