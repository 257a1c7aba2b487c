import type { Clock, Logger, Periodic } from '@stratora/runtime';
import { appendAudit, SERVER_ACTOR } from '../../platform/audit/index.ts';
import { type Database, LedLoop, type LedRound, type Tx } from '../../platform/db/index.ts';
import type { ConfigRenderer } from '../config-render/index.ts';
import { findReleasedVersionsFor, findVersionsFor } from './component-version-queries.ts';
import { rolloutAudit } from './rollout-audit.ts';
import { setApplied, setFailed } from './rollout-member-queries.ts';
import { releaseFirst, releaseMembers, skipMember, stopRollout, takeInNewcomers } from './rollout-moves.ts';
import { firstCandidate, nextStep, type RolloutStep } from './rollout-plan.ts';
import { listActiveIds, listMembers, lockRollout, type RolloutRow } from './rollout-queries.ts';
import { endRollout, setStage } from './rollout-write-queries.ts';

export interface RolloutLeaderOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  renderer: Pick<ConfigRenderer, 'render'>;
}

const ROUND_MS = 1000;

/**
 * Leads changed device templates to the components, some at a time, and stops at the first that does not bear them. One
 * server at a time does it; everything it knows is in the database, so another can go on at any moment.
 */
export class RolloutLeader {
  readonly #options: RolloutLeaderOptions;
  readonly #loop: LedLoop;
  #startedAt: number;
  /** Rollouts that were running and stopped in the last round. */
  active = { running: 0, stopped: 0 };

  constructor(options: RolloutLeaderOptions) {
    this.#options = options;
    this.#startedAt = options.clock.monotonic();
    const { db, clock, logger } = options;
    this.#loop = new LedLoop({
      name: 'rollouts',
      intervalMs: ROUND_MS,
      db,
      clock,
      logger,
      isWanted: () => this.#hasActive(),
      run: (round) => this.#round(round),
    });
  }

  get loop(): Periodic {
    return this.#loop;
  }

  /** To be called when the server begins to hear from components. */
  start(): void {
    this.#startedAt = this.#options.clock.monotonic();
  }

  /** Runs the next round at once. */
  hurry(): void {
    this.#loop.trigger();
  }

  async #hasActive(): Promise<boolean> {
    const rollouts = await listActiveIds(this.#options.db);
    const running = rollouts.filter(({ state }) => state === 'running').length;
    this.active = { running, stopped: rollouts.length - running };
    return rollouts.length > 0;
  }

  /** Takes every step of every active rollout that is due. */
  async #round(round: LedRound): Promise<void> {
    for (const { id } of await listActiveIds(this.#options.db)) {
      // Steps that need no waiting follow each other at once.
      let hasMore = true;
      while (hasMore) hasMore = (await this.#step(round, id)) && !round.signal.aborted;
    }
  }

  /** @returns whether there may be more to do at once */
  async #step(round: LedRound, id: string): Promise<boolean> {
    const hasSkipped = await this.#tryFirst(round, id);
    if (hasSkipped) return true;
    const again = await fenced(round, id, async (tx, rollout) => {
      await takeInNewcomers(tx, rollout);
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

  /** Gives the first member its turn, where nobody has had it. @returns whether it was skipped */
  async #tryFirst(round: LedRound, id: string): Promise<boolean> {
    const candidate = await fenced(round, id, async (tx, rollout) =>
      rollout.state === 'running' && rollout.stage === 'first'
        ? firstCandidate(await listMembers(tx, id), this.#clockOf(rollout))
        : undefined,
    );
    if (!candidate) return false;
    const { componentId } = candidate;
    // Rendered outside the transaction: it may be thousands of nodes.
    const changes = await this.#wouldChange(componentId);
    await fenced(round, id, async (tx, rollout) => {
      if (rollout.state !== 'running' || rollout.stage !== 'first') return;
      if (changes) await releaseFirst(tx, rollout, componentId);
      else await skipMember(tx, rollout, componentId);
    });
    return !changes;
  }

  /** Whether the component's config would be another text with the versions that it is held from. */
  async #wouldChange(componentId: string): Promise<boolean> {
    const { renderer } = this.#options;
    const held = await renderer.render(componentId, findVersionsFor);
    const released = await renderer.render(componentId, findReleasedVersionsFor);
    return held?.hash !== released?.hash;
  }

  async #apply(tx: Tx, rollout: RolloutRow, step: RolloutStep): Promise<boolean> {
    const { logger } = this.#options;
    const { id } = rollout;
    await setApplied(tx, id, step.applied);
    await setFailed(
      tx,
      id,
      step.failed.map(({ componentId }) => componentId),
    );
    if (step.stop !== undefined) {
      await stopRollout(tx, rollout, step.stop);
      await appendAudit(tx, SERVER_ACTOR, rolloutAudit('stop', rollout, { reason: step.stop }));
      logger.error({ rollout_id: id, reason: step.stop }, 'rollout stopped');
      return false;
    }
    await releaseMembers(tx, rollout, step.release);
    if (step.stage !== undefined) {
      await setStage(tx, id, step.stage);
      logger.info({ rollout_id: id, stage: step.stage }, 'rollout goes on');
    }
    if (step.isDone) {
      await endRollout(tx, id);
      logger.info({ rollout_id: id }, 'rollout done');
    }
    return step.stage !== undefined;
  }

  /**
   * Returns the time of the database, and the time since which this server has heard from components, by the same
   * clock.
   */
  #clockOf({ now }: RolloutRow): { now: number; since: number } {
    const listenedMs = this.#options.clock.monotonic() - this.#startedAt;
    return { now: now.getTime(), since: now.getTime() - listenedMs };
  }
}

/** Works on a rollout while nobody else does: no other server, and no person at the same moment. */
function fenced<T>(
  round: LedRound,
  id: string,
  work: (tx: Tx, rollout: RolloutRow) => Promise<T>,
): Promise<T | undefined> {
  return round.fenced(async (tx) => {
    const rollout = await lockRollout(tx, id);
    return rollout && work(tx, rollout);
  });
}
