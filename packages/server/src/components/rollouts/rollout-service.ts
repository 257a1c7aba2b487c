import type { ListQuery, Rollout, RolloutDetail } from '@stratora/contract';
import { type Clock, type Logger, type Periodic, periodic } from '@stratora/runtime';
import { sql } from 'kysely';
import { type Actor, appendAudit, SERVER_ACTOR } from '../../platform/audit/index.ts';
import type { Database, Lease, Tx } from '../../platform/db/index.ts';
import { appError, notFound } from '../../platform/http/index.ts';
import { insertMembers } from './rollout-begin.ts';
import {
  endRollout,
  keepApplied,
  keepFailed,
  passMember,
  releaseFirst,
  releaseMembers,
  stopRollout,
} from './rollout-moves.ts';
import { firstCandidate, nextStep, type RolloutStep } from './rollout-plan.ts';
import {
  findNewcomers,
  findRollout,
  listActiveIds,
  listMembers,
  listRollouts,
  lockRollout,
  pruneRollouts,
  type RolloutRow,
} from './rollout-queries.ts';

export interface RolloutServiceDependencies {
  db: Database;
  lease: Lease;
  clock: Clock;
  logger: Logger;
  /** Whether a component's config would be another text with the versions that it is held from. */
  wouldChange(componentId: string): Promise<boolean>;
}

const ROUND_MS = 1000;
/** Rollouts that are kept once they are over. */
const HISTORY = 100;

/**
 * Leads changed device templates to the components, some at a time, and stops at the first that does not bear them. One
 * server at a time does it; everything it knows is in the database, so another can go on at any moment.
 */
export class RolloutService {
  readonly #deps: RolloutServiceDependencies;
  readonly #loop: Periodic;
  #startedAt: number;
  /** Running and stopped, at the last look. */
  active = { running: 0, stopped: 0 };

