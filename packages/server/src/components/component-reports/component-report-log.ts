import { createHash } from 'node:crypto';
import type { EngineState, QueueGap } from '@stratora/contract';
import type { Clock, Logger, Periodic } from '@stratora/runtime';
import { type Database, PendingLog } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { recordOutcomes } from '../config-history/index.ts';
import { keepGaps, keepReports } from './report-queries.ts';

/** The report of a component on its config and engine. */
export interface ConfigReport {
  status: string;
  config_hash: string;
  message: string | null;
  engine: EngineState;
}

interface Pending {
  reports: (ConfigReport & { at: string })[];
  gaps: readonly QueueGap[];
}

interface Known {
  report: string;
  gaps: string;
}

const WRITE_EVERY_MS = 2000;
const BATCH = 500;
/** Most reports of one component that wait while the database is away; the newest stay. */
const WAITING_MAX = 20;
const GAPS_WAITING_MAX = 500;

/**
 * The log of what components report of their configs, engines and gaps, as far as it is news: a heartbeat that repeats
 * the one before costs a comparison. It is written in batches; while the database is away news waits in memory.
 */
export class ComponentReportLog {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  readonly #pending: PendingLog<Pending>;
  /** Number of components with news that were written since the start, for the own metrics. */
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

  /** Number of components with news that is not written yet. */
  get waiting(): number {
    return this.#pending.waiting;
  }

  flush(): Promise<void> {
    return this.#pending.flush();
  }

  stop(): Promise<void> {
    return this.#pending.stop();
  }

  note(componentId: string, noted: { report?: ConfigReport; gaps?: readonly QueueGap[] | undefined }): void {
    const known = this.#known.get(componentId) ?? { report: '', gaps: '' };
    const report = noted.report ? digestOf(noted.report) : known.report;
    const gaps = noted.gaps && noted.gaps.length > 0 ? digestOf(noted.gaps) : known.gaps;
    if (report === known.report && gaps === known.gaps) return;
    const pending = this.#pending.find(componentId) ?? { reports: [], gaps: [] };
    if (noted.report && report !== known.report) {
      pending.reports.push({ ...noted.report, at: new Date(this.#clock.now()).toISOString() });
      pending.reports = pending.reports.slice(-WAITING_MAX);
    }
    if (noted.gaps && gaps !== known.gaps)
      pending.gaps = [...pending.gaps, ...noted.gaps].slice(-GAPS_WAITING_MAX);
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

/** Makes a digest of a report, short however long the message is: one is kept for each component. */
function digestOf(noted: ConfigReport | readonly QueueGap[]): string {
  const facts = 'engine' in noted ? { ...noted, engine: { ...noted.engine, pid: undefined } } : noted;
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}
