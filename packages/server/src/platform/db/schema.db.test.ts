import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase } from '@stratora/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';

const ROOM = join(import.meta.dirname, '../../..');
const MIGRATIONS = join(ROOM, 'migrations');

describe('the schema', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database?.stop());

  async function query<T extends object>(url: string, text: string): Promise<T[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<T>(text)).rows;
    } finally {
      await client.end();
    }
  }

  async function emptyDatabase(name: string): Promise<string> {
    await query(database.adminUrl, `CREATE DATABASE ${name}`);
    return database.adminUrl.replace(/\/postgres$/, `/${name}`);
  }

  it('is what schema.sql says', async () => {
    await expect(await describeSchema((text) => query(database.url, text))).toMatchFileSnapshot(
      join(ROOM, 'schema.sql'),
    );
  });

  it('is made from nothing by twenty servers at once, each file once', async () => {
    const url = await emptyDatabase('from_nothing');
    const results = await Promise.all(
      Array.from({ length: 20 }, () => migrate(url, MIGRATIONS, silentLogger())),
    );
    const files = (await readdir(MIGRATIONS)).sort();
    expect(results.flatMap(({ applied }) => applied).sort()).toEqual(files);
    expect(await migrate(url, MIGRATIONS, silentLogger())).toEqual({ applied: [] });
  });

  it('refuses a migration that was changed after it had been applied', async () => {
    const url = await emptyDatabase('changed_later');
    const folder = await mkdtemp(join(tmpdir(), 'stratora-migrations-'));
    try {
      await writeFile(join(folder, '0001_one.sql'), 'CREATE TABLE one (id int);');
      await migrate(url, folder, silentLogger());
      await writeFile(join(folder, '0001_one.sql'), 'CREATE TABLE one (id bigint);');
      await expect(migrate(url, folder, silentLogger())).rejects.toThrow('0001_one.sql was changed');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('leaves nothing behind of a migration that fails', async () => {
    const url = await emptyDatabase('half_way');
    const folder = await mkdtemp(join(tmpdir(), 'stratora-migrations-'));
    try {
      await writeFile(join(folder, '0001_one.sql'), 'CREATE TABLE one (id int); SELECT 1 / 0;');
      await expect(migrate(url, folder, silentLogger())).rejects.toThrow('division by zero');
      expect(await query(url, "SELECT to_regclass('one') AS found")).toEqual([{ found: null }]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('makes ids of version 7 that sort by time', async () => {
    const rows = await query<{ id: string }>(
      database.url,
      'SELECT stratora_uuidv7() AS id, pg_sleep(0.002) FROM generate_series(1, 20)',
    );
    const ids = rows.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
  });

  it('keeps the audit log append-only and chained', async () => {
    const insert = "INSERT INTO audit_log (actor, action) VALUES ('test', 'test.run')";
    await Promise.all(Array.from({ length: 10 }, () => query(database.url, insert)));
    const broken = `SELECT count(*)::int AS count FROM (
      SELECT a.hash <> audit_entry_hash(a) OR a.previous_hash <> lag(a.hash, 1,
        '\\x0000000000000000000000000000000000000000000000000000000000000000'::bytea) OVER (ORDER BY a.seq) AS is_broken
      FROM audit_log a) AS chain WHERE is_broken`;
    expect(await query(database.url, 'SELECT count(*)::int AS count FROM audit_log')).toEqual([
      { count: 10 },
    ]);
    expect(await query(database.url, broken)).toEqual([{ count: 0 }]);
    for (const statement of [
      "UPDATE audit_log SET actor = 'x'",
      'DELETE FROM audit_log',
      'TRUNCATE audit_log',
    ]) {
      await expect(query(database.url, statement)).rejects.toThrow('append-only');
    }
  });
});

/** Tables, constraints, indexes, functions and triggers as PostgreSQL itself words them, in a stable order. */
async function describeSchema(query: <T extends object>(text: string) => Promise<T[]>): Promise<string> {
  const columns = await query<{ table: string; column: string }>(`
    SELECT c.relname AS table, format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
      coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')) AS column
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum`);
  const tables = Map.groupBy(columns, ({ table }) => table);
  const parts = [...tables].map(
    ([table, own]) => `CREATE TABLE ${table} (\n${own.map(({ column }) => column).join(',\n')}\n);`,
  );
  const statements = await query<{ text: string }>(`
    SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s;', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS text
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid <> 0
    UNION ALL
    SELECT pg_get_indexdef(indexrelid) || ';' FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
    UNION ALL
    SELECT pg_get_triggerdef(t.oid) || ';' FROM pg_trigger t WHERE NOT t.tgisinternal
    ORDER BY 1`);
  const functions = await query<{ text: string }>(`
    SELECT rtrim(pg_get_functiondef(oid)) || ';' AS text FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace ORDER BY proname`);
  return [
    '-- What the migrations add up to. Written by a test; never run.',
    ...parts,
    statements.map(({ text }) => text).join('\n'),
    ...functions.map(({ text }) => text),
    '',
  ].join('\n\n');
}
