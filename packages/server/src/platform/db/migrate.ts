import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@stratora/runtime';
import type { Client } from 'pg';
import { newClient } from './database.ts';

export interface MigrationResult {
  /** Names of the files that were applied now, in order. */
  applied: string[];
}

/** Number of the advisory lock under which migrations run: any constant, the same on all servers. */
const ADVISORY_LOCK = 7_305_128_114;

/**
 * Applies the SQL files of a folder that have not been applied yet, in the order of their names, each in a
 * transaction of its own. Servers that start at once take turns. A file that was changed after it had been applied
 * stops the start: edits of merged migrations leave databases that differ.
 *
 * @throws when a file fails or was changed
 */
export async function migrate(url: string, folder: string, logger: Logger): Promise<MigrationResult> {
  const client = newClient(url, { statement_timeout: 0, lock_timeout: 0 });
  // A connection lost half-way fails the query that waits; the event alone must not end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await client.query(
      `CREATE TABLE IF NOT EXISTS schema_migrations (
         name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz(3) NOT NULL DEFAULT now())`,
    );
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'SELECT name, checksum FROM schema_migrations',
    );
    const known = new Map(rows.map((row) => [row.name, row.checksum]));
    const applied: string[] = [];
    for (const name of await migrationFiles(folder)) {
      const text = await readFile(join(folder, name), 'utf8');
      const checksum = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
      if (known.has(name)) {
        if (known.get(name) !== checksum)
          throw new Error(`migration ${name} was changed after it was applied`);
        continue;
      }
      await client.query('BEGIN');
      await client.query(text);
      await client.query('INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)', [name, checksum]);
      await client.query('COMMIT');
      logger.info({ migration: name }, 'migration applied');
      applied.push(name);
    }
    await refreshCollations(client, logger);
    return { applied };
  } finally {
    await client.end();
  }
}

/**
 * Builds the indexes of names anew where ICU is another one than when they were built, such as after an upgrade of the
 * system of PostgreSQL: it may order letters differently, and an index in the old order loses rows.
 */
async function refreshCollations(client: Client, logger: Logger): Promise<void> {
  const { rows: changed } = await client.query<{ name: string }>(
    `SELECT collname AS name FROM pg_collation WHERE collname IN ('stratora_name', 'stratora_order')
       AND collversion IS DISTINCT FROM pg_collation_actual_version(oid)`,
  );
  if (changed.length === 0) return;
  const { rows: indexes } = await client.query<{ name: string }>(
    `SELECT DISTINCT d.objid::regclass::text AS name FROM pg_depend d
       JOIN pg_collation c ON c.oid = d.refobjid JOIN pg_class i ON i.oid = d.objid
     WHERE d.refclassid = 'pg_collation'::regclass AND d.classid = 'pg_class'::regclass AND i.relkind = 'i'
       AND c.collname IN ('stratora_name', 'stratora_order')`,
  );
  for (const { name } of indexes) await client.query(`REINDEX INDEX ${name}`);
  for (const { name } of changed) await client.query(`ALTER COLLATION ${name} REFRESH VERSION`);
  logger.info({ indexes: indexes.length }, 'indexes of names built anew for another ICU');
}

async function migrationFiles(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  if (files.length === 0) throw new Error(`there are no migrations in ${folder}`);
  return files;
}
