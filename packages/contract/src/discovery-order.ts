import type { CredentialType } from './credential.ts';
import type { DiscoveryCrawl } from './discovery.ts';
import type { EffectiveOptions } from './discovery-options.ts';

/** What a scan is told to do. Holds secrets. */
export interface DiscoveryOrder {
  run_id: string;
  /** As people wrote them (`planTargets` reads them); empty for a crawl. */
  targets: string[];
  crawl: DiscoveryCrawl | null;
  /** To be tried in this order. */
  credentials: { id: string; type: CredentialType; secret: Record<string, unknown> }[];
  options: EffectiveOptions;
  /** The rules by which devices are asked, JSON in gzip in base64; null for a scan that has them. */
  rules: string | null;
  /** Where to go on; null to begin. */
  cursor: string | null;
  next_part: number;
  part_seconds: number;
  /** When the hours end in which it may send: the scan then ends as `paused`. Null: never. */
  stop_at: string | null;
  /** When the order was made, by the clock that `stop_at` goes by; absent: that of whoever scans. */
  sent_at?: string;
}
