export { type Actor, actorOf, appendAudit, SERVER_ACTOR } from './audit-log.ts';
export { createAudit } from './audit-module.ts';
