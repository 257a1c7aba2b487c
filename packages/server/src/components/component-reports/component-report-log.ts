import { createHash } from 'node:crypto';
import type { EngineState, QueueGap } from '@stratora/contract';
import type { Clock, Logger, Periodic } from '@stratora/runtime';
import { type Database, PendingLog } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { recordOutcomes } from '../config-history/index.ts';
import { keepGaps, keepReports } from './report-queries.ts';

/** How the config and the engine of a component stand, as it said. */
export interface ToldReport {
  status: string;
  config_hash: string;
  message: string | null;
  engine: EngineState;
}

interface Pending {
  reports: (ToldReport & { at: string })[];
  gaps: readonly QueueGap[];
}

interface Known {
  report: string;
  gaps: string;
}

const WRITE_EVERY_MS = 2000;
const BATCH = 500;
/** Of one component, while the database is away: the newest count. */
const WAITING_MAX = 20;
const GAPS_WAITING_MAX = 500;

/**
 * Keeps what components tell of their configs, engines and gaps, as far as it is news: a heartbeat that says what the
 * one before it said costs a comparison. Written in batches; while the database is away it waits in memory.
 */
export class ComponentReportLog {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  readonly #pending: PendingLog<Pending>;
  /** News since the start, for the own metrics. */
  written = 0;

  constructor({ db, clock, logger }: { db: Database; clock: Clock; logger: Logger }) {
    this.#db = db;
    this.#clock = clock;
    this.#pending = new PendingLog({
      name: 'component-reports',
      intervalMs: WRITE_EVERY_MS,
      batchSize: BATCH,
      clock,
      logger,
      write: (batch) => this.#write(batch),
      merge,
    });
  }

  get loop(): Periodic {
    return this.#pending.loop;
  }

  /** Components with news that is not written yet. */
  get waiting(): number {
    return this.#pending.waiting;
  }

  flush(): Promise<void> {
    return this.#pending.flush();
  }

  stop(): Promise<void> {
    return this.#pending.stop();
  }

  note(componentId: string, told: { report?: ToldReport; gaps?: readonly QueueGap[] | undefined }): void {
    const known = this.#known.get(componentId) ?? { report: '', gaps: '' };
    const report = told.report ? markOf(told.report) : known.report;
    const gaps = told.gaps && told.gaps.length > 0 ? markOf(told.gaps) : known.gaps;
    if (report === known.report && gaps === known.gaps) return;
    const pending = this.#pending.find(componentId) ?? { reports: [], gaps: [] };
    if (told.report && report !== known.report) {
      pending.reports.push({ ...told.report, at: new Date(this.#clock.now()).toISOString() });
      pending.reports = pending.reports.slice(-WAITING_MAX);
    }
    if (told.gaps && gaps !== known.gaps)
      pending.gaps = [...pending.gaps, ...told.gaps].slice(-GAPS_WAITING_MAX);
    this.#pending.put(componentId, pending);
    this.#known.set(componentId, { report, gaps });
  }

  async #write(batch: readonly (readonly [string, Pending])[]): Promise<void> {
    const reports = batch.flatMap(([id, { reports }]) =>
      reports.map(({ engine, ...report }, place) => ({
        component_id: id,
        place,
        ...report,
        engine_kind: engine.kind,
        engine_version: engine.version,
        engine_running: engine.running,
      })),
    );
    const gaps = batch.flatMap(([id, { gaps }]) =>
      gaps.map(({ from, to, count }) => ({ component_id: id, from_time: from, to_time: to, count })),
    );
    const changed = await this.#db.transaction().execute(async (tx) => {
      const ids = new Set([...(await keepReports(tx, reports)), ...(await keepGaps(tx, gaps))]);
      await recordOutcomes(tx, reports);
      await publishEvents(
        tx,
        [...ids].map((id) => ({ name: 'component_changed' as const, data: { id, change: 'updated' } })),
      );
      return ids.size;
    });
    this.written += changed;
  }
}

function merge(older: Pending, newer: Pending): Pending {
  return {
    reports: [...older.reports, ...newer.reports].slice(-WAITING_MAX),
    gaps: [...older.gaps, ...newer.gaps].slice(-GAPS_WAITING_MAX),
  };
}

/** Short, however long the message is: one is kept for each component. */
function markOf(told: ToldReport | readonly QueueGap[]): string {
  const facts = 'engine' in told ? { ...told, engine: { ...told.engine, pid: undefined } } : told;
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}
