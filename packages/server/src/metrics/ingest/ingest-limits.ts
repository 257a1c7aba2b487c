/** Bounds of the ingest path; the defaults are the contract's. */
export interface IngestLimits {
  /** Most bytes of one body, unpacked. */
  bodyBytes: number;
  /** Most bytes of all bodies in work at one time; beyond it senders are refused as overloaded. */
  inFlightBytes: number;
  /** Milliseconds that a sample may be ahead of the server's clock. */
  aheadMs: number;
  /** Milliseconds for which the store keeps samples: it would drop older ones without a word. */
  retentionMs: number;
}

export const INGEST_LIMITS: IngestLimits = {
  bodyBytes: 32 * 1024 * 1024,
  inFlightBytes: 96 * 1024 * 1024,
  aheadMs: 10 * 60_000,
  retentionMs: 30 * 24 * 3_600_000,
};

/** Most bytes of a body that shares a write to the store; larger ones gain nothing from it. */
export const SMALL_BODY_BYTES = 64 * 1024;
