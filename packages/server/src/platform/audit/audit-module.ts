import type { Database } from '../db/index.ts';
import type { ServerModule } from '../module.ts';
import { auditRoutes } from './audit-routes.ts';

/** Builds the module of the audit log, for users who may read it. */
export function createAudit({ db }: { db: Database }): ServerModule {
  return { name: 'audit', routes: { user: [auditRoutes(db)] } };
}
