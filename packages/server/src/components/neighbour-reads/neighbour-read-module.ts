import type { Clock, Logger } from '@stratora/runtime';
import type { Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { JobBoard } from '../component-jobs/index.ts';
import { type NeighbourReadJobOptions, neighbourReadJob } from './neighbour-read-job.ts';
import { createNeighbourReadMetrics } from './neighbour-read-metrics.ts';
import { neighbourReadRoutes } from './neighbour-read-routes.ts';
import { NeighbourReadService } from './neighbour-read-service.ts';
import { neighbourSchedule } from './neighbour-schedule.ts';

export type { TakeReport } from './neighbour-read-job.ts';

export interface NeighbourReadsOptions extends Omit<NeighbourReadJobOptions, 'metrics' | 'logger'> {
  db: Database;
  board: JobBoard;
  registry: Registry;
  clock: Clock;
  logger: Logger;
}

/** Builds the module of readings of neighbours: their schedule, and those that people ask for. */
export function createNeighbourReads(options: NeighbourReadsOptions): ServerModule {
  const { db, board, clock, registry } = options;
  const logger = options.logger.child({ part: 'neighbour-reads' });
  const kind = neighbourReadJob({ ...options, logger, metrics: createNeighbourReadMetrics(registry) });
  board.add(kind);
  const service = new NeighbourReadService({ db, board, kind, clock });
  const { intervalSeconds } = options;
  return {
    name: 'neighbour reads',
    routes: { user: [neighbourReadRoutes(service)] },
    loops: [neighbourSchedule({ db, board, kind, intervalSeconds, clock, logger })],
  };
}
