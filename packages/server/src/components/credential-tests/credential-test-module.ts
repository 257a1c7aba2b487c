import type { Clock, Logger } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { JobBoard } from '../component-jobs/index.ts';
import { credentialTestJob, type OpenSecret } from './credential-test-job.ts';
import { credentialTestRoutes } from './credential-test-routes.ts';
import { CredentialTestService } from './credential-test-service.ts';

export interface CredentialTestsOptions {
  db: Database;
  board: JobBoard;
  openSecret: OpenSecret;
  clock: Clock;
  logger: Logger;
}

/** Builds the module of tests of credentials. */
export function createCredentialTests(options: CredentialTestsOptions): ServerModule {
  const { db, board, openSecret, clock, logger } = options;
  const kind = credentialTestJob(openSecret, logger);
  board.add(kind);
  const service = new CredentialTestService({ db, board, kind, clock });
  return { name: 'credential tests', routes: { user: [credentialTestRoutes(service)] } };
}