  constructor(deps: RolloutServiceDependencies) {
    this.#deps = deps;
    this.#startedAt = deps.clock.monotonic();
    this.#loop = periodic({
      name: 'rollouts',
      intervalMs: ROUND_MS,
      clock: deps.clock,
      logger: deps.logger,
      run: (signal) => this.round(signal),
    });
  }

  get loop(): Periodic {
    return this.#loop;
  }

  start(): void {
    this.#startedAt = this.#deps.clock.monotonic();
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#deps.lease.release().catch(() => {});
  }

  /** Something may be to be done at once. */
  hurry(): void {
    this.#loop.trigger();
  }

  list(query: ListQuery, state: Rollout['state'] | undefined) {
    return listRollouts(this.#deps.db, query, state);
  }

  async get(id: string): Promise<RolloutDetail> {
    return existing(this.#deps.db, id);
  }

  /** Goes on with a stopped one; who failed is tried again. */
  async resume(actor: Actor, id: string): Promise<RolloutDetail> {
    return this.#decide(id, async (tx, rollout) => {
      if (rollout.state !== 'stopped') {
        throw appError('invalid_state', `A rollout that is ${rollout.state} cannot be resumed.`);
      }
      await sql`UPDATE rollouts SET state = 'running', message = NULL, stage_since = now() WHERE id = ${id}`.execute(
        tx,
      );
      await sql`UPDATE rollout_components SET state = 'held' WHERE rollout_id = ${id} AND state = 'failed'`.execute(
        tx,
      );
      await appendAudit(tx, actor, auditOf('resume', rollout));
    });
  }

  /** Gives everybody the new config now, and lets nothing stop it. */
  async finish(actor: Actor, id: string): Promise<RolloutDetail> {
    return this.#decide(id, async (tx, rollout) => {
      if (rollout.state !== 'stopped' && rollout.state !== 'running') {
        throw appError('invalid_state', `A rollout that is ${rollout.state} is over.`);
      }
      await sql`UPDATE rollouts SET state = 'running', stage = 'rest', is_forced = true, message = NULL,
        stage_since = now() WHERE id = ${id}`.execute(tx);
      await this.#join(tx, rollout);
      const { rows } = await sql<{ id: string }>`
        SELECT component_id AS id FROM rollout_components WHERE rollout_id = ${id} AND is_held ORDER BY 1`.execute(
        tx,
      );
      await releaseMembers(
        tx,
        rollout,
        rows.map((row) => row.id),
      );
      await appendAudit(tx, actor, auditOf('finish', rollout));
    });
  }

  async prune(): Promise<void> {
    await pruneRollouts(this.#deps.db, HISTORY);
  }

  /** One look at what is going on. */
  async round(signal?: AbortSignal): Promise<void> {
    const { db, lease } = this.#deps;
    const rollouts = await listActiveIds(db);
    const running = rollouts.filter(({ state }) => state === 'running').length;
    this.active = { running, stopped: rollouts.length - running };
    if (rollouts.length === 0 || (await lease.hold()) === 'elsewhere') return;
    for (const { id } of rollouts) {
      // Steps that need no waiting follow each other at once.
      let hasMore = true;
      while (hasMore) hasMore = (await this.#step(id)) && signal?.aborted !== true;
    }
  }

  /** @returns whether there may be more to do at once */
  async #step(id: string): Promise<boolean> {
    const passed = await this.#first(id);
    if (passed) return true;
    const again = await this.#fenced(id, async (tx, rollout) => {
      await this.#join(tx, rollout);
      if (rollout.state !== 'running') return false;
      const members = await listMembers(tx, id);
      const progress = {
        stage: rollout.stage,
        stageSince: rollout.stage_since.getTime(),
        soakMs: rollout.soak_seconds * 1000,
        isForced: rollout.is_forced,
      };
      return this.#apply(tx, rollout, nextStep(progress, members, this.#clockOf(rollout)));
    });
    return again ?? false;
  }

  /** Gives the first one its turn, where nobody has had it. @returns whether it had nothing to learn from */
  async #first(id: string): Promise<boolean> {
    const candidate = await this.#fenced(id, async (tx, rollout) =>
      rollout.state === 'running' && rollout.stage === 'first'
        ? firstCandidate(await listMembers(tx, id), this.#clockOf(rollout))
        : undefined,
    );
    if (!candidate) return false;
    const { componentId } = candidate;
    // Outside the transaction: it may be thousands of nodes.
    const changes = await this.#deps.wouldChange(componentId);
    await this.#fenced(id, async (tx, rollout) => {
      if (rollout.state !== 'running' || rollout.stage !== 'first') return;
      if (changes) await releaseFirst(tx, rollout, componentId);
      else await passMember(tx, rollout, componentId);
    });
    return !changes;
  }

  async #apply(tx: Tx, rollout: RolloutRow, step: RolloutStep): Promise<boolean> {
    await keepApplied(tx, rollout, step.applied);
    await keepFailed(
      tx,
      rollout,
      step.failed.map(({ componentId }) => componentId),
    );
    if (step.stop !== undefined) {
      await stopRollout(tx, rollout, step.stop);
      await appendAudit(tx, SERVER_ACTOR, auditOf('stop', rollout, { reason: step.stop }));
      this.#deps.logger.error({ rollout_id: rollout.id, reason: step.stop }, 'rollout stopped');
      return false;
    }
    await releaseMembers(tx, rollout, step.release);
    if (step.stage !== undefined) {
      await sql`UPDATE rollouts SET stage = ${step.stage}, stage_since = clock_timestamp()
        WHERE id = ${rollout.id}`.execute(tx);
      this.#deps.logger.info({ rollout_id: rollout.id, stage: step.stage }, 'rollout goes on');
    }
    if (step.isDone) {
      await endRollout(tx, rollout);
      this.#deps.logger.info({ rollout_id: rollout.id }, 'rollout done');
    }
    return step.stage !== undefined;
  }

  /** Takes in who came to a changed template meanwhile. */
  async #join(tx: Tx, rollout: RolloutRow): Promise<void> {
    const newcomers = await findNewcomers(tx, rollout);
    if (newcomers.length > 0) await insertMembers(tx, rollout.id, newcomers);
  }

  async #decide(id: string, work: (tx: Tx, rollout: RolloutRow) => Promise<void>): Promise<RolloutDetail> {
    const detail = await this.#deps.db.transaction().execute(async (tx) => {
      const rollout = await lockRollout(tx, id);
      if (!rollout) throw notFound('This rollout');
      await work(tx, rollout);
      return existing(tx, id);
    });
    this.hurry();
    return detail;
  }

  /** Work on a rollout that nobody else does: not by another server, not by a person at the same moment. */
  async #fenced<T>(id: string, work: (tx: Tx, rollout: RolloutRow) => Promise<T>): Promise<T | undefined> {
    return this.#deps.db.transaction().execute(async (tx) => {
      if (!(await this.#deps.lease.fence(tx))) return undefined;
      const rollout = await lockRollout(tx, id);
      return rollout && work(tx, rollout);
    });
  }

  /** By the clock of the database, since when this server has been listening, too. */
  #clockOf({ now }: RolloutRow): { now: number; since: number } {
    const listenedMs = this.#deps.clock.monotonic() - this.#startedAt;
    return { now: now.getTime(), since: now.getTime() - listenedMs };
  }
}

function auditOf(verb: string, { id, cause }: RolloutRow, more: Record<string, unknown> = {}) {
  return { action: `rollout.${verb}`, objectType: 'rollout', objectId: id, detail: { name: cause, ...more } };
}

async function existing(db: Database | Tx, id: string): Promise<RolloutDetail> {
  const rollout = await findRollout(db, id);
  if (!rollout) throw notFound('This rollout');
  return rollout;
}
