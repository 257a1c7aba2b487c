export { type Actor, actorOf, appendAudit, SERVER_ACTOR } from './audit-log.ts';
export { auditRoutes } from './audit-routes.ts';
