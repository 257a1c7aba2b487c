import type { Clock, Logger, Periodic } from '@stratora/runtime';
import { type Database, LedLoop, type LedRound, type Tx } from '../../../platform/db/index.ts';
import { publishEvents } from '../../../platform/events/index.ts';
import { layOutIfDue } from '../layout/layout-step.ts';
import { findLayoutMark } from '../layout/position-queries.ts';
import { listReportNumbers, readReports } from '../reports/report-queries.ts';
import { holdNodes } from '../topology-queries.ts';
import { insertEvents } from '../wiring/event-queries.ts';
import { auditWiring, settleGhosts } from '../wiring/ghost-step.ts';
import type { DerivationChange, DerivationOrder, DerivedRows } from './derivation-order.ts';
import {
  countRows,
  listInputCollectors,
  listInputNodes,
  listManualLinks,
  readStart,
  readSurroundings,
} from './derivation-read-queries.ts';
import { DerivationThread } from './derivation-thread.ts';
import {
  deleteDevices,
  deleteLinks,
  deleteOldHistory,
  replaceCollectorPlaces,
  writeDevices,
  writeLinks,
  writeNotes,
  writePlaces,
  writeState,
} from './derivation-write-queries.ts';
import { type DerivationMark, DueDerivation } from './due-derivation.ts';

export interface DerivationLoopOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
}

/** How often it is looked whether anything is new. */
const ROUND_MS = 2000;
/** Milliseconds until a derivation that failed is tried again; twice as long after each further failure. */
const AGAIN_MS = { first: 1000, most: 600_000 };
/** Sites that are named in events, at most; beyond that, one event says that all may be other. */
const SITES_TOLD = 20;

/**
 * Derives the topology on one server, whenever reports, nodes or links by hand are other than before, and lays out what is new. What a
 * derivation gives is written in one transaction, as far as it differs; a server that takes over begins from what is written.
 */
export class DerivationLoop {
  readonly #options: DerivationLoopOptions;
  readonly #loop: LedLoop;
  readonly #thread: DerivationThread;
  readonly #due = new DueDerivation();
  /** Numbers of the reports that the worker knows, by node. */
  #known = new Map<string, string>();
  #rows: DerivedRows | undefined;
  /** What there was when it was last looked whether a layout is due. */
  #laidOutFor: string | undefined;
  #derivations = 0;
  /** Milliseconds that the last derivation took, in its thread. */
  lastTookMs = 0;
  /** Failures in a row: each makes the wait for the next try longer. */
  #failures = 0;
  #notBeforeMs = 0;

