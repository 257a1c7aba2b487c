import { type Clock, errorMessage, type Logger, periodic } from '@stratora/runtime';
import type { Database, DatabaseListener } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { JobBell } from './job-bell.ts';
import { JobBoard } from './job-board.ts';
import { JOBS_CHANNEL, listAwaited } from './job-queries.ts';
import { jobRoutes } from './job-routes.ts';

export interface ComponentJobsOptions {
  db: Database;
  listener: Pick<DatabaseListener, 'on' | 'onGap'>;
  clock: Clock;
  logger: Logger;
}

export interface ComponentJobsModule extends ServerModule {
  readonly board: JobBoard;
  /** Whether jobs wait that a component does not know of. */
  hasJobs(componentId: string): boolean;
}

const CLEAN_UP_MS = 600_000;
const RECALL_MS = 5000;

/** Builds the module of the work that components fetch. */
export function createComponentJobs(options: ComponentJobsOptions): ComponentJobsModule {
  const { db, listener, clock, logger } = options;
  const bell = new JobBell(clock);
  const board = new JobBoard({ db, bell });
  listener.on(JOBS_CHANNEL, (componentId) => bell.ring(componentId));
  listener.onGap(() => {
    listAwaited(db).then(
      (ids) => ids.forEach((id) => bell.ring(id)),
      // Another gap follows once the database is back.
      (error: unknown) => logger.debug({ reason: errorMessage(error) }, 'jobs not looked for'),
    );
  });
  const cleanUp = periodic({
    name: 'component-job-clean-up',
    intervalMs: CLEAN_UP_MS,
    clock,
    logger,
    run: () => board.cleanUp(),
  });
  const recall = periodic({
    name: 'component-job-recall',
    intervalMs: RECALL_MS,
    clock,
    logger,
    run: () => board.recall(),
  });
  return {
    name: 'component jobs',
    board,
    hasJobs: (componentId) => bell.isRinging(componentId),
    routes: { component: [jobRoutes(board, bell)] },
    loops: [cleanUp, recall],
    metrics: [
      {
        name: 'component_job_calls_waiting',
        help: 'Calls of collectors that wait for a job.',
        read: () => bell.waiting,
      },
    ],
    stop: async () => bell.close(),
  };
}
