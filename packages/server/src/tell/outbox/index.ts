export { listAlertDeliveries } from './delivery-queries.ts';
export { createOutbox, type OutboxModule, type OutboxOptions } from './outbox-module.ts';
export { readTeamBook } from './team-book-reader.ts';
export { listWays } from './way-queries.ts';
