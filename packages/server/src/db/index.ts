export { BatchReader } from './batch-reader.ts';
export { type Database, type DatabaseConnection, newClient, openDatabase, type Tx } from './database.ts';
export { brokenConstraint, databaseFault, isDatabaseAway } from './database-fault.ts';
export { Lease } from './lease.ts';
export { type Channel, DatabaseListener } from './listener.ts';
export { type MigrationResult, migrate } from './migrate.ts';
export { containsPattern, listAnswer, type Page, pageOf, type SortFields, textField } from './paging.ts';
export type { LeftOutNode, Schema } from './schema.ts';
export { type SequenceFields, sequenceAnswer, sequenceOf } from './sequence.ts';
