import type { Clock, Logger } from '@stratora/runtime';
import type { QueryClient } from '@stratora/victoriametrics';
import { type Database, LedLoop } from '../../platform/db/index.ts';
import { hasRecentSuccess } from '../../platform/health/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { FirstData } from './first-data.ts';
import { NodeStatusService } from './node-status-service.ts';

export interface NodeStatusOptions {
  db: Database;
  query: QueryClient;
  clock: Clock;
  logger: Logger;
  /** Returns the setting `node_unreachable`, in seconds. */
  unreachableSeconds: () => number;
  /** Whether an agent gathers by a template. */
  isAgentTemplate: (slug: string) => boolean;
  /** Says what keeps the store from taking or giving samples; undefined when nothing does. */
  storeFault: () => Promise<string | undefined>;
}

export interface NodeStatusModule extends ServerModule {
  /** Notes nodes whose data the store has just taken; the first data of a node hurries the next decision. */
  noteData(nodes: ReadonlySet<string>): void;
  /** Whether decisions are made in time; late ones degrade the health of the server. */
  isDeciding(): boolean;
}

const DECIDE_EVERY_MS = 10_000;
/** Milliseconds without a decision after which the server counts as degraded. */
const STALLED_MS = 60_000;

/** Builds the module that decides every node's status every ten seconds, on one server. */
export function createNodeStatus(options: NodeStatusOptions): NodeStatusModule {
  const { db, clock, logger } = options;
  const service = new NodeStatusService(options);
  const loop = new LedLoop({
    name: 'node-status',
    intervalMs: DECIDE_EVERY_MS,
    db,
    clock,
    logger,
    run: (round) => service.evaluate(round),
  });
  const firstData = new FirstData(clock, () => loop.trigger());
  const startedAt = clock.now();
  return {
    name: 'node status',
    loops: [loop],
    noteData: (nodes) => firstData.note(nodes),
    isDeciding: () => hasRecentSuccess(loop, clock, { startedAt, limitMs: STALLED_MS }),
    stop: async () => firstData.stop(),
  };
}
