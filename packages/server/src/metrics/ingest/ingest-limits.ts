/** Bounds of the ingest path; the defaults are the contract's. */
export interface IngestLimits {
  /** Unpacked size of one body. */
  bodyBytes: number;
  /** All bodies being read, checked or written at one time; beyond it senders are told to come back. */
  inFlightBytes: number;
  /** A sample may be this far ahead of the server's clock. */
  aheadMs: number;
  /** What the store keeps: it would drop older samples without a word. */
  retentionMs: number;
}

export const INGEST_LIMITS: IngestLimits = {
  bodyBytes: 32 * 1024 * 1024,
  inFlightBytes: 96 * 1024 * 1024,
  aheadMs: 10 * 60_000,
  retentionMs: 30 * 24 * 3_600_000,
};

/** Bodies up to this size share an upstream write; larger ones gain nothing from it. */
export const SMALL_BODY_BYTES = 64 * 1024;
