import type { ListQuery, Rollout, RolloutDetail } from '@stratora/contract';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { appError, notFound, type Precondition } from '../../platform/http/index.ts';
import { rolloutAudit } from './rollout-audit.ts';
import { findRollout, listRollouts } from './rollout-list-queries.ts';
import { listHeldMembers, retryFailed } from './rollout-member-queries.ts';
import { releaseMembers, takeInNewcomers } from './rollout-moves.ts';
import { lockRollout, type RolloutRow } from './rollout-queries.ts';
import { setForced, setResumed } from './rollout-write-queries.ts';

export interface RolloutServiceOptions {
  db: Database;
  /** Called after each decision, which may let the rollout go on at once. */
  onDecision(): void;
}

/** The service by which users see rollouts and decide on them. */
export class RolloutService {
  readonly #options: RolloutServiceOptions;

  constructor(options: RolloutServiceOptions) {
    this.#options = options;
  }

  list(query: ListQuery, state: Rollout['state'] | undefined) {
    return listRollouts(this.#options.db, query, state);
  }

  async get(id: string): Promise<RolloutDetail> {
    return getRollout(this.#options.db, id);
  }

  /** Goes on with a stopped rollout; members that failed are tried again. */
  async resume(actor: Actor, id: string, match?: Precondition<RolloutDetail>): Promise<RolloutDetail> {
    return this.#decide(actor, { id, match }, async (tx, rollout) => {
      if (rollout.state !== 'stopped') {
        throw appError('invalid_state', `A rollout that is ${rollout.state} cannot be resumed.`);
      }
      await setResumed(tx, id);
      await retryFailed(tx, id);
      await appendAudit(tx, actor, rolloutAudit('resume', rollout));
    });
  }

  /** Gives everybody the new config now, and lets nothing stop it. */
  async finish(actor: Actor, id: string, match?: Precondition<RolloutDetail>): Promise<RolloutDetail> {
    return this.#decide(actor, { id, match }, async (tx, rollout) => {
      if (rollout.state !== 'stopped' && rollout.state !== 'running') {
        throw appError('invalid_state', `A rollout that is ${rollout.state} is over.`);
      }
      await setForced(tx, id);
      await takeInNewcomers(tx, rollout);
      await releaseMembers(tx, rollout, await listHeldMembers(tx, id));
      await appendAudit(tx, actor, rolloutAudit('finish', rollout));
    });
  }

  async #decide(
    actor: Actor,
    { id, match }: { id: string; match: Precondition<RolloutDetail> | undefined },
    work: (tx: Tx, rollout: RolloutRow) => Promise<void>,
  ): Promise<RolloutDetail> {
    const detail = await once(this.#options.db, actor, async (tx) => {
      const rollout = await lockRollout(tx, id);
      if (!rollout) throw notFound('This rollout');
      if (match) match(await getRollout(tx, id));
      await work(tx, rollout);
      return getRollout(tx, id);
    });
    this.#options.onDecision();
    return detail;
  }
}

async function getRollout(db: Database | Tx, id: string): Promise<RolloutDetail> {
  const rollout = await findRollout(db, id);
  if (!rollout) throw notFound('This rollout');
  return rollout;
}
