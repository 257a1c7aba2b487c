import type { ListQuery, Rollout, RolloutDetail } from '@stratora/contract';
import { type Actor, appendAudit } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { appError, notFound } from '../../platform/http/index.ts';
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
  async resume(actor: Actor, id: string): Promise<RolloutDetail> {
    return this.#decide(id, async (tx, rollout) => {
      if (rollout.state !== 'stopped') {
        throw appError('invalid_state', `A rollout that is ${rollout.state} cannot be resumed.`);
      }
      await setResumed(tx, id);
      await retryFailed(tx, id);
      await appendAudit(tx, actor, rolloutAudit('resume', rollout));
    });
  }

  /** Gives everybody the new config now, and lets nothing stop it. */
  async finish(actor: Actor, id: string): Promise<RolloutDetail> {
    return this.#decide(id, async (tx, rollout) => {
      if (rollout.state !== 'stopped' && rollout.state !== 'running') {
        throw appError('invalid_state', `A rollout that is ${rollout.state} is over.`);
      }
      await setForced(tx, id);
      await takeInNewcomers(tx, rollout);
      await releaseMembers(tx, rollout, await listHeldMembers(tx, id));
      await appendAudit(tx, actor, rolloutAudit('finish', rollout));
    });
  }

  async #decide(id: string, work: (tx: Tx, rollout: RolloutRow) => Promise<void>): Promise<RolloutDetail> {
    const detail = await this.#options.db.transaction().execute(async (tx) => {
      const rollout = await lockRollout(tx, id);
      if (!rollout) throw notFound('This rollout');
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
