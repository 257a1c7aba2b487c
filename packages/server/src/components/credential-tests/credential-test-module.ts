import type { Clock } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { JobBoard } from '../component-jobs/index.ts';
import { type CredentialTestJobOptions, credentialTestJob } from './credential-test-job.ts';
import { credentialTestRoutes } from './credential-test-routes.ts';
import { CredentialTestService } from './credential-test-service.ts';

export interface CredentialTestsOptions extends CredentialTestJobOptions {
  db: Database;
  board: JobBoard;
  clock: Clock;
}

/** Builds the module of tests of credentials. */
export function createCredentialTests(options: CredentialTestsOptions): ServerModule {
  const { db, board, clock } = options;
  const kind = credentialTestJob(options);
  board.add(kind);
  const service = new CredentialTestService({ db, board, kind, clock });
  return { name: 'credential tests', routes: { user: [credentialTestRoutes(service)] } };
}
