import type { Database } from '../db/index.ts';
import type { ServerModule } from '../module.ts';
import { auditRoutes } from './audit-routes.ts';

/** The audit log, for who may read it. */
export function createAudit({ db }: { db: Database }): ServerModule {
  return { name: 'audit', routes: { user: [auditRoutes(db)] } };
}
