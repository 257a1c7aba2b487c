import type { OutageTelling } from '@stratora/contract';

/** A message of ours to one recipient. */
export interface Telling extends OutageTelling {
  /** Idempotency key: the same for each try, also after a restart. */
  key: string;
}

/** A time in which the server was not heard. */
export interface Outage {
  id: string;
  /** When the server was last heard, RFC 3339. */
  since: string;
  /**
   * Milliseconds in which it could have been heard and was not, by the monotonic clock and over restarts. Time in which
   * this process did not run, or the host slept, is none of it.
   */
  silent_ms: number;
  /** `silent_ms` at the newest round of messages; null: nobody was told yet. */
  told_ms: number | null;
  /** Number of rounds of messages. */
  rounds: number;
  ended_at: string | null;
  /** Why the server was not reached, in words. */
  last_error: string;
  tellings: Telling[];
}

/** What must survive a restart: a second message about one outage would be a false one. */
export interface OutageLog {
  version: 1;
  /** The outage that goes on. */
  current: Outage | null;
  /** Those that are over and not reported to the server yet, oldest first. */
  ended: Outage[];
}

export const EMPTY_LOG: OutageLog = { version: 1, current: null, ended: [] };

function isOutage(value: unknown): value is Outage {
  const outage = value as Partial<Outage> | null;
  return (
    typeof outage?.id === 'string' &&
    typeof outage.since === 'string' &&
    typeof outage.silent_ms === 'number' &&
    (outage.told_ms === null || typeof outage.told_ms === 'number') &&
    typeof outage.rounds === 'number' &&
    Array.isArray(outage.tellings)
  );
}

export function isOutageLog(value: unknown): value is OutageLog {
  const log = value as Partial<OutageLog> | null;
  return (
    log?.version === 1 &&
    (log.current === null || isOutage(log.current)) &&
    Array.isArray(log.ended) &&
    log.ended.every((outage) => isOutage(outage))
  );
}
