export { BatchReader } from './batch-reader.ts';
export { type Database, type DatabaseConnection, openDatabase, type Tx } from './database.ts';
export { brokenConstraint, databaseFault, isDatabaseAway } from './database-fault.ts';
export { Lease } from './lease.ts';
export { DatabaseListener } from './listener.ts';
export { migrate } from './migrate.ts';
export { containsPattern, listAnswer, pageOf, type SortFields, textField } from './paging.ts';
export type { LeftOutNode } from './schema.ts';
export { type SequenceFields, sequenceAnswer, sequenceOf } from './sequence.ts';
