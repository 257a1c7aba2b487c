export { type Actor, actorOf, SERVER_ACTOR } from './actor.ts';
export { createAudit } from './audit-module.ts';
export { appendAudit } from './audit-queries.ts';
export { once } from './once.ts';
