import { type Clock, type Logger, type Periodic, periodic, systemClock } from '@stratora/runtime';
import type { IngestTally } from '../../components/component-reports/index.ts';
import type { Screened } from './line-screen.ts';
import { REJECT_REASONS } from './reject-reason.ts';

const WRITE_EVERY_MS = 5_000;
/** Components per statement. */
const BATCH = 500;

export interface IngestDiagnosticsOptions {
  addTallies: (tallies: readonly IngestTally[]) => Promise<void>;
  logger: Logger;
  clock?: Clock;
}

/**
 * Counts, per component, what became of its lines, and adds that to the database every few seconds. While the
 * database is away the counts wait; they are lost with the process, the data is not.
 */
export class IngestDiagnosticsLog {
  readonly #options: IngestDiagnosticsOptions;
  readonly #clock: Clock;
  readonly #loop: Periodic;
  #tallies = new Map<string, IngestTally>();

  constructor(options: IngestDiagnosticsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#loop = periodic({
      name: 'ingest-diagnostics',
      intervalMs: WRITE_EVERY_MS,
      run: () => this.#write(),
      logger: options.logger,
      clock: this.#clock,
    });
  }

  /** Lines dropped for good count at once. */
  rejected(componentId: string, screened: Screened): void {
    if (screened.rejected === 0) return;
    const tally = this.#tally(componentId);
    tally.lines_rejected += screened.rejected;
    for (const [index, reason] of REJECT_REASONS.entries()) {
      const count = screened.rejectedByCode[index + 1] ?? 0;
      if (count > 0) tally.rejected_by_reason[reason] = (tally.rejected_by_reason[reason] ?? 0) + count;
    }
    const [first] = screened.named;
    if (first) tally.last_rejection = `line ${first.line}: ${REJECT_REASONS[first.code - 1]}`;
  }

  /** Kept lines count once the store has them. */
  accepted(componentId: string, screened: Screened): void {
    const tally = this.#tally(componentId);
    tally.lines_accepted += screened.lines + screened.unstoredLines;
    tally.last_ingest_at = new Date(this.#clock.now()).toISOString();
  }

  start(): void {
    this.#loop.start();
  }

  /** Stops the loop and writes what is left. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#write().catch((error: unknown) => {
      this.#options.logger.warn({ err: error }, 'ingest counts not written');
    });
  }

  #tally(componentId: string): IngestTally {
    let tally = this.#tallies.get(componentId);
    if (!tally) {
      tally = {
        component_id: componentId,
        lines_accepted: 0,
        lines_rejected: 0,
        rejected_by_reason: {},
        last_ingest_at: null,
        last_rejection: null,
      };
      this.#tallies.set(componentId, tally);
    }
    return tally;
  }

  async #write(): Promise<void> {
    const pending = [...this.#tallies.values()];
    this.#tallies = new Map();
    for (let start = 0; start < pending.length; start += BATCH) {
      try {
        await this.#options.addTallies(pending.slice(start, start + BATCH));
      } catch (error) {
        for (const tally of pending.slice(start)) this.#putBack(tally);
        throw error;
      }
    }
  }

  #putBack(old: IngestTally): void {
    const tally = this.#tally(old.component_id);
    tally.lines_accepted += old.lines_accepted;
    tally.lines_rejected += old.lines_rejected;
    for (const [reason, count] of Object.entries(old.rejected_by_reason)) {
      tally.rejected_by_reason[reason] = (tally.rejected_by_reason[reason] ?? 0) + count;
    }
    tally.last_ingest_at ??= old.last_ingest_at;
    tally.last_rejection ??= old.last_rejection;
  }
}
