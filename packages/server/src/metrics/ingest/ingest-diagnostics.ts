import { type Clock, type Logger, type Periodic, systemClock } from '@stratora/runtime';
import type { IngestTally } from '../../components/component-reports/index.ts';
import { PendingLog } from '../../platform/db/index.ts';
import type { Screened } from './line-screen.ts';
import { nameOf, REJECT_REASONS, type RejectedLines } from './reject-reason.ts';

const WRITE_EVERY_MS = 5_000;
/** Most components per statement. */
const BATCH = 500;

export interface IngestDiagnosticsOptions {
  addTallies: (tallies: readonly IngestTally[]) => Promise<void>;
  logger: Logger;
  clock?: Clock;
}

/**
 * The log that counts, per component, accepted and rejected lines and adds that to the database every few seconds.
 * While the database is away the counts wait; they are lost with the process, the data is not.
 */
export class IngestDiagnosticsLog {
  readonly #clock: Clock;
  readonly #tallies: PendingLog<IngestTally>;

  constructor({ addTallies, logger, clock = systemClock }: IngestDiagnosticsOptions) {
    this.#clock = clock;
    this.#tallies = new PendingLog({
      name: 'ingest-diagnostics',
      intervalMs: WRITE_EVERY_MS,
      batchSize: BATCH,
      clock,
      logger,
      write: (batch) => addTallies(batch.map(([, tally]) => tally)),
      merge: addTally,
    });
  }

  get loop(): Periodic {
    return this.#tallies.loop;
  }

  /** Counts rejected lines; to be called at once, since they are dropped for good. */
  countRejected(componentId: string, rejected: RejectedLines): void {
    if (rejected.rejected === 0) return;
    const tally = this.#tally(componentId);
    tally.lines_rejected += rejected.rejected;
    for (const [index, reason] of REJECT_REASONS.entries()) {
      const count = rejected.rejectedByCode[index + 1] ?? 0;
      if (count > 0) tally.rejected_by_reason[reason] = (tally.rejected_by_reason[reason] ?? 0) + count;
    }
    const [first] = rejected.named;
    if (first) tally.last_rejection = `${nameOf(first)}: ${REJECT_REASONS[first.code - 1]}`;
  }

  /**
   * Counts accepted lines; to be called once the store has them.
   * @param refused the lines among them that the store refused
   */
  countAccepted(componentId: string, screened: Screened, refused: number): void {
    const tally = this.#tally(componentId);
    tally.lines_accepted += screened.lines + screened.unstoredLines - refused;
    tally.last_ingest_at = new Date(this.#clock.now()).toISOString();
  }

  /** Stops the loop and writes what is left. */
  stop(): Promise<void> {
    return this.#tallies.stop();
  }

  #tally(componentId: string): IngestTally {
    let tally = this.#tallies.find(componentId);
    if (!tally) {
      tally = {
        component_id: componentId,
        lines_accepted: 0,
        lines_rejected: 0,
        rejected_by_reason: {},
        last_ingest_at: null,
        last_rejection: null,
      };
      this.#tallies.put(componentId, tally);
    }
    return tally;
  }
}

function addTally(older: IngestTally, newer: IngestTally): IngestTally {
  const reasons = { ...older.rejected_by_reason };
  for (const [reason, count] of Object.entries(newer.rejected_by_reason)) {
    reasons[reason] = (reasons[reason] ?? 0) + count;
  }
  return {
    component_id: older.component_id,
    lines_accepted: older.lines_accepted + newer.lines_accepted,
    lines_rejected: older.lines_rejected + newer.lines_rejected,
    rejected_by_reason: reasons,
    last_ingest_at: newer.last_ingest_at ?? older.last_ingest_at,
    last_rejection: newer.last_rejection ?? older.last_rejection,
  };
}
