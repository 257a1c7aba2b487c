import type { NodeStatusEvent } from '@stratora/contract';
import { type Clock, sleep } from '@stratora/runtime';
import type { QueryClient } from '@stratora/victoriametrics';
import {
  applyChanges,
  applyEvidence,
  applyReasons,
  deleteOldChanges,
  type StatusChange,
} from '../../inventory/node-states/index.ts';
import type { Database, LedRound } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { COMPONENT_LOST_MS, SilenceAccount } from '../silence/index.ts';
import { readEvidence } from './evidence-query.ts';
import { listFailures, listLeftOut, listNodeStates, type NodeStateRow } from './node-status-queries.ts';
import { decideStatus, type SourceFacts } from './status-decision.ts';

export interface NodeStatusServiceOptions {
  db: Database;
  query: QueryClient;
  clock: Clock;
  /** Returns the setting `node_unreachable`, in seconds. */
  unreachableSeconds: () => number;
  /** Whether an agent gathers by a template. */
  isAgentTemplate: (slug: string) => boolean;
  /** Says what keeps the store from taking or giving samples; undefined when nothing does. */
  storeFault: () => Promise<string | undefined>;
}

/** Milliseconds after which a store that did not answer is asked again: a restart is over by then. */
const SECOND_LOOK_MS = 2000;
const NO_ANSWER = 'The metric store does not answer.';

/** What the store knows, or the reason why nobody can say. */
type Look =
  | { readonly evidence: ReadonlyMap<string, number>; readonly fault?: undefined }
  | { readonly evidence?: undefined; readonly fault: string };

interface Decisions {
  changes: (StatusChange & { lastSeenAt: number | undefined })[];
  /** Nodes with a new reason for the same status. */
  reasons: { id: string; reason: string | null }[];
}

/**
 * The service that decides every node's status in a round, with one query to the store and one to the database for all.
 */
export class NodeStatusService {
  readonly #options: NodeStatusServiceOptions;
  readonly #silence = new SilenceAccount();
  #rounds = 0;

  constructor(options: NodeStatusServiceOptions) {
    this.#options = options;
  }

  async evaluate({ isNew, signal, fenced }: LedRound): Promise<void> {
    const { db, clock } = this.#options;
    if (isNew) this.#silence.begin(clock.now());
    let look = await this.#look(signal);
    if (!this.#silence.noteStore(look.fault === undefined, clock.now())) {
      await sleep(SECOND_LOOK_MS, clock, signal);
      if (signal.aborted) return;
      look = await this.#look(signal);
      if (!this.#silence.noteStore(look.fault === undefined, clock.now())) return;
    }
    const { evidence = new Map<string, number>(), fault } = look;
    const rows = await listNodeStates(db);
    const failures = await listFailures(db);
    const leftOut = await listLeftOut(db);
    const now = clock.now();
    this.#silence.noteComponents(sourcesOf(rows), now);
    const decisions = this.#decide(rows, { evidence, failures, leftOut, now, fault });
    await this.#write(fenced, evidence, decisions);
  }

  async #look(signal: AbortSignal): Promise<Look> {
    const { query, clock, storeFault } = this.#options;
    const [evidence, fault] = await Promise.all([readEvidence(query, clock.now(), signal), storeFault()]);
    // What is not written cannot be found either, so that silence says nothing of a node.
    if (fault !== undefined || evidence === undefined) return { fault: fault ?? NO_ANSWER };
    return { evidence };
  }

  #source(row: NodeStateRow, now: number): SourceFacts | undefined {
    if (row.source_id === null || row.source_type === null || row.source_approval === null) return undefined;
    return {
      kind: row.source_type,
      name: row.source_name ?? '',
      approval: row.source_approval,
      lastSeenAt: row.source_seen_at?.getTime(),
      listeningSince: this.#silence.heardSince(row.source_id) ?? now,
    };
  }

  #decide(
    rows: readonly NodeStateRow[],
    facts: {
      evidence: ReadonlyMap<string, number>;
      failures: ReadonlyMap<string, string[]>;
      leftOut: ReadonlyMap<string, string>;
      now: number;
      fault: string | undefined;
    },
  ): Decisions {
    const changes: Decisions['changes'] = [];
    const reasons: Decisions['reasons'] = [];
    const limits = {
      now: facts.now,
      unreachableMs: this.#options.unreachableSeconds() * 1000,
      componentLostMs: COMPONENT_LOST_MS,
      storeUpSince: this.#silence.storeUpSince,
      storeFault: facts.fault ?? NO_ANSWER,
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
          isReported: this.#options.isAgentTemplate(row.template),
          failures: facts.failures.get(row.id) ?? [],
          leftOut: facts.leftOut.get(row.id),
        },
        limits,
      );
      if (status !== row.status)
        changes.push({ id: row.id, oldStatus: row.status, status, reason, lastSeenAt });
      else if (reason !== row.status_reason) reasons.push({ id: row.id, reason });
    }
    return { changes, reasons };
  }

  async #write(
    fenced: LedRound['fenced'],
    evidence: ReadonlyMap<string, number>,
    { changes, reasons }: Decisions,
  ): Promise<void> {
    this.#rounds += 1;
    await fenced(async (tx) => {
      await applyEvidence(tx, evidence);
      await applyReasons(tx, reasons);
      const moved = await applyChanges(tx, changes);
      await publishEvents(
        tx,
        changes.flatMap(({ id, status, reason, lastSeenAt }) => {
          const since = moved.get(id);
          if (!since) return [];
          const data = {
            node_id: id,
            status,
            status_since: since.toISOString(),
            status_reason: reason,
            last_seen_at: lastSeenAt === undefined ? null : new Date(lastSeenAt).toISOString(),
          } satisfies NodeStatusEvent;
          return [{ name: 'node_status' as const, data }];
        }),
      );
      if (this.#rounds % 360 === 1) await deleteOldChanges(tx);
    });
  }
}

/** Yields the sources of nodes; a collector comes once for each of its nodes. */
function* sourcesOf(rows: readonly NodeStateRow[]) {
  for (const { source_id: id, source_seen_at: seenAt } of rows) {
    if (id !== null) yield { id, seenAt: seenAt?.getTime() };
  }
}
