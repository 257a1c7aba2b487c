import type { Logger } from '@stratora/runtime';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import { Client, type ClientConfig, Pool } from 'pg';
import { ConnectionPool } from './connection-pool.ts';
import type { Schema } from './schema.ts';

/** The database, or a transaction on it: the first parameter of every query function. */
export type Database = Kysely<Schema>;
export type Tx = Transaction<Schema>;

export interface DatabaseOptions {
  url: string;
  logger: Logger;
  /** Most connections of the pool; 10 by default. */
  maxConnections?: number;
}

/** Milliseconds after which PostgreSQL ends a statement, so that nobody waits behind it for ever. */
export const STATEMENT_TIMEOUT_MS = 10_000;
/** Milliseconds that a caller waits for a connection, from the pool or a new one. */
export const CONNECT_TIMEOUT_MS = 3000;

export function connectionConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'stratora',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

export interface DatabaseConnection {
  readonly db: Database;
  readonly pool: ConnectionPool;
  close(): Promise<void>;
}

/** Opens the database lazily: nothing connects before the first query. */
export function openDatabase(options: DatabaseOptions): DatabaseConnection {
  const pool = new ConnectionPool(() => openPool(options));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

function openPool({ url, logger, maxConnections }: DatabaseOptions): Pool {
  const pool = new Pool({
    ...connectionConfig(url),
    max: maxConnections ?? 10,
    idleTimeoutMillis: 30_000,
    // A server that vanished without a word must not hold a caller: the client gives up just after the statement would.
    query_timeout: STATEMENT_TIMEOUT_MS + 2000,
  });
  // Idle connections that break (a restart of PostgreSQL) report here; without a listener that ends the process.
  pool.on('error', (error) => logger.warn({ err: error }, 'idle database connection lost'));
  return pool;
}

/** Makes a connection outside the pool, for LISTEN and for migrations. */
export function newClient(url: string, changes: ClientConfig = {}): Client {
  return new Client({ ...connectionConfig(url), ...changes });
}
