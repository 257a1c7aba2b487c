/** The default collection interval. */
const INTERVAL_SECONDS = 10;
const MISSED_INTERVALS = 3;

export interface DataAge {
  /** Undefined while there was no data ever. */
  readonly seconds: number | undefined;
  /** Three intervals were missed: values no longer say how it is now. */
  readonly stale: boolean;
}

export function dataAge(
  lastSeenAt: string | null,
  nowMs: number,
  intervalSeconds = INTERVAL_SECONDS,
): DataAge {
  if (lastSeenAt === null) return { seconds: undefined, stale: true };
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(lastSeenAt)) / 1000));
  // One interval is the normal age of the newest value; three more may be missed.
  return { seconds, stale: seconds > (MISSED_INTERVALS + 1) * intervalSeconds };
}
