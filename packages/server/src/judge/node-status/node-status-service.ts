import type { NodeStatusEvent } from '@stratora/contract';
import { type Clock, type Logger, type Periodic, periodic } from '@stratora/runtime';
import type { QueryClient } from '@stratora/victoriametrics';
import {
  applyChanges,
  applyEvidence,
  applyReasons,
  deleteOldChanges,
  type StatusChange,
} from '../../inventory/node-states/index.ts';
import type { Database, Lease, Tx } from '../../platform/db/index.ts';
import { readEvidence } from './evidence-query.ts';
import { listFailures, listNodeStates, type NodeStateRow } from './node-status-queries.ts';
import { decideStatus, type SourceFacts } from './status-decision.ts';

export interface NodeStatusDependencies {
  db: Database;
  query: QueryClient;
  /** One server decides; the others only serve. */
  lease: Lease;
  clock: Clock;
  logger: Logger;
  /** The setting `node_unreachable`, in seconds. */
  unreachableSeconds: () => number;
  /** Tells open browsers, on every server, once the transaction has committed. */
  publish: (tx: Tx, events: readonly NodeStatusEvent[]) => Promise<void>;
}

interface Decisions {
  changes: (StatusChange & { lastSeenAt: number | undefined })[];
  /** Where the reason alone is new. */
  reasons: { id: string; reason: string | null }[];
}

const EVALUATE_EVERY_MS = 10_000;
const COMPONENT_LOST_MS = 60_000;
/** One failed round is a hiccup; from the second on the store counts as away. */
const STORE_AWAY_AFTER_FAILURES = 2;

/** Decides every node's status every ten seconds, with one query to the store and one to the database for all. */
export class NodeStatusService {
  readonly #deps: NodeStatusDependencies;
  readonly #loop: Periodic;
  /** By component: since when we hear it without a break. */
  readonly #heardSince = new Map<string, { since: number; isAway: boolean }>();
  #listeningSince: number | undefined;
  #storeUpSince: number | undefined;
  #storeFailures = 0;
  #rounds = 0;

  constructor(deps: NodeStatusDependencies) {
    this.#deps = deps;
    this.#loop = periodic({
      name: 'node-status',
      intervalMs: EVALUATE_EVERY_MS,
      clock: deps.clock,
      logger: deps.logger,
      run: (signal) => this.evaluate(signal),
    });
  }

  get loop(): Periodic {
    return this.#loop;
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#deps.lease.release();
  }

  /** A node has sent its first data: no need to wait for the next round. */
  hurry(): void {
    this.#loop.trigger();
  }

  async evaluate(signal: AbortSignal): Promise<void> {
    const { db, clock, query, lease } = this.#deps;
    const held = await lease.hold();
    if (held === 'elsewhere') {
      this.#listeningSince = undefined;
      return;
    }
    if (held === 'taken' || this.#listeningSince === undefined) this.#beginListening(clock.now());
    const evidence = await readEvidence(query, clock.now(), signal);
    if (!this.#noteStore(evidence !== undefined)) return;
    const rows = await listNodeStates(db);
    const failures = await listFailures(db);
    const now = clock.now();
    this.#noteSources(rows, now);
    const decisions = this.#decide(rows, { evidence: evidence ?? new Map(), failures, now });
    await this.#write(evidence ?? new Map(), decisions);
  }

  #beginListening(now: number): void {
    this.#listeningSince = now;
    this.#storeUpSince = undefined;
    this.#storeFailures = 0;
    this.#heardSince.clear();
  }

  /** Whether this round knows enough to decide anything. */
  #noteStore(answered: boolean): boolean {
    if (answered) {
      this.#storeFailures = 0;
      this.#storeUpSince ??= this.#deps.clock.now();
      return true;
    }
    this.#storeFailures += 1;
    if (this.#storeFailures < STORE_AWAY_AFTER_FAILURES) return false;
    this.#storeUpSince = undefined;
    return true;
  }

  #noteSources(rows: readonly NodeStateRow[], now: number): void {
    const seen = new Set<string>();
    for (const { source_id: id, source_seen_at: seenAt } of rows) {
      if (id === null || seen.has(id)) continue;
      seen.add(id);
      const known = this.#heardSince.get(id);
      const isAway = seenAt === null || now - seenAt.getTime() > COMPONENT_LOST_MS;
      if (!known) this.#heardSince.set(id, { since: this.#listeningSince ?? now, isAway });
      else if (known.isAway && !isAway) this.#heardSince.set(id, { since: now, isAway });
      else known.isAway = isAway;
    }
  }

  #source(row: NodeStateRow, now: number): SourceFacts | undefined {
    if (row.source_id === null || row.source_type === null) return undefined;
    return {
      kind: row.source_type,
      name: row.source_name ?? '',
      lastSeenAt: row.source_seen_at?.getTime(),
      listeningSince: this.#heardSince.get(row.source_id)?.since ?? now,
    };
  }

  #decide(
    rows: readonly NodeStateRow[],
    facts: { evidence: ReadonlyMap<string, number>; failures: ReadonlyMap<string, string[]>; now: number },
  ): Decisions {
    const changes: Decisions['changes'] = [];
    const reasons: Decisions['reasons'] = [];
    const limits = {
      now: facts.now,
      unreachableMs: this.#deps.unreachableSeconds() * 1000,
      componentLostMs: COMPONENT_LOST_MS,
      storeUpSince: this.#storeUpSince,
    };
    for (const row of rows) {
      const seen = Math.max(facts.evidence.get(row.id) ?? 0, row.last_seen_at?.getTime() ?? 0);
      const lastSeenAt = seen === 0 ? undefined : seen;
      const { status, reason } = decideStatus(
        {
          status: row.status,
          statusSince: row.status_since.getTime(),
          lastSeenAt,
          source: this.#source(row, facts.now),
          failures: facts.failures.get(row.id) ?? [],
        },
        limits,
      );
      if (status !== row.status)
        changes.push({ id: row.id, oldStatus: row.status, status, reason, lastSeenAt });
      else if (reason !== row.status_reason) reasons.push({ id: row.id, reason });
    }
    return { changes, reasons };
  }

  async #write(evidence: ReadonlyMap<string, number>, { changes, reasons }: Decisions): Promise<void> {
    const { db, lease, publish } = this.#deps;
    this.#rounds += 1;
    await db.transaction().execute(async (tx) => {
      // A server that was frozen and comes back must not write over what its successor decided.
      if (!(await lease.fence(tx))) return;
      await applyEvidence(tx, evidence);
      await applyReasons(tx, reasons);
      const moved = await applyChanges(tx, changes);
      const events = changes.flatMap(({ id, status, reason, lastSeenAt }) => {
        const since = moved.get(id);
        return since
          ? [
              {
                node_id: id,
                status,
                status_since: since.toISOString(),
                status_reason: reason,
                last_seen_at: lastSeenAt === undefined ? null : new Date(lastSeenAt).toISOString(),
              },
            ]
          : [];
      });
      await publish(tx, events);
      if (this.#rounds % 360 === 1) await deleteOldChanges(tx);
    });
  }
}