  constructor(options: DerivationLoopOptions) {
    this.#options = options;
    const { db, clock, logger } = options;
    this.#thread = new DerivationThread(clock);
    this.#loop = new LedLoop({
      name: 'topology',
      intervalMs: ROUND_MS,
      db,
      clock,
      logger,
      run: (round) => this.#round(round),
    });
  }

  get loop(): Periodic {
    return this.#loop;
  }

  get rows(): DerivedRows {
    return this.#rows ?? { links: 0, devices: 0, places: 0 };
  }

  /** Looks at once whether anything is new. */
  hurry(): void {
    this.#loop.trigger();
  }

  stop(): Promise<void> {
    return this.#thread.stop();
  }

  async #round(round: LedRound): Promise<void> {
    const { db, clock } = this.#options;
    if (round.isNew) await this.#forget();
    const mark: DerivationMark = {
      reports: await listReportNumbers(db),
      surroundings: await readSurroundings(db),
    };
    if (this.#due.note(mark, clock.now()) && clock.now() >= this.#notBeforeMs) {
      try {
        await this.#derive(round, mark);
        this.#failures = 0;
      } catch (error) {
        this.#failures += 1;
        this.#notBeforeMs = clock.now() + Math.min(AGAIN_MS.most, AGAIN_MS.first * 2 ** this.#failures);
        // What was written, and what the worker believes, may differ.
        await this.#forget();
        throw error;
      }
    }
    if (!round.signal.aborted) await this.#layOut(round, mark);
  }

  /** Lays out what is new, if anything may be: to look at all that is on the map takes a while. */
  async #layOut(round: LedRound, { surroundings }: DerivationMark): Promise<void> {
    const { db, clock } = this.#options;
    const state = `${this.#derivations} ${surroundings}`;
    if (state === this.#laidOutFor && (await findLayoutMark(db)) !== null) return;
    await layOutIfDue(db, round, clock);
    this.#laidOutFor = state;
  }

  async #forget(): Promise<void> {
    this.#due.reset();
    this.#laidOutFor = undefined;
    this.#known.clear();
    this.#rows = undefined;
    await this.#thread.stop();
  }

  async #derive(round: LedRound, mark: DerivationMark): Promise<void> {
    const { clock, logger } = this.#options;
    if (!(await this.#isNeeded(mark))) {
      this.#due.done(mark, clock.now());
      return;
    }
    const nowMs = clock.now();
    const change = await this.#thread.derive(await this.#order(mark, nowMs), round.signal);
    const written = await round.fenced((tx) => writeChange(tx, change, new Date(nowMs)));
    // Another server leads now: what the worker remembers was never written.
    if (written === undefined) return this.#forget();
    this.#known = new Map(mark.reports);
    this.#derivations += 1;
    this.#rows = change.rows;
    this.lastTookMs = change.tookMs;
    this.#due.done(mark, clock.now());
    if (change.links.length + change.goneLinks.length > 0) {
      const { rows, tookMs, goneLinks } = change;
      logger.info({ ...rows, gone: goneLinks.length, tookMs: Math.round(tookMs) }, 'topology derived');
    }
  }

  /** Whether there is anything to derive from, or anything that was derived before. */
  async #isNeeded({ reports }: DerivationMark): Promise<boolean> {
    const rows = await countRows(this.#options.db);
    const differs = (['links', 'devices', 'places'] as const).some(
      (name) => rows[name] !== this.#rows?.[name],
    );
    if (differs && this.#rows !== undefined) await this.#thread.stop();
    return reports.size > 0 || rows.links + rows.devices + rows.places > 0;
  }

  async #order({ reports }: DerivationMark, nowMs: number): Promise<DerivationOrder> {
    const { db } = this.#options;
    const { isFresh } = this.#thread;
    const wanted = [...reports].flatMap(([id, number]) =>
      isFresh || this.#known.get(id) !== number ? [id] : [],
    );
    return {
      nowMs,
      start: isFresh ? await readStart(db) : undefined,
      nodes: await listInputNodes(db),
      collectors: await listInputCollectors(db),
      manualLinks: await listManualLinks(db),
      reports: await readReports(db, wanted),
    };
  }
}

/** Writes what a derivation changes. @returns true */
async function writeChange(tx: Tx, change: DerivationChange, at: Date): Promise<true> {
  await holdNodes(tx, change.nodeIds);
  await writeDevices(tx, change.devices);
  await deleteLinks(
    tx,
    change.goneLinks.map(({ id }) => id),
  );
  await writeLinks(tx, change.links);
  await replaceCollectorPlaces(tx, change.collectorPlaces);
  await deleteDevices(tx, change.goneDevices);
  await writeNotes(tx, change.notes, change.goneNotes);
  await writePlaces(tx, change.places, at);
  await writeState(tx, change, at);
  const { events, approvedIds } = await settleGhosts(tx, { gone: change.goneLinks, at: at.toISOString() });
  await insertEvents(tx, [
    ...change.events.map((event) => {
      const isApproved = event.link_id !== null && approvedIds.has(event.link_id);
      return isApproved ? { ...event, detail: `${event.detail} It is part of the approved wiring.` } : event;
    }),
    ...events,
  ]);
  await deleteOldHistory(tx, at);
  await tellBrowsers(tx, change, events.length > 0);
  await auditWiring(tx, events);
  return true;
}

async function tellBrowsers(tx: Tx, { changedSites }: DerivationChange, hasGhosts: boolean): Promise<void> {
  const sites = changedSites.length > SITES_TOLD ? [null] : changedSites;
  const told = sites.length === 0 && hasGhosts ? [null] : sites;
  await publishEvents(
    tx,
    told.map((site_id) => ({ name: 'topology_changed' as const, data: { site_id, change: 'links' } })),
  );
}
