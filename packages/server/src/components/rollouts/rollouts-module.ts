import { type Clock, type Logger, periodic } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { ConfigRenderer } from '../config-render/index.ts';
import { RolloutLeader } from './rollout-leader.ts';
import { rolloutRoutes } from './rollout-routes.ts';
import { RolloutService } from './rollout-service.ts';
import { pruneRollouts } from './rollout-write-queries.ts';

export interface RolloutsOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  renderer: Pick<ConfigRenderer, 'render'>;
}

const PRUNE_EVERY_MS = 600_000;
/** Number of rollouts that are kept once they are over. */
const ROLLOUTS_KEPT = 100;

/** Builds the module that brings changed device templates to the components. */
export function createRollouts(options: RolloutsOptions): ServerModule {
  const { db, clock, logger, renderer } = options;
  const leader = new RolloutLeader({ db, clock, logger, renderer });
  const service = new RolloutService({ db, onDecision: () => leader.hurry() });
  const pruning = periodic({
    name: 'rollout-pruning',
    intervalMs: PRUNE_EVERY_MS,
    clock,
    logger,
    run: () => pruneRollouts(db, ROLLOUTS_KEPT),
  });
  return {
    name: 'rollouts',
    routes: { user: [rolloutRoutes(service)] },
    loops: [leader.loop, pruning],
    metrics: [
      {
        name: 'rollouts_running',
        help: 'Rollouts that are going on.',
        read: () => leader.active.running,
      },
      {
        name: 'rollouts_stopped',
        help: 'Rollouts that a component did not bear.',
        read: () => leader.active.stopped,
      },
    ],
    start: () => leader.start(),
  };
}
