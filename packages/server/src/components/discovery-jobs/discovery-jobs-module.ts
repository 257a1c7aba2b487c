import type { Clock, Logger } from '@stratora/runtime';
import type { ScanRuns } from '../../inventory/discovery/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { JobBoard } from '../component-jobs/index.ts';
import { discoveryJob } from './discovery-job.ts';
import { ScanDispatcher } from './scan-dispatcher.ts';

export interface DiscoveryJobsOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  board: JobBoard;
  runs: ScanRuns;
}

export interface DiscoveryJobsModule extends ServerModule {
  /** Looks for runs to put on the board at once. */
  hurry(): void;
}

/** Builds the module of the scans that collectors do. */
export function createDiscoveryJobs(options: DiscoveryJobsOptions): DiscoveryJobsModule {
  const kind = discoveryJob(options.runs);
  options.board.add(kind);
  const dispatcher = new ScanDispatcher({ ...options, kind });
  return { name: 'discovery jobs', loops: [dispatcher.loop], hurry: () => dispatcher.hurry() };
}
